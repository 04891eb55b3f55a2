"""Asking gateways about the refunds of a payment, when they tell that there is something to ask."""

from sutler.billing.gateway_refunds.service import look
from sutler.billing.gateways.paypal import PAYPAL
from sutler.billing.gateways.simulator_refunds import tell
from sutler.billing.gateways.stripe import STRIPE
from sutler.kernel import clock
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.jobs import Again, outside_job


async def hear(shop: Shop, payment_id: FlakeId) -> Again | None:
    """A gateway has something to tell about the refunds of a payment: ask it what, and again if that has to wait."""
    wait = await look(shop, payment_id)
    return Again(clock.now() + wait) if wait else None


tell(hear)


@outside_job
async def hear_of_refunds(shop: Shop, *, payment_id: FlakeId) -> Again | None:
    """The same for gateways that tell over HTTP."""
    return await hear(shop, payment_id)


@outside_job
async def hear_of_refunds_at_stripe(shop: Shop, *, intent_id: str) -> Again | None:
    """Stripe names the payment of a refund in its own words: ask it whose that is, and then what there is to tell."""
    payment_id = await STRIPE.payment_of(shop, intent_id)
    return await hear(shop, payment_id) if payment_id else None


@outside_job
async def hear_of_refunds_at_paypal(shop: Shop, *, capture: str) -> Again | None:
    """PayPal names what was taken, in its own words: ask it whose that is, and then what there is to tell."""
    payment_id = await PAYPAL.payment_of(shop, capture)
    return await hear(shop, payment_id) if payment_id else None
