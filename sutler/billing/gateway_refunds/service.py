"""Letting everything that a gateway knows about the refunds of a payment take effect: once, however often it is said.

Every change locks the payment first, so refunds and disputes of one payment never overlap. A refund that carries our id is
the one that we asked for. Any other was made on the gateway's own page, and is written down under the gateway's name for
it, like one that somebody has asked for here: the same sums, the same items, the same events.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import structlog

from sutler.billing.disputes.queries import rest_of
from sutler.billing.gateways.interface import RefundFailed, RefundPending, Repaid
from sutler.billing.gateways.known import GATEWAYS
from sutler.billing.moneyless.service import TAKEN
from sutler.billing.orders.models import Order
from sutler.billing.payments.models import Payment
from sutler.billing.refund_intents.service import intent, reserve, taken
from sutler.billing.refund_parts.service import Left, Wish, left_of, part_of
from sutler.billing.refund_presentments.service import counted, seen_of
from sutler.billing.refund_reversals.service import reverse
from sutler.billing.refund_settlements.jobs import settle_refund_in_doubt
from sutler.billing.refund_settlements.service import settle
from sutler.billing.refunds.models import Refund
from sutler.billing.settlements.service import charge_of
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId

SOON: Final = timedelta(minutes=1)
LATER: Final = timedelta(minutes=10)  # longer than it takes to find out about a refund whose answer got lost
DAY: Final = timedelta(days=1)
log = structlog.get_logger("sutler.refunds")


async def look(shop: Shop, payment_id: FlakeId) -> timedelta | None:
    """Ask the gateway of a payment about all its refunds, and let them take effect.

    Returns after how long it should be asked again because something could not take effect yet, if so. An exception means
    that the gateway gave no answer.
    """
    async with shop.reading() as store:
        payment: Payment | None = await store.peek(by_id(Payment), id=payment_id)
        if payment is not None and payment.status == "pending":
            return SOON
        if payment is None or payment.status not in TAKEN or not payment.amount:
            return None
        charge = charge_of(payment, await store.get(Order, payment.order_id))
    said = await GATEWAYS[payment.gateway].refunds(shop, charge)
    if not said:
        return None
    async with shop.writing() as store:
        return await take_in(store, payment_id, said)


async def take_in(store: StoreContext, payment_id: FlakeId, said: Sequence[Repaid]) -> timedelta | None:
    """Let what a gateway said about each refund take effect as far as it has not yet; how long to wait for the rest."""
    await store.get(Payment, payment_id)  # with it, the lock
    known = await store.all(store.rows(Refund).where(Refund.c.payment_id == payment_id))
    ours = {refund.id: refund for refund in known}
    theirs = {refund.gateway_reference: refund for refund in known if refund.gateway_reference is not None}
    good = {one.refund_id for one in said if not isinstance(one.answer, RefundFailed)}
    waits: list[timedelta | None] = []
    for one in said:
        if mine := theirs.get(one.reference):
            await _heard(store, mine, one)
        elif mine := ours.get(one.refund_id):
            if not isinstance(one.answer, RefundFailed) or one.refund_id not in good:
                await _heard(store, mine, one)
        else:
            waits.append(await _found(store, payment_id, one))
    return min((wait for wait in waits if wait), default=None)


async def _heard(store: StoreContext, refund: Refund, said: Repaid) -> None:
    await settle(store, refund.id, said.answer)
    if isinstance(said.answer, RefundFailed):
        await reverse(store, refund.id, said.answer.reason)


async def _found(store: StoreContext, payment_id: FlakeId, said: Repaid) -> timedelta | None:
    """Write down a refund that was made elsewhere; what is more than is left may have to wait for what is in doubt."""
    payment = await store.get(Payment, payment_id)
    order: Order | None = await store.peek(by_id(Order), id=payment.order_id)
    if order is None:
        return None
    left, rest = await left_of(store, payment, order), await rest_of(store, payment)
    amount = counted(payment, left, said.amount)
    if amount > rest and (wait := await _in_doubt(store, payment)) and not isinstance(said.answer, RefundFailed):
        return wait
    if amount > rest:
        log.warning(
            "a gateway gave back more than is left", store_id=store.store_id, payment_id=payment.id,
            reference=said.reference, amount=amount, left=rest,
        )  # fmt: skip
    if rest and amount:
        await _written_down(store, payment, left, min(amount, rest), said)
    return None


async def _in_doubt(store: StoreContext, payment: Payment) -> timedelta | None:
    """After how long more may be left of a payment than there is now; None when it never will."""
    on_their_way = store.rows(Refund).where(Refund.c.payment_id == payment.id, Refund.c.status == "processing")
    if await store.exists(on_their_way):
        return LATER
    return DAY if payment.chargeback_status == "pending" else None


async def _written_down(store: StoreContext, payment: Payment, left: Left, amount: int, said: Repaid) -> None:
    seen = seen_of(payment, left, amount, said.amount)
    note = f"Made with {GATEWAYS[payment.gateway].title}, not here."
    new = intent(payment, part_of(left, Wish(amount=amount)), seen, note, reference=said.reference)
    refund = await store.add(new)
    if payment.status == "chargeback":  # which it stays: a bank has looked at it, and has left this much
        await store.change(payment, taken(payment, refund))
    else:
        await reserve(store, payment, refund)
    await settle(store, refund.id, said.answer)
    if isinstance(said.answer, RefundPending):
        await settle_refund_in_doubt.enqueue_at(store, said.answer.look_again, refund_id=refund.id)
