"""The management API for taking items back by hand."""

from typing import Annotated

from sutler.delivery.revocations import service
from sutler.delivery.revocations.schemas import RevokeDeliveryItemDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/customers", tag="delivery")
Taker = Annotated[StoreContext, writes("customer_inventory_manage")]
DASHED = "LegacyCustomersDeliveryControllerWithDash_RevokeDeliveryItem"


@routes.delete("/{customerId}/delivery/items/{deliveryItemId}", "CustomersDelivery_RevokeDeliveryItem")
async def revoke_item(
    store: Taker, customer_id: FlakeId, delivery_item_id: FlakeId, said: RevokeDeliveryItemDto | None
) -> None:
    """Take an item back: commands of the stage `on_expire` run, those of its purchase that still wait never do.

    What ran out cannot be taken back; what is used up only if its product has commands that run `on_expire`.
    """
    await service.revoke(store, delivery_item_id, said.reason if said else None, customer_id)


@routes.delete("/{customerId}/command-delivery/{deliveryItemId}", DASHED, deprecated=True)
@routes.delete(
    "/{customerId}/command_delivery/{deliveryItemId}", "LegacyCustomersDelivery_RevokeDeliveryItem", deprecated=True
)
async def revoke_item_as_before(
    store: Taker, customer_id: FlakeId, delivery_item_id: FlakeId, said: RevokeDeliveryItemDto | None
) -> None:
    """Take an item back, at the addresses that this had before."""
    await service.revoke(store, delivery_item_id, said.reason if said else None, customer_id)


@routes.delete("/command_delivery/{deliveryItemId}", "LegacyDelivery_RevokeDeliveryItem", deprecated=True)
async def revoke_anybodys_item(store: Taker, delivery_item_id: FlakeId, said: RevokeDeliveryItemDto | None) -> None:
    """Take an item back without saying whose it is, at the oldest address."""
    await service.revoke(store, delivery_item_id, said.reason if said else None)
