"""Reading what payloads tell of: each kind of row once, whatever the number of lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.payments.models import Payment
from sutler.billing.refunds.models import Refund
from sutler.catalog.products.models import Product, ProductVersion
from sutler.catalog.tags.models import Tag
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
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
    order = await _one(store, Order, order_id)
    lines = await store.all(store.rows(OrderLine).where(OrderLine.c.order_id == order_id))
    in_checkout = store.rows(CheckoutLine).where(CheckoutLine.c.checkout_id == order.checkout_id)
    return WholeOrder(
        order=order,
        lines=lines,
        checkout=await _one(store, Checkout, order.checkout_id),
        checkout_lines=await store.all(in_checkout),
        customers=await _by_id(store, Customer, [order.customer_id, *(line.gift_to_customer_id for line in lines)]),
        catalogue=await _catalogue(store, [line.product_version_id for line in lines]),
    )


async def whole_payment(store: StoreContext, payment_id: FlakeId) -> WholePayment:
    """Everything about a payment; nothing is locked."""
    payment = await _one(store, Payment, payment_id)
    customers = await _by_id(store, Customer, [payment.customer_id])
    return WholePayment(payment, await _one(store, Order, payment.order_id), customers.get(payment.customer_id))


async def whole_refund(store: StoreContext, refund_id: FlakeId) -> WholeRefund:
    """Everything about a refund; nothing is locked."""
    refund = await _one(store, Refund, refund_id)
    return WholeRefund(refund, await whole_payment(store, refund.payment_id))


async def whole_item(store: StoreContext, item_id: FlakeId) -> WholeItem:
    """Everything about a delivery item; nothing is locked."""
    item = await _one(store, DeliveryItem, item_id)
    customers = await _by_id(store, Customer, [item.customer_id])
    catalogue = await _catalogue(store, [item.product_version_id], [item.execute_on_gameserver_id])
    return WholeItem(item, customers.get(item.customer_id), catalogue)


async def _catalogue(
    store: StoreContext, version_ids: Iterable[FlakeId], server_ids: Iterable[FlakeId | None] = ()
) -> Catalogue:
    versions = await _by_id(store, ProductVersion, version_ids)
    for_products = [id for version in versions.values() for id in version.gameserver_ids]
    products = await _by_id(store, Product, [version.product_id for version in versions.values()])
    return Catalogue(
        products=products,
        versions=versions,
        tags=await _by_id(store, Tag, [id for product in products.values() for id in product.tag_ids]),
        servers=await _by_id(store, GameServer, [*server_ids, *for_products]),
    )


async def _one(store: StoreContext, kind: type[R], id: FlakeId) -> R:
    """The record, unlocked: rendering must not make anybody wait."""
    found = await store.peek(store.rows(kind).where(kind.c.id == id))
    if found is None:
        message = f"{kind.__name__} {id} of an event is gone."
        raise LookupError(message)
    return found


async def _by_id(store: StoreContext, kind: type[R], ids: Iterable[FlakeId | None]) -> dict[FlakeId, R]:
    wanted = sorted({id for id in ids if id is not None})
    if not wanted:
        return {}
    return {row.id: row for row in await store.all(store.rows(kind).where(one_of_ids(kind.c.id, wanted)))}
