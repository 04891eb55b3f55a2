"""What happens to checkouts by themselves."""

from datetime import timedelta

from sutler.checkout.checkouts.events import CheckoutTimedOut
from sutler.checkout.checkouts.models import Checkout
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import emit
from sutler.kernel.work.jobs import Again, job

LOOK_AGAIN = timedelta(minutes=1)


@job
async def expire_checkout(store: StoreContext, *, checkout_id: FlakeId) -> Again | None:
    """Close a checkout whose time is over, unless it is paid; one that is being paid right now is looked at again later."""
    this, moment = store.rows(Checkout).where(Checkout.c.id == checkout_id), clock.now()
    idle = this.where(Checkout.c.state == "open", Checkout.c.held_by.is_(None), Checkout.c.expires_at <= moment)
    if await store.change_all(idle, {"state": "expired"}):
        await emit(store, CheckoutTimedOut(checkout_id=checkout_id))
        return None
    return Again(moment + LOOK_AGAIN) if await store.exists(this.where(Checkout.c.state == "open")) else None
