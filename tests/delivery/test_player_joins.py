"""Who joined: what plugins report, however it is spelled, and what becomes of it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sutler.delivery.player_joins.models import KEPT, PlayerJoin
from sutler.delivery.player_joins.queries import forget_old_joins
from sutler.delivery.player_joins.service import address, moment
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.privacy.disclosure import everything
from sutler.privacy.erasure import erase
from tests.delivery.conftest import Plugin
from tests.make.delivery import STEAM_ID, UUID, Shop

EVENTS = "/v1/delivery/events"
THEN = "2026-03-01T10:00:05Z"


def join(timestamp: Any = THEN, event: str = "player_join", **who: Any) -> dict[str, Any]:
    """A player who joined, with a Steam id unless told otherwise."""
    known = who or {"ip_address": "192.0.2.7:27005", "steam_id": STEAM_ID}
    return {"event": event, "timestamp": timestamp, "player_join": known}


async def joins(shop: Shop) -> list[PlayerJoin]:
    """All who joined, oldest first."""
    async with shop.inside(shop.store_id) as context:
        return await context.all(context.rows(PlayerJoin))


class TestReportGameServerEvents:
    async def test_keeps_who_joined_where_when_and_from_which_address(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await shop.server(), await shop.customer()
        steve = await shop.customer(minecraft_uuid=UUID, name="jeb_")
        bare = {"ip_address": "/192.0.2.8:5", "minecraft_uuid": UUID.replace("-", "").upper(), "minecraft_name": "jeb_"}

        answer = await plugin(server).post(EVENTS, json=[join(), join(**bare)])

        first, second = await joins(shop)
        assert (answer.status_code, answer.content) == (204, b"")
        assert (first.customer_id, first.steam_id, first.ip) == (alice["id"], STEAM_ID, "192.0.2.7")
        assert (first.gameserver_id, first.joined_at) == (server["id"], datetime(2026, 3, 1, 10, 0, 5, tzinfo=UTC))
        assert (second.customer_id, second.minecraft_uuid, second.ip) == (steve["id"], UUID, "192.0.2.8")

    async def test_keeps_a_join_once_however_often_its_report_comes(self, shop: Shop, plugin: Plugin) -> None:
        mine = plugin(await shop.server())

        for _ in range(2):
            await mine.post(EVENTS, json=[join(), join(), join("2026-03-01T10:00:06Z")])

        assert len(await joins(shop)) == 2

    async def test_passes_over_what_it_cannot_use_and_keeps_the_rest(self, shop: Shop, plugin: Plugin) -> None:
        odd: list[Any] = [
            {}, {"event": "server_crash", "timestamp": THEN, "server_crash": {"why": 1}}, join(event="invalid"),
            {"event": "player_join", "timestamp": THEN}, {"event": "player_join", "timestamp": THEN, "player_join": None},
            {"event": 7, "timestamp": [], "player_join": {}}, join(steam_id="BOT", ip_address=None),
            join(steam_id=[STEAM_ID], minecraft_uuid={"a": 1}), join(minecraft_name=" \u0007 "),
            None, 7, "join", [], {"event": "player_join", "timestamp": THEN, "player_join": [STEAM_ID]},
        ]  # fmt: skip

        answer = await plugin(await shop.server()).post(EVENTS, json=[*odd, join()])

        assert answer.status_code == 204
        assert [one.steam_id for one in await joins(shop)] == [STEAM_ID]

    @pytest.mark.parametrize("number", ["1e400", "9" * 5000])
    async def test_passes_over_numbers_beyond_all_bounds(self, shop: Shop, plugin: Plugin, number: str) -> None:
        odd = f'{{"event":"player_join","timestamp":{number},"player_join":{{"steam_id":{number}}}}}'
        told = f"[{odd},{json.dumps(join())}]"

        answer = await plugin(await shop.server()).post(EVENTS, content=told, headers={"Content-Type": "application/json"})

        assert answer.status_code == 204
        assert [one.steam_id for one in await joins(shop)] == [STEAM_ID]

    async def test_takes_numbers_names_and_times_that_are_none(self, shop: Shop, plugin: Plugin) -> None:
        told = [join("yesterday", steam_id=int(STEAM_ID)), join(None, minecraft_name="jeb\u0007_", ip_address="null")]

        answer = await plugin(await shop.server()).post(EVENTS, json=told)

        first, second = await joins(shop)
        assert answer.status_code == 204
        assert (first.steam_id, first.joined_at <= clock.real_now()) == (STEAM_ID, True)
        assert (second.minecraft_name, second.player, second.ip) == ("jeb_", "jeb_", None)

    @pytest.mark.parametrize("body", ["[]", ""])
    async def test_takes_an_empty_report(self, shop: Shop, plugin: Plugin, body: str) -> None:
        headers = {"Content-Type": "application/json"}

        answer = await plugin(await shop.server()).post(f"{EVENTS}/", content=body, headers=headers)

        assert answer.status_code == 204

    async def test_is_for_game_servers_only(self, shop: Shop, plugin: Plugin) -> None:
        off = await shop.server(enabled=False)

        answers = [await one.post(EVENTS, json=[join()]) for one in (shop.api, plugin(off))]

        assert [answer.status_code for answer in answers] == [403, 403]
        assert await joins(shop) == []


class TestMoments:
    @pytest.mark.parametrize(
        "told",
        [THEN, "2026-03-01T10:00:05.0000000Z", "2026-03-01T11:00:05+01:00", "2026-03-01 10:00:05", "20260301T100005Z",
         "1772359205", "1772359205000", "1.772359205e9"],
    )  # fmt: skip
    def test_are_read_in_any_spelling(self, told: str) -> None:
        assert moment(told) == datetime(2026, 3, 1, 10, 0, 5, tzinfo=UTC)

    @pytest.mark.parametrize("told", ["", "soon", "null", "NaN", "inf", "1e300", "0001-01-01T00:00:00+14:00"])
    def test_are_none_when_they_cannot_be_read(self, told: str) -> None:
        assert moment(told) is None


class TestAddresses:
    @pytest.mark.parametrize(
        ("told", "read"),
        [("192.0.2.7", "192.0.2.7"), ("192.0.2.7:27015", "192.0.2.7"), ("/192.0.2.7:5", "192.0.2.7"),
         ("host.example/192.0.2.7:5", "192.0.2.7"), ("2001:db8::1", "2001:db8::1"), ("[2001:db8::1]:25565", "2001:db8::1"),
         ("/2001:db8:0:0:0:0:0:1%eth0:25565", "2001:db8::1"), ("null", None), ("", None), ("loopback", None), ("1.2", None)],
    )  # fmt: skip
    def test_lose_their_port(self, told: str, read: str | None) -> None:
        assert address(told) == read


class TestJoins:
    async def test_are_told_to_the_person_and_forgotten_with_them(
        self, shop: Shop, plugin: Plugin, database: Database
    ) -> None:
        mine = plugin(await shop.server())
        stranger = "76561197960287999"
        await mine.post(EVENTS, json=[join()])  # before anybody knows whose id it is
        alice = await shop.customer()
        await mine.post(EVENTS, json=[join("2026-03-02T10:00:05Z"), join(steam_id=stranger), join(minecraft_name="Alice")])

        async with shop.inside(shop.store_id) as context:
            told = (await everything(context, alice["id"]))["player_joins"]
        await erase(database, shop.store_id, alice["id"])

        assert len(told) == 3
        assert [one.steam_id for one in await joins(shop)] == [stranger]

    async def test_are_dropped_when_they_are_too_old_to_matter(self, shop: Shop, plugin: Plugin, database: Database) -> None:
        await shop.is_at(clock.real_now() - KEPT - timedelta(days=1))
        await plugin(await shop.server()).post(EVENTS, json=[join()])

        await forget_old_joins(database)

        assert await joins(shop) == []
