"""The management API for taking commands out of the queue and for sending some again."""

from typing import Annotated

from sutler.delivery.interventions import service
from sutler.delivery.interventions.schemas import (
    ResendCommandsForGameServerRequestDto,
    ResendCommandsForGameServerResponseDto,
    UnqueueCommandsRequestDto,
    UnqueueCommandsResponseDto,
)
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}", tag="delivery")
Manager = Annotated[StoreContext, writes("customer_inventory_manage")]
BEFORE = "LegacyCommandDelivery_UnqueueDeliveryCommandAttemptByAttemptIDs"
RESEND = "GameServersDelivery_ResendDeliveryCommandsForGameServer"


@routes.post("/delivery/commands/unqueue", "Delivery_UnqueueDeliveryCommandAttemptByAttemptIDs")
async def unqueue(store: Manager, wanted: UnqueueCommandsRequestDto) -> UnqueueCommandsResponseDto:
    """Take commands out of the queue, so that they do not run; those that ran, or do not exist, are not counted.

    A command that a game server fetched a moment ago may still run.
    """
    return UnqueueCommandsResponseDto(await service.unqueue(store, wanted.attempt_ids))


@routes.post("/command-delivery/unqueue", BEFORE, deprecated=True)
async def unqueue_as_before(store: Manager, wanted: UnqueueCommandsRequestDto) -> UnqueueCommandsResponseDto:
    """Take commands out of the queue, at the address that this had before."""
    return UnqueueCommandsResponseDto(await service.unqueue(store, wanted.attempt_ids))


@routes.post("/gameservers/{gameServerId}/delivery/commands/resend", RESEND)
async def resend(
    store: Manager, game_server_id: FlakeId, wanted: ResendCommandsForGameServerRequestDto
) -> ResendCommandsForGameServerResponseDto:
    """Send the commands of items that are usable or active again to a game server, word for word.

    These are commands that ran there. With `inventory_item_id` they are all that the item was given there, whether it
    ran or not, and if that is nothing, what it was given on other servers. What still waits there is not sent twice.
    """
    return ResendCommandsForGameServerResponseDto(await service.resend(store, game_server_id, wanted))
