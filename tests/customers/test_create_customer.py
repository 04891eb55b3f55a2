"""Making customers over the management API."""

import asyncio
from typing import Any

import pytest

from sutler.customers.customers.models import Customer
from sutler.customers.identities.service import LAST_STEAM_ID, bedrock_uuid, offline_uuid
from sutler.kernel.data.database import Database
from tests.conftest import ClientFactory, Inside, SeededStore, make_store
from tests.contract.client import ContractClient
from tests.make.customers import made_customer, new_customer, steam_id
from tests.make.stores import counted, key

UUID = "069a79f4-44e9-4726-a5be-fca90e38aaf5"


async def created(api: ContractClient, store_id: str, **body: Any) -> dict[str, Any]:
    """The answer to a body as it is."""
    answer = await api.post(f"/v1/stores/{store_id}/customers", json=body)
    assert answer.status_code == 200, answer.text
    customer: dict[str, Any] = answer.json()
    return customer


class TestCreateCustomer:
    async def test_keeps_what_is_known(self, api: ContractClient, store: SeededStore) -> None:
        id = steam_id()

        made = await created(api, store.id, steam_id=id, name=" Alice ", xbox_xuid="0042", metadata={"rank": "member"})

        assert (made["store_id"], made["steam_id"], made["name"], made["xbox_xuid"]) == (store.id, id, "Alice", "42")
        assert made["metadata"] == {"rank": "member"}
        assert made["updated_at"] is None
        assert made["steam"] == {"id": id, "name": "", "avatar_url": ""}
        assert made["profile"] == {"id": id, "platform": "steam", "name": "Alice", "avatar_url": None}
        assert (await api.get(f"/v1/stores/{store.id}/customers/{made['id']}")).json() == made

    @pytest.mark.parametrize("body", [{}, {"steam_id": None, "name": None, "metadata": None, "minecraft_platform": None}])
    async def test_takes_somebody_of_whom_nothing_is_known(
        self, api: ContractClient, store: SeededStore, body: dict[str, None]
    ) -> None:
        made = await created(api, store.id, **body)

        assert (made["name"], made["minecraft_uuid"], made["metadata"]) == (None, None, {})
        assert not {"profile", "steam_id", "steam", "minecraft", "minecraft_platform"} & set(made)

    async def test_takes_a_request_without_a_body(self, api: ContractClient, store: SeededStore) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/customers", headers={"content-type": "application/json"})

        assert answer.status_code == 200

    async def test_takes_a_steam_id_as_a_number(self, api: ContractClient, store: SeededStore) -> None:
        assert (await created(api, store.id, steam_id=LAST_STEAM_ID))["steam_id"] == str(LAST_STEAM_ID)

    @pytest.mark.parametrize("form", [UUID, UUID.upper(), UUID.replace("-", "")])
    async def test_shows_a_minecraft_uuid_in_one_form(self, api: ContractClient, store: SeededStore, form: str) -> None:
        made = await created(api, store.id, minecraft_uuid=form, minecraft_platform="java", name="Notch")

        assert (made["minecraft_uuid"], made["minecraft_platform"]) == (UUID, "java")
        assert made["minecraft"] == {"id": UUID, "name": "Notch", "avatar_url": ""}
        assert made["profile"]["platform"] == "minecraft"

    async def test_takes_the_guides_list_of_platform_accounts(self, api: ContractClient, store: SeededStore) -> None:
        id = steam_id()
        accounts = [
            {"platform": "steam", "identifier": id}, {"platform": "minecraft", "identifier": UUID},
            {"platform": "xbox", "identifier": "7"},
        ]  # fmt: skip

        made = await created(api, store.id, email="a@example.com", name="Alice", steam_id=id, platform_accounts=accounts)

        assert (made["steam_id"], made["minecraft_uuid"], made["xbox_xuid"]) == (id, UUID, "7")

    @pytest.mark.parametrize(
        ("changes", "path"),
        [({"steam_id": "1"}, "steam_id"), ({"steam_id": "abc"}, "steam_id"), ({"steam_id": LAST_STEAM_ID + 1}, "steam_id"),
         ({"steam_id": 10**30}, "steam_id"),
         ({"minecraft_uuid": "Notch"}, "minecraft_uuid"), ({"xbox_xuid": "x"}, "xbox_xuid"),
         ({"minecraft_platform": "console"}, "minecraft_platform"),
         ({"name": ""}, "name"), ({"name": " "}, "name"), ({"name": "x" * 51}, "name"), ({"email": "nobody"}, "email"),
         ({"metadata": {"k" * 41: "v"}}, "metadata"), ({"metadata": {"k": "v" * 501}}, "metadata"),
         ({"metadata": {str(n): "" for n in range(51)}}, "metadata"), ({"metadata": {"k": 1}}, "metadata"),
         ({"platform_accounts": [{"platform": "psn", "identifier": "1"}]}, "platform_accounts[0].platform"),
         ({"platform_accounts": [{"platform": "steam", "identifier": "1"}]}, "platform_accounts[0].identifier"),
         ({"platform_accounts": [{"platform": "paynow", "identifier": "1"}]}, "platform_accounts[0].identifier"),
         ({"platform_accounts": [{"platform": "paynow_name", "identifier": "Bob"}]}, "platform_accounts[0].identifier"),
         ({"platform_accounts": [{"platform": "steam"}]}, "platform_accounts[0].identifier")],
    )  # fmt: skip
    async def test_names_what_cannot_be(
        self, api: ContractClient, store: SeededStore, changes: dict[str, Any], path: str
    ) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/customers", json=new_customer(**changes))

        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidInput")
        assert [error["path"].partition("[...]")[0] for error in answer.json()["errors"]] == [path]

    async def test_names_everything_that_cannot_be_at_once(self, api: ContractClient, store: SeededStore) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/customers", json={"steam_id": "1", "xbox_xuid": "x"})

        assert [error["path"] for error in answer.json()["errors"]] == ["steam_id", "xbox_xuid"]

    @pytest.mark.parametrize(
        ("identity", "code"),
        [({"steam_id": "76561197960287930"}, "SteamIdTaken"), ({"minecraft_uuid": UUID}, "MinecraftUuidTaken"),
         ({"xbox_xuid": "42"}, "XboxXuidTaken")],
    )  # fmt: skip
    async def test_refuses_an_identity_that_another_customer_has(
        self, api: ContractClient, store: SeededStore, identity: dict[str, str], code: str
    ) -> None:
        await created(api, store.id, **identity)

        answer = await api.post(f"/v1/stores/{store.id}/customers", json=identity)

        assert (answer.status_code, answer.json()["code"]) == (409, code)

    async def test_of_two_who_want_one_identity_at_once_takes_one(self, api: ContractClient, store: SeededStore) -> None:
        body = {"steam_id": steam_id()}

        answers = await asyncio.gather(*(api.post(f"/v1/stores/{store.id}/customers", json=body) for _ in range(4)))

        assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]

    async def test_lets_two_stores_know_one_player(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        id = steam_id()

        await made_customer(api, store.id, steam_id=id)
        theirs = await made_customer(client(f"APIKey {other.api_key}"), other.id, steam_id=id)

        assert theirs["store_id"] == other.id

    async def test_makes_one_customer_when_the_request_comes_twice(self, api: ContractClient, store: SeededStore) -> None:
        body, headers = new_customer(), {"Idempotency-Key": "once"}

        first = await api.post(f"/v1/stores/{store.id}/customers", json=body, headers=headers)
        second = await api.post(f"/v1/stores/{store.id}/customers", json=body, headers=headers)

        assert (second.status_code, second.json()) == (200, first.json())

    async def test_takes_one_statement_and_one_for_the_audit_log(
        self, api: ContractClient, database: Database, store: SeededStore
    ) -> None:
        await made_customer(api, store.id)

        with counted(database) as statements:
            await made_customer(api, store.id)

        assert [statement.split()[:3] for statement in statements] == [
            ["INSERT", "INTO", "customers"],
            ["INSERT", "INTO", "audit_entries"],
        ]

    async def test_needs_its_own_permission(self, client: ClientFactory, inside: Inside, store: SeededStore) -> None:
        limited = client(await key(inside, store.id, "customer_read", "customer_update"))

        assert (await limited.post(f"/v1/stores/{store.id}/customers", json={})).status_code == 403

    async def test_refuses_the_key_of_another_store(self, api: ContractClient, other: SeededStore) -> None:
        assert (await api.post(f"/v1/stores/{other.id}/customers", json={})).status_code == 403

    async def test_writes_down_who_made_the_customer(self, api: ContractClient, inside: Inside, store: SeededStore) -> None:
        made = await created(api, store.id)

        async with inside(store.id) as context:
            kept = await context.get(Customer, made["id"])

        assert kept.created_by is not None
        assert kept.created_by.type == "api_key"


async def shop(client: ClientFactory, inside: Inside, platform: str, **changes: object) -> tuple[str, ContractClient]:
    """A store for another platform, and a client with its key."""
    made = await make_store(inside, platform.replace("_", "-"), platform=platform, game="minecraft", **changes)
    return made.id, client(f"APIKey {made.api_key}")


class TestCreateCustomerOfMinecraft:
    async def test_offline_knows_the_uuid_by_the_name(self, client: ClientFactory, inside: Inside) -> None:
        id, api = await shop(client, inside, "minecraft_offline")

        made = await created(api, id, name="Notch")

        assert (made["minecraft_uuid"], made["minecraft_platform"]) == (offline_uuid("Notch"), "java")
        assert made["minecraft"]["name"] == "Notch"
        assert made["profile"]["platform"] == "minecraft_offline"

    async def test_offline_takes_each_name_once(self, client: ClientFactory, inside: Inside) -> None:
        id, api = await shop(client, inside, "minecraft_offline")
        await created(api, id, name="Notch")

        answer = await api.post(f"/v1/stores/{id}/customers", json={"name": "Notch"})

        assert (answer.status_code, answer.json()["code"]) == (409, "MinecraftUuidTaken")

    async def test_offline_leaves_names_alone_that_no_player_has(self, client: ClientFactory, inside: Inside) -> None:
        id, api = await shop(client, inside, "minecraft_offline")

        made = await created(api, id, name="Alice Example")

        assert (made["name"], made["minecraft_uuid"]) == ("Alice Example", None)

    async def test_finds_a_player_again_by_the_name_alone(self, client: ClientFactory, inside: Inside) -> None:
        id, api = await shop(client, inside, "minecraft")

        made = await created(api, id, name="Notch", minecraft_platform="java")

        assert made["minecraft_uuid"] is None
        found = await api.get(f"/v1/stores/{id}/customers/lookup", params={"minecraft_java_name": "notch"})
        assert found.json() == made

    async def test_knows_no_player_of_an_impossible_name(self, client: ClientFactory, inside: Inside) -> None:
        id, api = await shop(client, inside, "minecraft")

        answer = await api.post(f"/v1/stores/{id}/customers", json={"name": "no such name", "minecraft_platform": "java"})

        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")

    @pytest.mark.parametrize(("prefix", "name"), [(None, "*Gamer"), (".", ".Gamer")])
    async def test_with_geyser_knows_bedrock_players_by_the_prefix(
        self, client: ClientFactory, inside: Inside, prefix: str | None, name: str
    ) -> None:
        id, api = await shop(client, inside, "minecraft_geyser", minecraft_bedrock_username_prefix=prefix)

        bedrock, java = await created(api, id, name=name), await created(api, id, name="Gamer")

        assert (bedrock["minecraft_platform"], java["minecraft_platform"]) == ("bedrock", "java")

    async def test_with_geyser_knows_the_uuid_by_the_xuid(self, client: ClientFactory, inside: Inside) -> None:
        id, api = await shop(client, inside, "minecraft_geyser")

        made = await created(api, id, xbox_xuid="2535428504324680", name=".Some Gamer")

        assert (made["minecraft_uuid"], made["minecraft_platform"]) == (bedrock_uuid("2535428504324680"), "bedrock")
        assert made["minecraft"]["name"] == ".Some_Gamer"

    async def test_makes_no_player_of_customers_of_a_steam_store(self, api: ContractClient, store: SeededStore) -> None:
        made = await created(api, store.id, name="Notch")

        assert made["minecraft_uuid"] is None
        assert "minecraft_platform" not in made
