"""Letting what is said about disputes take effect: once, however often, how late and in whatever order it is said.

Every change locks the payment first, so disputes and refunds of one payment never overlap.
"""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from sutler.billing.chargeback_bans.service import ban
from sutler.billing.commissions.service import GivenBack, give_up
from sutler.billing.disputes.events import ChargebackClosed, ChargebackOpened
from sutler.billing.disputes.models import AlreadyDecided, GatewayTells, NotDisputable, PaymentDispute
from sutler.billing.disputes.queries import lost_of, of_payment, rest_of
from sutler.billing.gateways import simulator_disputes
from sutler.billing.gateways.interface import Dispute, DisputeState
from sutler.billing.gateways.known import GATEWAYS
from sutler.billing.gateways.manual import MANUAL
from sutler.billing.orders.models import Order
from sutler.billing.payments.models import ChargebackStatus, LiveMode, Payment
from sutler.billing.refunds.models import Refund
from sutler.billing.settlements.service import charge_of
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of
from sutler.kernel.data.shop import Shop
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.work.events import emit
from sutler.stores.ledger import service as ledger
from sutler.stores.ledger.service import Entry, gateway_account
from sutler.stores.stores.service import current

PAID: Final = ("completed", "refund_processing", "refund_failed", "refunded", "chargeback")
"""States of a payment that took money once: all of them can be disputed."""
KEPT: Final = ("completed", "refund_processing", "refund_failed")
"""Those in which the store still has money of it, which a dispute takes."""
DISPUTED: Final = "disputed"  # the account of money that is gone until it is decided
LOST: Final = "chargebacks"  # the account of money that is gone for good


async def look(shop: Shop, payment_id: FlakeId) -> Sequence[Dispute] | None:
    """Ask the gateway which disputes there are over a payment, and let them take effect; None while nothing is paid."""
    async with shop.reading() as store:
        payment = await store.get(Payment, payment_id)
        if payment.status not in PAID or not payment.amount:
            return None
        charge = charge_of(payment, await store.get(Order, payment.order_id))
    said = await GATEWAYS[payment.gateway].disputes(shop, charge)
    if said:
        async with shop.writing() as store:
            for one in said:
                booked = replace(one, amount=payment.booked(one.amount), fee_amount=payment.booked(one.fee_amount))
                await take_in(store, payment_id, booked)
    return said


async def take_in(store: StoreContext, payment_id: FlakeId, said: Dispute) -> PaymentDispute:
    """Let a dispute take effect as far as it has not yet; NotDisputable when nothing was ever paid.

    Of one that is heard of only when it is won, nothing is left to take: the items stay, and only its fee is booked.
    """
    payment = await store.get(Payment, payment_id)
    if payment.status not in PAID or not payment.amount:
        raise NotDisputable
    known = next((one for one in await of_payment(store, payment.id) if one.reference == said.reference), None)
    if known is None and said.state == "won":
        return await _won_already(store, payment, said)
    dispute = known or await _opened(store, payment, said)
    return await _decided(store, payment, dispute, said)


async def simulate(store: StoreContext, payment_id: FlakeId, state: DisputeState, fee_amount: int = 0) -> None:
    """Let the simulated bank dispute a payment, or decide; LiveMode for a store that takes real money."""
    if (await current(store)).live_mode:
        raise LiveMode
    await store.get(Payment, payment_id)
    await simulator_disputes.bring(store, payment_id, state, fee_amount=fee_amount)


async def open_by_hand(store: StoreContext, payment_id: FlakeId, said: Dispute) -> PaymentDispute:
    """The owner's bank has taken a transfer back. A dispute over nothing takes all that is left of the payment.

    GatewayTells where a gateway knows, InvalidInput for more than is left.
    """
    payment = await store.get(Payment, payment_id)
    if payment.gateway != MANUAL.name:
        raise GatewayTells
    for known in await of_payment(store, payment.id):
        if known.reference == said.reference:
            return known
    rest = await rest_of(store, payment)
    if said.amount > rest:
        text = f"Only {rest} is left of this payment, and a dispute cannot take more."
        raise InvalidInput(text, [FieldError("TooLarge", text, "amount", "maximum")])
    return await take_in(store, payment.id, replace(said, amount=said.amount or rest))


async def close_by_hand(
    store: StoreContext, payment_id: FlakeId, dispute_id: FlakeId, state: DisputeState, fee_amount: int | None
) -> PaymentDispute:
    """The owner's bank has decided. Saying so twice changes nothing; AlreadyDecided when it was otherwise before."""
    payment = await store.get(Payment, payment_id)
    dispute = await store.get(PaymentDispute, dispute_id)
    if dispute.payment_id != payment.id:
        raise NotFound(f"There is no payment dispute {dispute_id} over this payment.")
    if payment.gateway != MANUAL.name:
        raise GatewayTells
    if dispute.state not in ("pending", state):
        raise AlreadyDecided
    fee = dispute.fee_amount if fee_amount is None else fee_amount
    said = Dispute(reference=dispute.reference, state=state, amount=dispute.amount, fee_amount=fee)
    return await _decided(store, payment, dispute, said)


async def _opened(store: StoreContext, payment: Payment, said: Dispute) -> PaymentDispute:
    """The money leaves, and the order counts as charged back; what follows from that follows from the event."""
    amount = min(said.amount, await rest_of(store, payment))
    dispute = await store.add(_row(payment, said, "pending", amount))
    await _mark(store, payment, "pending")
    kept = store.rows(Payment).where(Payment.c.id == payment.id, one_of(Payment.c.status, KEPT))
    await store.change_all(kept, {"status": "chargeback"})
    paid = store.rows(Order).where(Order.c.id == payment.order_id, Order.c.status == "completed")
    await store.change_all(paid, {"status": "chargeback"})
    await ledger.post(store, dispute.id, payment.currency, _taken(payment, dispute))
    await ban(store, payment, await store.get(Order, payment.order_id))
    await emit(store, ChargebackOpened(dispute_id=dispute.id, payment_id=payment.id, order_id=payment.order_id))
    return dispute


async def _won_already(store: StoreContext, payment: Payment, said: Dispute) -> PaymentDispute:
    amount = min(said.amount, await rest_of(store, payment))
    dispute = _row(payment, said, "won", amount)
    dispute.decided_at, dispute.decision_id = clock.now(), dispute.id
    await store.add(dispute)
    fee = [Entry(gateway_account(payment.gateway), -dispute.fee_amount), Entry("fees", dispute.fee_amount)]
    await ledger.post(store, dispute.id, payment.currency, fee)
    await _closed(store, payment, dispute)
    return dispute


async def _decided(store: StoreContext, payment: Payment, dispute: PaymentDispute, said: Dispute) -> PaymentDispute:
    """Whoever keeps the money has it now; a dispute that is decided already stays as it is."""
    if said.state == "pending":
        return dispute
    waits = store.rows(PaymentDispute).where(PaymentDispute.c.id == dispute.id, PaymentDispute.c.state == "pending")
    amount = dispute.amount
    if said.state == "lost" and said.amount > amount:  # a refund may have failed that was on its way
        amount = min(said.amount, amount + await rest_of(store, payment))
    movement, decided = new_id(), {"state": said.state, "amount": amount, "fee_amount": said.fee_amount}
    for now in await store.change_all(waits, decided | {"decided_at": clock.now(), "decision_id": movement}):
        await ledger.post(store, movement, payment.currency, _settled(payment, dispute, now))
        if now.state == "lost":
            await _commission_lost(store, payment, now, movement)
        await _closed(store, payment, now)
        return now
    return dispute


async def _commission_lost(store: StoreContext, payment: Payment, dispute: PaymentDispute, movement: FlakeId) -> None:
    """What is lost has earned nobody a commission; it is taken back like that of a refund, in the same movement."""
    order = await store.get(Order, payment.order_id)
    if order.affiliate_id is None:
        return
    refunds = await store.all(store.rows(Refund).where(Refund.c.payment_id == payment.id, Refund.c.status == "completed"))
    gone = await lost_of(store, payment.id) + sum(refund.amount for refund in refunds)
    await give_up(store, order, movement, GivenBack(gone - dispute.amount, gone, payment.amount))


async def _closed(store: StoreContext, payment: Payment, dispute: PaymentDispute) -> None:
    """What the payment comes to with all its disputes: one that waits counts most, one that is lost next."""
    states = {one.state for one in await of_payment(store, payment.id)}
    await _mark(store, payment, next(state for state in ("pending", "lost", "won") if state in states))
    await emit(store, ChargebackClosed(dispute_id=dispute.id, payment_id=payment.id))


async def _mark(store: StoreContext, payment: Payment, status: ChargebackStatus) -> None:
    now = clock.now()
    changes = {
        "chargeback_status": status,
        "chargeback_status_updated_at": now,
        "chargeback_at": payment.chargeback_at or now,
    }
    await store.change(payment, changes)


def _row(payment: Payment, said: Dispute, state: DisputeState, amount: int) -> PaymentDispute:
    return PaymentDispute(
        payment_id=payment.id, reference=said.reference, state=state, amount=amount, fee_amount=said.fee_amount,
        reason=said.reason,
    )  # fmt: skip


def _taken(payment: Payment, dispute: PaymentDispute) -> list[Entry]:
    return [
        Entry(gateway_account(payment.gateway), -dispute.amount - dispute.fee_amount),
        Entry(DISPUTED, dispute.amount),
        Entry("fees", dispute.fee_amount),
    ]


def _settled(payment: Payment, before: PaymentDispute, now: PaymentDispute) -> list[Entry]:
    """What was set aside comes back or is written off, and the fee becomes what it is in all."""
    fee, more = now.fee_amount - before.fee_amount, now.amount - before.amount
    back, lost = (now.amount, 0) if now.state == "won" else (-more, now.amount)
    return [
        Entry(gateway_account(payment.gateway), back - fee),
        Entry(DISPUTED, -before.amount),
        Entry(LOST, lost),
        Entry("fees", fee),
    ]
