"""A store for handlers that work in several transactions, with a call to the outside between them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId


class Shop:
    """One store and who acts in it; each `writing` is a transaction of its own.

    `record` is called once, at the end of the first transaction, to write down in it that something is changed.
    """

    def __init__(
        self, database: Database, store_id: FlakeId, actor: Actor,
        record: Callable[[StoreContext], Awaitable[None]] | None = None,
    ) -> None:  # fmt: skip
        self.database, self.store_id, self.actor, self._record = database, store_id, actor, record

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[StoreContext]:
        """One transaction, committed on the way out."""
        async with self.database.writing() as connection:
            store = StoreContext(connection, self.store_id, self.actor, writes=True)
            yield store
            if self._record is not None:
                await self._record(store)
        self._record = None  # only now: what was not committed was not recorded

    @asynccontextmanager
    async def reading(self, *, slow: bool = False) -> AsyncIterator[StoreContext]:
        """Reads without a transaction; `slow` is for those that look at many rows."""
        async with self.database.reading(slow=slow) as connection:
            yield StoreContext(connection, self.store_id, self.actor, writes=False)
