"""The management API of delivery items."""

from typing import Annotated

from msgspec import field

from sutler.delivery.items import queries
from sutler.delivery.items.schemas import DeliveryItemDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import reads
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/customers/{customerId}/delivery/items", tag="delivery")
Reader = Annotated[StoreContext, reads("customer_read")]


class ItemsPage(Page):
    """A page of an inventory."""

    active_only: bool = field(name="activeOnly", default=False)


@routes.get("", "CustomersDelivery_GetCustomerDeliveryItems")
async def list_items(store: Reader, customer_id: FlakeId, page: ItemsPage) -> list[DeliveryItemDto]:
    """List what a customer owns, with the commands of each item.

    With `activeOnly` those that are usable or active and for which a command was queued.
    """
    return await queries.items_of(store, customer_id, page, active_only=page.active_only)
