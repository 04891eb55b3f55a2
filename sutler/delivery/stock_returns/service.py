"""Counting the bought units that nobody has any more, for products whose limits do not count those."""

from sutler.billing.subscription_changes.models import SubscriptionChange, SubscriptionChangeLine
from sutler.billing.subscriptions.models import SubscriptionLine
from sutler.catalog.stock.models import TAKEN, StockUsage
from sutler.delivery.items.events import DeliveryItemRevoked, DeliveryItemUsed
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.queries import LIVING
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.queries import Rows, one_of, one_of_ids, param
from sutler.kernel.ids import FlakeId


async def count_gone(store: StoreContext, event: DeliveryItemUsed | DeliveryItemRevoked, _event_id: FlakeId) -> None:
    """Note how many units of the item's line are used up, have run out or were taken back; said again it is the same.

    A line of a subscription took its unit when it was bought, or changed to, and none for its renewals, whose items stand
    for the first.
    Subscribed to `DeliveryItemUsed` and `DeliveryItemRevoked`. Items that were given by hand never took any stock.
    """
    item: DeliveryItem | None = await store.peek(by_id(DeliveryItem), id=event.item_id)
    if item is None:
        return
    line_id = await _line_of(store, item) or item.checkout_line_id
    if line_id is None:
        return
    mine = store.rows(StockUsage).where(StockUsage.c.checkout_line_id == param("line_id"), TAKEN)
    usage = await store.first(mine.where(StockUsage.c.product_id == item.product_id), line_id=line_id)  # with it, the lock
    if usage is None:
        return
    living = await store.count(_siblings(store, item).where(one_of(DeliveryItem.c.state, LIVING)))
    if usage.removed != usage.quantity - living:
        await store.change(usage, {"removed": usage.quantity - living})


async def _line_of(store: StoreContext, item: DeliveryItem) -> FlakeId | None:
    """What a subscription took the unit of an item for: the newest change to its product, or its first purchase."""
    if item.subscription_line_id is None:
        return None
    changes = store.rows(SubscriptionChange).where(SubscriptionChange.c.subscription_id == item.subscription_id)
    applied = {one.id for one in await store.all(changes.where(SubscriptionChange.c.status == "applied"))}
    if applied:
        becoming = store.rows(SubscriptionChangeLine).where(one_of_ids(SubscriptionChangeLine.c.change_id, sorted(applied)))
        theirs = becoming.where(SubscriptionChangeLine.c.product_id == item.product_id)
        mine = [line.id for line in await store.all(theirs) if line.line_id == item.subscription_line_id]
        usages = store.rows(StockUsage).where(one_of_ids(StockUsage.c.checkout_line_id, mine), TAKEN)
        if taken := await store.all(usages):
            return taken[-1].checkout_line_id
    first: SubscriptionLine | None = await store.peek(by_id(SubscriptionLine), id=item.subscription_line_id)
    return first.checkout_line_id if first else None


def _siblings(store: StoreContext, item: DeliveryItem) -> Rows[DeliveryItem]:
    rows = store.rows(DeliveryItem)
    if item.subscription_line_id is None:
        return rows.where(DeliveryItem.c.order_line_id == item.order_line_id)
    chain = DeliveryItem.c.subscription_id == item.subscription_id  # there is an index for it
    line = DeliveryItem.c.subscription_line_id == item.subscription_line_id
    return rows.where(chain, line, DeliveryItem.c.product_id == item.product_id)
