"""Where customers stand on the ladders that they subscribe to."""

from collections.abc import Mapping

from msgspec import UNSET, Struct

from sutler.billing.change_views.queries import Pending, pending
from sutler.billing.cycle_prices.service import Lines, next_cycle, prices_of
from sutler.billing.subscription_lines.queries import lines_by_subscription
from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.catalog.products.models import Product
from sutler.catalog.products.service import products
from sutler.catalog.storefront.schemas import CustomerTierGroupDto
from sutler.catalog.tier_groups.service import ladders
from sutler.checkout.pricing.presentment import presented
from sutler.checkout.pricing.results import PricedCart
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.service import current


class Standing(Struct, frozen=True):
    """The highest step of a ladder that a customer subscribes to, with all the steps, lowest first."""

    group_id: FlakeId
    subscription: Subscription
    line: SubscriptionLine
    steps: list[Product]
    lines: list[SubscriptionLine]

    def height(self, product_id: FlakeId) -> int:
        """Which step a product is, from 0; -1 for one that is none."""
        return next((number for number, step in enumerate(self.steps) if step.id == product_id), -1)


async def standings(store: StoreContext, customer_id: FlakeId) -> list[Standing]:
    """Where a customer stands on each ladder that they subscribe to for themselves, trials included."""
    mine = store.rows(Subscription).where(Subscription.c.customer_id == customer_id, Subscription.c.status != "canceled")
    subscriptions = {one.id: one for one in await store.all(mine)}
    if not subscriptions:
        return []
    lines = await lines_by_subscription(store, list(subscriptions))
    own = [line for every in lines.values() for line in every if line.gift_to_customer_id in (None, customer_id)]
    known = await products(store, {line.product_id for line in own})
    groups = {id: group for id, one in known.items() if (group := one.tier_group_id)}
    steps, best = await ladders(store, set(groups.values())), dict[FlakeId, Standing]()
    for line in own:
        group_id = groups.get(line.product_id)
        if group_id is None:
            continue
        this = Standing(group_id, subscriptions[line.subscription_id], line, steps[group_id], lines[line.subscription_id])
        other = best.get(group_id)
        if other is None or this.height(line.product_id) > other.height(other.line.product_id):
            best[group_id] = this
    return sorted(best.values(), key=lambda one: int(one.group_id))


async def shown(store: StoreContext, customer_id: FlakeId) -> list[CustomerTierGroupDto]:
    """The same as customers see it, with what the next renewal costs and what it changes."""
    found = await standings(store, customer_id)
    if not found:
        return []
    changes = await pending(store, [one.subscription.id for one in found])
    pairs = [(one.subscription, _next_lines(one, changes)) for one in found]
    cycles = {one.subscription.id: next_cycle(one.subscription) for one in found}
    prices = await prices_of(store, await current(store), pairs, cycles)
    return [_dto(one, prices[one.subscription.id], changes.get(one.subscription.id)) for one in found]


def _next_lines(one: Standing, changes: Mapping[FlakeId, Pending]) -> Lines:
    change = changes.get(one.subscription.id)
    return one.lines if change is None else change.staying


def _dto(one: Standing, cart: PricedCart, change: Pending | None) -> CustomerTierGroupDto:
    seen = presented(cart, one.subscription.conversion)
    becomes = next((line.product_id for line in change.staying if line.line_id == one.line.id), None) if change else None
    period_end = one.subscription.current_period_end
    return CustomerTierGroupDto(
        tier_group_id=one.group_id,
        active_product_id=one.line.product_id,
        next_renewal_at=period_end or one.subscription.created_at,
        next_billing_amount=cart.total_amount,
        next_billing_presentment_amount=seen.whole.total_amount if seen else cart.total_amount,
        currency=cart.currency,
        presentment_currency=seen.whole.currency if seen else cart.currency,
        pending_change_product_id=UNSET if becomes in (None, one.line.product_id) else becomes or UNSET,
    )
