"""A subscription is for something else now: what it gave for that line ends, and what it is for begins, once."""

from collections.abc import Sequence

from sutler.billing.change_effects.service import CHANGE_LINES
from sutler.billing.orders.events import OrderCompleted
from sutler.billing.orders.models import LINES_OF, Order, OrderLine
from sutler.billing.subscription_changes.events import SubscriptionChanged
from sutler.billing.subscription_changes.models import SubscriptionChange
from sutler.billing.subscription_lines.queries import LINES
from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.catalog.products.models import ProductVersion
from sutler.catalog.products.service import versions
from sutler.customers.customers.models import Customer
from sutler.delivery.expiries.service import use_up
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.queries import LIVING
from sutler.delivery.items.service import deliver_order, give
from sutler.delivery.placeholders.service import answers_of, values_of
from sutler.delivery.rendering.service import Scene
from sutler.delivery.renewals.service import undelivered
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.service import current


async def follow_change(store: StoreContext, event: SubscriptionChanged, event_id: FlakeId) -> None:
    """Bring the items of a subscription in line with what it is for; said again it changes nothing.

    What was paid before is delivered first. A renewal gives its items itself. Subscribed to `SubscriptionChanged`.
    """
    if owed := await undelivered(store, event.subscription_id):
        await deliver_order(store, OrderCompleted(order_id=owed[-1].id), event_id)
    subscription = await store.get(Subscription, event.subscription_id)  # with it, the lock
    lines = {line.id: line for line in await store.all(LINES, subscription_id=subscription.id)}
    items = await store.all(store.rows(DeliveryItem).where(DeliveryItem.c.subscription_id == subscription.id))
    product_of = {line.id: line.product_id for line in lines.values()}
    over = [item for item in items if item.product_id != product_of.get(item.subscription_line_id or "")]
    await use_up(store, [item for item in over if item.state in LIVING])
    change = await store.get(SubscriptionChange, event.change_id)
    if subscription.status == "canceled" or change.proration_behavior == "next_billing_period":
        return
    newest = {item.subscription_line_id: item.product_id for item in items}
    meant = {one.line_id: one.product_id for one in await store.all(CHANGE_LINES, change_id=change.id) if not one.is_deleted}
    new = [line for line in lines.values() if meant.get(line.id) == line.product_id != newest.get(line.id)]
    await _give(store, subscription, change, new)


async def _give(
    store: StoreContext, subscription: Subscription, change: SubscriptionChange, lines: Sequence[SubscriptionLine]
) -> None:
    if not lines:
        return
    known = await versions(store, [line.product_version_id for line in lines])
    ids = {subscription.customer_id, *(line.gift_to_customer_id for line in lines if line.gift_to_customer_id)}
    found = await store.all(store.rows(Customer).where(one_of_ids(Customer.c.id, sorted(ids))))
    people = {one.id: one for one in found}
    order, bought = await _paid_with(store, change)
    shop, scenes = await current(store), list[Scene]()
    for line in lines:
        version, receiver = known[line.product_version_id], people[line.gift_to_customer_id or subscription.customer_id]
        item = _item(subscription, line, version, next((one for one in bought if one.subscription_line_id == line.id), None))
        values = values_of(shop, version, receiver, people[subscription.customer_id], order)
        scenes.append(Scene(item, version, receiver, values | answers_of(item.custom_variables)))
    await give(store, scenes)


async def _paid_with(store: StoreContext, change: SubscriptionChange) -> tuple[Order | None, list[OrderLine]]:
    """The order of a change, if something was to be paid for it."""
    if change.prorated_order_id is None:
        return None, []
    order = await store.peek(store.rows(Order).where(Order.c.id == change.prorated_order_id))
    return order, await store.all(LINES_OF, order_id=change.prorated_order_id)


def _item(
    subscription: Subscription, line: SubscriptionLine, version: ProductVersion, bought: OrderLine | None
) -> DeliveryItem:
    receiver_id = line.gift_to_customer_id or subscription.customer_id
    return DeliveryItem(
        customer_id=receiver_id,
        order_customer_id=subscription.customer_id,
        checkout_id=None,
        checkout_line_id=bought.checkout_line_id if bought else None,
        order_id=bought.order_id if bought else None,
        order_line_id=bought.id if bought else None,
        quantity_index=1 if bought else None,
        product_id=line.product_id,
        product_version_id=line.product_version_id,
        product_name=line.product_name,
        product_slug=version.slug,
        execute_on_gameserver_id=line.selected_gameserver_id,
        state="usable",
        expirable=True,
        gift=receiver_id != subscription.customer_id,
        custom_variables=line.custom_variables,
        subscription_id=subscription.id,
        subscription_line_id=line.id,
    )
