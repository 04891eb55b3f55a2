"""The simulated bank giving money back: as the script of the payment says, and never more than it took."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from sutler.billing.gateways.interface import (
    RefundAnswer,
    Refunded,
    RefundFailed,
    RefundPending,
    Repaid,
    Repayment,
    Unanswered,
)
from sutler.billing.simulator.models import SimulatedCharge, SimulatedRefund
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Rows
from sutler.kernel.data.shop import Shop
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.work.jobs import Again, outside_job

Hear = Callable[[Shop, FlakeId], Awaitable[Again | None]]
_known: Final[list[Hear]] = []
COMES_BACK: Final = "comes_back"


class NothingLeft(Conflict):
    """The simulated bank has not so much left of this payment that it could give back."""


def tell(hear: Hear) -> None:
    """Tell this of refunds. Who asks gateways may not be imported here, so it says how it hears."""
    _known[:] = [hear]


@outside_job
async def tell_of_refund(shop: Shop, *, payment_id: FlakeId) -> Again | None:
    """The simulator tells that there is something to ask about the refunds of a payment."""
    (hear,) = _known
    return await hear(shop, payment_id)


async def refund(shop: Shop, repayment: Repayment) -> RefundAnswer:
    """Do as the script says, unless this refund was decided before. The decision and its key are one row."""
    async with shop.writing() as store:
        charge = await store.first(_charge(store, repayment.charge.payment_id))  # with it, the lock
        if charge is None or charge.decision != "succeeded":
            return RefundFailed("The simulated bank has never taken this money.")
        kept = await _kept(store, repayment) or await _decided(store, charge, repayment.refund_id, repayment.amount)
    if charge.refund.endswith("_unanswered"):
        raise Unanswered
    return _answer(kept, charge)


async def refund_outcome(shop: Shop, repayment: Repayment) -> RefundAnswer | None:
    """What was decided; None for a refund that never arrived."""
    async with shop.reading() as store:
        kept = await _kept(store, repayment)
        charge = await store.peek(_charge(store, repayment.charge.payment_id))
    return _answer(kept, charge) if kept and charge else None


async def refunds(shop: Shop, payment_id: FlakeId) -> Sequence[Repaid]:
    """Every refund of a payment, and how it stands at this moment."""
    async with shop.reading() as store:
        charge = await store.peek(_charge(store, payment_id))
        kept = await store.all(_of(store, payment_id))
    if charge is None:
        return ()
    return [
        Repaid(reference=f"simre_{one.id}", refund_id=one.refund_id, amount=one.amount, answer=_answer(one, charge))
        for one in kept
    ]


async def give_back(store: StoreContext, payment_id: FlakeId, amount: int | None) -> None:
    """The owner gives money back on the simulated bank's own page, all that is left without an amount; it is told.

    NothingLeft when that is less.
    """
    charge = await store.first(_charge(store, payment_id))
    left = await _left(store, charge) if charge and charge.decision == "succeeded" else 0
    if charge is None or not left or (amount or 0) > left:
        raise NothingLeft
    await _decided(store, charge, None, amount or left)
    await tell_of_refund.enqueue(store, payment_id=payment_id)


async def _kept(store: StoreContext, repayment: Repayment) -> SimulatedRefund | None:
    return await store.peek(store.rows(SimulatedRefund).where(SimulatedRefund.c.refund_id == repayment.refund_id))


async def _decided(store: StoreContext, charge: SimulatedCharge, refund_id: FlakeId | None, amount: int) -> SimulatedRefund:
    """What becomes of a refund: what the script says, if so much is left of the charge. That it comes back is told.

    One that was made on the bank's own page has no id of ours, so it has its own.
    """
    is_good = charge.refund.startswith("succeeds") or charge.refund == COMES_BACK
    told_at = _told_at(charge)
    id = new_id()
    kept = SimulatedRefund(
        id=id,
        refund_id=refund_id or id,
        payment_id=charge.payment_id,
        succeeds=is_good and amount <= await _left(store, charge),
        told_at=told_at,
        amount=amount,
        currency=charge.currency,
    )
    if kept.succeeds and charge.refund == COMES_BACK:
        await tell_of_refund.enqueue_at(store, told_at, payment_id=charge.payment_id)
    return await store.add(kept)


async def _left(store: StoreContext, charge: SimulatedCharge) -> int:
    """What the bank has not given back of a charge, and is not about to."""
    before = [one for one in await store.all(_of(store, charge.payment_id)) if one.succeeds]
    return charge.amount - sum(one.amount for one in before if not isinstance(_answer(one, charge), RefundFailed))


def _told_at(charge: SimulatedCharge) -> datetime:
    later = charge.refund_after_seconds if charge.refund.endswith("_later") or charge.refund == COMES_BACK else 0
    return clock.now() + timedelta(seconds=later)


def _answer(kept: SimulatedRefund, charge: SimulatedCharge) -> RefundAnswer:
    waits = clock.now() < kept.told_at
    if charge.refund == COMES_BACK and kept.succeeds:
        return Refunded() if waits else RefundFailed("The simulated bank could not hand the money out, as asked.")
    if waits:
        return RefundPending(look_again=kept.told_at)
    return Refunded() if kept.succeeds else RefundFailed("The simulated bank gives nothing back, as asked.")


def _charge(store: StoreContext, payment_id: FlakeId) -> Rows[SimulatedCharge]:
    return store.rows(SimulatedCharge).where(SimulatedCharge.c.payment_id == payment_id)


def _of(store: StoreContext, payment_id: FlakeId) -> Rows[SimulatedRefund]:
    return store.rows(SimulatedRefund).where(SimulatedRefund.c.payment_id == payment_id)
