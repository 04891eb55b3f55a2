"""Finding products over the management API."""

from typing import Any

import pytest

from sutler.catalog.products.models import Product
from sutler.kernel.data.database import Database
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.catalog import made_product
from tests.make.servers import made_game_server
from tests.make.stores import counted, key


class TestGetProducts:
    @pytest.fixture
    async def goods(self, api: ContractClient, store: SeededStore) -> list[dict[str, Any]]:
        return [await made_product(api, store.id, name=name) for name in ("Knight", "Baron", "Duke")]

    async def slugs(self, api: ContractClient, store: SeededStore, **query: Any) -> list[str]:
        answer = await api.get(f"/v1/stores/{store.id}/products", params=query)
        assert answer.status_code == 200, answer.text
        return [product["slug"] for product in answer.json()]

    async def test_lists_all_oldest_first(
        self, api: ContractClient, store: SeededStore, goods: list[dict[str, Any]]
    ) -> None:
        assert (await api.get(f"/v1/stores/{store.id}/products")).json() == goods

    async def test_goes_by_sort_order_first(
        self, api: ContractClient, inside: Inside, store: SeededStore, goods: list[dict[str, Any]]
    ) -> None:
        async with inside(store.id) as context:
            await context.change(await context.get(Product, goods[0]["id"]), {"sort_order": 9})

        assert await self.slugs(api, store) == ["baron", "duke", "knight"]

    async def test_keeps_to_certain_ids_and_slugs(
        self, api: ContractClient, store: SeededStore, goods: list[dict[str, Any]]
    ) -> None:
        first, second, third = (product["id"] for product in goods)

        assert await self.slugs(api, store, product_id=[first, third]) == ["knight", "duke"]
        assert await self.slugs(api, store, **{"product_id[]": second}) == ["baron"]
        assert await self.slugs(api, store, slug=["baron", "duke", "count"]) == ["baron", "duke"]
        assert await self.slugs(api, store, slug="baron", product_id=first) == []

    async def test_refuses_what_is_no_id(self, api: ContractClient, store: SeededStore) -> None:
        assert (await api.get(f"/v1/stores/{store.id}/products?product_id=x")).status_code == 400

    async def test_takes_two_statements_however_many_there_are(
        self, api: ContractClient, database: Database, store: SeededStore
    ) -> None:
        server = await made_game_server(api, store.id)
        for _ in range(3):
            await made_product(api, store.id, gameservers=[server["id"]])

        with counted(database) as statements:
            await api.get(f"/v1/stores/{store.id}/products")

        assert len(statements) == 2

    async def test_shows_nothing_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        theirs = await made_product(client(f"APIKey {other.api_key}"), other.id)

        assert await self.slugs(api, store) == []
        assert await self.slugs(api, store, product_id=theirs["id"]) == []
        assert (await api.get(f"/v1/stores/{other.id}/products")).status_code == 403

    async def test_needs_the_permission_to_read_products(
        self, client: ClientFactory, inside: Inside, store: SeededStore
    ) -> None:
        limited = client(await key(inside, store.id, "product_create"))

        assert (await limited.get(f"/v1/stores/{store.id}/products")).status_code == 403


class TestGetProduct:
    async def test_shows_the_product(self, api: ContractClient, store: SeededStore) -> None:
        made = await made_product(api, store.id)

        assert (await api.get(f"/v1/stores/{store.id}/products/{made['id']}")).json() == made

    async def test_knows_no_product_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        theirs = await made_product(client(f"APIKey {other.api_key}"), other.id)

        answer = await api.get(f"/v1/stores/{store.id}/products/{theirs['id']}")

        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")

    async def test_needs_the_permission_to_read_products(
        self, client: ClientFactory, inside: Inside, store: SeededStore
    ) -> None:
        limited = client(await key(inside, store.id, "product_create"))

        assert (await limited.get(f"/v1/stores/{store.id}/products/1")).status_code == 403
