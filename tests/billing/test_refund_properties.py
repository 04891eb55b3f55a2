"""Whatever is refunded, in whatever parts and however gateways answer: the money is right, and never more than was paid."""

from collections.abc import Sequence
from contextlib import suppress

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sutler.billing.gateways.interface import RefundAnswer, Refunded, RefundFailed
from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.payments.models import Payment
from sutler.billing.refund_parts.service import Wish
from sutler.billing.refund_settlements.service import settle
from sutler.billing.refunds.models import LIVE, AlreadyRefunded, LineRefunded, MoreThanPaid, NothingPaid, Refund
from sutler.billing.refunds.service import begin
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import EventRow
from sutler.stores.ledger import service as ledger
from sutler.stores.ledger.models import LedgerEntry
from tests.conftest import Inside, SeededStore
from tests.make.checkout import add_customer
from tests.make.refunds import add_paid_order

only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ANSWERS: Sequence[RefundAnswer] = (Refunded(), Refunded(fee_amount=35), RefundFailed("No."))


class Ask(msgspec.Struct, frozen=True):
    """Somebody wants the rest, a line, or a share of the payment in percent back."""

    line: int | None = None
    percent: int | None = None


class Answer(msgspec.Struct, frozen=True):
    """The gateway answers about any refund so far."""

    answer: RefundAnswer
    refund: int


LINES = st.lists(st.integers(0, 5000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), max_size=3)
ASK = st.one_of(
    st.just(Ask()), st.builds(Ask, line=st.integers(0, 3)), st.builds(Ask, percent=st.integers(1, 110))
)  # fmt: skip
STEPS = st.lists(st.one_of(ASK, st.builds(Answer, st.sampled_from(ANSWERS), st.integers(0, 5))), max_size=10)


async def goes_on(store: StoreContext, payment: Payment, lines: Sequence[OrderLine], step: Ask | Answer) -> None:
    """One thing that happens."""
    if isinstance(step, Answer):
        refunds = await store.all(store.rows(Refund).where(Refund.c.payment_id == payment.id))
        for refund in refunds[step.refund % len(refunds) :][:1] if refunds else ():
            await settle(store, refund.id, step.answer)
        return
    amount = step.percent and max(1, payment.amount * step.percent // 100)
    line = None if step.line is None else lines[step.line % len(lines)].id
    with suppress(AlreadyRefunded, LineRefunded, MoreThanPaid, NothingPaid):
        await begin(store, payment.order_id, Wish(order_line_id=line, amount=amount))


async def assert_sound(store: StoreContext, payment_id: FlakeId) -> None:
    """Everything that must be true at any moment."""
    payment = await store.get(Payment, payment_id)
    order = await store.get(Order, payment.order_id)
    refunds = await store.all(store.rows(Refund).where(Refund.c.payment_id == payment_id))
    live = [refund for refund in refunds if refund.status in LIVE]
    done = [refund for refund in refunds if refund.status == "completed"]
    given, tax = sum(one.amount for one in done), sum(one.tax_amount for one in done)
    fees = payment.gateway_fee_amount - sum(one.gateway_fee_amount for one in done)

    assert payment.refunded_amount == sum(one.amount for one in live) <= payment.amount
    assert payment.refunded_tax_amount == sum(one.tax_amount for one in live) <= payment.tax_amount
    assert all(0 <= one.tax_amount <= one.amount and (one.amount > 0 or one.takes_back) for one in refunds)
    assert all(one.gateway_fee_amount >= 0 for one in refunds)
    taken = [id for one in live for id in one.takes_back]
    assert len(set(taken)) == len(taken)

    assert await ledger.check(store) == []
    moved = store.rows(LedgerEntry).where(
        one_of_ids(LedgerEntry.c.transaction_id, [payment.id, *(one.id for one in refunds)])
    )
    accounts: dict[str, int] = {"sales": 0, "tax": 0, "fees": 0, "gateway:simulator": 0}
    for entry in await store.all(moved):
        accounts[entry.account] += entry.amount
    left = payment.amount - given
    assert accounts == {
        "sales": payment.tax_amount - tax - left, "tax": tax - payment.tax_amount, "fees": fees,
        "gateway:simulator": left - fees,
    }  # fmt: skip
    assert fees >= 0
    assert given < payment.amount or tax == payment.tax_amount

    assert (order.status == "refunded") == (payment.status == "refunded") == (given == payment.amount)
    assert (payment.status == "refund_processing") == any(one.status == "processing" for one in refunds)
    assert (payment.refunded_at is not None) == (payment.status == "refunded")
    told = [
        row.body["refund_id"] for row in await store.all(store.rows(EventRow).where(EventRow.c.kind == "refund_completed"))
    ]
    assert sorted(id for id in told if id in {one.id for one in refunds}) == sorted(one.id for one in done)


class TestAnything:
    @only_sqlite
    @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(amounts=LINES, fee=st.integers(0, 60), steps=STEPS)
    async def test_leaves_the_books_balanced_and_gives_back_no_more_than_was_paid(
        self, inside: Inside, store: SeededStore, amounts: list[tuple[int, int]], fee: int, steps: list[Ask | Answer]
    ) -> None:
        async with inside(store.id) as context:
            customer = await add_customer(context)
            payment = await add_paid_order(context, customer.id, [(100, 7), *amounts], fee=fee)
            lines = await context.all(context.rows(OrderLine).where(OrderLine.c.order_id == payment.order_id))

            for step in steps:
                await goes_on(context, payment, lines, step)

                await assert_sound(context, payment.id)
