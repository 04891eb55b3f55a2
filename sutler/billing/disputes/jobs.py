"""Asking gateways about disputes: when they tell of one, and every day while one waits."""

from datetime import timedelta
from typing import Final

from sutler.billing.disputes.events import ChargebackOpened
from sutler.billing.disputes.models import PaymentDispute
from sutler.billing.disputes.service import look
from sutler.billing.gateways.interface import Unanswered
from sutler.billing.gateways.manual import MANUAL
from sutler.billing.gateways.simulator_disputes import tell
from sutler.billing.gateways.stripe import STRIPE
from sutler.billing.payments.models import Payment
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.jobs import Again, outside_job

SOON: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
LONGEST: Final = timedelta(days=365)  # that a dispute is asked about; card networks decide within months


async def hear(shop: Shop, payment_id: FlakeId) -> Again | None:
    """A gateway has something to tell about disputes over a payment: ask it what, once the payment itself is settled."""
    if await look(shop, payment_id) is not None:
        return None
    async with shop.reading() as store:
        settled = (await store.get(Payment, payment_id)).status != "pending"
    return None if settled else Again(clock.now() + SOON)


tell(hear)


@outside_job
async def hear_dispute(shop: Shop, *, payment_id: FlakeId) -> Again | None:
    """The same for gateways that tell over HTTP."""
    return await hear(shop, payment_id)


@outside_job
async def hear_stripe(shop: Shop, *, intent_id: str) -> Again | None:
    """Stripe tells of a dispute by its own name for a payment: ask it whose that is, and then what there is to tell."""
    payment_id = await STRIPE.payment_of(shop, intent_id)
    return await hear(shop, payment_id) if payment_id else None


@outside_job
async def ask_daily(shop: Shop, *, dispute_id: FlakeId) -> Again | None:
    """Ask about a dispute every day until it is decided, in case no notification ever arrives."""
    async with shop.reading() as store:
        dispute = await store.get(PaymentDispute, dispute_id)
    now = clock.now()
    if dispute.state != "pending" or now - dispute.created_at > LONGEST:
        return None
    try:
        said = await look(shop, dispute.payment_id)
    except Unanswered:
        said = None
    waits = said is None or any(one.reference == dispute.reference and one.state == "pending" for one in said)
    return Again(now + DAY) if waits else None


async def follow_dispute(store: StoreContext, event: ChargebackOpened, _event_id: FlakeId) -> None:
    """Ask every day from now on, unless the owner decides; subscribed to `ChargebackOpened`."""
    payment = await store.peek(store.rows(Payment).where(Payment.c.id == event.payment_id))
    if payment is not None and payment.gateway != MANUAL.name:
        await ask_daily.enqueue_at(store, clock.now() + DAY, dispute_id=event.dispute_id)
