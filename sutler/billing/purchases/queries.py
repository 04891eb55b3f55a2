"""How customers find their own orders."""

from collections.abc import Sequence
from typing import Any

from msgspec import UNSET, Struct

from sutler.billing.orders import queries as orders
from sutler.billing.orders.models import Order
from sutler.billing.orders.schemas import OrderDto, OrderLineDto
from sutler.billing.purchases.schemas import StorefrontOrderDto, StorefrontOrderLineDto
from sutler.checkout.carts.schemas import as_others_see
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import Rows
from sutler.kernel.errors import Forbidden, NotFound
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.service import current

UNPROVEN = "Orders are shown only on stores where customers sign in with Steam: elsewhere nobody has proven who they are."


async def own(store: StoreContext, page: Page) -> list[StorefrontOrderDto]:
    """One page of the signed-in customer's orders; Forbidden where customers do not prove who they are."""
    return await _shown(store, await store.page(await _mine(store), page))


async def own_one(store: StoreContext, id: FlakeId) -> StorefrontOrderDto:
    """One of the signed-in customer's orders; NotFound for another's, Forbidden where nobody proves who they are."""
    found = await _shown(store, await store.all((await _mine(store)).where(Order.c.id == id)))
    if not found:
        raise NotFound(f"You have no order {id}.")
    return found[0]


async def _mine(store: StoreContext) -> Rows[Order]:
    if (await current(store)).platform != "steam":
        raise Forbidden(UNPROVEN)
    return store.rows(Order).where(Order.c.customer_id == (store.actor.id or ""))


async def _shown(store: StoreContext, found: Sequence[Order]) -> list[StorefrontOrderDto]:
    canceled = {order.id: order.updated_at for order in found if order.status == "canceled"}
    return [_order(dto, canceled_at=canceled.get(dto.id)) for dto in await orders.shown(store, found)]


def _order(dto: OrderDto, **changes: Any) -> StorefrontOrderDto:
    lines = [_line(line) for line in dto.lines]
    cycle = dto.billing_cycle_sequence or None
    changes |= {"customer": as_others_see(dto.customer), "lines": lines, "billing_cycle_sequence": cycle}
    return StorefrontOrderDto(**_same(dto, StorefrontOrderDto) | changes)


def _line(dto: OrderLineDto) -> StorefrontOrderLineDto:
    changes = {
        "product_image_url": dto.product_image_url or "",
        "gift_to_customer": UNSET if dto.gift_to_customer is UNSET else as_others_see(dto.gift_to_customer),
        "subscription_interval_scale": None if dto.subscription_interval_scale is UNSET else dto.subscription_interval_scale,
    }
    return StorefrontOrderLineDto(**_same(dto, StorefrontOrderLineDto) | changes)


def _same(dto: Struct, kind: type[Struct]) -> dict[str, Any]:
    """What both have under one name."""
    return {name: getattr(dto, name) for name in kind.__struct_fields__ if name in dto.__struct_fields__}
