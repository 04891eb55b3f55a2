"""States move only as the tables beside the models allow, and only by conditional writes."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy.dialects import sqlite

from sutler.billing.disputes import models as disputes
from sutler.billing.disputes.models import PaymentDispute
from sutler.billing.disputes.service import take_in
from sutler.billing.gateways.interface import (
    Canceled,
    Declined,
    Dispute,
    Outcome,
    RefundAnswer,
    Refunded,
    RefundFailed,
    Succeeded,
)
from sutler.billing.gateways.simulator import card
from sutler.billing.orders import models as orders
from sutler.billing.orders.models import Order, PaymentError
from sutler.billing.orders.service import cancel_unpaid
from sutler.billing.payments import models as payments
from sutler.billing.payments.models import Payment
from sutler.billing.payments.service import begin
from sutler.billing.refund_parts.service import Wish
from sutler.billing.refund_reversals.service import reverse
from sutler.billing.refund_settlements.service import settle as settle_refund
from sutler.billing.refunds import models as refunds
from sutler.billing.refunds.models import Refund
from sutler.billing.refunds.service import begin as begin_refund
from sutler.billing.settlements.service import settle
from sutler.catalog.products.models import Product
from sutler.checkout.checkouts import models as checkouts
from sutler.checkout.checkouts.events import CheckoutTimedOut
from sutler.checkout.checkouts.jobs import expire_checkout
from sutler.checkout.checkouts.models import SESSION_LIVES, Checkout
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Rows
from sutler.kernel.data.records import StoreRecord
from sutler.kernel.ids import FlakeId
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import checkout, line, open_checkout

STATES: Mapping[type[StoreRecord], tuple[str, Mapping[Any, tuple[Any, ...]]]] = {
    Checkout: ("state", checkouts.TRANSITIONS),
    Order: ("status", orders.TRANSITIONS),
    Payment: ("status", payments.TRANSITIONS),
    PaymentDispute: ("state", disputes.TRANSITIONS),
    Refund: ("status", refunds.TRANSITIONS),
}
ALLOWED = {
    (record.__name__, before, after)
    for record, (_, transitions) in STATES.items()
    for before, afters in transitions.items()
    for after in afters
}
NOT_AGAIN: tuple[RefundAnswer, ...] = (Refunded(), RefundFailed("No."))
SUCCEEDED, CANCELED = Succeeded(method_type="card", method_details=card("4242")), Canceled()
DECLINED = Declined(error=PaymentError("generic_decline", "No."), method_type="card", method_details=card("0002"))


class Moves:
    """Watches every write of a state, which all go through the context's two verbs for changes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: set[tuple[str, str, str]] = set()
        change, change_all = StoreContext.change, StoreContext.change_all

        async def watched(store: StoreContext, query: Rows[Any], changes: dict[str, Any], **values: Any) -> list[Any]:
            column, _ = STATES.get(query.record, ("", {}))
            before = {row.id: row for row in await store.all(query, **values)} if column in changes else {}
            if column in changes:
                assert any(
                    f"{query.record.table.name}.{column} " in str(one.compile(dialect=sqlite.dialect()))
                    for one in query.conditions
                )
            after = await change_all(store, query, changes, **values)
            for row in after if column in changes else ():
                self.seen.add((query.record.__name__, getattr(before[row.id], column), getattr(row, column)))
            return after

        async def unconditional(store: StoreContext, row: Any, changes: dict[str, Any]) -> Any:
            assert STATES.get(type(row), ("", {}))[0] not in changes
            return await change(store, row, changes)

        monkeypatch.setattr(StoreContext, "change_all", watched)
        monkeypatch.setattr(StoreContext, "change", unconditional)


@pytest.fixture
def moves(monkeypatch: pytest.MonkeyPatch) -> Moves:
    """All moves that are made during a test."""
    return Moves(monkeypatch)


class TestTables:
    @pytest.mark.parametrize("record", STATES, ids=lambda record: record.__name__)
    def test_know_every_state_and_no_other(self, record: type[StoreRecord]) -> None:
        column, transitions = STATES[record]
        states = set(record.__annotations__[column].__args__)

        assert set(transitions) == states
        assert {after for allowed in transitions.values() for after in allowed} <= states


class Lives:
    """What happens to payments and refunds of one store; of several answers only the first counts."""

    def __init__(self, inside: Inside, store_id: FlakeId) -> None:
        self._inside, self._store_id = inside, store_id

    async def answered(self, token: str, *outcomes: Outcome) -> None:
        """Attempts to pay a checkout, with what became of them."""
        for outcome in outcomes:
            async with self._inside(self._store_id) as context:
                payment = (await begin(context, token)).payment
            assert payment is not None
            for said in (outcome, SUCCEEDED, DECLINED, CANCELED):
                async with self._inside(self._store_id) as context:
                    await settle(context, payment.id, said)

    async def given_back(self, order_id: FlakeId, amount: int | None, answer: RefundAnswer) -> None:
        """A refund, with what became of it."""
        async with self._inside(self._store_id) as context:
            refund = (await begin_refund(context, order_id, Wish(amount=amount))).refund
        for said in (answer, *NOT_AGAIN):
            async with self._inside(self._store_id) as context:
                await settle_refund(context, refund.id, said)


class TestMoves:
    async def test_are_all_in_the_tables_and_all_are_made(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, moves: Moves
    ) -> None:
        lives = Lives(inside, store.id)
        paid, unpaid = [await open_checkout(api, store.id, checkout(customer.id, line(product.id))) for _ in range(2)]
        await lives.answered(paid["token"], DECLINED, CANCELED, SUCCEEDED)
        await lives.answered(unpaid["token"], DECLINED)
        async with inside(store.id) as context:
            (order,) = await context.all(context.rows(Order).where(Order.c.status == "completed"))
        for amount, answer in ((500, RefundFailed("No.")), (500, Refunded()), (None, Refunded())):
            await lives.given_back(order.id, amount, answer)
        with clock.standing_at(clock.real_now() + SESSION_LIVES):
            for opened in (paid, unpaid):
                async with inside(store.id) as context:
                    await expire_checkout.function(context, checkout_id=opened["id"])
                    await cancel_unpaid(context, CheckoutTimedOut(checkout_id=opened["id"]), "1")

        assert moves.seen <= ALLOWED
        assert moves.seen == {
            ("Payment", "pending", "completed"), ("Payment", "pending", "failed"), ("Payment", "pending", "canceled"),
            ("Payment", "completed", "refund_processing"), ("Payment", "refund_processing", "refund_failed"),
            ("Payment", "refund_failed", "refund_processing"), ("Payment", "refund_processing", "completed"),
            ("Payment", "refund_processing", "refunded"), ("Order", "completed", "refunded"),
            ("Refund", "processing", "completed"), ("Refund", "processing", "failed"),
            ("Order", "created", "completed"), ("Order", "created", "canceled"),
            ("Checkout", "open", "completed"), ("Checkout", "open", "expired"),
        }  # fmt: skip

    async def test_of_money_that_came_back_are_in_the_tables_and_made_once(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, moves: Moves
    ) -> None:
        lives, disputed = Lives(inside, store.id), Dispute(reference="d", state="pending", amount=1499)
        for of_bank, amounts in ((None, (500, 999)), (None, (500,)), (disputed, (1499,))):
            opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))
            await lives.answered(opened["token"], SUCCEEDED)
            async with inside(store.id) as context:
                (order,) = await context.all(context.rows(Order).where(Order.c.checkout_id == opened["id"]))
            for amount in amounts:
                await lives.given_back(order.id, amount, Refunded())
            async with inside(store.id) as context:
                refunds_of = await context.all(context.rows(Refund).where(Refund.c.order_id == order.id))
                if of_bank:
                    await take_in(context, refunds_of[0].payment_id, of_bank)
            for refund in [*refunds_of, *refunds_of]:
                async with inside(store.id) as context:
                    await reverse(context, refund.id, "It came back.")

        assert moves.seen >= {
            ("Refund", "completed", "failed"), ("Payment", "refunded", "refund_failed"),
            ("Payment", "completed", "refund_failed"), ("Payment", "refunded", "chargeback"),
            ("Order", "refunded", "completed"), ("Order", "refunded", "chargeback"),
        }  # fmt: skip
        assert moves.seen <= ALLOWED
