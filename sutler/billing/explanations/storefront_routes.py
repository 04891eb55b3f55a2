"""The storefront API that explains prices, Sutler's own."""

from typing import Annotated

from sutler.billing.explanations import queries
from sutler.billing.explanations.schemas import ExplainCartFilter, ExplanationDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import customer_reads
from sutler.kernel.edge.http import Routes
from sutler.kernel.edge.requests import Request
from sutler.stores.stores.schemas import VisitorLocation
from sutler.stores.visitors.service import visitor_at

routes = Routes("/v1/store/cart", tag="cart", api="storefront-api")
Reader = Annotated[StoreContext, customer_reads()]


@routes.get("/explain", "StorefrontCart_ExplainCart")
async def explain_cart(
    store: Reader, wanted: ExplainCartFilter, location: VisitorLocation, request: Request
) -> ExplanationDto:
    """Say step by step why the signed-in customer's cart costs what it costs, and why a code would have no effect."""
    visitor = visitor_at(location, request)
    return await queries.explain_cart(store, store.actor.id or "", visitor.country, wanted.promo_codes or (), visitor.ip)
