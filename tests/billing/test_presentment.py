"""Paying in a buyer's own currency at a rate that was frozen, and getting it back."""

from typing import Any

import httpx2
import pytest

from sutler.billing.invoices.models import Invoice
from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.kernel.data.database import Database
from sutler.kernel.work.runner import Worker
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.backup import complaints
from tests.make.billing import paid
from tests.make.checkout import add_product, checkout, line, open_checkout
from tests.make.exchange import adaptive, pinned
from tests.make.stripe import FakeStripe, takes_cards

AMOUNTS = ("subtotal", "discount", "giftcard_usage", "tax", "total")


async def from_germany(api: ContractClient, store: SeededStore, customer: Customer, *products: Product) -> dict[str, Any]:
    """An open checkout of somebody whose bill goes there: two units of each product."""
    details = {"billing_address": {"country": "DE"}}
    lines = [line(product.id, quantity=2) for product in products]
    return await open_checkout(api, store.id, checkout(customer.id, *lines, customer_details=details))


def seen(of: dict[str, Any]) -> list[int]:
    """The amounts that a buyer saw."""
    return [of[f"presentment_{name}_amount"] for name in AMOUNTS]


async def explained(api: ContractClient, store: SeededStore, **what: str) -> dict[str, Any]:
    """Why something costs what it costs."""
    found: dict[str, Any] = (await api.get(f"/v1/stores/{store.id}/pricing/explain", params=what)).json()
    return found


async def payment_of(api: ContractClient, store: SeededStore) -> dict[str, Any]:
    """The only payment of the store."""
    (found,) = (await api.get(f"/v1/stores/{store.id}/payments")).json()
    kept: dict[str, Any] = found
    return kept


@pytest.fixture
async def sword(inside: Inside, store: SeededStore) -> Product:
    """A product for 3.33."""
    async with inside(store.id) as context:
        return await add_product(context, name="Sword", price=333)


class TestPay:
    async def test_charges_the_buyers_currency_at_the_rate_of_the_checkout(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, sword: Product
    ) -> None:
        await pinned(api, store.id, "eur", "usd", "1.10")
        await adaptive(api, store.id)
        opened = await from_germany(api, store, customer, product, sword)
        await pinned(api, store.id, "eur", "usd", "2")

        order = await paid(api, store.id, opened["token"])

        assert (order["currency"], order["total_amount"]) == ("usd", 3664)
        assert (order["presentment_currency"], order["presentment_total_amount"]) == ("eur", 3331)
        assert order["presentment_total_amount_str"] == "€33.31"
        assert seen(order) == [sum(one) for one in zip(*map(seen, order["lines"]), strict=True)]
        payment = await payment_of(api, store)
        assert (payment["currency"], payment["amount"]) == ("usd", 3664)
        assert (payment["presentment_currency"], payment["presentment_amount"]) == ("eur", 3331)
        assert payment["fx_rate"] == 0.9090909091

    async def test_stays_with_the_stores_currency_where_no_rate_is_known(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        await adaptive(api, store.id)

        order = await paid(api, store.id, (await from_germany(api, store, customer, product))["token"])

        assert (order["presentment_currency"], order["presentment_total_amount"]) == ("usd", 2998)
        assert (await payment_of(api, store))["fx_rate"] is None


class TestStripe:
    async def test_charges_in_the_buyers_currency_and_books_its_fee_in_the_stores(
        self,
        api: ContractClient,
        store: SeededStore,
        customer: Customer,
        product: Product,
        stripe: FakeStripe,
        visitor: httpx2.AsyncClient,
    ) -> None:
        await takes_cards(api, store.id)
        await pinned(api, store.id, "usd", "eur", "0.9")
        await adaptive(api, store.id)
        token = (await from_germany(api, store, customer, product))["token"]

        form = {"token": token, "instrument": "stripe"}
        await visitor.post("/checkout/pay", data=form, headers={"Sec-Fetch-Site": "same-origin"})
        asked = stripe.sessions[stripe.only]["amount_total"]
        stripe.pay(stripe.only, settled=(2998, 117))
        await visitor.get("/checkout/", params={"t": token, "returned": "1"})

        payment = await payment_of(api, store)
        assert (asked, payment["presentment_amount"], payment["presentment_currency"]) == (2698, 2698, "eur")
        assert (payment["status"], payment["amount"], payment["gateway_fee_amount"]) == ("completed", 2998, 117)
        body = {"order_line_id": (await api.get(f"/v1/stores/{store.id}/orders")).json()[0]["lines"][0]["id"]}
        await api.post(f"/v1/stores/{store.id}/orders/{payment['order_id']}/refund", json=body)
        assert [one["amount"] for one in stripe.refunds.made] == [2698]


class TestRefund:
    async def test_gives_back_in_parts_just_what_was_charged(
        self,
        api: ContractClient,
        store: SeededStore,
        customer: Customer,
        product: Product,
        sword: Product,
        database: Database,
    ) -> None:
        await pinned(api, store.id, "eur", "usd", "1.10")
        await adaptive(api, store.id)
        opened = await from_germany(api, store, customer, product, sword)
        order = await paid(api, store.id, opened["token"])
        await pinned(api, store.id, "eur", "usd", "2")
        first = order["lines"][0]

        for wish in ({"amount": 100}, {"order_line_id": first["id"]}, {"amount": 1}, {}):
            answer = await api.post(f"/v1/stores/{store.id}/orders/{order['id']}/refund", json=wish)
            assert answer.status_code == 200, answer.text

        payment = await payment_of(api, store)
        given = [(one["amount"], one["presentment_currency"], one["presentment_amount"]) for one in payment["refunds"]]
        assert given[:3] == [(100, "eur", 91), (2998, "eur", first["presentment_total_amount"]), (1, "eur", 1)]
        assert (sum(one[0] for one in given), sum(one[2] for one in given)) == (3664, 3331)
        assert {one["fx_rate"] for one in payment["refunds"]} == {"0.9090909091"}
        assert payment["status"] == "refunded"
        found = await complaints(database)
        assert not {"orders_presented", "payments_presented"} & found.keys()

    async def test_refuses_less_than_the_smallest_coin(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        await pinned(api, store.id, "usd", "eur", "0.1")
        await adaptive(api, store.id)
        order = await paid(api, store.id, (await from_germany(api, store, customer, product))["token"])
        path = f"/v1/stores/{store.id}/orders/{order['id']}/refund"

        few, most, rest = [await api.post(path, json=wish) for wish in ({"amount": 1}, {"amount": 2990}, {})]

        assert (few.status_code, few.json()["code"]) == (409, "TooLittle")
        assert [most.json()["presentment_amount"], rest.json()["presentment_amount"]] == [299, 1]

    async def test_that_fails_can_be_asked_for_again(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        await pinned(api, store.id, "eur", "usd", "1.10")
        await adaptive(api, store.id)
        opened = await from_germany(api, store, customer, product)
        script = {"outcome": "succeed", "refund": "fails"}
        sold = await api.post(f"/v1/stores/{store.id}/simulator/checkouts/{opened['token']}/pay", json=script)
        order = sold.json()
        path = f"/v1/stores/{store.id}/orders/{order['id']}/refund"

        answers = [(await api.post(path, json={})).json() for _ in range(2)]

        assert [(one["status"], one["presentment_amount"]) for one in answers] == [("failed", 2725), ("failed", 2725)]


class TestGivenBackElsewhere:
    async def test_counts_at_the_rate_of_the_payment_and_knows_a_line_by_what_its_buyer_saw(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, sword: Product,
        database: Database, worker: Worker,
    ) -> None:  # fmt: skip
        await pinned(api, store.id, "eur", "usd", "1.10")
        await adaptive(api, store.id)
        order = await paid(api, store.id, (await from_germany(api, store, customer, product, sword))["token"])
        await worker.drain()
        payment, first = await payment_of(api, store), order["lines"][0]
        path = f"/v1/stores/{store.id}/simulator/payments/{payment['id']}/refund"

        for body in ({"amount": 91}, {"amount": first["presentment_total_amount"]}, {"amount": 1}, {}):
            answer = await api.post(path, json=body)
            assert answer.status_code == 200, answer.text
        await worker.drain()

        given = [(one["amount"], one["presentment_amount"]) for one in answer.json()["refunds"]]
        assert given[:3] == [(100, 91), (2998, first["presentment_total_amount"]), (1, 1)]
        assert (sum(one[0] for one in given), sum(one[1] for one in given)) == (3664, 3331)
        assert answer.json()["status"] == "refunded"
        assert answer.json()["refunds"][1]["order_line_id"] == first["id"]
        assert await complaints(database) == {}


class TestDispute:
    async def test_takes_from_the_books_what_was_booked(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, worker: Worker
    ) -> None:
        await pinned(api, store.id, "eur", "usd", "1.10")
        await adaptive(api, store.id)
        await paid(api, store.id, (await from_germany(api, store, customer, product))["token"])
        payment = await payment_of(api, store)

        body = {"state": "lost", "fee_amount": 1000}
        await api.post(f"/v1/stores/{store.id}/simulator/payments/{payment['id']}/dispute", json=body)
        await worker.drain()

        (dispute,) = (await api.get(f"/v1/stores/{store.id}/payments/{payment['id']}/disputes")).json()
        assert (dispute["amount"], dispute["fee_amount"]) == (2998, 1100)


class TestPapers:
    async def test_say_what_was_paid_and_stay_in_the_stores_currency(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, worker: Worker, inside: Inside
    ) -> None:
        await pinned(api, store.id, "usd", "eur", "0.9")
        await adaptive(api, store.id)
        opened = await from_germany(api, store, customer, product)
        before = await explained(api, store, checkout_id=opened["id"])
        shelf = await explained(api, store, product_id=product.id, quantity="2", country="DE")
        order = await paid(api, store.id, opened["token"])
        await api.post(f"/v1/stores/{store.id}/orders/{order['id']}/refund", json={"amount": 1000})
        await worker.drain()

        after = await explained(api, store, order_id=order["id"])
        async with inside(store.id) as context:
            papers = [invoice.paper for invoice in await context.all(context.rows(Invoice))]

        for told in (shelf, before, after):
            (line,) = told["lines"]
            assert line["steps"][-1]["step"] == "conversion"
            assert line["steps"][-1]["text"] == "The buyer pays in EUR: €26.98 for $29.98, at 1 USD = 0.9 EUR."
            assert sum(step["change"] for step in line["steps"]) == line["total_amount"] == 2998
        assert [(paper.total, paper.remarks[-1]) for paper in papers] == [
            ("$29.98", "Paid as €26.98, converted at 1 USD = 0.9 EUR."),
            ("$10.00", "Given back as €9.00, converted at 1 USD = 0.9 EUR."),
        ]
