"""Names, pictures and ids that game platforms know, and what happens when they do not answer."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from time import perf_counter
from typing import Any

import pytest

from sutler.customers.player_lookups import service as lookups
from sutler.customers.profiles.models import CustomerName, PlayerProfile
from sutler.customers.profiles.queries import forget_old
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.work.runner import Worker
from tests.conftest import ClientFactory, Inside, SeededStore, make_store
from tests.contract.client import ContractClient
from tests.make.customers import made_customer, signed_in, steam_id
from tests.make.platforms import UUID, Platforms, found, java_player, lead_to, platforms, steam_player

XUID = "2535432196048835"
BEDROCK_UUID = "00000000-0000-0000-0009-01f64f65c7c3"


@pytest.fixture
async def world(worker: Worker) -> AsyncIterator[Platforms]:
    """The platforms, and a worker that may call them."""
    async with platforms() as said:
        yield said


class Shop:
    """A store for one platform and a client with its key."""

    def __init__(self, store: SeededStore, client: ClientFactory) -> None:
        self.id, self.api = store.id, client(f"APIKey {store.api_key}")

    async def create(self, status: int = 200, **body: Any) -> dict[str, Any]:
        """The answer to a customer with this body."""
        answer = await self.api.post(f"/v1/stores/{self.id}/customers", json=body)
        assert answer.status_code == status, answer.text
        customer: dict[str, Any] = answer.json()
        return customer

    async def get(self, customer: dict[str, Any]) -> dict[str, Any]:
        """The customer as they are now."""
        shown: dict[str, Any] = (await self.api.get(f"/v1/stores/{self.id}/customers/{customer['id']}")).json()
        return shown


@pytest.fixture
async def java(inside: Inside, client: ClientFactory, world: Platforms) -> Shop:
    """A store for Minecraft servers in online mode."""
    return Shop(await make_store(inside, "java", platform="minecraft", game="minecraft"), client)


@pytest.fixture
async def geyser(inside: Inside, client: ClientFactory, world: Platforms) -> Shop:
    """A store for Minecraft servers behind a Geyser proxy."""
    return Shop(await make_store(inside, "geyser", platform="minecraft_geyser", game="minecraft"), client)


class TestSteamProfile:
    async def test_is_fetched_after_the_customer_was_made(
        self, api: ContractClient, store: SeededStore, client: ClientFactory, world: Platforms, worker: Worker
    ) -> None:
        id = steam_id()
        world.answer = lambda _: steam_player(id, " Gabe\u0000n\u202e ")

        made = await made_customer(api, store.id, steam_id=id)
        await worker.drain()

        assert made["steam"] == {"id": id, "name": "", "avatar_url": ""}
        shown = await Shop(store, client).get(made)
        assert shown["steam"] == {"id": id, "name": "Gaben", "avatar_url": "https://avatars.example/full.jpg"}
        assert (shown["profile"]["name"], shown["profile"]["avatar_url"]) == ("Gaben", "https://avatars.example/full.jpg")
        assert world.asked == [f"/ISteamUser/GetPlayerSummaries/v2/?key=secret&steamids={id}"]

    async def test_is_fetched_again_at_a_sign_in_after_a_day(
        self, api: ContractClient, store: SeededStore, inside: Inside, world: Platforms, worker: Worker
    ) -> None:
        id = steam_id()
        world.answer = lambda _: steam_player(id, "Old")
        made = await made_customer(api, store.id, steam_id=id)
        await worker.drain()

        await signed_in(api, store.id, made["id"])
        jobs_on_the_same_day = await worker.drain()
        async with inside(store.id) as inner:
            old = {"fetched_at": clock.real_now() - timedelta(days=1, minutes=1)}
            await inner.change_all(inner.rows(PlayerProfile), old)
        world.answer = lambda _: steam_player(id, "New")
        await signed_in(api, store.id, made["id"])
        await worker.drain()

        assert jobs_on_the_same_day == 0
        assert len(world.asked) == 2
        async with inside(store.id) as inner:
            assert [one.name for one in await inner.all(inner.rows(CustomerName))] == ["Old", "New"]
            assert [one.name for one in await inner.all(inner.rows(PlayerProfile))] == ["New"]

    async def test_belongs_to_the_account_that_was_asked_about(
        self, api: ContractClient, store: SeededStore, client: ClientFactory, world: Platforms, worker: Worker
    ) -> None:
        first, second = steam_id(), steam_id()
        made = await made_customer(api, store.id, steam_id=first)
        nobody = found(response={"players": []})
        world.answer = lambda path: steam_player(first, "First") if first in path else nobody
        world.delay = 0.3

        refresh = asyncio.create_task(worker.drain())
        await world.heard.wait()
        answer = await api.patch(f"/v1/stores/{store.id}/customers/{made['id']}", json={"steam_id": second})
        await refresh
        await worker.drain()

        assert answer.status_code == 200, answer.text
        assert (await Shop(store, client).get(made))["steam"] == {"id": second, "name": "", "avatar_url": ""}

    @pytest.mark.parametrize(
        "answer",
        [
            (200, b"<html>"), (200, b"\xff"), (200, b"[" * 5000), (200, b'{"response":{}}'),
            (200, b'{"response":{"players":[]}}'),
            (403, b"{}"), (404, b""), (429, b""), (500, b""), (302, b""), steam_player("76561197960265729", "Somebody else"),
        ],
    )  # fmt: skip
    async def test_stays_unknown_when_the_answer_says_nothing(
        self, api: ContractClient, store: SeededStore, client: ClientFactory, world: Platforms, worker: Worker,
        answer: tuple[int, bytes],
    ) -> None:  # fmt: skip
        world.answer = lambda _: answer
        id = "76561197960999999"

        made = await made_customer(api, store.id, steam_id=id)
        await worker.drain()

        assert (await Shop(store, client).get(made))["steam"] == {"id": id, "name": "", "avatar_url": ""}

    async def test_is_asked_for_again_a_minute_after_silence(
        self, api: ContractClient, store: SeededStore, inside: Inside, world: Platforms, worker: Worker
    ) -> None:
        world.answer = lambda _: (503, b"")

        made = await made_customer(api, store.id)
        await worker.drain()

        async with inside(store.id) as inner:
            (job,) = await inner.connection.fetch("SELECT kind, failures FROM jobs", ())
        assert tuple(job) == ("refresh_profile", 0)
        assert made["id"]


class TestMinecraftProfile:
    async def test_resolves_the_name_before_the_customer_is_made(self, java: Shop, world: Platforms, worker: Worker) -> None:
        world.answer = lambda _: java_player("Notch")

        made = await java.create(name="notch")
        await worker.drain()

        expected = {"id": UUID, "name": "Notch", "avatar_url": f"https://heads.example/{UUID}.png"}
        assert (made["minecraft_uuid"], made["minecraft"], made["name"]) == (UUID, expected, "notch")
        assert await java.get(made) == made
        assert world.asked == ["/minecraft/profile/lookup/name/notch"]

    async def test_refuses_a_name_that_mojang_does_not_know(self, java: Shop, inside: Inside, world: Platforms) -> None:
        refusal = await java.create(404, name="nobody_at_all")
        again = await java.create(404, name="Nobody_At_All")

        assert refusal["message"] == "There is no Minecraft player called nobody_at_all."
        assert again["status"] == 404
        assert len(world.asked) == 1
        async with inside(java.id) as inner:
            assert (await inner.connection.fetch("SELECT count(*) FROM customers", ()))[0][0] == 0

    async def test_lets_a_name_be_taken_after_it_was_free(self, java: Shop, inside: Inside, world: Platforms) -> None:
        await java.create(404, name="Notch")
        async with inside(java.id) as inner:
            old = {"fetched_at": clock.real_now() - timedelta(minutes=1, seconds=1)}
            await inner.change_all(inner.rows(PlayerProfile), old)
        world.answer = lambda _: java_player("Notch")

        assert (await java.create(name="Notch"))["minecraft_uuid"] == UUID

    async def test_answers_a_repeated_request_the_same_though_the_name_is_gone(self, java: Shop, world: Platforms) -> None:
        path, key = f"/v1/stores/{java.id}/customers", {"Idempotency-Key": "once"}
        world.delay, world.answer = 0.0, lambda _: (503, b"")
        first = await java.api.post(path, json={"name": "Notch"}, headers=key)
        lookups.forget_failures()
        world.answer = Platforms().answer

        again = await java.api.post(path, json={"name": "Notch"}, headers=key)

        assert (first.status_code, again.status_code) == (200, 200)
        assert again.content == first.content

    @pytest.mark.parametrize(
        "answer",
        [
            (200, b"<html>"), (200, b"{}"), found(id="short", name="Notch"), java_player("Somebody"), java_player("No tch"),
            (404, b"<html>a proxy</html>"), (400, b"{}"), (403, b""), (429, b""), (500, b""),
        ],
    )  # fmt: skip
    async def test_makes_the_customer_with_what_is_known_when_mojang_talks_nonsense(
        self, java: Shop, world: Platforms, answer: tuple[int, bytes]
    ) -> None:
        world.answer = lambda _: answer

        made = await java.create(name="Notch")

        assert (made["name"], made["minecraft_uuid"]) == ("Notch", None)

    async def test_waits_for_a_dead_service_once_and_no_longer_than_two_seconds(self, java: Shop, world: Platforms) -> None:
        world.delay = 30.0

        began = perf_counter()
        await java.create(name="Notch")
        first = perf_counter() - began
        for number in range(5):
            await java.create(name=f"Player{number}")
        rest = perf_counter() - began - first

        assert 1.9 < first < 4.0
        assert rest < 1.5
        assert len(world.asked) == 1

    async def test_makes_the_customer_at_once_when_nobody_listens(self, java: Shop) -> None:
        lead_to("http://127.0.0.1:9")

        assert (await java.create(name="Notch"))["minecraft_uuid"] is None

    async def test_fills_the_uuid_later_when_mojang_is_back(self, java: Shop, world: Platforms, worker: Worker) -> None:
        world.answer = lambda _: (500, b"")
        made = await java.create(name="Notch")
        lookups.forget_failures()
        world.answer = lambda _: java_player("Notch")

        await worker.drain()

        assert (await java.get(made))["minecraft"]["id"] == UUID

    async def test_leaves_an_identity_that_is_another_customers(
        self, java: Shop, inside: Inside, world: Platforms, worker: Worker
    ) -> None:
        world.answer = lambda _: (500, b"")
        made = await java.create(name="Notch")
        owner = await java.create(minecraft_uuid=UUID)
        lookups.forget_failures()
        world.answer = lambda _: java_player("Notch")

        await worker.drain()

        assert (await java.get(made))["minecraft_uuid"] is None
        assert (await java.get(owner))["minecraft"]["name"] == "Notch"
        async with inside(java.id) as inner:
            assert not await inner.connection.fetch("SELECT kind FROM jobs", ())

    async def test_finds_the_name_of_a_uuid(self, java: Shop, world: Platforms, worker: Worker) -> None:
        world.answer = lambda _: java_player("Notch")

        made = await java.create(minecraft_uuid=UUID)
        await worker.drain()

        assert (await java.get(made))["minecraft"]["name"] == "Notch"
        assert world.asked == [f"/minecraft/profile/lookup/{UUID}"]

    async def test_gives_one_player_to_one_of_many_who_ask_at_once(self, java: Shop, world: Platforms) -> None:
        world.answer = lambda _: java_player("Notch")

        answers = await asyncio.gather(
            *(java.api.post(f"/v1/stores/{java.id}/customers", json={"name": "Notch"}) for _ in range(8))
        )

        assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7

    async def test_asks_nobody_about_players_of_servers_in_offline_mode(
        self, inside: Inside, client: ClientFactory, world: Platforms, worker: Worker
    ) -> None:
        shop = Shop(await make_store(inside, "offline", platform="minecraft_offline", game="minecraft"), client)

        made = await shop.create(name="Notch")

        assert made["profile"]["platform"] == "minecraft_offline"
        assert (await worker.drain(), world.asked) == (0, [])


class TestBedrockProfile:
    async def test_finds_the_name_of_an_xuid(self, geyser: Shop, world: Platforms, worker: Worker) -> None:
        world.answer = lambda _: found(gamertag="Tim 203")

        made = await geyser.create(xbox_xuid=XUID)
        await worker.drain()

        assert (await geyser.get(made))["minecraft"]["name"] == "*Tim_203"
        assert world.asked == [f"/v2/xbox/gamertag/{XUID}"]

    async def test_finds_the_xuid_of_a_name(self, geyser: Shop, world: Platforms, worker: Worker) -> None:
        world.answer = lambda _: found(xuid=int(XUID))

        made = await geyser.create(name="*Tim 203")
        await worker.drain()

        shown = await geyser.get(made)
        assert (shown["xbox_xuid"], shown["minecraft"]["name"]) == (XUID, "*Tim_203")
        assert shown["minecraft_uuid"] == BEDROCK_UUID
        assert world.asked == ["/v2/xbox/xuid/Tim%20203"]

    @pytest.mark.parametrize("answer", [(200, b"{}"), (204, b""), (400, b"{}"), (503, b""), (200, b'{"xuid":-1}')])
    async def test_stays_unknown_when_geyser_does_not_know(
        self, geyser: Shop, world: Platforms, worker: Worker, answer: tuple[int, bytes]
    ) -> None:
        world.answer = lambda _: answer

        made = await geyser.create(name="*Tim")
        await worker.drain()

        assert (await geyser.get(made))["xbox_xuid"] is None


class TestForgetting:
    async def test_drops_answers_after_a_month(
        self, api: ContractClient, store: SeededStore, inside: Inside, database: Database, world: Platforms, worker: Worker
    ) -> None:
        world.answer = lambda path: steam_player(path[-17:], "Alice")
        for _ in range(2):
            await made_customer(api, store.id)
        await worker.drain()
        async with inside(store.id) as inner:
            old, young = await inner.all(inner.rows(PlayerProfile))
            await inner.change(old, {"fetched_at": clock.real_now() - timedelta(days=31)})

        await forget_old(database)

        async with inside(store.id) as inner:
            assert [one.id for one in await inner.all(inner.rows(PlayerProfile))] == [young.id]
