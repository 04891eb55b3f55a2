"""Opening the checkout of a change: what the rest of the cycle costs, line by line; no offer counts twice in it."""

from msgspec.structs import replace

from sutler.billing.change_plans.service import Plan, to_charge
from sutler.billing.own_checkouts.service import Charged, open_for
from sutler.billing.subscription_changes.models import SubscriptionChangeLine
from sutler.checkout.checkouts.jobs import expire_checkout
from sutler.checkout.checkouts.models import SESSION_LIVES, Checkout, CheckoutLine
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId


async def opened(store: StoreContext, plan: Plan, change_id: FlakeId) -> tuple[Checkout, list[CheckoutLine]]:
    """The checkout of a change, open for a day or until the subscription renews, whichever comes first."""
    one, latest = plan.subscription, clock.now() + SESSION_LIVES
    lines = [_charged(line) for line in plan.lines if line.charged_amount]
    until = min(latest, one.current_period_end or latest)
    checkout, new = await open_for(store, one, lines, expires_at=until, subscription_change_id=change_id)
    await expire_checkout.enqueue_at(store, checkout.expires_at, checkout_id=checkout.id)
    return checkout, new


def _charged(line: SubscriptionChangeLine) -> Charged:
    """What was chosen costs nothing more: it is in the part that is charged."""
    chosen = [replace(one, price=0, option_name=None) for one in line.custom_variables]
    return Charged(line_id=line.line_id, of=line, wanted=to_charge(line), own={"custom_variables": chosen})
