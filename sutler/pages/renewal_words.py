"""What the checkout page says of what renews: how often, and what is free before."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sutler.billing.change_views.queries import pending
from sutler.billing.cycle_prices.service import next_cycle, price_of
from sutler.billing.cycles.service import next_period
from sutler.billing.orders.models import OrderLine
from sutler.billing.subscriptions.models import Subscription
from sutler.catalog.products.models import Interval, TrialTerms
from sutler.catalog.products.service import versions
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.pricing.presentment import presented
from sutler.checkout.pricing.results import PricedLine
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import formatted
from sutler.stores.stores.service import current

CANCEL: Final = "until you cancel"
Terms = Mapping[FlakeId, TrialTerms]
Parts = Mapping[FlakeId, OrderLine] | Mapping[FlakeId, PricedLine]
"""The lines of an order or of a priced cart, by the id of the checkout's line."""


async def trial_terms(store: StoreContext, lines: Sequence[CheckoutLine]) -> Terms:
    """How long each line is tried that is on trial; one statement, or none where there is no such line."""
    tried = [line for line in lines if line.trial]
    known = await versions(store, [line.product_version_id for line in tried])
    return {line.id: known[line.product_version_id].trial for line in tried if line.product_version_id in known}


def renews(checkout: Checkout, lines: Sequence[CheckoutLine]) -> bool:
    """Whether a subscription begins with the checkout, or goes on with it."""
    return checkout.subscription_id is not None or any(line.subscription_interval_value for line in lines)


def renewal_note(line: CheckoutLine, terms: Terms, later: str) -> str:
    """A line's renewals in a sentence; nothing for what is bought once. `later` is what it will cost, if that is known."""
    if line.subscription_interval_value is None:
        return ""
    every = how_often(line.subscription_interval_value, line.subscription_interval_scale or "month")
    if not later:
        return f"Renews {every} {CANCEL}."
    if line.id not in terms:
        return f"Then {later} {every} {CANCEL}."
    length = _length(terms[line.id].period_value, terms[line.id].period_scale)
    return f"Free for {length}; then {later} {every} {CANCEL}."


async def what_is_renewed(store: StoreContext, checkout: Checkout) -> str:
    """What the checkout of a cycle, or of a change, is for, in a sentence; nothing for other checkouts."""
    if checkout.subscription_id is None:
        return ""
    subscription: Subscription | None = await store.peek(by_id(Subscription), id=checkout.subscription_id)
    if subscription is None or subscription.current_period_end is None:
        return ""
    if checkout.billing_cycle_sequence is None:
        return await _what_is_changed(store, checkout, subscription, subscription.current_period_end)
    if checkout.billing_cycle_sequence <= subscription.billing_cycle_sequence:
        return "This is a renewal of your subscription."
    start = subscription.current_period_end
    end = next_period(subscription, start)["current_period_end"]
    return f"This renews your subscription from {start:%-d %B %Y} to {end:%-d %B %Y} (UTC)."


async def _what_is_changed(store: StoreContext, checkout: Checkout, subscription: Subscription, end: datetime) -> str:
    """What the checkout of a change is for, and what is paid from the next renewal on."""
    known = (await pending(store, [subscription.id])).get(subscription.id)
    if known is None or known.change.id != checkout.subscription_change_id:
        return "This is a change of your subscription."
    after = await price_of(store, await current(store), subscription, known.staying, next_cycle(subscription))
    seen = presented(after, subscription.conversion)
    cost = formatted(seen.whole.total_amount, seen.whole.currency) if seen else formatted(after.total_amount, after.currency)
    every = how_often(subscription.interval_value, subscription.interval_scale)
    return f"This changes your subscription until it renews on {end:%-d %B %Y} (UTC). Then {cost} {every} {CANCEL}."


def how_often(value: int, scale: Interval) -> str:
    """How often, as in `every 2 weeks`."""
    return f"every {scale}" if value == 1 else f"every {value} {scale}s"


def _length(value: int, scale: Interval) -> str:
    return f"{value} {scale}" if value == 1 else f"{value} {scale}s"
