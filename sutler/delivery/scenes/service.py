"""Reading everything that an item's commands can speak of, in as many statements for many items as for one."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sutler.billing.orders.models import Order
from sutler.catalog.products.service import versions
from sutler.customers.customers.models import Customer
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.placeholders.service import answers_of, values_of
from sutler.delivery.rendering.service import Scene
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.data.records import StoreRecord
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.models import Store

R = TypeVar("R", bound=StoreRecord)


async def scenes_of(store: StoreContext, items: Sequence[DeliveryItem]) -> list[Scene]:
    """Everything that the items' commands can speak of, read again for a later stage of their lives."""
    if not items:
        return []
    people = await people_of(store, [id for item in items for id in (item.customer_id, item.order_customer_id) if id])
    bought = await versions(store, [item.product_version_id for item in items])
    orders = await _orders(store, {item.order_id for item in items if item.order_id})
    shop, scenes = await needed(store, Store, store.store_id), list[Scene]()
    for item in items:
        version, receiver = bought[item.product_version_id], people[item.customer_id]
        payer, order = people.get(item.order_customer_id or ""), orders.get(item.order_id or "")
        values = values_of(shop, version, receiver, payer, order) | answers_of(item.custom_variables)
        scenes.append(Scene(item, version, receiver, values))
    return scenes


async def _orders(store: StoreContext, ids: Iterable[FlakeId]) -> dict[FlakeId, Order]:
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    return {order.id: order for order in await store.all(store.rows(Order).where(one_of_ids(Order.c.id, wanted)))}


async def people_of(store: StoreContext, ids: Iterable[FlakeId]) -> dict[FlakeId, Customer]:
    """These customers, by id."""
    found = await store.all(store.rows(Customer).where(one_of_ids(Customer.c.id, sorted(set(ids)))))
    return {customer.id: customer for customer in found}


async def needed(store: StoreContext, kind: type[R], id: FlakeId) -> R:
    """A record that an event speaks of, without a lock."""
    found: R | None = await store.peek(by_id(kind), id=id)
    if found is None:
        raise NotFound(f"{kind.__name__} {id} of an event is gone.")
    return found
