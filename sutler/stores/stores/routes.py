"""The management API of stores."""

from typing import Annotated

from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import manager_reads, reads, user_writes, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import new_id
from sutler.stores.members import queries as members
from sutler.stores.members.service import add_member
from sutler.stores.stores import service
from sutler.stores.stores.schemas import CreateStoreDto, StoreDto, UpdateStoreDto, shown

routes = Routes("/v1/stores", tag="store")
Manager = Annotated[StoreContext, manager_reads("store_read")]
User = Annotated[StoreContext, user_writes()]
Reader = Annotated[StoreContext, reads("store_read")]
Updater = Annotated[StoreContext, writes("store_update")]
Deleter = Annotated[StoreContext, writes("store_delete")]


@routes.get("", "Store_GetStores")
async def list_stores(store: Manager) -> list[StoreDto]:
    """List the stores that these credentials manage.

    An API key belongs to exactly one; a user sees those they own or work in.
    """
    if store.actor.type == "user" and store.actor.id:
        return [shown(found) for found in await members.stores_of(store.connection, store.actor.id)]
    return [shown(await service.current(store))]


@routes.post("", "Store_CreateStore")
async def create_store(nowhere: User, new: CreateStoreDto) -> StoreDto:
    """Open a store that belongs to the user who asks; an API key, which belongs to one store, cannot."""
    owner_id = nowhere.actor.id or ""
    store = StoreContext(nowhere.connection, new_id(), nowhere.actor, writes=True)
    made = await service.create(store, new, owner_id)
    await add_member(store, owner_id, None, ())
    return shown(made)


@routes.get("/{storeId}", "Store_GetStore")
async def get_store(store: Reader) -> StoreDto:
    """Show a store."""
    return shown(await service.current(store))


@routes.patch("/{storeId}", "Store_UpdateStore")
async def update_store(store: Updater, changes: UpdateStoreDto) -> StoreDto:
    """Change a store: what is left out stays. Its currency cannot change."""
    return shown(await service.update(store, changes))


@routes.delete("/{storeId}", "Store_DeleteStore", status=200)
async def delete_store(store: Deleter) -> None:
    """Close a store for good: it is shown to nobody any more, and none of its keys and tokens works.

    What was sold in it stays in the books of the installation.
    """
    await service.delete(store)
