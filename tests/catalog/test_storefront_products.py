"""Products as visitors see them, over the storefront API."""

from datetime import timedelta
from typing import Any

import pytest

from sutler.catalog.products.models import Product
from sutler.catalog.stock.service import Wanted, take
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.ids import new_id
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.catalog import limit, made_product, made_variable
from tests.make.customers import made_customer, signed_in
from tests.make.servers import made_game_server
from tests.make.stores import counted
from tests.make.tags import made_tag


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

    async def test_keeps_to_products_that_carry_all_of_the_tags(
        self, api: ContractClient, visitor: ContractClient, store: SeededStore
    ) -> None:
        ranks, sale = await made_tag(api, store.id, "Ranks"), await made_tag(api, store.id, "Sale")
        off = await made_tag(api, store.id, "Off", enabled=False)
        await made_product(api, store.id, name="Both", tags=[sale["id"], ranks["id"], off["id"]])
        await made_product(api, store.id, name="One", tags=[ranks["id"]])
        await made_product(api, store.id, name="None")

        assert await slugs(visitor, tag="ranks") == await slugs(visitor, tag=ranks["id"]) == ["both", "one"]
        assert await slugs(visitor, tag=["Ranks", "sale"]) == await slugs(visitor, tag="sale,ranks") == ["both"]
        assert await slugs(visitor, tag="off") == await slugs(visitor, tag=["ranks", "unknown"]) == []
        both = (await visitor.get("/v1/store/products/both")).json()
        assert [tag["slug"] for tag in both["tags"]] == ["sale", "ranks"]

    async def test_tells_what_buyers_are_asked_for(
        self, api: ContractClient, visitor: ContractClient, store: SeededStore
    ) -> None:
        variable = await made_variable(api, store.id)
        await made_product(api, store.id, custom_variable_ids=[variable["id"]], is_coupons_disabled=True)

        (found,) = (await visitor.get("/v1/store/products")).json()

        (asked,) = found["custom_variables"]
        assert (asked["identifier"], [option["price"] for option in asked["options"]]) == ("colour", [0, 100])
        assert (found["is_coupons_disabled"], found["is_gifting_disabled"]) == (True, False)

    async def test_tells_how_much_is_left_for_whom(
        self, api: ContractClient, client: ClientFactory, inside: Inside, visitor: ContractClient, store: SeededStore
    ) -> None:
        made = await made_product(api, store.id, store_stock_limit=limit(3), customer_stock_limit=limit(2))
        alice, bob = await made_customer(api, store.id), await made_customer(api, store.id, name="Bob")
        people = [visitor, *[client(await signed_in(api, store.id, one["id"])) for one in (alice, bob)]]
        seen = []

        for buyer in (None, alice, bob):
            async with inside(store.id) as context:
                row = await context.get(Product, made["id"])
                units = [Wanted(product=row, quantity=2 if buyer is alice else 1, checkout_line_id=new_id())]
                await take(context, units if buyer else [], (buyer or alice)["id"])
            seen.append([(await one.get("/v1/store/products")).json()[0]["stock"] for one in people])

        assert [[tuple(stock.values()) for stock in stocks] for stocks in seen] == [
            [(True, 2), (True, 2), (True, 2)],
            [(True, 2), (False, 0), (True, 2)],
            [(False, 2), (False, 0), (False, 1)],
        ]
        managed = (await api.get(f"/v1/stores/{store.id}/products/{made['id']}")).json()
        assert managed["stock_available"] == {"store_available": 0, "customer_available": 2}

    async def test_finds_nothing_under_a_tag_that_no_product_carries(
        self, api: ContractClient, visitor: ContractClient, store: SeededStore
    ) -> None:
        await made_product(api, store.id)

        assert await slugs(visitor, tag="ranks") == []
        assert await slugs(visitor, tag="") == ["knight"]

    @pytest.mark.parametrize("has_everything", [False, True])
    async def test_takes_few_statements_however_many_there_are(
        self, api: ContractClient, visitor: ContractClient, database: Database, store: SeededStore, has_everything: bool
    ) -> None:
        server, tag, variable = [(await make(api, store.id))["id"] for make in (made_game_server, made_tag, made_variable)]
        more = {"tags": [tag], "custom_variable_ids": [variable], "store_stock_limit": limit()} if has_everything else {}
        for _ in range(3):
            await made_product(api, store.id, gameservers=[server], **more)

        with counted(database) as statements:
            await slugs(visitor)

        assert len(statements) == (7 if has_everything else 4)

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
