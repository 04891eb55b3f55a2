"""Reading what payloads tell of: each kind of row once, whatever the number of lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from sutler.billing.orders.models import LINES_OF, Order, OrderLine
from sutler.billing.payments.models import Payment
from sutler.billing.refunds.models import Refund
from sutler.catalog.products.models import Product, ProductVersion
from sutler.catalog.tags.models import Tag
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.checkouts.queries import lines_of
from sutler.customers.customers.models import Customer
from sutler.delivery.items.models import DeliveryItem
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.data.records import StoreRecord
from sutler.kernel.ids import FlakeId
from sutler.servers.game_servers.models import GameServer

R = TypeVar("R", bound=StoreRecord)


@dataclass(frozen=True)
class Catalogue:
    """Products, versions of them, their tags and game servers, by id. All but versions may be gone."""

    products: dict[FlakeId, Product]
    versions: dict[FlakeId, ProductVersion]
    tags: dict[FlakeId, Tag]
    servers: dict[FlakeId, GameServer]


@dataclass(frozen=True)
class WholeOrder:
    """An order with everything that its payload tells."""

    order: Order
    lines: list[OrderLine]
    checkout: Checkout
    checkout_lines: list[CheckoutLine]
    customers: dict[FlakeId, Customer]
    catalogue: Catalogue


@dataclass(frozen=True)
class WholePayment:
    """A payment, the order it is for and who pays."""

    payment: Payment
    order: Order
    customer: Customer | None


@dataclass(frozen=True)
class WholeRefund:
    """A refund, and the payment that it gives back."""

    refund: Refund
    whole: WholePayment


@dataclass(frozen=True)
class WholeItem:
    """A delivery item, its owner and what it is a unit of."""

    item: DeliveryItem
    customer: Customer | None
    catalogue: Catalogue


async def whole_order(store: StoreContext, order_id: FlakeId) -> WholeOrder:
    """Everything about an order; nothing is locked."""
    order = await one(store, Order, order_id)
    lines = await store.all(LINES_OF, order_id=order_id)
    return WholeOrder(
        order=order,
        lines=lines,
        checkout=await one(store, Checkout, order.checkout_id),
        checkout_lines=await lines_of(store, order.checkout_id),
        customers=await by_ids(store, Customer, [order.customer_id, *(line.gift_to_customer_id for line in lines)]),
        catalogue=await catalogue(store, [line.product_version_id for line in lines]),
    )


async def whole_payment(store: StoreContext, payment_id: FlakeId) -> WholePayment:
    """Everything about a payment; nothing is locked."""
    payment = await one(store, Payment, payment_id)
    customers = await by_ids(store, Customer, [payment.customer_id])
    return WholePayment(payment, await one(store, Order, payment.order_id), customers.get(payment.customer_id))


async def whole_refund(store: StoreContext, refund_id: FlakeId) -> WholeRefund:
    """Everything about a refund; nothing is locked."""
    refund = await one(store, Refund, refund_id)
    return WholeRefund(refund, await whole_payment(store, refund.payment_id))


async def whole_item(store: StoreContext, item_id: FlakeId) -> WholeItem:
    """Everything about a delivery item; nothing is locked."""
    item = await one(store, DeliveryItem, item_id)
    customers = await by_ids(store, Customer, [item.customer_id])
    known = await catalogue(store, [item.product_version_id], [item.execute_on_gameserver_id])
    return WholeItem(item, customers.get(item.customer_id), known)


async def catalogue(
    store: StoreContext, version_ids: Iterable[FlakeId], server_ids: Iterable[FlakeId | None] = ()
) -> Catalogue:
    """Versions of products with what belongs to them, and these game servers."""
    versions = await by_ids(store, ProductVersion, version_ids)
    for_products = [id for version in versions.values() for id in version.gameserver_ids]
    products = await by_ids(store, Product, [version.product_id for version in versions.values()])
    return Catalogue(
        products=products,
        versions=versions,
        tags=await by_ids(store, Tag, [id for product in products.values() for id in product.tag_ids]),
        servers=await by_ids(store, GameServer, [*server_ids, *for_products]),
    )


async def one(store: StoreContext, kind: type[R], id: FlakeId) -> R:
    """The record, unlocked: rendering must not make anybody wait."""
    found = await store.peek(store.rows(kind).where(kind.c.id == id))
    if found is None:
        message = f"{kind.__name__} {id} of an event is gone."
        raise LookupError(message)
    return found


async def by_ids(store: StoreContext, kind: type[R], ids: Iterable[FlakeId | None]) -> dict[FlakeId, R]:
    """Records by their ids, as far as they are there; without any id nothing is read."""
    wanted = sorted({id for id in ids if id is not None})
    if not wanted:
        return {}
    return {row.id: row for row in await store.all(store.rows(kind).where(one_of_ids(kind.c.id, wanted)))}
