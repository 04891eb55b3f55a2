"""The storefront API of the navigation."""

from typing import Annotated

from sutler.catalog.navlinks import queries
from sutler.catalog.navlinks.schemas import StorefrontNavLinkDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import visitor_reads
from sutler.kernel.edge.http import Routes
from sutler.stores.stores.service import current

routes = Routes("/v1/store/navlinks", tag="navlinks", api="storefront-api")
Visitor = Annotated[StoreContext, visitor_reads()]


@routes.get("", "StorefrontNavLinks_GetStorefrontNavLinks")
async def list_navlinks(store: Visitor) -> list[StorefrontNavLinkDto]:
    """Show the navigation as a tree; give a node's `tag_query` to the list of products to see what is in it."""
    await current(store)
    return await queries.displayed(store)
