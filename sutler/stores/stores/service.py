"""Reading the store that a request is about."""

from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.errors import NotFound
from sutler.stores.stores.models import Store


async def current(store: StoreContext) -> Store:
    """The context's own store, without a lock; NotFound when a visitor named one that does not exist."""
    found: Store | None = await store.peek(by_id(Store), id=store.store_id)
    if found is None:
        raise NotFound(f"There is no store {store.store_id}.")
    return found
