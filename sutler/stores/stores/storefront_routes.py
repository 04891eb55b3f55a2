"""The storefront API of the store itself."""

from typing import Annotated

from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import visitor_reads
from sutler.kernel.edge.http import Routes
from sutler.stores.stores import service
from sutler.stores.stores.schemas import StorefrontStoreDto, VisitorLocation, shown_to_visitors

routes = Routes("/v1/store", tag="store", api="storefront-api")
Visitor = Annotated[StoreContext, visitor_reads()]


@routes.get("", "StorefrontStore_GetStorefrontStore")
async def get_store(store: Visitor, location: VisitorLocation) -> StorefrontStoreDto:
    """Show the store that is visited.

    Prices are shown in the store's own currency wherever the visitor is, so `currency` and `creator_currency` agree.
    """
    return shown_to_visitors(await service.current(store))
