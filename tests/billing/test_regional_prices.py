"""What buyers pay in a region with prices of its own, from the shop window to the order."""

from typing import Any

import pytest

from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.kernel.data.database import Database
from tests.billing.test_taxes import rate, tax
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import paid
from tests.make.catalog import made_product
from tests.make.checkout import add_product, checkout, dropdown, line, made_variable, open_checkout, signed_in
from tests.make.promotions import made_sale
from tests.make.regional import priced
from tests.make.stores import counted

TR = {"x-paynow-customer-countrycode": "TR"}
DE = {"x-paynow-customer-countrycode": "DE"}


async def window(client: ClientFactory, store: SeededStore, where: dict[str, str]) -> list[dict[str, Any]]:
    """The products as visitors there see them."""
    answer = await client(**{"x-paynow-store-id": store.id}).get("/v1/store/products", headers=where)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def order(api: ContractClient, store: SeededStore, customer: Customer, product: Product, country: str) -> Any:
    """The paid order of two units for somebody there, by the billing address that a back end knows."""
    details = {"billing_address": {"country": country}}
    body = checkout(customer.id, line(product.id, quantity=2), customer_details=details)
    return await paid(api, store.id, (await open_checkout(api, store.id, body))["token"])


class TestVisitors:
    async def test_see_the_prices_of_their_region(
        self, api: ContractClient, client: ClientFactory, store: SeededStore
    ) -> None:
        size = await made_variable(api, store.id, dropdown())
        multiplied = await made_product(api, store.id, custom_variable_ids=[size["id"]])
        own, left_out = [(await made_product(api, store.id, name=name))["id"] for name in ("Own", "Left out")]
        await priced(api, store.id, "turkey", default_price_multiplier=500, enabled=True)
        await priced(api, store.id, "turkey", own, price=100)
        await priced(api, store.id, "turkey", left_out, enabled=False)

        there, elsewhere = await window(client, store, TR), await window(client, store, DE)

        assert [one["pricing"]["price_final"] for one in there] == [750, 100, 1499]
        assert [one["price"] for one in there] == [1499, 1499, 1499]
        assert there[0]["id"] == multiplied["id"]
        assert there[0]["pricing"]["regional_pricing"] == {
            "region_id": "turkey", "currency": "usd", "tax_inclusive": False, "base_price": 750,
        }  # fmt: skip
        huge = [one["custom_variables"][0]["options"][2]["price"] for one in (there[0], elsewhere[0])]
        assert huge == [375, 750]  # half as much again, of the price there
        assert {one["pricing"]["price_final"] for one in elsewhere} == {1499}
        assert not [one for one in (*elsewhere, there[2]) if "regional_pricing" in one["pricing"]]

    async def test_see_no_difference_until_a_region_is_enabled(
        self, api: ContractClient, client: ClientFactory, store: SeededStore
    ) -> None:
        product = await made_product(api, store.id)
        await priced(api, store.id, "turkey", default_price_multiplier=500)
        await priced(api, store.id, "turkey", product["id"], price=100)

        (before,) = await window(client, store, TR)
        await priced(api, store.id, "turkey", product["id"], enabled=True)
        (after,) = await window(client, store, TR)

        assert [one["pricing"]["price_final"] for one in (before, after)] == [1499, 100]

    async def test_see_sales_after_regional_prices(
        self, api: ContractClient, client: ClientFactory, store: SeededStore
    ) -> None:
        await made_product(api, store.id)
        await made_sale(api, store.id, discount_type="percent", discount_amount=100)
        await priced(api, store.id, "turkey", default_price_multiplier=500, enabled=True)

        (found,) = await window(client, store, TR)

        assert [found["pricing"][name] for name in ("price_original", "sale_value", "price_final")] == [750, 75, 675]

    @pytest.mark.parametrize(
        ("store_wide", "region", "expected"),
        [
            ("without_tax", None, (750, False)),
            ("without_tax", True, (900, True)),  # the tax of 20 % is put in
            ("with_tax", None, (900, True)),
            ("with_tax", False, (750, False)),
        ],
    )
    async def test_see_tax_in_prices_where_their_region_has_it(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, store_wide: str, region: bool | None,
        expected: tuple[int, bool],
    ) -> None:  # fmt: skip
        await made_product(api, store.id)
        await tax(api, store, enabled=True, countries=["TR"], prices_shown=store_wide)
        await priced(api, store.id, "turkey", default_price_multiplier=500, enabled=True, tax_inclusive=region)

        (found,) = await window(client, store, TR)

        pricing = found["pricing"]
        assert (pricing["price_final"], pricing["regional_pricing"]["tax_inclusive"]) == expected
        assert pricing["regional_pricing"]["base_price"] == 750

    async def test_cost_a_statement_only_where_products_have_prices_of_their_own(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, database: Database
    ) -> None:
        product = (await made_product(api, store.id))["id"]
        counts = []
        for changes in ({}, {"default_price_multiplier": 500, "enabled": True}, {"price": 100}):
            if changes:
                await priced(api, store.id, "turkey", product if "price" in changes else None, **changes)
            for where in (TR, DE):
                with counted(database) as statements:
                    await window(client, store, where)
                counts.append(len(statements))

        first = counts[0]
        assert counts == [first, first, first, first, first + 1, first]


class TestCarts:
    async def test_are_priced_and_checked_out_as_where_the_visitor_is(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        size = await made_variable(api, store.id, dropdown())
        async with inside(store.id) as context:
            product = await add_product(context, custom_variable_ids=[size["id"]])
        await priced(api, store.id, "turkey", default_price_multiplier=500, enabled=True)
        mine = await signed_in(client, inside, store.id, customer.id)
        chosen: dict[str, str | int] = {"product_id": product.id, "quantity": 2, "custom_variables[size]": "xl"}
        assert (await mine.put("/v1/store/cart/lines", params=chosen)).status_code == 204

        (shown,) = (await mine.get("/v1/store/cart", headers=TR)).json()["lines"]
        opened = (await mine.post("/v1/store/cart/checkout", json={}, headers=TR)).json()
        await priced(api, store.id, "turkey", enabled=False)
        found = await paid(api, store.id, opened["token"])

        assert (shown["price"], shown["pricing"]["regional_pricing"]["region_id"]) == (1125, "turkey")
        assert shown["custom_variables"][0]["selected_option"]["price"] == 375
        (bought,) = found["lines"]
        assert (bought["price"], bought["subtotal_amount"], bought["pricing_region_id"]) == (1125, 2250, "turkey")


class TestOrders:
    async def test_cost_what_they_do_where_the_buyer_is_billed(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        await priced(api, store.id, "turkey", enabled=True)
        await priced(api, store.id, "turkey", product.id, price=600)

        there, elsewhere = [await order(api, store, customer, product, country) for country in ("tr", "DE")]

        assert [one["total_amount"] for one in (there, elsewhere)] == [1200, 2998]
        assert [one["lines"][0]["pricing_region_id"] for one in (there, elsewhere)] == ["turkey", None]

    async def test_contain_their_tax_where_the_region_has_it(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        await tax(api, store, enabled=True, countries=["TR", "BR"])
        await rate(api, store, country="BR", name="ISS", basis_points=500)
        for region, inclusive in (("turkey", True), ("brazil", None)):
            await priced(api, store.id, region, default_price_multiplier=500, enabled=True, tax_inclusive=inclusive)

        in_it, on_top = [await order(api, store, customer, product, country) for country in ("TR", "BR")]

        assert [in_it[f"{name}_amount"] for name in ("subtotal", "tax", "total")] == [1800, 300, 1800]
        assert [on_top[f"{name}_amount"] for name in ("subtotal", "tax", "total")] == [1500, 75, 1575]
