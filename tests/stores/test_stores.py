"""Stores over the management API and the storefront API."""

from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.customers import made_customer, signed_in
from tests.make.stores import key


class TestGetStores:
    async def test_lists_the_store_of_the_key_and_no_other(
        self, api: ContractClient, store: SeededStore, other: SeededStore
    ) -> None:
        answer = await api.get("/v1/stores")

        assert [found["id"] for found in answer.json()] == [store.id]

    async def test_needs_the_permission_to_read_stores(
        self, client: ClientFactory, inside: Inside, store: SeededStore
    ) -> None:
        limited = client(await key(inside, store.id, "customer_read"))

        answer = await limited.get("/v1/stores")

        assert (answer.status_code, answer.json()["code"]) == (403, "Forbidden")

    async def test_needs_a_key(self, client: ClientFactory) -> None:
        assert (await client().get("/v1/stores")).status_code == 401


class TestGetStore:
    async def test_shows_everything_of_the_store(self, api: ContractClient, store: SeededStore) -> None:
        found = (await api.get(f"/v1/stores/{store.id}")).json()

        assert found["id"] == store.id
        assert (found["slug"], found["name"], found["platform"], found["game"]) == ("store", "Store", "steam", "rust")
        assert (found["currency"], found["live_mode"], found["website_url"]) == ("usd", False, None)
        assert "platform_store_type_association" not in found

    async def test_refuses_the_key_of_another_store(self, api: ContractClient, other: SeededStore) -> None:
        answer = await api.get(f"/v1/stores/{other.id}")

        assert (answer.status_code, answer.json()["code"]) == (403, "Forbidden")

    async def test_needs_the_permission_to_read_stores(
        self, client: ClientFactory, inside: Inside, store: SeededStore
    ) -> None:
        limited = client(await key(inside, store.id, "store_update"))

        assert (await limited.get(f"/v1/stores/{store.id}")).status_code == 403


class TestGetStorefrontStore:
    async def test_shows_the_store_that_a_visitor_names(self, client: ClientFactory, store: SeededStore) -> None:
        found = (await client().get("/v1/store", headers={"x-paynow-store-id": store.id})).json()

        assert (found["id"], found["name"], found["currency"], found["creator_currency"]) == (
            store.id,
            "Store",
            "usd",
            "usd",
        )
        assert "owner_id" not in found

    async def test_shows_a_customer_their_store_without_being_told_which(
        self, api: ContractClient, client: ClientFactory, store: SeededStore
    ) -> None:
        customer = await made_customer(api, store.id)
        visitor = client(await signed_in(api, store.id, customer["id"]))

        assert (await visitor.get("/v1/store")).json()["id"] == store.id

    async def test_takes_the_country_that_content_networks_send_for_tor(
        self, client: ClientFactory, store: SeededStore
    ) -> None:
        headers = {"x-paynow-store-id": store.id, "x-paynow-customer-countrycode": "T1", "x-paynow-customer-ip": "192.0.2.1"}

        assert (await client().get("/v1/store", headers=headers)).status_code == 200

    async def test_asks_a_visitor_for_the_store(self, client: ClientFactory) -> None:
        assert (await client().get("/v1/store")).status_code == 400

    async def test_knows_no_store_with_another_id(self, client: ClientFactory) -> None:
        answer = await client().get("/v1/store", headers={"x-paynow-store-id": "1"})

        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")

    async def test_lets_any_site_ask(self, client: ClientFactory, store: SeededStore) -> None:
        headers = {"x-paynow-store-id": store.id, "Origin": "https://shop.example"}

        answer = await client().get("/v1/store", headers=headers)

        assert answer.headers["access-control-allow-origin"] in ("*", "https://shop.example")
