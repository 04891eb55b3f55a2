"""Making many customers at once over the management API."""

from typing import Any

import pytest

from sutler.kernel.data.database import Database
from tests.conftest import ClientFactory, Inside, SeededStore, make_store
from tests.contract.client import ContractClient
from tests.make.customers import made_customer, names, new_customer, steam_id
from tests.make.stores import counted, key

UUID = "069a79f4-44e9-4726-a5be-fca90e38aaf5"


@pytest.fixture
def path(store: SeededStore) -> str:
    """Where many customers are made."""
    return f"/v1/stores/{store.id}/customers/bulk"


class TestBulkCreateCustomers:
    async def test_makes_them_in_the_order_of_the_list(self, api: ContractClient, store: SeededStore, path: str) -> None:
        answer = await api.post(path, json=[new_customer(name=name) for name in ("Ann", "Bob", "Cid")])

        assert answer.status_code == 200
        assert [one["name"] for one in answer.json()] == ["Ann", "Bob", "Cid"]
        assert await names(api, store.id, asc="true") == ["Ann", "Bob", "Cid"]

    async def test_accepts_an_object_with_the_list_in_it(self, api: ContractClient, path: str) -> None:
        account = {"platform": "steam", "identifier": steam_id()}

        answer = await api.post(path, json={"customers": [{"email": "u@example.com", "platform_accounts": [account]}]})

        assert [one["steam_id"] for one in answer.json()] == [account["identifier"]]

    async def test_accepts_an_empty_list(self, api: ContractClient, path: str) -> None:
        assert (await api.post(path, json=[])).json() == []

    async def test_accepts_two_hundred_in_few_statements(self, api: ContractClient, database: Database, path: str) -> None:
        metadata = {f"{number:040}": "v" * 500 for number in range(4)}

        with counted(database) as statements:
            answer = await api.post(path, json=[new_customer(metadata=metadata) for _ in range(200)])

        assert len(answer.json()) == 200
        assert len(statements) <= 6

    async def test_refuses_more_than_two_hundred(self, api: ContractClient, path: str) -> None:
        assert (await api.post(path, json=[{}] * 201)).status_code == 400
        assert (await api.post(path, json={"customers": [{}] * 201})).status_code == 400

    async def test_names_everybody_who_cannot_be_once(self, api: ContractClient, store: SeededStore, path: str) -> None:
        known, twice = await made_customer(api, store.id), steam_id()
        new: list[dict[str, Any]] = [
            new_customer(steam_id=twice), new_customer(steam_id="76561197960265727", xbox_xuid="x"),
            new_customer(steam_id=twice), new_customer(steam_id=known["steam_id"]), new_customer(minecraft_uuid="y"),
            new_customer(minecraft_uuid=UUID), new_customer(minecraft_uuid=UUID.replace("-", "").upper()),
        ]  # fmt: skip

        answer = await api.post(path, json=new)

        error = answer.json()
        assert (answer.status_code, error["code"]) == (400, "InvalidInput")
        assert [one["path"] for one in error["errors"]] == [
            "[1].steam_id", "[2].steam_id", "[3].steam_id", "[4].minecraft_uuid", "[6].minecraft_uuid",
        ]  # fmt: skip
        assert await names(api, store.id) == ["Alice"]

    async def test_says_conflict_when_only_known_identities_are_in_the_way(
        self, api: ContractClient, store: SeededStore, path: str
    ) -> None:
        known = await made_customer(api, store.id)

        answer = await api.post(path, json={"customers": [new_customer(), new_customer(steam_id=known["steam_id"])]})

        (problem,) = answer.json()["errors"]
        assert (answer.status_code, problem["path"]) == (409, "customers[1].steam_id")
        assert await names(api, store.id) == ["Alice"]

    async def test_names_the_place_of_what_does_not_fit(self, api: ContractClient, path: str) -> None:
        answer = await api.post(path, json=[new_customer(), new_customer(name="x" * 51), {"metadata": 5}])

        assert answer.status_code == 400
        assert [one["path"] for one in answer.json()["errors"]] == ["[1].name", "[2].metadata"]

    async def test_knows_identities_of_other_stores_as_free(
        self, api: ContractClient, client: ClientFactory, path: str, other: SeededStore
    ) -> None:
        theirs = await made_customer(client(f"APIKey {other.api_key}"), other.id)

        assert (await api.post(path, json=[{"steam_id": theirs["steam_id"]}])).status_code == 200

    async def test_makes_players_of_names_on_a_store_for_minecraft(self, client: ClientFactory, inside: Inside) -> None:
        shop = await make_store(inside, "offline", platform="minecraft_offline")
        api, path = client(f"APIKey {shop.api_key}"), f"/v1/stores/{shop.id}/customers/bulk"

        made = await api.post(path, json=[{"name": "Notch"}, {"name": "Jeb"}])
        again = await api.post(path, json=[{"name": "Dinnerbone"}, {"name": "Notch"}])

        assert [one["minecraft"]["name"] for one in made.json()] == ["Notch", "Jeb"]
        assert [one["path"] for one in again.json()["errors"]] == ["[1].minecraft_uuid"]

    async def test_needs_the_permission_to_create_customers(
        self, client: ClientFactory, inside: Inside, store: SeededStore, path: str
    ) -> None:
        limited = client(await key(inside, store.id, "customer_read", "customer_update"))

        assert (await limited.post(path, json=[])).status_code == 403
