"""The management API of orders."""

from typing import Annotated

from sutler.billing.orders import queries
from sutler.billing.orders.models import Order
from sutler.billing.orders.schemas import OrderDto, OrderFilter, OrderPage
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/orders", tag="orders")
Reader = Annotated[StoreContext, reads("order_read")]


@routes.get("", "Orders_GetOrders")
async def list_orders(store: Reader, page: OrderPage, wanted: OrderFilter) -> list[OrderDto]:
    """List orders, newest first, ten at a time unless asked otherwise.

    Every filter narrows the list; the billing email address is compared without regard to case.
    """
    return await queries.find(store, page, wanted)


@routes.get("/{orderId}", "Orders_GetOrderById")
async def get_order(store: Reader, order_id: FlakeId) -> OrderDto:
    """Show one order with its lines."""
    (order,) = await queries.shown(store, [await store.get(Order, order_id)])
    return order
