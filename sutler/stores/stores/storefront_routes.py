"""The storefront API of the store itself."""

from typing import Annotated

from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import visitor_reads
from sutler.kernel.edge.http import Routes
from sutler.kernel.edge.requests import Request
from sutler.stores.exchange_rates.service import adaptive
from sutler.stores.stores import service
from sutler.stores.stores.schemas import StorefrontStoreDto, VisitorLocation, shown_to_visitors
from sutler.stores.visitors.service import visitor_at

routes = Routes("/v1/store", tag="store", api="storefront-api")
Visitor = Annotated[StoreContext, visitor_reads()]


@routes.get("", "StorefrontStore_GetStorefrontStore")
async def get_store(store: Visitor, location: VisitorLocation, request: Request) -> StorefrontStoreDto:
    """Show the store that is visited.

    `creator_currency` is the store's own. With adaptive currency on, `currency` is what the visitor pays in where they are,
    if a rate is known; else the two agree.
    """
    seller = await service.current(store)
    paid_in = await adaptive(store, seller, visitor_at(location, request).country)
    return shown_to_visitors(seller, paid_in.currency if paid_in else seller.currency)
