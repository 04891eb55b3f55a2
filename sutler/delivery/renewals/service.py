"""Items that take over from others: one cycle of a subscription after the other, and where a product runs alone.

Whoever lets an item begin that runs alone holds its customer's row, so of two that begin at once the later one takes over.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.subscriptions.models import Subscription
from sutler.catalog.products.models import CommandStage, ProductVersion
from sutler.customers.customers.models import Customer
from sutler.delivery.chains.service import of_lines
from sutler.delivery.commands import service as commands
from sutler.delivery.expiries.service import use_up
from sutler.delivery.items.events import DeliveryItemRenewed
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.queries import LIVING
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of, param, rows
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import emit_all

PAID: Final = ("completed", "refunded", "chargeback")  # orders that were paid once, whatever happened later
RENEWAL: Final = "subscription_renewal"
PRORATION: Final = "subscription_proration"  # what it pays for is given when the change takes effect

OF_IT = param("subscription_id", type_=Order.c.subscription_id.type)
GIVEN = select(DeliveryItem.c.order_id).where(
    DeliveryItem.c.store_id == param("store_id"), DeliveryItem.c.subscription_id == OF_IT
)
UNDELIVERED: Final = rows(Order).where(
    Order.c.subscription_id == OF_IT, one_of(Order.c.status, PAID), Order.c.id.not_in(GIVEN), Order.c.type != PRORATION
)
ENDED: Final = rows(Subscription).where(Subscription.c.id == param("subscription_id"), Subscription.c.status == "canceled")

Before = Mapping[FlakeId, DeliveryItem]
"""By line of a subscription the item that it gave until now, which is `renewed` by then."""


async def undelivered(store: StoreContext, subscription_id: FlakeId) -> list[Order]:
    """The paid orders of a subscription that have no items yet, oldest first."""
    return await store.all(UNDELIVERED, subscription_id=subscription_id)


async def owed_before(store: StoreContext, order: Order) -> list[Order]:
    """What is to be delivered before this order, oldest first: each item of a subscription takes over from the one before.

    They are locked from the newest to the oldest, as everybody does who holds the lock of the order.
    """
    if order.type != RENEWAL or order.subscription_id is None:
        return []
    earlier = [one for one in await undelivered(store, order.subscription_id) if int(one.id) < int(order.id)]
    return [await store.get(Order, one.id) for one in reversed(earlier)][::-1]


async def is_over(store: StoreContext, order: Order) -> bool:
    """Whether the subscription that an order pays for has ended; what is paid too late gives nothing any more."""
    return order.type == RENEWAL and await store.exists(ENDED, subscription_id=order.subscription_id)


async def hand_over(store: StoreContext, order: Order, lines: Sequence[OrderLine]) -> Before:
    """End what an order renews: the items that its lines gave until now, running or waiting to begin, are `renewed`.

    Of a trial that is paid for now, what was not run yet is called off: the commands of the purchase follow.
    """
    ids = sorted({line.subscription_line_id for line in lines if line.subscription_line_id})
    if not ids or order.type != RENEWAL:
        return {}
    living = of_lines(store, [order.subscription_id or ""], ids).where(one_of(DeliveryItem.c.state, LIVING))
    before = await store.all(living)
    await _end_changed(store, lines, before)
    tried = [item.id for item in before if item.trial_id]
    await commands.call_off(store, tried, ["on_trial_start"])  # before the items: so do those who acknowledge
    over = await store.change_all(living, {"state": "renewed", "removed_at": clock.now()})
    await emit_all(store, [DeliveryItemRenewed(item_id=item.id) for item in over])
    return {item.subscription_line_id: item for item in over if item.subscription_line_id}


async def _end_changed(store: StoreContext, lines: Sequence[OrderLine], before: Sequence[DeliveryItem]) -> None:
    """What was of another product than its line is by now is not renewed but over."""
    product_of = {line.subscription_line_id: line.product_id for line in lines}
    await use_up(store, [item for item in before if item.product_id != product_of.get(item.subscription_line_id)])


def stage_of(line: OrderLine, before: Before) -> CommandStage:
    """Whose commands run as an order gives its line's item: what is tried, bought, or goes on.

    Where nothing is left to go on, because it was taken back meanwhile, was a trial or of another product, a renewal is a
    purchase.
    """
    if line.trial_id is not None:
        return "on_trial_start"
    item = before.get(line.subscription_line_id or "")
    return "on_purchase" if item is None or item.trial_id else "on_renew"


async def take_over(
    store: StoreContext, begun: Sequence[DeliveryItem], known: Mapping[FlakeId, ProductVersion]
) -> list[DeliveryItem]:
    """What becomes of items that have just begun: all of them where products allow several at once.

    Of others, the one that begins last goes on for as long as all of its customer's would have, one after the other; the
    rest is `renewed`, and none of their commands on expiry run. Those of a subscription last as long as that: they
    neither take over time nor give theirs away.
    """
    alone = [item for item in begun if item.state == "active" and not _several(item, known.get(item.product_version_id))]
    last = {(item.customer_id, item.product_id): item for item in sorted(alone, key=lambda item: int(item.id))}
    left = [item for item in begun if item not in alone]
    return left + [await _take_over(store, item) for item in last.values()]


def _several(item: DeliveryItem, version: ProductVersion | None) -> bool:
    return item.subscription_id is not None or version is None or version.allow_concurrent_active_items


async def _take_over(store: StoreContext, item: DeliveryItem) -> DeliveryItem:
    await store.get(Customer, item.customer_id)  # with it, the lock
    now = clock.now()
    running = store.rows(DeliveryItem).where(
        DeliveryItem.c.customer_id == item.customer_id,
        DeliveryItem.c.product_id == item.product_id,
        DeliveryItem.c.state == "active",
        DeliveryItem.c.subscription_id.is_(None),
        DeliveryItem.c.id != item.id,
    )
    over = await store.change_all(running, {"state": "renewed", "removed_at": now})
    rest = sum((max(timedelta(), one.expires_at - now) for one in over if one.expires_at is not None), timedelta())
    await emit_all(store, [DeliveryItemRenewed(item_id=one.id) for one in over])
    if not rest or item.expires_at is None:
        return item
    return await store.change(item, {"expires_at": item.expires_at + rest})
