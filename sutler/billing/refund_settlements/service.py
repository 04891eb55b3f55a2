"""Letting a gateway's answer about a refund take effect. Every change of state is a conditional write.

Whoever changes anything about a payment's refunds holds the row of the payment first, so one goes after the other.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from msgspec import Struct

from sutler.billing.commissions.service import GivenBack, give_up
from sutler.billing.disputes.queries import lost_of
from sutler.billing.gateways.interface import Gateway, RefundAnswer, Refunded, RefundFailed, RefundPending, Repayment
from sutler.billing.gateways.known import GATEWAYS
from sutler.billing.gateways.manual import MANUAL
from sutler.billing.orders import service as orders
from sutler.billing.orders.models import LINES_OF, Order, OrderLine
from sutler.billing.payments.models import Payment, PaymentStatus
from sutler.billing.refund_intents.service import without
from sutler.billing.refunds.events import RefundCompleted
from sutler.billing.refunds.models import Refund, RefundNotByHand, RefundSettled, RefundStatus
from sutler.billing.settlements.service import charge_of
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.queries import param, rows
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import emit
from sutler.promotions.gift_card_uses import service as gift_card_uses
from sutler.stores.ledger import service as ledger
from sutler.stores.ledger.service import Entry, gateway_account

PROCESSING = rows(Refund).where(Refund.c.id == param("refund_id"), Refund.c.status == "processing")
DAY: Final = timedelta(days=1)
REFUNDING = rows(Payment).where(Payment.c.id == param("payment_id"), Payment.c.status == "refund_processing")


class Standing(Struct, frozen=True):
    """A refund, its payment, which this transaction holds, and the payment's other refunds."""

    refund: Refund
    payment: Payment
    others: Sequence[Refund]

    def others_sum(self, what: str = "amount") -> int:
        """What all other refunds that are completed come to."""
        return sum(getattr(other, what) for other in self.others if other.status == "completed")

    @property
    def is_last(self) -> bool:
        """Whether nothing of the payment is left once this refund is completed."""
        return self.others_sum() + self.refund.amount == self.payment.amount

    def is_all(self, order: Order, lines: Sequence[OrderLine]) -> bool:
        """Whether nothing of the order is left then: no money, nothing of gift cards, and of a free order no item."""
        if order.total_amount or order.giftcard_usage_amount:
            by_cards = sum(other.given_to_cards for other in self.others) + self.refund.giftcard_amount
            return self.is_last and by_cards == order.giftcard_usage_amount
        done = [self.refund, *(other for other in self.others if other.status == "completed")]
        return {line.id for line in lines} == {id for refund in done for id in refund.takes_back}

    def payment_status(self, end: RefundStatus) -> PaymentStatus:
        """What becomes of the payment when this refund ends so."""
        if any(other.status == "processing" for other in self.others):
            return "refund_processing"
        if end == "completed":
            return "refunded" if self.is_last else "completed"
        return "refund_failed" if end == "failed" else "completed"


async def ask(shop: Shop, refund_id: FlakeId) -> RefundAnswer | None:
    """Ask the gateway what became of a refund and settle it; None when it is settled already.

    A gateway that has never heard of it is asked to give the money back now.
    """
    async with shop.reading() as store:
        refund = await store.get(Refund, refund_id)
        if refund.status != "processing":
            return None
        payment, order = await store.get(Payment, refund.payment_id), await store.get(Order, refund.order_id)
    gateway, repayment = GATEWAYS[payment.gateway], repayment_of(refund, payment, order)
    if refund.gateway_reference is not None:
        answer = await _outcome_elsewhere(shop, gateway, refund, repayment)
    else:
        answer = await gateway.refund_outcome(shop, repayment) or await gateway.refund(shop, repayment)
    async with shop.writing() as store:
        await settle(store, refund_id, answer)
    return answer


async def _outcome_elsewhere(shop: Shop, gateway: Gateway, refund: Refund, repayment: Repayment) -> RefundAnswer:
    """What became of a refund that was made on the gateway's own page; nobody asks for it a second time."""
    said = await gateway.refunds(shop, repayment.charge)
    known = (one.answer for one in said if one.reference == refund.gateway_reference)
    return next(known, RefundPending(look_again=clock.now() + DAY))


def repayment_of(refund: Refund, payment: Payment, order: Order) -> Repayment:
    """What a gateway is asked to give back."""
    amount = refund.amount if refund.presentment_amount is None else refund.presentment_amount
    return Repayment(refund_id=refund.id, charge=charge_of(payment, order), amount=amount)


async def settle(store: StoreContext, refund_id: FlakeId, answer: RefundAnswer) -> None:
    """Let a gateway's answer take effect, once; a refund that is not on its way any more stays as it is."""
    match answer:
        case Refunded():
            await _completed(store, refund_id, answer.fee_amount)
        case RefundFailed():
            await _ended(store, refund_id, "failed", answer.reason)
        case RefundPending():
            pass


async def settle_by_hand(store: StoreContext, refund_id: FlakeId, *, returned: bool) -> Refund:
    """The owner has given the money back, or will not; RefundNotByHand where a gateway does it.

    RefundSettled when it is otherwise already.
    """
    refund = await _found(store, refund_id)
    if (await store.get(Payment, refund.payment_id)).gateway != MANUAL.name:
        raise RefundNotByHand
    if returned:
        await _completed(store, refund_id, 0)
    else:
        await _ended(store, refund_id, "canceled", None)
    refund = await _found(store, refund_id)
    if refund.status != ("completed" if returned else "canceled"):
        raise RefundSettled
    return refund


async def _found(store: StoreContext, refund_id: FlakeId) -> Refund:
    """The refund, unlocked: its payment is locked before it."""
    found: Refund | None = await store.peek(by_id(Refund), id=refund_id)
    return found or await store.get(Refund, refund_id)


async def standing_of(store: StoreContext, refund_id: FlakeId) -> Standing:
    """A refund with its payment, which is locked from here on."""
    refund = await _found(store, refund_id)
    payment = await store.get(Payment, refund.payment_id)  # with it, the lock
    others = store.rows(Refund).where(Refund.c.payment_id == payment.id, Refund.c.id != refund.id)
    return Standing(refund, payment, await store.all(others))


async def _completed(store: StoreContext, refund_id: FlakeId, returned_fee: int) -> None:
    standing = await standing_of(store, refund_id)
    kept = standing.payment.gateway_fee_amount - standing.others_sum("gateway_fee_amount")
    fee = max(0, min(standing.payment.booked(returned_fee), kept, standing.refund.amount))
    changes = {"status": "completed", "completed_at": clock.now(), "gateway_fee_amount": fee}
    for refund in await store.change_all(PROCESSING, changes, refund_id=refund_id):
        await _payment_goes_on(store, standing, "completed")
        await ledger.post(store, refund.id, refund.currency, entries_of(refund, standing.payment.gateway))
        order: Order | None = await store.peek(by_id(Order), id=refund.order_id)
        every = await store.all(LINES_OF, order_id=refund.order_id)
        lines = refund.takes_back
        if order is not None and standing.is_all(order, every):
            await _all_returned(store, standing)
            lines = [line.id for line in every]
        await _offers_taken_back(store, standing, every)
        await emit(store, RefundCompleted(refund_id=refund.id, order_id=refund.order_id, order_line_ids=lines))


async def _all_returned(store: StoreContext, standing: Standing) -> None:
    """Nothing is left of the order; a payment over no money is refunded with it."""
    await orders.refunded(store, standing.refund.order_id, dispute_won=standing.payment.chargeback_status == "won")
    if not standing.payment.amount:
        await store.change(standing.payment, {"status": "refunded", "refunded_at": clock.now()})


async def _offers_taken_back(store: StoreContext, standing: Standing, lines: Sequence[OrderLine]) -> None:
    """Give gift cards back what they get of this refund, and take back the commission on its money."""
    refund, payment = standing.refund, standing.payment
    if refund.giftcard_amount:
        await gift_card_uses.give_back(store, refund.order_id, refund.giftcard_amount, refund.id, refund.giftcard_tax_amount)
    if refund.amount and any(line.details.affiliate is not None for line in lines):
        order = await store.get(Order, refund.order_id)
        before = standing.others_sum() + await lost_of(store, payment.id)
        share = GivenBack(before, before + refund.amount, payment.amount)
        await give_up(store, order, refund.id, share)


async def _ended(store: StoreContext, refund_id: FlakeId, end: RefundStatus, reason: str | None) -> None:
    """No money was given back, so it can be given back again."""
    standing = await standing_of(store, refund_id)
    changes = {"status": end, f"{end}_at": clock.now(), "failure_reason": reason}
    for refund in await store.change_all(PROCESSING, changes, refund_id=refund_id):
        await store.change(standing.payment, without(standing.payment, refund))
        await _payment_goes_on(store, standing, end)


async def _payment_goes_on(store: StoreContext, standing: Standing, end: RefundStatus) -> None:
    """Move the payment on, unless its refunds still do, or the payer's bank has taken it back."""
    status = standing.payment_status(end)
    if status == "refund_processing":
        return
    changes: dict[str, Any] = {"status": status}
    if status == "refunded":
        changes["refunded_at"] = clock.now()
    await store.change_all(REFUNDING, changes, payment_id=standing.payment.id)


def entries_of(refund: Refund, gateway: str) -> list[Entry]:
    """The sale backwards: what the gateway gives away, less what it returns of its fee, and what is no longer earned."""
    return [
        Entry(gateway_account(gateway), refund.gateway_fee_amount - refund.amount),
        Entry("fees", -refund.gateway_fee_amount),
        Entry("sales", refund.amount - refund.tax_amount),
        Entry("tax", refund.tax_amount),
    ]
