"""The storefront API of products."""

from typing import Annotated

from msgspec import Meta

from sutler.catalog.storefront.queries import listed
from sutler.catalog.storefront.schemas import StorefrontProductDto
from sutler.checkout.showcase import queries
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import visitor_reads
from sutler.kernel.edge.http import Routes
from sutler.kernel.edge.requests import Request
from sutler.stores.stores.schemas import VisitorLocation
from sutler.stores.visitors.service import visitor_at

routes = Routes("/v1/store/products", tag="products", api="storefront-api")
Visitor = Annotated[StoreContext, visitor_reads()]
Currency = Annotated[str, Meta(max_length=3)]


@routes.get("", "StorefrontProducts_GetStorefrontProducts")
async def list_products(
    store: Visitor,
    location: VisitorLocation,
    request: Request,
    tag: list[str] | None = None,
    currency: Currency | None = None,
) -> list[StorefrontProductDto]:
    """List the products that are for sale and not hidden, in the order of the shop.

    `tag` keeps those that carry all of these tags, whether it is given several times or once with commas between them.
    """
    return await queries.shown(store, await listed(store, tag or ()), currency, visitor_at(location, request).country)


@routes.get("/{idOrSlug}", "StorefrontProducts_GetStorefrontProduct")
async def get_product(
    store: Visitor, id_or_slug: str, location: VisitorLocation, request: Request, currency: Currency | None = None
) -> StorefrontProductDto:
    """Show a product that is for sale, by its id or its slug; also a hidden one, which only those find who know it."""
    return await queries.one(store, id_or_slug, currency, visitor_at(location, request).country)
