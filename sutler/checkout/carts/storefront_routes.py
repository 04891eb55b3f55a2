"""The storefront API of carts."""

from typing import Annotated

from sutler.checkout.cart_views.queries import shown
from sutler.checkout.carts import queries, service
from sutler.checkout.carts.schemas import AddLine, CartDto, CreateCartCheckoutSessionDto
from sutler.checkout.checkouts.schemas import CreateCheckoutSessionResponseDto
from sutler.customers.customers.models import Customer
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import customer_reads, customer_writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.edge.requests import Request
from sutler.stores.stores.schemas import Currency, VisitorLocation
from sutler.stores.visitors.service import visitor_at

routes = Routes("/v1/store/cart", tag="cart", api="storefront-api")
Reader = Annotated[StoreContext, customer_reads()]
Writer = Annotated[StoreContext, customer_writes()]


@routes.get("", "StorefrontCart_GetCart")
async def get_cart(store: Reader, location: VisitorLocation, request: Request, currency: Currency | None = None) -> CartDto:
    """Show the signed-in customer's cart, oldest line first; what cannot be had any more is left out."""
    return await shown(store, store.actor.id or "", currency, visitor_at(location, request).country)


@routes.delete("", "StorefrontCart_ClearCart")
async def clear_cart(store: Writer, location: VisitorLocation) -> None:
    """Take everything out of the signed-in customer's cart."""
    await store.get(Customer, store.actor.id or "")  # with it, the lock
    await queries.clear(store, store.actor.id or "")


@routes.put("/lines", "StorefrontCart_AddLine")
async def add_line(store: Writer, asked: AddLine, location: VisitorLocation) -> None:
    """Put a product into the cart, or change how much of it is in there.

    The quantity is set; with `increment` it is added to what is there, or taken off if it is negative. Zero takes the line
    out. A line is told from others of its product by its settings, so repeat them to change it.
    """
    await service.put(store, store.actor.id or "", asked)


@routes.post("/checkout", "StorefrontCart_CreateCartCheckout")
async def check_out(
    store: Writer, how: CreateCartCheckoutSessionDto, location: VisitorLocation, request: Request
) -> CreateCheckoutSessionResponseDto:
    """Open a checkout for what is in the cart; send the customer to its `url` to pay.

    What was bought leaves the cart when that is paid.
    """
    return await service.check_out(store, store.actor.id or "", how, visitor_at(location, request))
