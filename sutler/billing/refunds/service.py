"""Giving money back: the intent is written, then the gateway is asked, then what it said is settled, each by itself.

A crash between the steps loses nothing: with the intent goes a job that asks the gateway what became of it.
"""

from datetime import timedelta
from typing import Final

from msgspec import Struct

from sutler.billing.gateway_refunds.jobs import hear_of_refunds
from sutler.billing.gateways.interface import Refunded, Unanswered
from sutler.billing.gateways.known import GATEWAYS
from sutler.billing.moneyless.service import TAKEN, payment_of
from sutler.billing.orders.models import Order
from sutler.billing.payments.models import Payment
from sutler.billing.refund_intents.service import intent, reserve
from sutler.billing.refund_parts.service import Wish, left_of, part_of
from sutler.billing.refund_presentments.service import returned
from sutler.billing.refund_settlements.jobs import settle_refund_in_doubt
from sutler.billing.refund_settlements.service import repayment_of, settle
from sutler.billing.refunds.models import NotPaid, PaymentDisputed, Refund
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.queries import one_of
from sutler.kernel.data.shop import Shop
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId

IN_DOUBT_AFTER: Final = timedelta(minutes=1)  # longer than a gateway takes to answer


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
    if refund.status == "completed":
        return refund
    repayment = repayment_of(refund, begun.payment, begun.order)
    try:
        answer = await GATEWAYS[begun.payment.gateway].refund(shop, repayment)
    except Unanswered:
        return refund
    async with shop.writing() as store:
        await settle(store, refund.id, answer)
        ended = await store.get(Refund, refund.id)
        if ended.status == "failed":  # perhaps because money was given back elsewhere
            await hear_of_refunds.enqueue(store, payment_id=refund.payment_id)
        return ended


async def begin(store: StoreContext, order_id: FlakeId, wish: Wish) -> Begun:
    """Take the money from what is left of the payment, and write down that it is about to be given back.

    Whoever asks at the same time waits for the payment's row, and finds only what is left then. Where no money goes back,
    only what gift cards paid, or items, it is done at once.
    """
    order: Order | None = await store.peek(by_id(Order), id=order_id)
    if order is None:
        raise NotFound(f"There is no order {order_id} in this store.")
    paid = store.rows(Payment).where(Payment.c.order_id == order_id, one_of(Payment.c.status, TAKEN))
    payment = await store.first(paid) or await payment_of(store, order)
    if payment is None:
        raise NotPaid
    if payment.status == "chargeback" and payment.chargeback_status != "won":
        raise PaymentDisputed
    part = part_of(await left_of(store, payment, order), wish)
    seen = returned(payment, part.money.amount, part.line)
    refund = await store.add(intent(payment, part, seen, wish.note))
    if not part.money.amount:  # no gateway has anything to do with it
        await settle(store, refund.id, Refunded())
        return Begun(await store.get(Refund, refund.id), payment, order)
    await reserve(store, payment, refund)
    await settle_refund_in_doubt.enqueue_at(store, clock.now() + IN_DOUBT_AFTER, refund_id=refund.id)
    return Begun(refund, payment, order)
