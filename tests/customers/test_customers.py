"""Finding customers over the management API, and signing them in."""

from datetime import timedelta
from typing import Any

import pytest

from sutler.customers.customers.models import Customer, CustomerToken
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.tokens import customer_token, digest
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.customers import made_customer, names, new_customer, signed_in, steam_id
from tests.make.stores import counted, key

UUID = "069a79f4-44e9-4726-a5be-fca90e38aaf5"


class TestGetCustomerById:
    async def test_shows_the_customer(self, api: ContractClient, store: SeededStore) -> None:
        made = await made_customer(api, store.id)

        assert (await api.get(f"/v1/stores/{store.id}/customers/{made['id']}")).json() == made

    async def test_takes_one_statement(self, api: ContractClient, database: Database, store: SeededStore) -> None:
        made = await made_customer(api, store.id)

        with counted(database) as statements:
            await api.get(f"/v1/stores/{store.id}/customers/{made['id']}")

        assert len(statements) == 1

    async def test_knows_no_customer_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        theirs = await made_customer(client(f"APIKey {other.api_key}"), other.id)

        answer = await api.get(f"/v1/stores/{store.id}/customers/{theirs['id']}")

        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")

    async def test_refuses_the_key_of_another_store(self, api: ContractClient, other: SeededStore) -> None:
        assert (await api.get(f"/v1/stores/{other.id}/customers/1")).status_code == 403

    async def test_needs_the_permission_to_read_customers(
        self, client: ClientFactory, inside: Inside, store: SeededStore
    ) -> None:
        limited = client(await key(inside, store.id, "customer_create"))

        assert (await limited.get(f"/v1/stores/{store.id}/customers/1")).status_code == 403

    async def test_shows_profiles_that_are_known(self, api: ContractClient, inside: Inside, store: SeededStore) -> None:
        made = await made_customer(api, store.id, minecraft_uuid=UUID)
        async with inside(store.id) as context:
            row = await context.get(Customer, made["id"])
            await context.change(row, {"steam_name": "Al", "steam_avatar_url": "https://a.example/al.jpg"})

        found = (await api.get(f"/v1/stores/{store.id}/customers/{made['id']}")).json()

        assert found["steam"] == {"id": made["steam_id"], "name": "Al", "avatar_url": "https://a.example/al.jpg"}
        assert found["profile"] == {"platform": "steam"} | found["steam"]
        assert found["updated_at"] is not None


class TestGetCustomers:
    @pytest.fixture
    async def people(self, api: ContractClient, store: SeededStore) -> list[dict[str, Any]]:
        return [await made_customer(api, store.id, name=name) for name in ("Ann", "Bob", "Cid")]

    async def test_lists_the_newest_first(
        self, api: ContractClient, store: SeededStore, people: list[dict[str, Any]]
    ) -> None:
        assert (await api.get(f"/v1/stores/{store.id}/customers")).json() == people[::-1]

    async def test_pages_in_both_directions(
        self, api: ContractClient, store: SeededStore, people: list[dict[str, Any]]
    ) -> None:
        first, second, third = (person["id"] for person in people)

        assert await names(api, store.id, limit=2) == ["Cid", "Bob"]
        assert await names(api, store.id, before=second) == ["Ann"]
        assert await names(api, store.id, after=first) == ["Cid", "Bob"]
        assert await names(api, store.id, after=first, limit=1, asc="true") == ["Bob"]
        assert await names(api, store.id, after=first, before=third) == ["Bob"]

    @pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "after=x", "asc=perhaps", f"search={'x' * 321}"])
    async def test_refuses_what_is_not_a_page(self, api: ContractClient, store: SeededStore, query: str) -> None:
        answer = await api.get(f"/v1/stores/{store.id}/customers?{query}")

        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidInput")

    async def test_lists_certain_customers_in_every_form_that_clients_send(
        self, api: ContractClient, store: SeededStore, people: list[dict[str, Any]]
    ) -> None:
        first, _, third = (person["id"] for person in people)

        assert await names(api, store.id, customer_id=[first, third]) == ["Cid", "Ann"]
        assert await names(api, store.id, **{"customer_id[]": [first]}) == ["Ann"]
        assert await names(api, store.id, customer_id="7") == []

    async def test_shows_nobody_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        theirs = await made_customer(client(f"APIKey {other.api_key}"), other.id)

        assert await names(api, store.id) == []
        assert await names(api, store.id, customer_id=theirs["id"]) == []
        assert await names(api, store.id, search=theirs["steam_id"]) == []
        assert await names(api, store.id, search="Alice") == []

    async def test_takes_one_statement_and_a_search_two_however_many_there_are(
        self, api: ContractClient, database: Database, store: SeededStore, people: list[dict[str, Any]]
    ) -> None:
        with counted(database) as statements:
            await names(api, store.id)
            await names(api, store.id, search="a")

        assert len(statements) == 1 + 2

    async def test_needs_the_permission_to_read_customers(
        self, client: ClientFactory, inside: Inside, store: SeededStore
    ) -> None:
        limited = client(await key(inside, store.id, "customer_create"))

        assert (await limited.get(f"/v1/stores/{store.id}/customers")).status_code == 403


class TestCreateCustomerToken:
    async def test_signs_the_customer_in(self, api: ContractClient, client: ClientFactory, store: SeededStore) -> None:
        made = await made_customer(api, store.id)
        answer = await api.post(f"/v1/stores/{store.id}/customers/{made['id']}/tokens")
        token = answer.json()["token"]

        visitor = client(f"Customer {token}")

        assert len(token) == 71
        assert (await visitor.get("/v1/store/customer")).json() == made

    async def test_leaves_earlier_tokens_valid(self, api: ContractClient, client: ClientFactory, store: SeededStore) -> None:
        made = await made_customer(api, store.id)
        first, second = [await signed_in(api, store.id, made["id"]) for _ in range(2)]

        assert first != second
        assert (await client(first).get("/v1/store/customer")).json() == made
        assert (await client(second).get("/v1/store/customer")).json() == made

    async def test_knows_no_customer_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        theirs = await made_customer(client(f"APIKey {other.api_key}"), other.id)

        assert (await api.post(f"/v1/stores/{store.id}/customers/{theirs['id']}/tokens")).status_code == 404

    async def test_needs_the_permission_to_update_customers(
        self, client: ClientFactory, inside: Inside, store: SeededStore
    ) -> None:
        limited = client(await key(inside, store.id, "customer_read", "customer_create"))

        assert (await limited.post(f"/v1/stores/{store.id}/customers/1/tokens")).status_code == 403


class TestGetStorefrontCustomer:
    async def test_asks_visitors_to_sign_in(self, client: ClientFactory, store: SeededStore) -> None:
        answer = await client().get("/v1/store/customer", headers={"x-paynow-store-id": store.id})

        assert (answer.status_code, answer.json()["code"]) == (401, "Unauthorized")

    @pytest.mark.parametrize("form", ["Customer {}", "customer {}", "Bearer {}", "{}"])
    async def test_knows_a_token_in_every_form_that_clients_send(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, form: str
    ) -> None:
        made = await made_customer(api, store.id)
        token = (await signed_in(api, store.id, made["id"])).removeprefix("Customer ")

        assert (await client(form.format(token)).get("/v1/store/customer")).json() == made

    async def test_refuses_a_token_of_another_store_than_the_header_says(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        made = await made_customer(api, store.id)
        visitor = client(await signed_in(api, store.id, made["id"]))

        assert (await visitor.get("/v1/store/customer", headers={"x-paynow-store-id": other.id})).status_code == 403

    async def test_refuses_an_api_key(self, api: ContractClient) -> None:
        assert (await api.get("/v1/store/customer")).status_code == 403

    async def test_refuses_a_customer_at_the_management_api(
        self, api: ContractClient, client: ClientFactory, store: SeededStore
    ) -> None:
        made = await made_customer(api, store.id)
        visitor = client(await signed_in(api, store.id, made["id"]))

        assert (await visitor.get(f"/v1/stores/{store.id}/customers/{made['id']}")).status_code == 403
        assert (await visitor.post(f"/v1/stores/{store.id}/customers", json=new_customer())).status_code == 403

    async def test_ends_with_the_token(
        self, api: ContractClient, client: ClientFactory, inside: Inside, store: SeededStore
    ) -> None:
        made, token = await made_customer(api, store.id, steam_id=steam_id()), customer_token()
        async with inside(store.id) as context:
            ended = clock.now() - timedelta(seconds=1)
            await context.add(CustomerToken(customer_id=made["id"], token_digest=digest(token), expires_at=ended))

        assert (await client(f"Customer {token}").get("/v1/store/customer")).status_code == 401
