"""Writing down which payments are taken from kept cards, each in a transaction of its own."""

from sutler.billing.gateways.interface import Vaulted
from sutler.billing.stripe.models import StripeAttempt
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Rows
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId


async def find(shop: Shop, payment_id: FlakeId) -> StripeAttempt | None:
    """What we keep of a payment from a kept card; None for one that its payer makes on Stripe's page."""
    async with shop.reading() as store:
        return await store.peek(_of(store, payment_id))


async def begin(shop: Shop, payment_id: FlakeId, vaulted: Vaulted) -> StripeAttempt:
    """Write down that Stripe is about to be asked for a payment, or show what was written before."""
    new = StripeAttempt(payment_id=payment_id, customer=vaulted.customer, method=vaulted.reference)
    async with shop.writing() as store:
        if await store.add_new(new, StripeAttempt.c.payment_id):
            return new
        return await store.peek(_of(store, payment_id)) or new


async def remember(shop: Shop, payment_id: FlakeId, intent: str) -> None:
    """Write down how Stripe calls the attempt."""
    async with shop.writing() as store:
        await store.change_all(_of(store, payment_id).where(StripeAttempt.c.intent != intent), {"intent": intent})


def _of(store: StoreContext, payment_id: FlakeId) -> Rows[StripeAttempt]:
    return store.rows(StripeAttempt).where(StripeAttempt.c.payment_id == payment_id)
