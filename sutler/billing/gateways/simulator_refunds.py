"""The simulated bank giving money back: as the script of the payment says, and never more than it took."""

from datetime import datetime, timedelta

from sutler.billing.gateways.interface import RefundAnswer, Refunded, RefundFailed, RefundPending, Repayment, Unanswered
from sutler.billing.simulator.models import SimulatedCharge, SimulatedRefund
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop


async def refund(shop: Shop, repayment: Repayment) -> RefundAnswer:
    """Do as the script says, unless this refund was decided before. The decision and its key are one row."""
    async with shop.writing() as store:
        charges = store.rows(SimulatedCharge).where(SimulatedCharge.c.payment_id == repayment.charge.payment_id)
        charge = await store.first(charges)  # with it, the lock
        if charge is None or charge.decision != "succeeded":
            return RefundFailed("The simulated bank has never taken this money.")
        kept = await _kept(store, repayment) or await store.add(await _decision(store, charge, repayment))
    if charge.refund.endswith("_unanswered"):
        raise Unanswered
    return _answer(kept)


async def refund_outcome(shop: Shop, repayment: Repayment) -> RefundAnswer | None:
    """What was decided; None for a refund that never arrived."""
    async with shop.reading() as store:
        kept = await _kept(store, repayment)
    return _answer(kept) if kept else None


async def _kept(store: StoreContext, repayment: Repayment) -> SimulatedRefund | None:
    return await store.peek(store.rows(SimulatedRefund).where(SimulatedRefund.c.refund_id == repayment.refund_id))


async def _decision(store: StoreContext, charge: SimulatedCharge, repayment: Repayment) -> SimulatedRefund:
    """What becomes of a refund: what the script says, if so much is left of the charge."""
    before = await store.all(store.rows(SimulatedRefund).where(SimulatedRefund.c.payment_id == charge.payment_id))
    left = charge.amount - sum(one.amount for one in before if one.succeeds)
    return SimulatedRefund(
        refund_id=repayment.refund_id,
        payment_id=charge.payment_id,
        succeeds=charge.refund.startswith("succeeds") and repayment.amount <= left,
        told_at=_told_at(charge),
        amount=repayment.amount,
        currency=charge.currency,
    )


def _told_at(charge: SimulatedCharge) -> datetime:
    later = charge.refund_after_seconds if charge.refund.endswith("_later") else 0
    return clock.now() + timedelta(seconds=later)


def _answer(kept: SimulatedRefund) -> RefundAnswer:
    if clock.now() < kept.told_at:
        return RefundPending(look_again=kept.told_at)
    return Refunded() if kept.succeeds else RefundFailed("The simulated bank gives nothing back, as asked.")
