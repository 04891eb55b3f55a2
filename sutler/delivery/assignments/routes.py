"""The management API for giving items by hand."""

from typing import Annotated

from sutler.delivery.assignments import service
from sutler.delivery.assignments.schemas import Assignments, BulkAssignmentsDto, DeliveryItemAssignmentDto
from sutler.delivery.items.queries import shown
from sutler.delivery.items.schemas import DeliveryItemDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}", tag="delivery")
Giver = Annotated[StoreContext, writes("customer_inventory_manage")]
OF_CUSTOMER = "/customers/{customerId}"
DASHED = "LegacyCustomersDeliveryControllerWithDash_AssignDeliveryItem"


@routes.post(f"{OF_CUSTOMER}/delivery/items", "CustomersDelivery_AssignDeliveryItem")
async def assign_item(store: Giver, customer_id: FlakeId, said: DeliveryItemAssignmentDto) -> list[DeliveryItemDto]:
    """Give a customer up to 20 units of a product, as if they had bought them; stock does not change.

    A product for a single game server needs `execute_on_gameserver_id`; for others it limits the commands to that server.
    """
    return await shown(store, await service.assign(store, customer_id, said))


@routes.post(f"{OF_CUSTOMER}/command-delivery", DASHED, deprecated=True)
@routes.post(f"{OF_CUSTOMER}/command_delivery", "LegacyCustomersDelivery_AssignDeliveryItem", deprecated=True)
async def assign_item_as_before(
    store: Giver, customer_id: FlakeId, said: DeliveryItemAssignmentDto
) -> list[DeliveryItemDto]:
    """Give a customer units of a product, at the addresses that this had before."""
    return await shown(store, await service.assign(store, customer_id, said))


@routes.post("/delivery/items", "Delivery_AssignDeliveryItemsBulk")
async def assign_items(store: Giver, said: Assignments | BulkAssignmentsDto) -> list[DeliveryItemDto]:
    """Give items to several customers, up to 250 in all; either everyone gets theirs or nobody does.

    Send a list, or an object with the list as `assignments`.
    """
    return await _assigned(store, said)


@routes.post("/command-delivery", "LegacyCommandDelivery_AssignDeliveryItemsBulk", deprecated=True)
@routes.post("/command_delivery", "LegacyStoreDelivery_AssignDeliveryItemsBulk", deprecated=True)
@routes.post("/customers/bulk/command_delivery", "LegacyCustomersDelivery_AssignDeliveryItemsBulk", deprecated=True)
async def assign_items_as_before(store: Giver, said: Assignments | BulkAssignmentsDto) -> list[DeliveryItemDto]:
    """Give items to several customers, at the addresses that this had before."""
    return await _assigned(store, said)


async def _assigned(store: StoreContext, said: Assignments | BulkAssignmentsDto) -> list[DeliveryItemDto]:
    if isinstance(said, BulkAssignmentsDto):
        return await shown(store, await service.assign_all(store, said.assignments, "assignments"))
    return await shown(store, await service.assign_all(store, said))
