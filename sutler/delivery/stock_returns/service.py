"""Counting the bought units that nobody has any more, for products whose limits do not count those."""

from sutler.billing.subscriptions.models import SubscriptionLine
from sutler.catalog.stock.models import TAKEN, StockUsage
from sutler.delivery.items.events import DeliveryItemRevoked, DeliveryItemUsed
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.queries import LIVING
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.queries import Rows, one_of, param
from sutler.kernel.ids import FlakeId


async def count_gone(store: StoreContext, event: DeliveryItemUsed | DeliveryItemRevoked, _event_id: FlakeId) -> None:
    """Note how many units of the item's line are used up, have run out or were taken back; said again it is the same.

    A line of a subscription took its unit when it was bought and none for its renewals, whose items stand for the first.
    Subscribed to `DeliveryItemUsed` and `DeliveryItemRevoked`. Items that were given by hand never took any stock.
    """
    item: DeliveryItem | None = await store.peek(by_id(DeliveryItem), id=event.item_id)
    if item is None or item.checkout_line_id is None:
        return
    first = await _first_line(store, item.subscription_line_id) if item.subscription_line_id else None
    mine = store.rows(StockUsage).where(StockUsage.c.checkout_line_id == param("line_id"), TAKEN)
    usage = await store.first(mine, line_id=first.checkout_line_id if first else item.checkout_line_id)  # with it, the lock
    if usage is None:
        return
    living = await store.count(_siblings(store, item).where(one_of(DeliveryItem.c.state, LIVING)))
    if usage.removed != usage.quantity - living:
        await store.change(usage, {"removed": usage.quantity - living})


async def _first_line(store: StoreContext, subscription_line_id: FlakeId) -> SubscriptionLine | None:
    found: SubscriptionLine | None = await store.peek(by_id(SubscriptionLine), id=subscription_line_id)
    return found


def _siblings(store: StoreContext, item: DeliveryItem) -> Rows[DeliveryItem]:
    rows = store.rows(DeliveryItem)
    if item.subscription_line_id is None:
        return rows.where(DeliveryItem.c.order_line_id == item.order_line_id)
    chain = DeliveryItem.c.subscription_id == item.subscription_id  # there is an index for it
    return rows.where(chain, DeliveryItem.c.subscription_line_id == item.subscription_line_id)
