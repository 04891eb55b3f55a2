"""One running item of a product at a time, where its product wants that: the next one takes over the time that is left.

Whoever lets such an item begin holds its customer's row, so of two that begin at once the later one takes over.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sutler.catalog.products.models import ProductVersion
from sutler.customers.customers.models import Customer
from sutler.delivery.items.events import DeliveryItemRenewed
from sutler.delivery.items.models import DeliveryItem
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import emit_all


async def take_over(
    store: StoreContext, begun: Sequence[DeliveryItem], known: Mapping[FlakeId, ProductVersion]
) -> list[DeliveryItem]:
    """What becomes of items that have just begun: all of them where products allow several at once.

    Of others, the one that begins last goes on for as long as all of its customer's would have, one after the other; the
    rest is `renewed`, and none of their commands on expiry run.
    """
    alone = [item for item in begun if item.state == "active" and not _several(known.get(item.product_version_id))]
    last = {(item.customer_id, item.product_id): item for item in sorted(alone, key=lambda item: int(item.id))}
    left = [item for item in begun if item not in alone]
    return left + [await _take_over(store, item) for item in last.values()]


def _several(version: ProductVersion | None) -> bool:
    return version is None or version.allow_concurrent_active_items


async def _take_over(store: StoreContext, item: DeliveryItem) -> DeliveryItem:
    await store.get(Customer, item.customer_id)  # with it, the lock
    now = clock.now()
    running = store.rows(DeliveryItem).where(
        DeliveryItem.c.customer_id == item.customer_id,
        DeliveryItem.c.product_id == item.product_id,
        DeliveryItem.c.state == "active",
        DeliveryItem.c.id != item.id,
    )
    over = await store.change_all(running, {"state": "renewed", "removed_at": now})
    rest = sum((max(timedelta(), one.expires_at - now) for one in over if one.expires_at is not None), timedelta())
    await emit_all(store, [DeliveryItemRenewed(item_id=one.id) for one in over])
    if not rest or item.expires_at is None:
        return item
    return await store.change(item, {"expires_at": item.expires_at + rest})
