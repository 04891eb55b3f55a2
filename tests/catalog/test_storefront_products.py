"""Products as visitors see them, over the storefront API."""

from datetime import timedelta
from typing import Any

import pytest

from sutler.catalog.products.models import Product
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.catalog import made_product
from tests.make.customers import made_customer, signed_in
from tests.make.servers import made_game_server
from tests.make.stores import counted


@pytest.fixture
def visitor(client: ClientFactory, store: SeededStore) -> ContractClient:
    """Somebody who looks at the store's shelves."""
    return client(**{"x-paynow-store-id": store.id})


def later(hours: int) -> str:
    """A moment some hours from now, or before."""
    return (clock.now() + timedelta(hours=hours)).isoformat()


async def slugs(visitor: ContractClient, **query: Any) -> list[str]:
    """What is on the shelves."""
    answer = await visitor.get("/v1/store/products", params=query)
    assert answer.status_code == 200, answer.text
    return [product["slug"] for product in answer.json()]


class TestGetStorefrontProducts:
    async def test_shows_what_a_unit_costs(self, api: ContractClient, visitor: ContractClient, store: SeededStore) -> None:
        server = await made_game_server(api, store.id)
        made = await made_product(api, store.id, gameservers=[server["id"]], label="Rank", metadata={"a": "b"})

        (found,) = (await visitor.get("/v1/store/products")).json()

        assert (found["id"], found["version_id"], found["slug"]) == (made["id"], made["version_id"], "knight")
        assert (found["price"], found["currency"]) == (1499, "usd")
        assert found["pricing"] == {"price_original": 1499, "price_final": 1499, "sale_value": None}
        assert found["gameservers"] == [{"id": server["id"], "name": "Survival", "enabled": True}]
        assert (found["label"], found["metadata"], found["hidden"]) == ("Rank", {"a": "b"}, False)
        assert found["stock"] == {"available_to_purchase": True, "customer_available": 0}
        assert found["trial"]["enabled"] is False
        assert not {"commands", "created_by", "active_tier_group"} & set(found)

    async def test_leaves_out_what_is_hidden_or_not_for_sale_now(
        self, api: ContractClient, visitor: ContractClient, store: SeededStore
    ) -> None:
        await made_product(api, store.id, slug="for-sale", enabled_at=later(-2), enabled_until=later(1))
        await made_product(api, store.id, slug="for-ever", enabled_at=None)
        await made_product(api, store.id, slug="hidden", is_hidden=True)
        await made_product(api, store.id, slug="not-yet", enabled_at=later(1))
        await made_product(api, store.id, slug="no-more", enabled_at=later(-2), enabled_until=later(-1))

        assert await slugs(visitor) == ["for-sale", "for-ever"]

    async def test_goes_by_sort_order_first(
        self, api: ContractClient, inside: Inside, visitor: ContractClient, store: SeededStore
    ) -> None:
        first = await made_product(api, store.id, name="First")
        await made_product(api, store.id, name="Second")
        async with inside(store.id) as context:
            await context.change(await context.get(Product, first["id"]), {"sort_order": 1})

        assert await slugs(visitor) == ["second", "first"]

    async def test_finds_nothing_under_a_tag_that_no_product_carries(
        self, api: ContractClient, visitor: ContractClient, store: SeededStore
    ) -> None:
        await made_product(api, store.id)

        assert await slugs(visitor, tag="ranks") == []
        assert await slugs(visitor, tag="") == ["knight"]

    async def test_shows_prices_in_the_store_s_currency_only(
        self, api: ContractClient, visitor: ContractClient, store: SeededStore
    ) -> None:
        await made_product(api, store.id)

        assert await slugs(visitor, currency="USD") == ["knight"]
        answer = await visitor.get("/v1/store/products?currency=eur")
        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidInput")
        assert "not supported yet" in answer.json()["message"]

    async def test_takes_three_statements_however_many_there_are(
        self, api: ContractClient, visitor: ContractClient, database: Database, store: SeededStore
    ) -> None:
        server = await made_game_server(api, store.id)
        for _ in range(3):
            await made_product(api, store.id, gameservers=[server["id"]])

        with counted(database) as statements:
            await slugs(visitor)

        assert len(statements) == 3

    async def test_shows_nothing_of_another_store(
        self, client: ClientFactory, visitor: ContractClient, other: SeededStore
    ) -> None:
        theirs = await made_product(client(f"APIKey {other.api_key}"), other.id)

        assert await slugs(visitor) == []
        assert (await visitor.get(f"/v1/store/products/{theirs['id']}")).status_code == 404
        assert (await visitor.get(f"/v1/store/products/{theirs['slug']}")).status_code == 404

    async def test_shows_a_customer_their_store_without_being_told_which(
        self, api: ContractClient, client: ClientFactory, store: SeededStore
    ) -> None:
        await made_product(api, store.id)
        customer = await made_customer(api, store.id)

        assert await slugs(client(await signed_in(api, store.id, customer["id"]))) == ["knight"]

    async def test_knows_no_store_with_another_id(self, client: ClientFactory) -> None:
        assert (await client(**{"x-paynow-store-id": "1"}).get("/v1/store/products")).status_code == 404
        assert (await client().get("/v1/store/products")).status_code == 400


class TestGetStorefrontProduct:
    async def test_finds_by_id_and_by_slug_in_any_case(
        self, api: ContractClient, visitor: ContractClient, store: SeededStore
    ) -> None:
        made = await made_product(api, store.id)

        for name in (made["id"], "knight", "Knight"):
            assert (await visitor.get(f"/v1/store/products/{name}")).json()["id"] == made["id"]

    async def test_finds_a_slug_of_digits(self, api: ContractClient, visitor: ContractClient, store: SeededStore) -> None:
        made = await made_product(api, store.id, slug="1000")

        assert (await visitor.get("/v1/store/products/1000")).json()["id"] == made["id"]

    async def test_finds_the_id_before_a_slug_that_looks_like_it(
        self, api: ContractClient, visitor: ContractClient, store: SeededStore
    ) -> None:
        made = await made_product(api, store.id, name="First")
        await made_product(api, store.id, slug=made["id"])

        assert (await visitor.get(f"/v1/store/products/{made['id']}")).json()["id"] == made["id"]

    async def test_shows_a_hidden_product_to_those_who_know_it(
        self, api: ContractClient, visitor: ContractClient, store: SeededStore
    ) -> None:
        await made_product(api, store.id, is_hidden=True)

        assert (await visitor.get("/v1/store/products/knight")).json()["hidden"] is True

    @pytest.mark.parametrize("hours", [(1, 2), (-2, -1)])
    async def test_knows_nothing_that_is_not_for_sale_now(
        self, api: ContractClient, visitor: ContractClient, store: SeededStore, hours: tuple[int, int]
    ) -> None:
        made = await made_product(api, store.id, enabled_at=later(hours[0]), enabled_until=later(hours[1]))

        for name in (made["id"], made["slug"], "unknown", "7"):
            answer = await visitor.get(f"/v1/store/products/{name}")
            assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")
