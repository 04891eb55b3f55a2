"""The management API of game servers."""

from typing import Annotated

from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId
from sutler.servers.game_servers import service
from sutler.servers.game_servers.schemas import CreateGameServerDto, GameServerDto, UpdateGameServerDto, shown

routes = Routes("/v1/stores/{storeId}/gameservers", tag="game-servers")
Reader = Annotated[StoreContext, reads("game_server_read")]
Creator = Annotated[StoreContext, writes("game_server_create")]
Updater = Annotated[StoreContext, writes("game_server_update")]
Deleter = Annotated[StoreContext, writes("game_server_delete")]


@routes.get("", "GameServers_GetGameServers")
async def list_game_servers(store: Reader) -> list[GameServerDto]:
    """List the store's game servers, oldest first, each with its token.

    A server that never linked shows a blank `linked_to`, saved when the server was made.
    """
    return [shown(server) for server in await service.all_game_servers(store)]


@routes.post("", "GameServers_CreateGameServer")
async def create_game_server(store: Creator, new: CreateGameServerDto) -> GameServerDto:
    """Add a game server; enter its `token` in the plugin there."""
    return shown(await service.create(store, new))


@routes.get("/{gameServerId}", "GameServers_GetGameServer")
async def get_game_server(store: Reader, game_server_id: FlakeId) -> list[GameServerDto]:
    """Show one game server, with its token, as the only entry of a list: so the contract has it."""
    return [shown(await service.show(store, game_server_id))]


@routes.patch("/{gameServerId}", "GameServers_UpdateGameServer")
async def update_game_server(store: Updater, game_server_id: FlakeId, changes: UpdateGameServerDto) -> GameServerDto:
    """Rename a game server, or take it out of service and back.

    The token of a disabled server is refused with 403; commands that are queued for it wait until it is enabled again.
    """
    return shown(await service.update(store, game_server_id, changes))


@routes.delete("/{gameServerId}", "GameServers_DeleteGameServer")
async def delete_game_server(store: Deleter, game_server_id: FlakeId) -> None:
    """Delete a game server for good: its token stops working, and commands that still wait for it are called off.

    Products that name it are not delivered there any more. What ran on it stays on record.
    """
    await service.delete(store, game_server_id)


@routes.post("/{gameServerId}/reset-token", "GameServers_ResetGameServerToken")
async def reset_token(store: Updater, game_server_id: FlakeId) -> GameServerDto:
    """Give a game server a new token; the old one stops working at once."""
    return shown(await service.reset_token(store, game_server_id))
