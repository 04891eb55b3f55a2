"""A shop whose steps share one transaction with other work, as long as all goes well and nobody calls the outside."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.shop import Shop


class StepFailed(BaseException):
    """A step of work that shares a transaction failed. What it did cannot be undone alone, so no handler may go on."""


class JoinedShop(Shop):
    """Its transactions are parts of the one that its store is in, and its reads see what they have written."""

    def __init__(self, database: Database, store: StoreContext) -> None:
        super().__init__(database, store.store_id, store.actor)
        self._store = store

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[StoreContext]:
        """A step of the shared transaction; StepFailed where a transaction of its own would be undone."""
        try:
            yield self._store
        except Exception as error:
            raise StepFailed from error

    @asynccontextmanager
    async def reading(self, *, slow: bool = False) -> AsyncIterator[StoreContext]:
        """The same connection, for reading only."""
        del slow
        yield StoreContext(self._store.connection, self.store_id, self.actor, writes=False)
