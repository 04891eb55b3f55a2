"""Giving money back: the intent is written, then the gateway is asked, then what it said is settled, each by itself.

A crash between the steps loses nothing: with the intent goes a job that asks the gateway what became of it.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from msgspec import Struct

from sutler.billing.gateways.interface import Unanswered
from sutler.billing.gateways.known import GATEWAYS
from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.payments.models import Payment
from sutler.billing.refund_settlements.jobs import settle_refund_in_doubt
from sutler.billing.refund_settlements.service import repayment_of, settle
from sutler.billing.refunds.models import (
    LIVE,
    AlreadyRefunded,
    LineRefunded,
    MoreThanPaid,
    NothingPaid,
    NotPaid,
    PaymentDisputed,
    Refund,
)
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.queries import one_of, param, rows
from sutler.kernel.data.shop import Shop
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import formatted, spread

IN_DOUBT_AFTER: Final = timedelta(minutes=1)  # longer than a gateway takes to answer
TAKEN: Final = ("completed", "refund_processing", "refund_failed", "refunded", "chargeback")
REFUNDABLE = rows(Payment).where(
    Payment.c.id == param("payment_id"),
    one_of(Payment.c.status, ("completed", "refund_processing", "refund_failed")),
    Payment.c.refunded_amount == param("before", type_=Payment.c.amount.type),
    Payment.c.refunded_amount + param("more", type_=Payment.c.amount.type) <= Payment.c.amount,
)  # fmt: skip


class Wish(Struct, frozen=True, kw_only=True):
    """What is to be given back: a line, an amount of money, or all that is left; `note` says why."""

    order_line_id: FlakeId | None = None
    amount: int | None = None
    note: str | None = None


class Part(Struct, frozen=True):
    """A part of what was paid, and the lines whose items go with it."""

    amount: int
    lines: Sequence[OrderLine] = ()
    line: OrderLine | None = None  # when it is the refund of just this line


class Begun(Struct, frozen=True):
    """A refund that is about to be asked for."""

    refund: Refund
    payment: Payment
    order: Order


async def refund_order(shop: Shop, order_id: FlakeId, wish: Wish) -> Refund:
    """Give back what is wished for. The refund says whether it worked; it is `processing` while the gateway is not sure.

    NotFound, InvalidInput, or a conflict that says why, when nothing could be tried. Any other exception leaves the
    refund in doubt, to be settled by a job.
    """
    async with shop.writing() as store:
        begun = await begin(store, order_id, wish)
    refund = begun.refund
    repayment = repayment_of(refund, begun.payment, begun.order)
    try:
        answer = await GATEWAYS[begun.payment.gateway].refund(shop, repayment)
    except Unanswered:
        return refund
    async with shop.writing() as store:
        await settle(store, refund.id, answer)
        return await store.get(Refund, refund.id)


async def begin(store: StoreContext, order_id: FlakeId, wish: Wish) -> Begun:
    """Take the money from what is left of the payment, and write down that it is about to be given back.

    Whoever asks at the same time waits for the payment's row, and finds only what is left then.
    """
    order: Order | None = await store.peek(by_id(Order), id=order_id)
    if order is None:
        raise NotFound(f"There is no order {order_id} in this store.")
    payment = await store.first(store.rows(Payment).where(Payment.c.order_id == order_id, one_of(Payment.c.status, TAKEN)))
    if payment is None:
        raise NothingPaid if order.status in ("completed", "refunded") else NotPaid
    if payment.status == "chargeback":
        raise PaymentDisputed
    part = await _part(store, payment, wish)
    tax_amount = tax_in(payment, part)
    await _reserve(store, payment, part.amount, tax_amount)
    refund = await store.add(_intent(payment, part, tax_amount, wish.note))
    await settle_refund_in_doubt.enqueue_at(store, clock.now() + IN_DOUBT_AFTER, refund_id=refund.id)
    return Begun(refund, payment, order)


async def _part(store: StoreContext, payment: Payment, wish: Wish) -> Part:
    """What the wish comes to, as things are now."""
    lines = await store.all(store.rows(OrderLine).where(OrderLine.c.order_id == payment.order_id))
    live = store.rows(Refund).where(Refund.c.payment_id == payment.id, one_of(Refund.c.status, LIVE))
    gone = {id for refund in await store.all(live) for id in refund.takes_back}
    rest, still_there = payment.amount - payment.refunded_amount, [line for line in lines if line.id not in gone]
    if wish.order_line_id is not None:
        return _of_line(_line(lines, wish.order_line_id, gone), rest)
    if not rest:
        raise AlreadyRefunded
    if wish.amount in (None, rest):
        return Part(rest, still_there)
    return _of_money(payment, still_there, wish.amount or 0)


def _line(lines: Sequence[OrderLine], id: FlakeId, gone: set[FlakeId]) -> OrderLine:
    line = next((line for line in lines if line.id == id), None)
    if line is None:
        text = f"There is no line {id} in this order."
        raise InvalidInput(text, [FieldError("NotFound", text, "order_line_id", "exists")])
    if id in gone:
        raise LineRefunded
    if not line.total_amount:
        raise NothingPaid
    return line


def _of_line(line: OrderLine, rest: int) -> Part:
    """A line's total, or what is left of the payment when that is less because money was given back before."""
    if not rest:
        raise AlreadyRefunded
    return Part(min(line.total_amount, rest), [line], line)


def _of_money(payment: Payment, lines: Sequence[OrderLine], amount: int) -> Part:
    """An amount is that of a line if it is that of one line only; otherwise it is money, and the items stay."""
    rest = payment.amount - payment.refunded_amount
    if amount > rest:
        raise MoreThanPaid(f"Only {formatted(rest, payment.currency)} is left of what was paid.")
    matching = [line for line in lines if line.total_amount == amount]
    return Part(amount, matching, matching[0]) if len(matching) == 1 else Part(amount)


def tax_in(payment: Payment, part: Part) -> int:
    """The tax in a part of what is left: a line's own, otherwise in proportion; the last part has exactly the rest of it."""
    rest, tax = payment.amount - payment.refunded_amount, payment.tax_amount - payment.refunded_tax_amount
    others = rest - part.amount
    whole_line = part.line is not None and part.line.total_amount == part.amount
    share = part.line.tax_amount if part.line and whole_line else spread(tax, [part.amount, others])[0]
    return max(tax - others, min(share, tax, part.amount))


async def _reserve(store: StoreContext, payment: Payment, amount: int, tax_amount: int) -> None:
    """Take it from what is left of the payment, if so much is left at this moment."""
    changes = {
        "status": "refund_processing", "refunded_amount": payment.refunded_amount + amount,
        "refunded_tax_amount": payment.refunded_tax_amount + tax_amount,
    }  # fmt: skip
    values = {"payment_id": payment.id, "before": payment.refunded_amount, "more": amount}
    if not await store.change_all(REFUNDABLE, changes, **values):
        raise AlreadyRefunded(f"Payment {payment.id} has changed at this moment; look at it again.")


def _intent(payment: Payment, part: Part, tax_amount: int, note: str | None) -> Refund:
    """The row of a refund, which is approved by whoever asks for it."""
    now = clock.now()
    return Refund(
        payment_id=payment.id,
        order_id=payment.order_id,
        order_line_id=part.line.id if part.line else None,
        customer_id=payment.customer_id,
        takes_back=[line.id for line in part.lines],
        status="processing",
        currency=payment.currency,
        amount=part.amount,
        tax_amount=tax_amount,
        note=note or None,
        approved_at=now,
        pending_at=now,
    )
