"""Changing customers over the management API."""

import asyncio
from typing import Any

import pytest

from sutler.customers.customers.models import Customer
from sutler.kernel.data.database import Database
from tests.conftest import ClientFactory, Inside, SeededStore, make_store
from tests.contract.client import ContractClient
from tests.make.customers import made_customer, steam_id
from tests.make.stores import counted, key

UUID = "069a79f4-44e9-4726-a5be-fca90e38aaf5"
XUID = "2535428504324680"


@pytest.fixture
def path(store: SeededStore) -> str:
    """Where the store's customers are."""
    return f"/v1/stores/{store.id}/customers"


async def updated(api: ContractClient, path: str, id: str, **changes: Any) -> dict[str, Any]:
    """The customer as the answer to a change shows them."""
    answer = await api.patch(f"{path}/{id}", json=changes)
    assert answer.status_code == 200, answer.text
    customer: dict[str, Any] = answer.json()
    return customer


class TestUpdateCustomer:
    async def test_changes_what_is_given_and_keeps_the_rest(
        self, api: ContractClient, store: SeededStore, path: str
    ) -> None:
        made = await made_customer(api, store.id)

        changed = await updated(api, path, made["id"], name="Alicia")

        assert changed == made | {"name": "Alicia", "updated_at": changed["updated_at"]} | {
            "profile": made["profile"] | {"name": "Alicia"}
        }
        assert changed["updated_at"] is not None
        assert (await api.get(f"{path}/{made['id']}")).json() == changed

    async def test_replaces_metadata_as_a_whole(self, api: ContractClient, store: SeededStore, path: str) -> None:
        made = await made_customer(api, store.id, metadata={"a": "1", "b": "2"})

        assert (await updated(api, path, made["id"], metadata={"c": "3"}))["metadata"] == {"c": "3"}
        assert (await updated(api, path, made["id"], metadata=None))["metadata"] == {}

    async def test_takes_away_what_is_null(self, api: ContractClient, store: SeededStore, path: str) -> None:
        made = await made_customer(api, store.id, minecraft_uuid=UUID, xbox_xuid=XUID, minecraft_platform="java")
        nothing = dict.fromkeys(("steam_id", "minecraft_uuid", "xbox_xuid", "name", "minecraft_platform"))

        changed = await updated(api, path, made["id"], **nothing)

        assert (changed["name"], changed["minecraft_uuid"], changed["xbox_xuid"]) == (None, None, None)
        assert not {"steam_id", "steam", "minecraft", "minecraft_platform", "profile"} & set(changed)

    async def test_takes_an_empty_identity_for_null(self, api: ContractClient, store: SeededStore, path: str) -> None:
        made = await made_customer(api, store.id, xbox_xuid=XUID)

        assert (await updated(api, path, made["id"], xbox_xuid=""))["xbox_xuid"] is None

    async def test_fills_in_a_blank_customer(self, api: ContractClient, path: str) -> None:
        blank = (await api.post(path, json={})).json()
        number = int(steam_id())

        changed = await updated(api, path, blank["id"], steam_id=number, minecraft_uuid=UUID.replace("-", ""), name="Bob")

        assert (changed["steam_id"], changed["minecraft_uuid"], changed["name"]) == (str(number), UUID, "Bob")

    @pytest.mark.parametrize("kind", [str, int])
    async def test_accepts_platform_accounts_and_an_email_address(
        self, api: ContractClient, store: SeededStore, path: str, kind: type[str | int]
    ) -> None:
        made, new = await made_customer(api, store.id), steam_id()
        accounts = [{"platform": "steam", "identifier": kind(new)}]

        changed = await updated(api, path, made["id"], platform_accounts=accounts, email="alice@example.com")

        found = (await api.get(path, params={"search": "alice@example"})).json()
        assert changed["steam_id"] == new
        assert [one["id"] for one in found] == [made["id"]]

    async def test_forgets_the_profile_of_another_account(
        self, api: ContractClient, inside: Inside, store: SeededStore, path: str
    ) -> None:
        made = await made_customer(api, store.id)
        async with inside(store.id) as context:
            row = await context.get(Customer, made["id"])
            await context.change(row, {"steam_name": "Al", "steam_avatar_url": "https://a.example/al.jpg"})

        kept = await updated(api, path, made["id"], steam_id=made["steam_id"], name="Al")
        changed = await updated(api, path, made["id"], steam_id=steam_id())

        assert kept["steam"]["name"] == "Al"
        assert changed["steam"]["name"] == changed["steam"]["avatar_url"] == ""

    @pytest.mark.parametrize("body", [{}, {"platform_accounts": []}, {"name": "Alice", "metadata": {"rank": "member"}}])
    async def test_writes_nothing_when_nothing_changes(
        self, api: ContractClient, database: Database, store: SeededStore, path: str, body: dict[str, Any]
    ) -> None:
        made = await made_customer(api, store.id)

        with counted(database) as statements:
            same = await updated(api, path, made["id"], **body)

        assert same == made
        assert len(statements) <= 2

    @pytest.mark.parametrize(
        ("name", "value"), [("steam_id", None), ("minecraft_uuid", UUID), ("xbox_xuid", XUID)], ids=["steam", "mc", "xbox"]
    )
    async def test_refuses_an_identity_that_somebody_else_has(
        self, api: ContractClient, store: SeededStore, path: str, name: str, value: str | None
    ) -> None:
        taken = value or steam_id()
        await made_customer(api, store.id, **{name: taken})
        made = await made_customer(api, store.id)

        answer = await api.patch(f"{path}/{made['id']}", json={name: taken, "name": "Eve"})

        assert answer.status_code == 409
        assert name in answer.json()["message"]
        assert (await api.get(f"{path}/{made['id']}")).json() == made

    @pytest.mark.parametrize(
        "body",
        [
            {"steam_id": "123"}, {"steam_id": "x"}, {"minecraft_uuid": "x"}, {"xbox_xuid": "-1"}, {"name": ""},
            {"name": "x" * 51}, {"email": "nobody"}, {"metadata": {"k" * 41: "v"}}, {"metadata": {"k": "v" * 501}},
            {"metadata": {str(n): "" for n in range(51)}}, {"minecraft_platform": "switch"},
            {"platform_accounts": [{"platform": "steam", "identifier": "1"}]},
        ],
        ids=str,
    )  # fmt: skip
    async def test_refuses_what_cannot_be(
        self, api: ContractClient, store: SeededStore, path: str, body: dict[str, Any]
    ) -> None:
        made = await made_customer(api, store.id)

        answer = await api.patch(f"{path}/{made['id']}", json=body)

        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidInput")
        assert answer.json()["errors"][0]["path"].startswith(next(iter(body)))
        assert (await api.get(f"{path}/{made['id']}")).json() == made

    async def test_lets_one_of_many_have_an_identity(self, api: ContractClient, store: SeededStore, path: str) -> None:
        people, wanted = [await made_customer(api, store.id) for _ in range(8)], steam_id()

        answers = await asyncio.gather(*(api.patch(f"{path}/{one['id']}", json={"steam_id": wanted}) for one in people))

        assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7

    async def test_knows_no_customer_of_another_store(
        self, api: ContractClient, client: ClientFactory, path: str, other: SeededStore
    ) -> None:
        theirs = await made_customer(client(f"APIKey {other.api_key}"), other.id)

        assert (await api.patch(f"{path}/{theirs['id']}", json={"name": "x"})).status_code == 404
        assert (await api.patch(f"/v1/stores/{other.id}/customers/{theirs['id']}", json={"name": "x"})).status_code == 403

    async def test_needs_the_permission_to_update_customers(
        self, client: ClientFactory, inside: Inside, store: SeededStore, path: str
    ) -> None:
        limited = client(await key(inside, store.id, "customer_read", "customer_create"))

        assert (await limited.patch(f"{path}/1", json={})).status_code == 403


class TestUpdatePlayer:
    @pytest.fixture
    async def minecraft(self, inside: Inside) -> SeededStore:
        """A store of a server in offline mode, which knows players by the UUIDs that follow from their names."""
        return await make_store(inside, "offline", platform="minecraft_offline")

    async def test_makes_a_player_of_a_blank_customer_who_gets_a_name(
        self, client: ClientFactory, minecraft: SeededStore
    ) -> None:
        api, path = client(f"APIKey {minecraft.api_key}"), f"/v1/stores/{minecraft.id}/customers"
        blank = (await api.post(path, json={})).json()

        changed = await updated(api, path, blank["id"], name="Notch")

        assert changed["minecraft_uuid"] == "b50ad385-829d-3141-a216-7e7d7539ba7f"
        assert (changed["minecraft"]["name"], changed["minecraft_platform"]) == ("Notch", "java")

    async def test_leaves_a_players_uuid_alone_when_only_the_name_changes(
        self, client: ClientFactory, minecraft: SeededStore
    ) -> None:
        api, path = client(f"APIKey {minecraft.api_key}"), f"/v1/stores/{minecraft.id}/customers"
        made = (await api.post(path, json={"name": "Notch"})).json()

        changed = await updated(api, path, made["id"], name="Markus")

        assert (changed["minecraft_uuid"], changed["minecraft"]["name"]) == (made["minecraft_uuid"], "Notch")

    async def test_derives_nothing_when_the_uuid_is_taken_away(self, client: ClientFactory, minecraft: SeededStore) -> None:
        api, path = client(f"APIKey {minecraft.api_key}"), f"/v1/stores/{minecraft.id}/customers"
        made = (await api.post(path, json={"name": "Notch"})).json()

        changed = await updated(api, path, made["id"], name="Jeb", minecraft_uuid=None)

        assert (changed["minecraft_uuid"], changed["name"]) == (None, "Jeb")
        assert "minecraft" not in changed
