"""The management API of commands that run for every product."""

from typing import Annotated

from sutler.catalog.global_commands import service
from sutler.catalog.global_commands.schemas import GlobalCommandDto, UpsertGlobalCommandDto, shown
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/global-commands", tag="global-commands")
Reader = Annotated[StoreContext, reads("global_command_read")]
Creator = Annotated[StoreContext, writes("global_command_create")]
Updater = Annotated[StoreContext, writes("global_command_update")]
Deleter = Annotated[StoreContext, writes("global_command_delete")]


@routes.get("", "GlobalCommands_GetGlobalCommands")
async def list_global_commands(store: Reader) -> list[GlobalCommandDto]:
    """List the commands that run for every product, in the order in which they run."""
    return [shown(command) for command in await service.list_all(store)]


@routes.post("", "GlobalCommands_CreateGlobalCommand")
async def create_global_command(store: Creator, new: UpsertGlobalCommandDto) -> GlobalCommandDto:
    """Add a command that runs for every product, after the product's own, on the same game servers or on its own.

    With `once_per_item` it runs for each unit, with `once_per_order` once on each server that the order concerns.
    """
    return shown(await service.create(store, new))


@routes.patch("/{globalCommandId}", "GlobalCommands_UpdateGlobalCommand")
async def update_global_command(store: Updater, global_command_id: FlakeId, new: UpsertGlobalCommandDto) -> GlobalCommandDto:
    """Replace a command that runs for every product; without servers it runs where the product's commands run.

    What is queued already stays as it was.
    """
    return shown(await service.update(store, global_command_id, new))


@routes.delete("/{globalCommandId}", "GlobalCommands_DeleteGlobalCommand")
async def delete_global_command(store: Deleter, global_command_id: FlakeId) -> None:
    """Delete a command that runs for every product; what is queued already still runs."""
    await service.delete(store, global_command_id)
