"""A store for handlers that work in several transactions, with a call to the outside between them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId


class Shop:
    """One store and who acts in it; each `writing` is a transaction of its own."""

    def __init__(self, database: Database, store_id: FlakeId, actor: Actor) -> None:
        self.database, self.store_id, self.actor = database, store_id, actor

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[StoreContext]:
        """One transaction, committed on the way out."""
        async with self.database.writing() as connection:
            yield StoreContext(connection, self.store_id, self.actor, writes=True)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[StoreContext]:
        """Reads without a transaction."""
        async with self.database.reading() as connection:
            yield StoreContext(connection, self.store_id, self.actor, writes=False)
