"""Which slug a product gets, over the management API."""

import asyncio

from sutler.catalog.products.models import Product
from sutler.kernel.data.database import Database
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.catalog import made_product, new_product
from tests.make.stores import counted


class TestSlug:
    async def test_that_is_asked_for_is_cleaned(self, api: ContractClient, store: SeededStore) -> None:
        assert (await made_product(api, store.id, slug=" Gold & Silver "))["slug"] == "gold-silver"

    async def test_that_is_asked_for_is_refused_when_in_use(self, api: ContractClient, store: SeededStore) -> None:
        await made_product(api, store.id, slug="knight")

        answer = await api.post(f"/v1/stores/{store.id}/products", json=new_product(slug="Knight"))

        assert (answer.status_code, answer.json()["code"]) == (409, "ProductSlugTaken")

    async def test_that_is_asked_for_may_be_in_use_in_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        await made_product(client(f"APIKey {other.api_key}"), other.id, slug="knight")

        assert (await made_product(api, store.id, slug="knight"))["slug"] == "knight"

    async def test_from_the_name_gets_the_first_free_number(self, api: ContractClient, store: SeededStore) -> None:
        await made_product(api, store.id, slug="knight-3")

        slugs = [(await made_product(api, store.id, name="Knight"))["slug"] for _ in range(3)]

        assert slugs == ["knight", "knight-2", "knight-4"]

    async def test_from_the_name_is_found_by_all_who_make_one_at_once(self, api: ContractClient, store: SeededStore) -> None:
        made = await asyncio.gather(*(made_product(api, store.id, name="Knight") for _ in range(5)))

        assert sorted(product["slug"] for product in made) == ["knight", *(f"knight-{number}" for number in range(2, 6))]

    async def test_from_the_name_is_found_however_many_there_are(
        self, api: ContractClient, inside: Inside, database: Database, store: SeededStore
    ) -> None:
        first = await made_product(api, store.id, name="Knight")
        async with inside(store.id) as context:
            row = await context.get(Product, first["id"])
            fields = {name: getattr(row, name) for name in row.__struct_fields__ if name not in ("id", "version_id", "slug")}
            await context.add_all([Product(**fields, slug=f"knight-{number}") for number in range(2, 120)])

        with counted(database) as statements:
            made = await made_product(api, store.id, name="Knight")

        assert made["slug"] == "knight-120"
        assert len(statements) == 1 + 1 + 3 + 1 + 1 + 1  # the last for the audit log
