"""Who made a customer and who changed them, shown on request."""

from typing import Any

import httpx2
import pytest

from sutler.customers.customers.models import Customer
from sutler.kernel.data.database import Database
from sutler.kernel.data.records import Actor
from sutler.stores.users.models import User
from sutler.stores.users.queries import ADD
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.customers import made_customer, new_customer, steam_id
from tests.make.stores import counted

BOTH = {"expand": "created_by,updated_by"}


@pytest.fixture
def asking(api: ContractClient) -> httpx2.AsyncClient:
    """The store's key; the members that are asked for here are beyond the contract, so nothing is held against it."""
    return httpx2.AsyncClient(transport=api._transport, base_url="http://test", headers=api.headers)


@pytest.fixture
def path(store: SeededStore) -> str:
    """Where the store's customers are."""
    return f"/v1/stores/{store.id}/customers"


class TestExpand:
    async def test_shows_an_api_key_by_its_name(
        self, api: ContractClient, asking: httpx2.AsyncClient, store: SeededStore, path: str
    ) -> None:
        made = await made_customer(api, store.id)

        found = (await asking.get(f"{path}/{made['id']}", params=BOTH)).json()

        author = found.pop("created_by")
        assert (author["first_name"], author["last_name"]) == ("test", "")
        assert found == made | {"updated_by": None}

    async def test_shows_a_user_by_their_names(
        self, asking: httpx2.AsyncClient, inside: Inside, database: Database, store: SeededStore, path: str
    ) -> None:
        user = User(email="eve@example.com", first_name="Eve", last_name="Example")
        async with database.writing() as connection:
            await ADD.run(connection, **{name: getattr(user, name) for name in User.__struct_fields__})
        async with inside(store.id) as context:
            fields: dict[str, Any] = dict.fromkeys(("minecraft_uuid", "minecraft_platform", "xbox_xuid", "name"))
            made = Customer(**fields, steam_id=steam_id(), metadata={}, created_by=Actor("user", user.id))
            await context.add(made)

        found = (await asking.get(f"{path}/{made.id}", params=BOTH)).json()

        assert found["created_by"] == {"id": user.id, "first_name": "Eve", "last_name": "Example"}

    async def test_shows_null_when_nobody_of_the_store_did_it(
        self, asking: httpx2.AsyncClient, inside: Inside, store: SeededStore, path: str
    ) -> None:
        async with inside(store.id) as context:
            fields: dict[str, Any] = dict.fromkeys(("minecraft_uuid", "minecraft_platform", "xbox_xuid", "name"))
            made = await context.add(Customer(**fields, steam_id=steam_id(), metadata={}))

        assert (await asking.get(f"{path}/{made.id}", params=BOTH)).json()["created_by"] is None

    async def test_is_understood_by_every_operation_that_shows_customers(
        self, asking: httpx2.AsyncClient, path: str
    ) -> None:
        created = (await asking.post(path, params=BOTH, json=new_customer())).json()
        updated = (await asking.patch(f"{path}/{created['id']}", params=BOTH, json={"name": "Bob"})).json()
        (listed,) = (await asking.get(path, params=[("expand", "created_by"), ("expand", "updated_by")])).json()
        looked_up = (await asking.get(f"{path}/lookup", params={"id": created["id"]} | BOTH)).json()

        assert (created["created_by"]["first_name"], created["updated_by"]) == ("test", None)
        assert updated["updated_by"] == updated["created_by"] == created["created_by"]
        assert listed == looked_up == updated

    async def test_shows_only_what_is_asked_for(self, asking: httpx2.AsyncClient, path: str) -> None:
        made = (await asking.post(path, json=new_customer())).json()

        one = (await asking.get(f"{path}/{made['id']}", params={"expand": "updated_by"})).json()
        none = (await asking.get(f"{path}/{made['id']}", params={"expand": ""})).json()

        assert set(one) - set(made) == {"updated_by"}
        assert none == made

    async def test_refuses_members_that_there_are_not(self, api: ContractClient, path: str) -> None:
        answer = await api.get(path, params={"expand": "created_by,orders"})

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "expand")

    async def test_costs_one_statement_however_many_customers_there_are(
        self, api: ContractClient, asking: httpx2.AsyncClient, database: Database, store: SeededStore, path: str
    ) -> None:
        for _ in range(5):
            await made_customer(api, store.id)

        with counted(database) as statements:
            await asking.get(path, params=BOTH)

        assert len(statements) == 2
