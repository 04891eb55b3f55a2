"""Finding what a line of a subscription has given, from its first item to the one of now."""

from collections.abc import Iterable, Sequence

from sutler.delivery.items.models import DeliveryItem
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Rows, one_of_ids
from sutler.kernel.ids import FlakeId


async def with_those_before(store: StoreContext, items: Iterable[DeliveryItem]) -> list[FlakeId]:
    """The ids of these items and of all that they took over from, whose commands may wait to this day."""
    items = list(items)
    lines = sorted({item.subscription_line_id for item in items if item.subscription_line_id})
    found = [item.id for item in items]
    if not lines:
        return found
    chain = of_lines(store, sorted({item.subscription_id for item in items if item.subscription_id}), lines)
    return found + [item.id for item in await store.all(chain.where(DeliveryItem.c.state == "renewed"))]


def of_lines(store: StoreContext, subscription_ids: Sequence[FlakeId], line_ids: Sequence[FlakeId]) -> Rows[DeliveryItem]:
    """The items that these lines of subscriptions have given so far."""
    of, ids = DeliveryItem.c.subscription_id, subscription_ids
    theirs = of == ids[0] if len(ids) == 1 else one_of_ids(of, ids)  # for one SQLite takes the index, else all of the store
    return store.rows(DeliveryItem).where(theirs, one_of_ids(DeliveryItem.c.subscription_line_id, line_ids))
