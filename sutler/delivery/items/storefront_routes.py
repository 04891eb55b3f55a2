"""The storefront API of a customer's own inventory."""

from typing import Annotated

from sutler.delivery.items import queries
from sutler.delivery.items.schemas import StorefrontDeliveryItemDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import customer_reads
from sutler.kernel.edge.http import Routes

routes = Routes("/v1/store/customer", tag="delivery", api="storefront-api")
SignedIn = Annotated[StoreContext, customer_reads()]
BEFORE = "LegacyStorefrontCustomerCommandDelivery_GetStorefrontCustomerDeliveryItems"


@routes.get("/delivery/items", "StorefrontCustomerDelivery_GetStorefrontCustomerDeliveryItems")
async def list_own_items(store: SignedIn, page: Page) -> list[StorefrontDeliveryItemDto]:
    """List what the signed-in customer owns, newest first."""
    return await queries.own_items(store, page)


@routes.get("/command-delivery", BEFORE, deprecated=True)
@routes.get("/command_delivery", "LegacyStorefrontCustomerDelivery_GetStorefrontCustomerDeliveryItems", deprecated=True)
async def list_own_items_as_before(store: SignedIn, page: Page) -> list[StorefrontDeliveryItemDto]:
    """List what the signed-in customer owns, at the addresses that this had before."""
    return await queries.own_items(store, page)
