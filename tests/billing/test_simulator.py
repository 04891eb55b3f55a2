"""Paying checkouts with the simulator."""

from typing import Any

import pytest

from sutler.billing.orders.models import Order
from sutler.billing.payments.models import Payment
from sutler.catalog.products.models import Product
from sutler.checkout.checkouts.models import Checkout
from sutler.customers.customers.models import Customer
from sutler.kernel.data.context import by_id
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import EventRow
from sutler.stores.api_keys.service import create_key
from sutler.stores.ledger import service as ledger
from sutler.stores.stores.models import Store
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import attempt, bought, paid
from tests.make.checkout import add_product, checkout, line, open_checkout


async def told(inside: Inside, store: SeededStore) -> list[tuple[str, dict[str, Any]]]:
    """All that happened in the store, in its order."""
    async with inside(store.id) as context:
        return [(event.kind, event.body) for event in await context.all(context.rows(EventRow))]


async def payments(inside: Inside, store: SeededStore, order_id: FlakeId) -> list[Payment]:
    """All attempts to pay an order, oldest first."""
    async with inside(store.id) as context:
        return await context.all(context.rows(Payment).where(Payment.c.order_id == order_id))


@pytest.fixture
async def token(api: ContractClient, store: SeededStore, customer: Customer, product: Product) -> str:
    """The token of an open checkout for two units at 14.99."""
    opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id, quantity=2)))
    return str(opened["token"])


class TestSucceed:
    async def test_completes_payment_order_and_checkout(
        self, api: ContractClient, store: SeededStore, token: str, inside: Inside
    ) -> None:
        order = await paid(api, store.id, token)

        (payment,) = await payments(inside, store, order["id"])
        async with inside(store.id) as context:
            closed = await context.get(Checkout, order["checkout_id"])
        assert (order["status"], order["total_amount"], order["total_amount_str"]) == ("completed", 2998, "$29.98")
        assert order["completed_at"] is not None
        assert (payment.status, payment.amount, payment.store_net_amount) == ("completed", 2998, 2998)
        assert (closed.state, closed.held_by) == ("completed", None)
        assert closed.completed_at is not None

    async def test_writes_balanced_books(self, api: ContractClient, store: SeededStore, token: str, inside: Inside) -> None:
        await paid(api, store.id, token)

        async with inside(store.id) as context:
            assert await ledger.balances(context) == {("gateway:simulator", "usd"): 2998, ("sales", "usd"): -2998}
            assert await ledger.check(context) == []

    async def test_tells_each_fact_once(self, api: ContractClient, store: SeededStore, token: str, inside: Inside) -> None:
        order = await paid(api, store.id, token)

        (payment,) = await payments(inside, store, order["id"])
        assert await told(inside, store) == [
            ("payment_completed", {"payment_id": payment.id}),
            ("order_completed", {"order_id": order["id"]}),
        ]

    async def test_cannot_be_done_twice(self, api: ContractClient, store: SeededStore, token: str, inside: Inside) -> None:
        order = await paid(api, store.id, token)

        again = [await attempt(api, store.id, token, outcome) for outcome in ("succeed", "decline")]

        assert [(one.status_code, one.json()["code"]) for one in again] == [(409, "CheckoutCompleted")] * 2
        assert len(await payments(inside, store, order["id"])) == 1


class TestDecline:
    async def test_leaves_the_order_open_and_says_why(
        self, api: ContractClient, store: SeededStore, token: str, inside: Inside
    ) -> None:
        order = await paid(api, store.id, token, "decline")

        (payment,) = await payments(inside, store, order["id"])
        assert (order["status"], order["completed_at"]) == ("created", None)
        assert order["last_payment_error"] == {
            "decline_code": "generic_decline",
            "message": "The simulated card was declined, as asked.",
        }
        assert payment.status == "failed"
        assert payment.failed_at is not None
        assert await told(inside, store) == [("payment_failed", {"payment_id": payment.id})]
        async with inside(store.id) as context:
            assert await ledger.balances(context) == {}

    async def test_can_be_followed_by_another_attempt_at_the_same_order(
        self, api: ContractClient, store: SeededStore, token: str, inside: Inside
    ) -> None:
        declined = [await paid(api, store.id, token, "decline") for _ in range(2)]

        order = await paid(api, store.id, token)

        assert {one["id"] for one in declined} == {order["id"]}
        assert [one["id"] for one in declined[0]["lines"]] == [one["id"] for one in order["lines"]]
        assert order["status"] == "completed"
        assert "last_payment_error" not in order
        assert [one.status for one in await payments(inside, store, order["id"])] == ["failed", "failed", "completed"]
        kinds = [kind for kind, _ in await told(inside, store)]
        assert kinds == ["payment_failed", "payment_failed", "payment_completed", "order_completed"]


class TestFree:
    async def test_orders_are_complete_without_any_payment(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            gift = await add_product(context, price=0)

        order = await bought(api, store.id, customer.id, gift.id)

        assert (order["status"], order["total_amount_str"]) == ("completed", "$0.00")
        assert await payments(inside, store, order["id"]) == []
        assert await told(inside, store) == [("order_completed", {"order_id": order["id"]})]
        async with inside(store.id) as context:
            assert await ledger.balances(context) == {}
            assert (await context.get(Checkout, order["checkout_id"])).state == "completed"

    async def test_orders_are_complete_even_if_the_card_would_be_declined(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            gift = await add_product(context, price=0)
        opened = await open_checkout(api, store.id, checkout(customer.id, line(gift.id)))

        order = await paid(api, store.id, opened["token"], "decline")

        assert order["status"] == "completed"


class TestRefusals:
    async def test_of_a_store_in_live_mode(
        self, api: ContractClient, store: SeededStore, token: str, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            await context.change_all(by_id(Store), {"live_mode": True}, id=store.id)

        refused = await attempt(api, store.id, token)

        assert (refused.status_code, refused.json()["code"]) == (403, "LiveMode")
        async with inside(store.id) as context:
            assert not await context.exists(context.rows(Order))

    async def test_of_a_token_that_opens_nothing_here(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore, token: str
    ) -> None:
        elsewhere = client(f"APIKey {other.api_key}")

        answers = [
            await attempt(api, store.id, "0" * 28),
            await attempt(api, store.id, "x"),
            await attempt(elsewhere, other.id, token),
        ]

        assert [(one.status_code, one.json()["code"]) for one in answers] == [(404, "NotFound")] * 3

    async def test_of_an_outcome_that_there_is_not(
        self, api: ContractClient, store: SeededStore, token: str, inside: Inside
    ) -> None:
        path = f"/v1/stores/{store.id}/simulator/checkouts/{token}/pay"
        bodies: list[Any] = [{"outcome": "explode"}, {}, [], {"outcome": None}]

        answers = [await api.post(path, json=body) for body in bodies]

        assert [one.status_code for one in answers] == [400] * 4
        async with inside(store.id) as context:
            assert not await context.exists(context.rows(Order))

    async def test_of_callers_who_may_not(
        self, client: ClientFactory, store: SeededStore, other: SeededStore, token: str, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            _, reader = await create_key(context, "reader", ["order_read", "payment_read"])
            _, payer = await create_key(context, "payer", ["checkout_create"])
        tries = [(None, 401), (f"APIKey {reader}", 403), (f"APIKey {other.api_key}", 403), (f"APIKey {payer}", 200)]

        for authorization, status in tries:
            assert (await attempt(client(authorization), store.id, token)).status_code == status
