"""A customer's own orders, as the storefront shows them."""

import pytest

from sutler.billing.orders.models import Order
from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.stores.stores.models import Store
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import bought, paid
from tests.make.checkout import checkout, line, open_checkout
from tests.make.customers import made_customer, signed_in

ORDERS = "/v1/store/customer/orders"


@pytest.fixture
async def buyer(api: ContractClient, client: ClientFactory, store: SeededStore, customer: Customer) -> ContractClient:
    """The customer, signed in."""
    return client(await signed_in(api, store.id, customer.id))


class TestGetOrders:
    async def test_shows_ones_own_only_newest_first(
        self, api: ContractClient, buyer: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        someone = await made_customer(api, store.id)
        await bought(api, store.id, someone["id"], product.id)
        mine = [(await bought(api, store.id, customer.id, product.id))["id"] for _ in range(3)]

        listed = (await buyer.get(ORDERS)).json()
        page = (await buyer.get(ORDERS, params={"limit": 1, "before": mine[2]})).json()

        assert [order["id"] for order in listed] == mine[::-1]
        assert [order["id"] for order in page] == [mine[1]]
        assert (listed[0]["status"], listed[0]["total_amount_str"]) == ("completed", "$14.99")
        assert not {"billing_email", "customer_ip", "checkout_token"} & set(listed[0])

    async def test_tells_a_gift(
        self, api: ContractClient, buyer: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        friend = await made_customer(api, store.id, name="Bob")
        body = checkout(customer.id, line(product.id, gift_to_customer_id=friend["id"]))
        await paid(api, store.id, (await open_checkout(api, store.id, body))["token"])

        (order,) = (await buyer.get(ORDERS)).json()

        (bought_line,) = order["lines"]
        assert (bought_line["gift"], bought_line["gift_to_customer"]["name"]) == (True, "Bob")
        assert "metadata" not in bought_line["gift_to_customer"]

    async def test_is_for_stores_where_customers_prove_who_they_are(
        self, buyer: ContractClient, store: SeededStore, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            await context.change(await context.get(Store, store.id), {"platform": "minecraft"})

        answer = await buyer.get(ORDERS)

        assert (answer.status_code, answer.json()["code"]) == (403, "Forbidden")

    async def test_is_for_customers(self, client: ClientFactory, store: SeededStore) -> None:
        anonymous = await client(**{"x-paynow-store-id": store.id}).get(ORDERS)

        assert anonymous.status_code == 401


class TestGetOrder:
    async def test_shows_ones_own_only(
        self, api: ContractClient, buyer: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        someone = await made_customer(api, store.id)
        theirs = (await bought(api, store.id, someone["id"], product.id))["id"]
        mine = (await bought(api, store.id, customer.id, product.id))["id"]

        answers = [await buyer.get(f"{ORDERS}/{id}") for id in (mine, theirs, "1")]

        assert [answer.status_code for answer in answers] == [200, 404, 404]
        assert answers[0].json()["id"] == mine

    async def test_tells_when_it_was_canceled(
        self, api: ContractClient, buyer: ContractClient, store: SeededStore, customer: Customer, product: Product,
        inside: Inside,
    ) -> None:  # fmt: skip
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))
        declined = await paid(api, store.id, opened["token"], "decline")
        async with inside(store.id) as context:
            await context.change(await context.get(Order, declined["id"]), {"status": "canceled"})

        order = (await buyer.get(f"{ORDERS}/{declined['id']}")).json()

        assert (order["status"], order["completed_at"]) == ("canceled", None)
        assert order["canceled_at"] is not None
