"""Backups of a database, and databases from backups."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sutler.doctor.checks import doctor
from sutler.kernel.backup.archive import Contents, Sealing, inspect
from sutler.kernel.backup.files import emerging
from sutler.kernel.backup.restore import restore
from sutler.kernel.backup.save import SUTLER, back_up
from sutler.kernel.backup.schema import Schema
from sutler.kernel.data.connect import database as database_at
from sutler.kernel.data.database import Database


async def saved(source: Database, file: Path, *, sealing: Sealing | None = None, schema: Schema = SUTLER) -> Contents:
    """A backup of a database in a file."""
    return await back_up(source, emerging(file, force=False), sealing, schema=schema)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """The database at an address, for a while."""
    database = database_at(url)
    await database.open()
    try:
        yield database
    finally:
        await database.close()


async def brought_back(url: str, file: Path, *, schema: Schema = SUTLER) -> Database:
    """The database at an address, filled from a backup and closed again."""
    async with opened(url) as database:
        await restore(database, file, inspect(file), schema=schema)
        return database


async def rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    """What a query answers."""
    async with opened_again(database) as connection:
        return [tuple(row) for row in await connection.fetch(sql, ())]


@asynccontextmanager
async def opened_again(database: Database) -> AsyncIterator[Any]:
    """A look at a database, whether it is open or not."""
    from sutler.kernel.data.snapshot import snapshot

    async with snapshot(database) as connection:
        yield connection


async def complaints(database: Database) -> dict[str, tuple[str, ...]]:
    """What the doctor finds that does not add up: examples by the name of the check."""
    return {result.name: result.examples for result in await doctor(database) if result.problems}
