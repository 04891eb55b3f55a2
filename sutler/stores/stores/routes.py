"""The management API of stores."""

from typing import Annotated

from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads
from sutler.kernel.edge.http import Routes
from sutler.stores.stores import service
from sutler.stores.stores.schemas import StoreDto, shown

routes = Routes("/v1/stores", tag="store")
Reader = Annotated[StoreContext, reads("store_read")]


@routes.get("", "Store_GetStores")
async def list_stores(store: Reader) -> list[StoreDto]:
    """List the stores that these credentials manage: an API key belongs to exactly one."""
    return [shown(await service.current(store))]


@routes.get("/{storeId}", "Store_GetStore")
async def get_store(store: Reader) -> StoreDto:
    """Show a store."""
    return shown(await service.current(store))
