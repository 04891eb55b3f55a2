"""Whatever happens to a payment, in whatever order and however often: the money is right."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sutler.billing.gateways.interface import Canceled, Declined, Outcome, Succeeded
from sutler.billing.gateways.simulator import card
from sutler.billing.orders.models import Order, PaymentError
from sutler.billing.orders.service import cancel_unpaid
from sutler.billing.payments.models import Payment, PaymentInProgress
from sutler.billing.payments.service import begin
from sutler.billing.settlements.service import settle
from sutler.checkout.checkouts.events import CheckoutTimedOut
from sutler.checkout.checkouts.jobs import expire_checkout
from sutler.checkout.checkouts.models import SESSION_LIVES, Checkout, CheckoutCompleted, CheckoutExpired
from sutler.checkout.checkouts.schemas import CreateCheckoutSessionManagementDto
from sutler.checkout.checkouts.service import create
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import EventRow
from sutler.stores.ledger import service as ledger
from sutler.stores.ledger.models import LedgerEntry
from tests.conftest import Inside, SeededStore
from tests.make.checkout import add_customer, add_product, checkout, line

ANSWERS: Sequence[Outcome] = (
    Succeeded(method_type="card", method_details=card("4242")),
    Succeeded(method_type="card", method_details=card("4242"), fee_amount=61),
    Declined(error=PaymentError("generic_decline", "No."), method_type="card", method_details=card("0002")),
    Canceled(),
)


class Step(msgspec.Struct, frozen=True):
    """One thing that happens: somebody pays, a gateway answers about any attempt so far, hours go by, time is up."""

    what: str
    answer: Outcome = ANSWERS[0]
    attempt: int = 0


BEGIN, WAIT, EXPIRE = Step("begin"), Step("wait"), Step("expire")
ANSWER = st.builds(Step, what=st.just("answer"), answer=st.sampled_from(ANSWERS), attempt=st.integers(0, 5))
STEPS = st.lists(st.one_of(st.just(BEGIN), ANSWER, st.sampled_from([WAIT, EXPIRE])), max_size=12)
PRICES = st.sampled_from([0, 50, 1499, 500_000])


class Story:
    """One checkout and all that happens to it."""

    def __init__(self, inside: Inside, store_id: FlakeId) -> None:
        self.inside, self.store_id, self.now = inside, store_id, clock.real_now()
        self.ends = self.now + SESSION_LIVES
        self.payments: list[FlakeId] = []
        self.checkout_id = self.token = ""

    async def opens(self, price: int, quantity: int) -> None:
        """Somebody wants something."""
        async with self.inside(self.store_id) as store:
            product, customer = await add_product(store, price=price), await add_customer(store)
            body = checkout(customer.id, line(product.id, quantity=quantity))
            with clock.standing_at(self.now):
                opened = await create(store, msgspec.convert(body, CreateCheckoutSessionManagementDto))
        self.checkout_id, self.token = opened.id, opened.token

    async def goes_on(self, step: Step) -> None:
        """One step, a second after the last one."""
        self.now += timedelta(hours=13) if step is WAIT else timedelta(seconds=1)
        with clock.standing_at(self.now):
            if step is BEGIN:
                await self._begins()
            elif step is EXPIRE:
                await self._expires()
            elif step.what == "answer" and self.payments:
                async with self.inside(self.store_id) as store:
                    await settle(store, self.payments[step.attempt % len(self.payments)], step.answer)

    async def _begins(self) -> None:
        with suppress(PaymentInProgress, CheckoutCompleted, CheckoutExpired):
            async with self.inside(self.store_id) as store:
                begun = await begin(store, self.token)
            assert clock.now() < self.ends
            self.payments += [begun.payment.id] if begun.payment else []

    async def _expires(self) -> None:
        async with self.inside(self.store_id) as store:
            await expire_checkout.function(store, checkout_id=self.checkout_id)
            if (await store.get(Checkout, self.checkout_id)).state == "expired":
                await cancel_unpaid(store, CheckoutTimedOut(checkout_id=self.checkout_id), "1")


async def assert_sound(store: StoreContext, story: Story) -> None:
    """Everything that must be true at any moment."""
    checkout_ = await store.get(Checkout, story.checkout_id)
    orders = await store.all(store.rows(Order).where(Order.c.checkout_id == story.checkout_id))
    payments = await store.all(store.rows(Payment).where(one_of_ids(Payment.c.id, story.payments)))
    entries = await store.all(store.rows(LedgerEntry).where(one_of_ids(LedgerEntry.c.transaction_id, story.payments)))
    done = [payment for payment in payments if payment.status == "completed"]
    waiting = [payment for payment in payments if payment.status == "pending"]
    total = sum(order.total_amount for order in orders)

    assert await ledger.check(store) == []
    assert sum(entry.amount for entry in entries) == 0
    assert {entry.transaction_id for entry in entries} == {payment.id for payment in done}
    assert -sum(entry.amount for entry in entries if entry.account == "sales") == sum(payment.amount for payment in done)

    assert len(orders) <= 1
    assert len(done) <= 1
    assert len(waiting) <= 1
    assert not (done and waiting)
    assert all(payment.amount == total for payment in payments)
    assert (checkout_.held_by is not None) == bool(waiting)
    for order in orders:
        assert (order.status == "completed") == bool(done or total == 0)
        assert (order.status == "completed") == (checkout_.state == "completed")
        assert (order.status == "canceled") == (checkout_.state == "expired")
        assert (order.status == "completed") == (order.completed_at is not None)
    await assert_told(store, payments, orders)


async def assert_told(store: StoreContext, payments: Sequence[Payment], orders: Sequence[Order]) -> None:
    """Each fact is told once, and nothing that is not so."""
    ids = {row.id for row in (*payments, *orders)}
    told = [(row.kind, id) for row in await store.all(store.rows(EventRow)) for id in row.body.values() if id in ids]

    facts = [("payment_completed", payment.id) for payment in payments if payment.status == "completed"]
    facts += [("payment_failed", payment.id) for payment in payments if payment.status == "failed"]
    facts += [("order_completed", order.id) for order in orders if order.status == "completed"]
    assert sorted(told) == sorted(facts)


class TestAnything:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(price=PRICES, quantity=st.integers(1, 100), steps=STEPS)
    async def test_leaves_the_books_balanced_and_takes_money_at_most_once(
        self, inside: Inside, store: SeededStore, price: int, quantity: int, steps: list[Step]
    ) -> None:
        story = Story(inside, store.id)
        await story.opens(price, quantity)

        for step in steps:
            await story.goes_on(step)

            async with inside(store.id) as context:
                await assert_sound(context, story)
