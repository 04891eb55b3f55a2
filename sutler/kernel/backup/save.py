"""Making a backup of a running store."""

import asyncio
from contextlib import AbstractContextManager
from typing import Any, Final

from sqlalchemy import func, select

from sutler import __version__
from sutler.kernel import clock
from sutler.kernel.backup.archive import FORMAT, Contents, Header, Sealing, TableEnd, Writer
from sutler.kernel.backup.errors import CannotBackUp
from sutler.kernel.backup.files import HashedFile
from sutler.kernel.backup.schema import EMPTIED, Schema, revision_in
from sutler.kernel.backup.shapes import Shape
from sutler.kernel.backup.walk import Meter, Progress, count, lines_of
from sutler.kernel.data.database import Database
from sutler.kernel.data.migrate import UnknownRevisionError
from sutler.kernel.data.nodes import nodes
from sutler.kernel.data.queries import Connection, Statement
from sutler.kernel.data.snapshot import snapshot

SUTLER: Final = Schema()
IDS = Statement(select(func.max(nodes.c.node), func.max(nodes.c.high_water_ms)))


async def back_up(
    database: Database,
    place: AbstractContextManager[HashedFile],
    sealing: Sealing | None,
    *,
    progress: Progress | None = None,
    schema: Schema = SUTLER,
) -> Contents:
    """Write everything that is in the database at this moment to `emerging(FILE)`; writers do not notice.

    It needs no more memory for a large store than for a small one. CannotBackUp says what to do when it did not work;
    then there is no file. The database need not be open.
    """
    async with snapshot(database) as connection:
        header = await header_of(connection, sealing, schema)
        meter = Meter(await count(connection, schema.shapes), progress)
        with place as file, Writer(file) as writer:
            await asyncio.to_thread(writer.begin, header)
            ends = [await write(connection, writer, shape, meter) for shape in schema.shapes]
            await asyncio.to_thread(writer.end)
    return Contents(header, tuple(zip(schema.shapes, ends, strict=True)))


async def write(connection: Connection, writer: Writer, shape: Shape, meter: Meter) -> TableEnd:
    """One table."""
    await asyncio.to_thread(writer.begin_table, shape)
    async for lines in lines_of(connection, shape, EMPTIED.get(shape.name, frozenset())):
        await asyncio.to_thread(writer.add, lines)
        meter.add(shape.name, len(lines))
    return await asyncio.to_thread(writer.end_table)


async def header_of(connection: Connection, sealing: Sealing | None, schema: Schema) -> Header:
    """What there is to say before the first row."""
    revision = await present_revision(connection, schema)
    engine: Any = connection.dialect.name
    node, high_water = (await IDS.run(connection))[0]
    return Header(
        format=FORMAT,
        sutler=__version__,
        revision=revision,
        engine=engine,
        created_at=clock.real_now(),
        high_water_ms=high_water or 0,
        nodes=0 if node is None else node + 1,
        sealing=sealing,
    )


async def present_revision(connection: Connection, schema: Schema) -> str:
    """The schema's revision; CannotBackUp unless it is the one that this program knows its tables by."""
    found = await revision_in(connection)
    if found is None:
        raise CannotBackUp("There is no store in this database yet. Check SUTLER_DATABASE_URL and SUTLER_DATA.")
    try:
        missing = schema.steps(found)
    except UnknownRevisionError as error:
        raise CannotBackUp(str(error)) from error
    if missing:
        raise CannotBackUp(
            f"The database is at revision {found}, and this version of Sutler needs {missing[-1]}. "
            "Back up with the version that runs the store, or run `sutler migrate` first."
        )
    return found
