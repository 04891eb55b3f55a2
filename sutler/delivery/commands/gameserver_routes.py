"""The Game Server API: a server introduces itself, fetches its commands and says which of them ran."""

from typing import Annotated

from sutler.delivery.commands import service
from sutler.delivery.commands.schemas import (
    GetQueuedCommandsWithOnlinePlayersRequestDto,
    LinkGameServerRequestDto,
    LinkGameServerResponseDto,
    MarkQueuedCommandAsExecutedDto,
    QueuedCommandDto,
    Wait,
    shown,
)
from sutler.delivery.items.service import acknowledged
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.access import game_server_steps, game_server_writes
from sutler.kernel.edge.bodies import Lenient
from sutler.kernel.edge.http import Routes
from sutler.kernel.edge.requests import Request
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/delivery", tag="delivery", api="gameserver-api")
Writer = Annotated[StoreContext, game_server_writes()]
Poller = Annotated[Shop, game_server_steps()]


@routes.post("/gameserver/link", "DeliveryGameServer_LinkGameServer")
async def link(store: Writer, new: LinkGameServerRequestDto) -> LinkGameServerResponseDto:
    """Introduce the server that uses this token.

    The answer names the place from which the token was used before, if that was another one.
    """
    return await service.link(store, new)


@routes.get("/command-queue", "DeliveryCommandQueue_GetQueuedCommands")
async def fetch_all(shop: Poller, wait: Wait, request: Request) -> list[QueuedCommandDto]:
    """Fetch every command that is waiting for this server, whoever is online.

    Each is offered to one request only for half a minute. With `wait` the answer comes as soon as there is a command.
    HEAD only says whether the token is good: it takes no commands.
    """
    if request.scope["method"] == "HEAD":
        return []
    return [shown(one) for one in await service.fetch(shop, None, wait.wait, request)]


@routes.post("/command-queue", "DeliveryCommandQueue_GetQueuedCommandsWithOnlinePlayers")
async def fetch_for_players(
    shop: Poller, online: GetQueuedCommandsWithOnlinePlayersRequestDto, wait: Wait, request: Request
) -> list[QueuedCommandDto]:
    """Fetch the commands that may run now, those of the players who are online first.

    Commands that need their player online are left out while the player is not listed.
    """
    players = service.players_from(online)
    return [shown(one) for one in await service.fetch(shop, players, wait.wait, request)]


@routes.delete("/command-queue", "DeliveryCommandQueue_MarkQueuedCommandExecutedBulk")
async def acknowledge_in_bulk(store: Writer, executed: Lenient[MarkQueuedCommandAsExecutedDto], request: Request) -> None:
    """Say that commands were run.

    Ids that are unknown or were acknowledged before are no error, and entries without an id are passed over.
    """
    await acknowledged(store, service.caller(store), service.ids_from(executed), request.client_ip)


@routes.delete("/command-queue/{attemptId}", "DeliveryCommandQueue_MarkQueuedCommandExecuted")
async def acknowledge(store: Writer, attempt_id: FlakeId, request: Request) -> None:
    """Say that one command was run."""
    await acknowledged(store, service.caller(store), [attempt_id], request.client_ip)


@routes.post("/command-queue/acknowledge", "DeliveryCommandQueue_MarkQueuedCommandExecutedBulkViaPost")
async def acknowledge_by_post(store: Writer, executed: Lenient[MarkQueuedCommandAsExecutedDto], request: Request) -> None:
    """Say that commands were run, for clients that cannot send a body with DELETE."""
    await acknowledged(store, service.caller(store), service.ids_from(executed), request.client_ip)
