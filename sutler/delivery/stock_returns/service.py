"""Counting the bought units that nobody has any more, for products whose limits do not count those."""

from sutler.catalog.stock.models import TAKEN, StockUsage
from sutler.delivery.items.events import DeliveryItemRevoked, DeliveryItemUsed
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.queries import LIVING
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.queries import one_of, param
from sutler.kernel.ids import FlakeId


async def count_gone(store: StoreContext, event: DeliveryItemUsed | DeliveryItemRevoked, _event_id: FlakeId) -> None:
    """Note how many units of the item's line are used up, have run out or were taken back; said again it is the same.

    Subscribed to `DeliveryItemUsed` and `DeliveryItemRevoked`. Items that were given by hand never took any stock.
    """
    item: DeliveryItem | None = await store.peek(by_id(DeliveryItem), id=event.item_id)
    if item is None or item.checkout_line_id is None:
        return
    mine = store.rows(StockUsage).where(StockUsage.c.checkout_line_id == param("line_id"), TAKEN)
    usage = await store.first(mine, line_id=item.checkout_line_id)  # with it, the lock
    if usage is None:
        return
    siblings = store.rows(DeliveryItem).where(DeliveryItem.c.order_line_id == param("order_line_id"))
    living = await store.count(siblings.where(one_of(DeliveryItem.c.state, LIVING)), order_line_id=item.order_line_id)
    if usage.removed != usage.quantity - living:
        await store.change(usage, {"removed": usage.quantity - living})
