"""Products that a checkout describes."""

from typing import Any

from sutler.catalog.products.models import Product
from sutler.checkout.checkouts.models import Checkout
from sutler.customers.customers.models import Customer
from sutler.stores.api_keys.service import create_key
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import paid
from tests.make.checkout import checkout, line, open_checkout

SWORD = {
    "name": "Engraved sword", "description": "Made for you alone.", "price": 250,
    "commands": [{"stage": "on_purchase", "content": "give sword", "online_only": False}],
}  # fmt: skip


def described(customer: Customer, **changes: Any) -> dict[str, Any]:
    """A checkout of two engraved swords."""
    wanted = {"quantity": 2, "inline_product": SWORD | changes}
    return checkout(customer.id, wanted)


class TestInlineProducts:
    async def test_are_made_hidden_and_sold(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        opened = await open_checkout(api, store.id, described(customer))

        order = await paid(api, store.id, opened["token"])

        async with inside(store.id) as context:
            (product,) = await context.all(context.rows(Product))
        (bought,) = order["lines"]
        assert (bought["product_id"], bought["product_name"], order["total_amount"]) == (product.id, "Engraved sword", 500)
        assert (product.is_hidden, product.slug) == (True, "engraved-sword")
        assert (await api.get("/v1/store/products", headers={"x-paynow-store-id": store.id})).json() == []

    async def test_are_for_those_who_may_make_products(
        self, client: ClientFactory, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            _, token = await create_key(context, "Checkouts only", ["checkout_create"])
        seller, path = client(f"APIKey {token}"), f"/v1/stores/{store.id}/checkouts"

        usual = await seller.post(path, json=checkout(customer.id, line(product.id)))
        refused = await seller.post(path, json=described(customer))

        assert (usual.status_code, refused.status_code) == (200, 403)
        assert "needs the permission product_create, too" in refused.json()["message"]

    async def test_that_cannot_be_change_nothing(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        path = f"/v1/stores/{store.id}/checkouts"

        refused = await api.post(path, json=described(customer, price=10))

        assert (refused.status_code, refused.json()["errors"][0]["path"]) == (400, "lines[0].inline_product.price")
        async with inside(store.id) as context:
            assert await context.count(context.rows(Product)) == await context.count(context.rows(Checkout)) == 0
