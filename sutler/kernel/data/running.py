"""A database for the length of a program: open, and able to make ids."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sutler.kernel.data.database import Database
from sutler.kernel.data.nodes import NodeLease


@asynccontextmanager
async def opened(database: Database) -> AsyncIterator[Database]:
    """The database, open, with a node number of its own, without which no id can be made."""
    await database.open()
    try:
        async with NodeLease(database):
            yield database
    finally:
        await database.close()
