"""Opening the checkout of a change: what the rest of the cycle costs, line by line; no offer counts twice in it."""

from msgspec.structs import replace

from sutler.billing.change_plans.service import Plan, to_charge
from sutler.billing.cycle_prices.service import address_of
from sutler.billing.subscription_changes.models import SubscriptionChangeLine
from sutler.billing.subscriptions.models import Subscription
from sutler.checkout.checkouts.jobs import expire_checkout
from sutler.checkout.checkouts.models import SESSION_LIVES, Checkout, CheckoutLine
from sutler.checkout.checkouts.service import ids_in_a_row, seal_token
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.kernel.tokens import checkout_token, digest


async def opened(store: StoreContext, plan: Plan, change_id: FlakeId) -> tuple[Checkout, list[CheckoutLine]]:
    """The checkout of a change, open for a day or until the subscription renews, whichever comes first."""
    one = plan.subscription
    charged = [line for line in plan.lines if line.charged_amount]
    ids = ids_in_a_row(1 + len(charged))
    checkout = _checkout(ids[0], one, change_id)
    lines = [_line(ids[0], id, one, line) for id, line in zip(ids[1:], charged, strict=True)]
    await store.add(checkout)
    await store.add_all(lines)
    await expire_checkout.enqueue_at(store, checkout.expires_at, checkout_id=checkout.id)
    return checkout, lines


def _checkout(id: FlakeId, one: Subscription, change_id: FlakeId) -> Checkout:
    token, latest = checkout_token(), clock.now() + SESSION_LIVES
    return Checkout(
        id=id,
        customer_id=one.customer_id,
        token_digest=digest(token),
        token_sealed=seal_token(id, token),
        state="open",
        expires_at=min(latest, one.current_period_end or latest),
        currency=one.currency,
        return_url=None,
        cancel_url=None,
        auto_redirect=False,
        metadata={},
        customer_ip=one.customer_ip,
        billing_name=one.billing_name or None,
        billing_email=one.billing_email or None,
        billing_address=address_of(one),
        billing_tax_id=one.billing_tax_id,
        tax_id_check=one.tax_id_check,
        conversion=one.conversion,
        subscription_id=one.id,
        subscription_change_id=change_id,
    )


def _line(checkout_id: FlakeId, id: FlakeId, one: Subscription, line: SubscriptionChangeLine) -> CheckoutLine:
    return CheckoutLine(
        id=id,
        checkout_id=checkout_id,
        product_id=line.product_id,
        product_version_id=line.product_version_id,
        product_name=line.product_name,
        product_image_url=line.product_image_url,
        price=line.charged_amount,
        quantity=1,
        gift_to_customer_id=None,
        selected_gameserver_id=line.selected_gameserver_id,
        metadata={},
        custom_variables=[replace(chosen, price=0, option_name=None) for chosen in line.custom_variables],
        wanted=replace(to_charge(line), key=id),
        subscription_interval_value=one.interval_value,
        subscription_interval_scale=one.interval_scale,
        subscription_line_id=line.line_id,
    )
