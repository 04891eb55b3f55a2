"""The management of modules, our own: the contract knows only what visitors see of them."""

from typing import Annotated

from sutler.billing.modules import service
from sutler.billing.modules.schemas import ModuleDto, UpdateModuleDto, UpsertModuleDto, shown
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/webstores/{storeId}/modules", tag="modules")
Reader = Annotated[StoreContext, reads("webstore_read")]
Updater = Annotated[StoreContext, writes("webstore_update")]


@routes.get("", "Modules_GetModules")
async def list_modules(store: Reader) -> list[ModuleDto]:
    """List the modules of the shop's pages in their order, those included that are not shown now."""
    return [shown(module) for module in await service.list_all(store)]


@routes.put("", "Modules_PutModule")
async def put_module(store: Updater, new: UpsertModuleDto) -> ModuleDto:
    """Make the module of a type, or replace it: a shop has one of each.

    Settings that are left out have their defaults; one that the type does not have is refused.
    """
    return shown(await service.put(store, new))


@routes.patch("/{moduleId}", "Modules_UpdateModule")
async def update_module(store: Updater, module_id: FlakeId, changes: UpdateModuleDto) -> ModuleDto:
    """Change a module: what is left out stays; settings are replaced as a whole."""
    return shown(await service.update(store, module_id, changes))


@routes.delete("/{moduleId}", "Modules_DeleteModule")
async def delete_module(store: Updater, module_id: FlakeId) -> None:
    """Delete a module with its settings."""
    await service.delete(store, module_id)
