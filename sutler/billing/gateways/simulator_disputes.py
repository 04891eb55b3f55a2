"""The simulated bank disputes payments: when its script says so, or when it is told to."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Final

from sutler.billing.gateways.interface import Dispute, DisputeState
from sutler.billing.gateways.scripts import Script
from sutler.billing.simulator.models import SimulatedCharge, SimulatedDispute
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Rows
from sutler.kernel.data.shop import Shop
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.jobs import Again, outside_job

Hear = Callable[[Shop, FlakeId], Awaitable[Again | None]]
_known: Final[list[Hear]] = []
FRAUD: Final = "fraudulent"


class NotCharged(Conflict):
    """The simulator has taken no money with this payment, so there is nothing that its bank could dispute."""


class DecidedOtherwise(Conflict):
    """The simulated bank has decided this dispute already, and not like this."""


def tell(hear: Hear) -> None:
    """Tell this of disputes. Who asks gateways may not be imported here, so it says how it hears."""
    _known[:] = [hear]


@outside_job
async def tell_of_dispute(shop: Shop, *, payment_id: FlakeId) -> Again | None:
    """The simulator tells that there is something to ask about a payment."""
    (hear,) = _known
    return await hear(shop, payment_id)


async def disputes(shop: Shop, payment_id: FlakeId) -> Sequence[Dispute]:
    """The dispute over a payment as it stands at this moment; none before it is opened."""
    async with shop.reading() as store:
        kept = await store.peek(_over(store, payment_id))
    now = clock.now()
    if kept is None or now < kept.opens_at:
        return ()
    state = kept.outcome if kept.decides_at and kept.decides_at <= now else "pending"
    return (
        Dispute(
            reference=f"simdp_{payment_id}", state=state, amount=kept.amount, fee_amount=kept.fee_amount, reason=kept.reason
        ),
    )


async def follow(store: StoreContext, kept: SimulatedCharge, script: Script | None) -> None:
    """Do later what the script of a payment says about disputes, and tell of each step."""
    if script is None or script.dispute is None or not script.succeeds:
        return
    opens_at = kept.told_at + timedelta(seconds=script.dispute_after_seconds)
    decides_at = None if script.dispute == "pending" else opens_at + timedelta(seconds=script.decide_after_seconds)
    await store.add(
        SimulatedDispute(
            payment_id=kept.payment_id, amount=kept.amount, fee_amount=0, reason=FRAUD, opens_at=opens_at,
            outcome=script.dispute, decides_at=decides_at,
        )
    )  # fmt: skip
    for moment in filter(None, (opens_at, decides_at)):
        await tell_of_dispute.enqueue_at(store, moment, payment_id=kept.payment_id)


async def bring(store: StoreContext, payment_id: FlakeId, state: DisputeState, *, fee_amount: int = 0) -> None:
    """Dispute a payment now, or decide the dispute over it now; doing so twice changes nothing.

    NotCharged without money to dispute, DecidedOtherwise for a dispute that ended in another way.
    """
    now = clock.now()
    charge = await store.peek(store.rows(SimulatedCharge).where(SimulatedCharge.c.payment_id == payment_id))
    if charge is None or charge.decision != "succeeded" or charge.told_at > now or charge.amount == 0:
        raise NotCharged
    new = SimulatedDispute(
        payment_id=payment_id, amount=charge.amount, fee_amount=fee_amount, reason=FRAUD, opens_at=now, outcome=state,
        decides_at=None if state == "pending" else now,
    )  # fmt: skip
    if not await store.add_new(new, SimulatedDispute.c.payment_id):
        await _change(store, payment_id, state, fee_amount)
    await tell_of_dispute.enqueue(store, payment_id=payment_id)


async def _change(store: StoreContext, payment_id: FlakeId, state: DisputeState, fee_amount: int) -> None:
    """Open now what was to open later, and decide now what is not decided yet."""
    now = clock.now()
    kept = await store.first(_over(store, payment_id))
    if kept is None:
        raise NotCharged
    if kept.opens_at > now:
        await store.change(kept, {"opens_at": now})
    is_decided = kept.decides_at is not None and kept.decides_at <= now
    if is_decided and kept.outcome != state:
        raise DecidedOtherwise
    if not is_decided and state != "pending":
        await store.change(kept, {"outcome": state, "decides_at": now, "fee_amount": fee_amount or kept.fee_amount})


def _over(store: StoreContext, payment_id: FlakeId) -> Rows[SimulatedDispute]:
    return store.rows(SimulatedDispute).where(SimulatedDispute.c.payment_id == payment_id)
