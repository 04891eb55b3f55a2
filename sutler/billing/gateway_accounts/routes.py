"""The API of gateways, Sutler's own: the contract's platform has accounts of its own with them."""

from typing import Annotated

from sutler.billing.gateway_accounts import service
from sutler.billing.gateway_accounts.schemas import GatewayDto, UpdateGatewayDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes

routes = Routes("/v1/stores/{storeId}/gateways", tag="gateways")
Reader = Annotated[StoreContext, reads("payment_settings_read")]
Updater = Annotated[StoreContext, writes("payment_settings_update")]


@routes.get("", "Gateways_GetGateways")
async def list_gateways(store: Reader) -> list[GatewayDto]:
    """List the ways to take money, and what each needs to know before it can."""
    return await service.all_of(store)


@routes.patch("/{gateway}", "Gateways_UpdateGateway")
async def update_gateway(store: Updater, gateway: str, changes: UpdateGatewayDto) -> GatewayDto:
    """Set a gateway up and switch it on or off. What was begun through it goes on."""
    return await service.update(store, gateway, changes)
