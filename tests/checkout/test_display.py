"""Seeing prices in another currency."""

from sutler.customers.customers.models import Customer
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.catalog import made_product
from tests.make.checkout import dropdown, made_variable, signed_in
from tests.make.exchange import adaptive, imported, pinned
from tests.make.promotions import made_sale

DE = {"x-paynow-customer-countrycode": "DE"}


class TestProducts:
    async def test_are_shown_in_the_currency_that_is_asked_for(
        self, api: ContractClient, client: ClientFactory, store: SeededStore
    ) -> None:
        size = await made_variable(api, store.id, dropdown())
        product = await made_product(api, store.id, custom_variable_ids=[size["id"]])
        await made_sale(api, store.id, discount_type="amount", discount_amount=500)
        await imported(api, store.id)
        visitor = client(**{"x-paynow-store-id": store.id})

        (yen,) = (await visitor.get("/v1/store/products", params={"currency": "JPY"})).json()
        franc = (await visitor.get(f"/v1/store/products/{product['id']}", params={"currency": "chf"})).json()
        unknown = await visitor.get("/v1/store/products", params={"currency": "xyz"})

        assert (yen["currency"], yen["price"]) == ("jpy", 2210)
        assert (yen["pricing"]["price_original"], yen["pricing"]["price_final"]) == (2210, 1473)
        assert (yen["pricing"]["sale_value"], yen["pricing"]["active_sale"]["discount_amount"]) == (737, 737)
        assert [option["price"] for option in yen["custom_variables"][0]["options"]] == [0, 737, 1106]
        assert (franc["currency"], franc["price"]) == ("usd", 1499)  # no rate of it is known
        assert (unknown.status_code, unknown.json()["errors"][0]["path"]) == (400, "currency")

    async def test_are_shown_in_the_visitors_own_where_the_store_wants_that(
        self, api: ContractClient, client: ClientFactory, store: SeededStore
    ) -> None:
        await made_product(api, store.id)
        await pinned(api, store.id, "usd", "eur", "0.9")
        visitor = client(**{"x-paynow-store-id": store.id})

        async def seen() -> tuple[str, int]:
            (found,) = (await visitor.get("/v1/store/products", headers=DE)).json()
            return found["currency"], found["pricing"]["price_final"]

        await adaptive(api, store.id)
        only_charged = await seen()
        await adaptive(api, store.id, show_adaptive_currency_on_storefront=True)

        assert only_charged == ("usd", 1499)
        assert await seen() == ("eur", 1349)


class TestCart:
    async def test_adds_up_in_the_currency_that_is_shown(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, inside: Inside, customer: Customer
    ) -> None:
        size = await made_variable(api, store.id, dropdown())
        product = await made_product(api, store.id, custom_variable_ids=[size["id"]])
        await imported(api, store.id)
        buyer = await signed_in(client, inside, store.id, customer.id)
        await buyer.put(
            "/v1/store/cart/lines", params={"product_id": product["id"], "quantity": 3, "custom_variables[size]": "l"}
        )

        cart = (await buyer.get("/v1/store/cart", params={"currency": "eur"})).json()

        (line,) = cart["lines"]
        assert (cart["currency"], line["price"], cart["total"]) == ("eur", 1839, 5517)
        assert line["custom_variables"][0]["selected_option"]["price"] == 460
