"""On which ladders a customer stands by subscription, or will once a change of one is through."""

from sutler.billing.subscription_changes.models import PENDING, SubscriptionChange, SubscriptionChangeLine
from sutler.billing.subscription_lines.queries import lines_by_subscription
from sutler.billing.subscriptions.models import Subscription
from sutler.catalog.products.service import products
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.ids import FlakeId


async def rented_groups(store: StoreContext, customer_id: FlakeId, but: FlakeId | None = None) -> set[FlakeId]:
    """The tier groups of what a customer subscribes to for themselves, leaving one subscription out if one is named."""
    mine = store.rows(Subscription).where(Subscription.c.customer_id == customer_id, Subscription.c.status != "canceled")
    ids = [one.id for one in await store.all(mine) if one.id != but]
    if not ids:
        return set()
    lines = [line for every in (await lines_by_subscription(store, ids)).values() for line in every]
    given = {line.id for line in lines if line.gift_to_customer_id not in (None, customer_id)}
    found = {line.product_id for line in lines if line.id not in given}
    for line in await _becoming(store, ids):
        if line.line_id not in given:
            found.add(line.product_id)
    return {one.tier_group_id for one in (await products(store, found)).values() if one.tier_group_id}


async def _becoming(store: StoreContext, subscription_ids: list[FlakeId]) -> list[SubscriptionChangeLine]:
    """What the pending changes of these subscriptions lead to."""
    theirs = store.rows(SubscriptionChange).where(one_of_ids(SubscriptionChange.c.subscription_id, subscription_ids))
    ids = [one.id for one in await store.all(theirs.where(PENDING))]
    if not ids:
        return []
    lines = await store.all(store.rows(SubscriptionChangeLine).where(one_of_ids(SubscriptionChangeLine.c.change_id, ids)))
    return [line for line in lines if not line.is_deleted]
