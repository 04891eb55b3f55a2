"""Signing in to the storefront by name, where a name is all there is."""

import asyncio

import pytest

from sutler.customers.customers.models import Customer
from tests.conftest import ClientFactory, Inside, SeededStore, make_store
from tests.contract.client import ContractClient
from tests.make.customers import steam_id

AUTH = "/v1/store/customer/auth"
XUID = "2535428504324680"


@pytest.fixture
async def shop(inside: Inside) -> SeededStore:
    """A store for players of Minecraft."""
    return await make_store(inside, "blocks", platform="minecraft")


@pytest.fixture
def visitor(client: ClientFactory, shop: SeededStore) -> ContractClient:
    """Somebody who has just come to that store."""
    return client(**{"x-paynow-store-id": shop.id})


async def people(inside: Inside, store: SeededStore) -> list[Customer]:
    """Every customer of a store."""
    async with inside(store.id) as context:
        return await context.all(context.rows(Customer))


class TestAuthenticateStorefrontCustomer:
    @pytest.mark.parametrize("platform", ["minecraft", "minecraft_java_name"])
    async def test_makes_a_customer_the_first_time_and_finds_them_again(
        self, visitor: ContractClient, client: ClientFactory, inside: Inside, shop: SeededStore, platform: str
    ) -> None:
        tokens = [
            (await visitor.post(AUTH, json={"platform": platform, "id": name})).json()["customer_token"]
            for name in ("Notch", "notch")
        ]

        (known,) = await people(inside, shop)
        signed_in = [(await client(f"Customer {token}").get("/v1/store/customer")).json()["id"] for token in tokens]
        assert signed_in == [known.id] * 2
        assert len(set(tokens)) == 2
        assert (known.minecraft_name, known.created_by and known.created_by.type) == ("Notch", "anonymous")

    async def test_finds_a_customer_whom_the_store_made(
        self, visitor: ContractClient, client: ClientFactory, inside: Inside, shop: SeededStore
    ) -> None:
        api = client(f"APIKey {shop.api_key}")
        made = (await api.post(f"/v1/stores/{shop.id}/customers", json={"name": "Jeb"})).json()

        token = (await visitor.post(AUTH, json={"platform": "minecraft", "id": "Jeb"})).json()["customer_token"]

        assert (await client(f"Customer {token}").get("/v1/store/customer")).json()["id"] == made["id"]
        assert len(await people(inside, shop)) == 1

    async def test_makes_one_customer_of_many_who_come_at_once(
        self, visitor: ContractClient, inside: Inside, shop: SeededStore
    ) -> None:
        said = {"platform": "minecraft", "id": "Notch"}

        answers = await asyncio.gather(*(visitor.post(AUTH, json=said) for _ in range(16)))

        assert [answer.status_code for answer in answers] == [200] * 16
        assert len(await people(inside, shop)) == 1

    async def test_knows_players_of_offline_servers_and_of_geyser(self, client: ClientFactory, inside: Inside) -> None:
        offline = await make_store(inside, "offline", platform="minecraft_offline")
        geyser = await make_store(inside, "geyser", platform="minecraft_geyser")
        said = [(offline, "minecraft", "Notch"), (geyser, "xbox_xuid", XUID), (geyser, "minecraft_bedrock_name", "*Bea")]

        for shop, platform, id in said:
            answer = await client(**{"x-paynow-store-id": shop.id}).post(AUTH, json={"platform": platform, "id": id})
            assert answer.status_code == 200, answer.text

        (notch,) = await people(inside, offline)
        assert notch.minecraft_uuid == "b50ad385-829d-3141-a216-7e7d7539ba7f"
        assert [one.minecraft_platform for one in await people(inside, geyser)] == ["bedrock", "bedrock"]

    async def test_is_refused_where_identities_can_be_proven(
        self, client: ClientFactory, inside: Inside, store: SeededStore
    ) -> None:
        visitor = client(**{"x-paynow-store-id": store.id})

        answers = [
            await visitor.post(AUTH, json={"platform": platform, "id": id})
            for platform, id in (("steam", steam_id()), ("minecraft", "Notch"), ("paynow_name", "Alice"))
        ]

        assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(403, "Forbidden")] * 3
        assert "Steam" in answers[0].json()["message"]
        assert await people(inside, store) == []

    @pytest.mark.parametrize("platform", ["steam", "paynow", "paynow_name", "invalid", "nothing"])
    async def test_takes_nobodys_word_for_other_identities(self, visitor: ContractClient, platform: str) -> None:
        answer = await visitor.post(AUTH, json={"platform": platform, "id": steam_id()})

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "platform")

    async def test_takes_nobodys_word_for_a_customer_with_a_steam_account(
        self, visitor: ContractClient, client: ClientFactory, shop: SeededStore
    ) -> None:
        api, uuid = client(f"APIKey {shop.api_key}"), "069a79f4-44e9-4726-a5be-fca90e38aaf5"
        body = {"minecraft_uuid": uuid, "steam_id": steam_id()}
        assert (await api.post(f"/v1/stores/{shop.id}/customers", json=body)).status_code == 200

        assert (await visitor.post(AUTH, json={"platform": "minecraft_uuid", "id": uuid})).status_code == 403

    @pytest.mark.parametrize("id", ["", "x" * 17, "two words", "x" * 101])
    async def test_refuses_names_that_no_player_has(
        self, visitor: ContractClient, inside: Inside, shop: SeededStore, id: str
    ) -> None:
        answer = await visitor.post(AUTH, json={"platform": "minecraft", "id": id})

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "id")
        assert await people(inside, shop) == []

    async def test_needs_a_store_that_exists(self, client: ClientFactory) -> None:
        said = {"platform": "minecraft", "id": "Notch"}

        assert (await client().post(AUTH, json=said)).status_code == 400
        assert (await client(**{"x-paynow-store-id": "1"}).post(AUTH, json=said)).status_code == 404
