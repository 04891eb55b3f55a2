"""The storefront API of a customer's own orders."""

from typing import Annotated

from sutler.billing.orders.schemas import OrderPage
from sutler.billing.purchases import queries
from sutler.billing.purchases.schemas import StorefrontOrderDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import customer_reads
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/store/customer/orders", tag="orders", api="storefront-api")
SignedIn = Annotated[StoreContext, customer_reads()]


@routes.get("", "StorefrontOrders_GetOrders")
async def list_own_orders(store: SignedIn, page: OrderPage) -> list[StorefrontOrderDto]:
    """List what the signed-in customer has ordered, newest first; only on stores where customers sign in with Steam."""
    return await queries.own(store, page)


@routes.get("/{orderId}", "StorefrontOrders_GetOrderById")
async def get_own_order(store: SignedIn, order_id: FlakeId) -> StorefrontOrderDto:
    """Show one order of the signed-in customer; only on stores where customers sign in with Steam."""
    return await queries.own_one(store, order_id)
