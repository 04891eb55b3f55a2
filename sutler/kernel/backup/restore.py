"""Bringing a backup back into an empty database of either engine, in one transaction: all of it or nothing."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import delete, insert, select

from sutler.kernel.backup.archive import Contents, Header, Reader, Summing
from sutler.kernel.backup.errors import BackupError, CannotRestore
from sutler.kernel.backup.save import SUTLER
from sutler.kernel.backup.schema import LEFT_OUT, Schema, revision_in
from sutler.kernel.backup.shapes import FromLines, Shape
from sutler.kernel.backup.walk import Meter, Progress, lines_of
from sutler.kernel.data.database import Database, UpgradingConnection
from sutler.kernel.data.migrate import FORGET, REMEMBER, VERSION_TABLE, scripts, upgrade_sql
from sutler.kernel.data.nodes import is_free, nodes
from sutler.kernel.data.queries import Connection, Statement

TABLES: Final = {
    "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}
LEASES: Final = Statement(select(nodes))
NO_LEASES: Final = Statement(delete(nodes))
LEASE: Final = Statement(insert(nodes))


async def restore(
    database: Database,
    file: Path,
    contents: Contents,
    *,
    progress: Progress | None = None,
    schema: Schema = SUTLER,
) -> None:
    """Fill an empty, open database with what is in the file, bring its schema up to date, and read everything back.

    `contents` is what `inspect(file)` has answered: the file is checked to the last byte before anything is written.
    BadBackup or CannotRestore says what to do when it did not work; then nothing was written.
    """
    before, after = split(contents.header, schema)
    async with database.upgrading() as connection:
        if not await is_prepared(connection, contents, schema):
            await upgrade(connection, before, schema)
        meter = Meter(2 * contents.rows, progress)
        await load(connection, file, contents.header, meter)
        await compare(connection, contents, meter)
        await upgrade(connection, after, schema)
        await reserve_ids(connection, contents.header)
        await gather_statistics(connection, schema)


def split(header: Header, schema: Schema) -> tuple[list[str], list[str]]:
    """The revisions up to the backup's own, and those after it."""
    steps = schema.steps()
    if header.revision not in steps:
        raise CannotRestore(
            f"The backup was made by Sutler {header.sutler} at revision {header.revision}, which this version does not "
            "know. Restore it with that version or a newer one."
        )
    place = steps.index(header.revision) + 1
    return steps[:place], steps[place:]


async def is_prepared(connection: UpgradingConnection, contents: Contents, schema: Schema) -> bool:
    """Whether the tables are there already, at the backup's revision; CannotRestore unless all of them are empty."""
    names = {shape.name for shape, _ in contents.tables} | set(schema.tables.tables) | LEFT_OUT
    present = sorted(names & await tables_in(connection))
    await lock(connection, present)
    if nodes.name in present and not all(is_free(row) for row in await LEASES.run(connection)):
        raise CannotRestore("A process uses this database. Stop `sutler serve` and `sutler worker`, then restore again.")
    for name in present:
        if name not in LEFT_OUT and await connection.fetch(f'SELECT 1 FROM "{name}" LIMIT 1', ()):  # noqa: S608 - our names
            raise CannotRestore(
                f"This database is not empty: there are rows in {name}. A backup is only restored into an empty one; "
                "let SUTLER_DATABASE_URL name a new one."
            )
    found = await revision_in(connection)
    if found not in {None, contents.header.revision} or (found is None and present):
        raise CannotRestore(
            f"The tables of this database are at revision {found}, and the backup needs {contents.header.revision}. "
            "Restore into a database without any tables; they are made and brought up to date then."
        )
    return found is not None


async def tables_in(connection: Connection) -> set[str]:
    """The names of all tables there are."""
    return {row[0] for row in await connection.fetch(TABLES[connection.dialect.name], ())}


async def lock(connection: UpgradingConnection, tables: Sequence[str]) -> None:
    """Let whoever starts now wait for us; SQLite has one writer anyway."""
    if tables and connection.dialect.name == "postgresql":
        listed = ", ".join(f'"{name}"' for name in tables)
        await connection.script(f"LOCK TABLE {listed} IN ACCESS EXCLUSIVE MODE")


async def upgrade(connection: UpgradingConnection, steps: Sequence[str], schema: Schema) -> None:
    """Apply these revisions."""
    if not steps:
        return
    script, dialect = scripts(schema.versions), connection.dialect.name
    await connection.script(VERSION_TABLE)
    for step in steps:
        await connection.script(upgrade_sql(script, step, dialect))
    await FORGET.run(connection)
    await REMEMBER.run(connection, version_num=steps[-1])


async def load(connection: UpgradingConnection, file: Path, header: Header, meter: Meter) -> None:
    """Write all rows."""
    with Reader(file) as reader:
        if reader.header != header:
            raise CannotRestore(f"{file} was replaced while it was read. Restore again.")
        for shape in reader.tables():
            with blamed(shape.name):
                await load_table(connection, shape, reader, meter)


async def load_table(connection: UpgradingConnection, shape: Shape, reader: Reader, meter: Meter) -> None:
    """Write the rows of one table, a page at a time."""
    dialect, pages = connection.dialect.name, reader.pages()
    sql, to_rows = shape.insertion(dialect), FromLines(shape, dialect)

    def next_rows() -> list[list[Any]] | None:
        page = next(pages, None)
        return None if page is None else to_rows(page)

    while (rows := await asyncio.to_thread(next_rows)) is not None:
        if rows:
            await connection.run_many(sql, rows)
        meter.add(shape.name, len(rows))


@contextmanager
def blamed(table: str) -> Iterator[None]:
    """Says which table it was that could not be written."""
    try:
        yield
    except BackupError:
        raise
    except Exception as error:
        reason = error.__cause__ or error  # the driver's own words, where there are any
        raise CannotRestore(f"The rows of {table} could not be written: {reason}. Nothing was restored.") from error


async def compare(connection: Connection, contents: Contents, meter: Meter) -> None:
    """Read everything back; it has to be what was backed up, to the last byte."""
    for shape, end in contents.tables:
        summing = Summing()
        async for lines in lines_of(connection, shape):
            summing.add(lines)
            meter.add(shape.name, len(lines))
        if summing.end() != end:
            raise CannotRestore(
                f"The rows of {shape.name} do not read back as they were backed up, so nothing was restored. "
                "This is a defect of Sutler or of the machine; please report it."
            )


async def reserve_ids(connection: Connection, header: Header) -> None:
    """Let every node number go on above the ids that were made in the store that was backed up."""
    known = await LEASES.run(connection)
    bound = max([header.high_water_ms, *(row[3] for row in known)])
    await NO_LEASES.run(connection)
    for node in range(max([header.nodes, *(row[0] + 1 for row in known)])):
        await LEASE.run(connection, node=node, holder="", leased_until_ms=0, high_water_ms=bound)


async def gather_statistics(connection: UpgradingConnection, schema: Schema) -> None:
    """PostgreSQL plans well only once it knows how much there is; by itself it would find out minutes later."""
    if connection.dialect.name == "postgresql":
        present = set(schema.tables.tables) & await tables_in(connection)
        await connection.script("".join(f'ANALYZE "{name}";' for name in sorted(present)))
