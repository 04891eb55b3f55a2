"""Opening, changing and closing stores."""

from typing import Any

import pytest

from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.store_clocks import set_clock
from sutler.stores.stores.service import reopen
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.customers import made_customer
from tests.make.customers import signed_in as signed_in_customer
from tests.make.people import add_role, add_user, join, own, signed_in
from tests.make.servers import made_game_server
from tests.make.stores import key


def new_store(**changes: Any) -> dict[str, Any]:
    """The body of a store."""
    fields = {
        "slug": "Corner-Shop", "name": " Corner Shop ", "platform": "minecraft", "game": "minecraft", "currency": "EUR",
        "description": "",
    }  # fmt: skip
    return fields | changes


class TestCreateStore:
    async def test_opens_a_store_that_belongs_to_the_user(self, client: ClientFactory, database: Database) -> None:
        user = await add_user(database)
        caller = client(await signed_in(database, user))

        made = (await caller.post("/v1/stores", json=new_store(website_url=" "))).json()

        assert (made["slug"], made["name"], made["currency"]) == ("corner-shop", "Corner Shop", "eur")
        assert (made["owner_id"], made["live_mode"], made["website_url"]) == (user.id, False, None)
        assert (await caller.get(f"/v1/stores/{made['id']}")).json() == made
        assert (await caller.get("/v1/stores")).json() == [made]
        assert (await caller.get(f"/v1/stores/{made['id']}/products")).status_code == 200

    async def test_refuses_an_api_key(self, api: ContractClient) -> None:
        answer = await api.post("/v1/stores", json=new_store())

        assert (answer.status_code, answer.json()["code"]) == (403, "Forbidden")

    async def test_needs_a_user(self, client: ClientFactory) -> None:
        assert (await client().post("/v1/stores", json=new_store())).status_code == 401

    async def test_refuses_a_slug_in_use(self, client: ClientFactory, database: Database, store: SeededStore) -> None:
        caller = client(await signed_in(database, await add_user(database)))

        answer = await caller.post("/v1/stores", json=new_store(slug="STORE"))

        assert (answer.status_code, answer.json()["code"]) == (409, "StoreSlugTaken")

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("slug", "a b c"), ("slug", "ab"), ("name", "  "), ("name", ""), ("platform", "abacus"), ("game", " "),
            ("currency", "euro"), ("website_url", "javascript:alert(1)"), ("support_url", "example.org"),
            ("contact_email", "nobody"), ("support_email", "a b@example.org"),
        ],
    )  # fmt: skip
    async def test_names_what_does_not_pass(self, client: ClientFactory, database: Database, name: str, value: str) -> None:
        caller = client(await signed_in(database, await add_user(database)))

        answer = await caller.post("/v1/stores", json=new_store(**{name: value}))

        assert answer.status_code == 400
        assert [error["path"] for error in answer.json()["errors"]] == [name]

    async def test_opens_one_store_for_a_request_that_is_repeated(self, client: ClientFactory, database: Database) -> None:
        caller = client(await signed_in(database, await add_user(database)))

        first = await caller.post("/v1/stores", json=new_store(), headers={"Idempotency-Key": "once"})
        second = await caller.post("/v1/stores", json=new_store(), headers={"Idempotency-Key": "once"})

        assert first.json() == second.json()
        assert len((await caller.get("/v1/stores")).json()) == 1


class TestGetStores:
    async def test_shows_a_user_the_stores_they_own_or_work_in(
        self, client: ClientFactory, database: Database, inside: Inside, store: SeededStore, other: SeededStore
    ) -> None:
        user, stranger = await add_user(database), await add_user(database)
        await own(inside, store.id, user)
        await join(inside, other.id, user)
        caller = client(await signed_in(database, user))

        assert [found["id"] for found in (await caller.get("/v1/stores")).json()] == [store.id, other.id]
        assert (await client(await signed_in(database, stranger)).get("/v1/stores")).json() == []


class TestUpdateStore:
    async def test_keeps_what_is_left_out(self, api: ContractClient, store: SeededStore) -> None:
        changes = {"name": "New name", "support_url": "https://example.org/help", "live_mode": True}

        changed = (await api.patch(f"/v1/stores/{store.id}", json=changes)).json()

        assert (changed["name"], changed["support_url"], changed["live_mode"]) == tuple(changes.values())
        assert (changed["slug"], changed["currency"]) == ("store", "usd")
        assert (await api.patch(f"/v1/stores/{store.id}", json={"support_url": ""})).json()["support_url"] is None

    async def test_takes_itself_back_and_refuses_what_never_changes(self, api: ContractClient, store: SeededStore) -> None:
        path = f"/v1/stores/{store.id}"
        before = (await api.get(path)).json()
        wrong = {"currency": "eur", "owner_id": "1", "logo_url": "https://a.example/a.png", "logo_square_url": ""}

        same = await api.patch(path, json=before | {"currency": "USD"})
        refused = await api.patch(path, json={"name": "New name", **wrong})

        assert same.status_code == 200
        assert (refused.status_code, [one["path"] for one in refused.json()["errors"]]) == (400, list(wrong))
        assert (await api.get(path)).json()["name"] == before["name"]

    async def test_refuses_a_slug_in_use(self, api: ContractClient, store: SeededStore, other: SeededStore) -> None:
        answer = await api.patch(f"/v1/stores/{store.id}", json={"slug": "other"})

        assert (answer.status_code, answer.json()["code"]) == (409, "StoreSlugTaken")

    async def test_takes_no_real_money_in_the_time_of_a_test_clock(
        self, api: ContractClient, store: SeededStore, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            await set_clock(context, clock.now())

        answer = await api.patch(f"/v1/stores/{store.id}", json={"live_mode": True})

        assert (answer.status_code, answer.json()["code"]) == (409, "StoreHasTestClock")

    async def test_needs_the_permission(self, client: ClientFactory, inside: Inside, store: SeededStore) -> None:
        limited = client(await key(inside, store.id, "store_read"))

        assert (await limited.patch(f"/v1/stores/{store.id}", json={"name": "New"})).status_code == 403


class TestDeleteStore:
    async def test_closes_the_store_to_everybody_at_once(
        self, api: ContractClient, client: ClientFactory, database: Database, inside: Inside, store: SeededStore
    ) -> None:
        user = await add_user(database)
        await own(inside, store.id, user)
        owner = client(await signed_in(database, user))
        customer = client(await signed_in_customer(api, store.id, (await made_customer(api, store.id))["id"]))
        server = await made_game_server(api, store.id)
        plugin = client(f"Gameserver {server['token']}")
        assert (await customer.get("/v1/store/customer")).status_code == 200

        answer = await api.delete(f"/v1/stores/{store.id}")

        assert (answer.status_code, answer.content) == (200, b"")
        assert (await api.get("/v1/stores")).status_code == 401
        assert (await customer.get("/v1/store/customer")).status_code == 401
        assert (await plugin.post("/v1/delivery/command-queue", json={})).status_code == 401
        assert (await owner.get("/v1/stores")).json() == []
        assert (await owner.get(f"/v1/stores/{store.id}")).status_code == 403
        assert (await client().get("/v1/store", headers={"x-paynow-store-id": store.id})).status_code == 404

    async def test_leaves_its_slug_to_others(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        await api.delete(f"/v1/stores/{store.id}")

        answer = await client(f"APIKey {other.api_key}").patch(f"/v1/stores/{other.id}", json={"slug": "store"})

        assert answer.status_code == 200

    async def test_can_be_undone(self, api: ContractClient, inside: Inside, store: SeededStore) -> None:
        await api.delete(f"/v1/stores/{store.id}")

        async with inside(store.id) as context:
            await reopen(context)

        assert (await api.get(f"/v1/stores/{store.id}")).status_code == 200

    async def test_needs_the_permission(
        self, client: ClientFactory, database: Database, inside: Inside, store: SeededStore
    ) -> None:
        user = await add_user(database)
        await join(inside, store.id, user, await add_role(inside, store.id, "store_read", "store_update"))
        caller = client(await signed_in(database, user))

        assert (await caller.delete(f"/v1/stores/{store.id}")).status_code == 403
        assert (await caller.get(f"/v1/stores/{store.id}")).status_code == 200
