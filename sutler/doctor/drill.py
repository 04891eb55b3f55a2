"""A rehearsal: bring a backup up beside the running store, let the doctor look at it, and compare the two."""

import secrets
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter
from typing import Final

from msgspec import Struct

from sutler.doctor.checks import doctor
from sutler.doctor.examination import Result
from sutler.doctor.totals import Comparison, Total, compared, totals
from sutler.kernel.backup.archive import Contents
from sutler.kernel.backup.restore import restore
from sutler.kernel.backup.schema import Schema, revision_in
from sutler.kernel.backup.walk import Progress
from sutler.kernel.data.connect import database as database_at
from sutler.kernel.data.database import Database
from sutler.kernel.data.snapshot import snapshot
from sutler.kernel.errors import ServiceUnavailable
from sutler.kernel.ids import first_id_at

SCRATCH: Final = "sutler_drill_"


class Rehearsal(Struct, frozen=True):
    """How it went. Without comparisons there is a reason why the running store could not be compared."""

    seconds: float  # that the restore took, the check of every byte not included
    results: list[Result]
    comparisons: list[Comparison]
    reason: str = ""

    @property
    def passed(self) -> bool:
        """Whether this backup would bring the store back."""
        whole = not any(result.problems for result in self.results)
        return whole and not any(comparison.verdict == "MISSING" for comparison in self.comparisons)


async def rehearse(
    running: Database, file: Path, contents: Contents, *, postgres: str | None = None, progress: Progress | None = None
) -> Rehearsal:
    """Restore a backup into a temporary SQLite file, or into a schema of its own at a PostgreSQL address, and look at it.

    The running store is only read. `contents` is what `inspect(file)` has answered. Raises what `restore` raises.
    """
    before = first_id_at(contents.header.created_at)
    async with scratch(postgres) as copy:
        began = perf_counter()
        await restore(copy, file, contents, progress=progress)
        seconds = perf_counter() - began
        results = await doctor(copy)
        async with snapshot(copy) as connection:
            ours = await totals(connection, before)
    theirs = await totals_of(running, before)
    if isinstance(theirs, str):
        return Rehearsal(seconds, results, [], theirs)
    return Rehearsal(seconds, results, compared(ours, theirs))


async def totals_of(running: Database, before: str) -> list[Total] | str:
    """The totals of the running store, or why there are none."""
    try:
        async with snapshot(running) as connection:
            found = await revision_in(connection)
            if found is None or found != Schema().steps()[-1]:
                return f"The running store's tables are at revision {found}, so nothing could be compared."
            return await totals(connection, before)
    except (FileNotFoundError, ServiceUnavailable) as error:
        return f"There is no running store to compare with: {error}"


@asynccontextmanager
async def scratch(postgres: str | None) -> AsyncIterator[Database]:
    """An empty database, open, that is gone afterwards."""
    if postgres is None:
        with tempfile.TemporaryDirectory(prefix=SCRATCH) as folder:
            async with opened(f"sqlite:{folder}/copy.db") as database:
                yield database
        return
    schema, home = SCRATCH + secrets.token_hex(4), database_at(postgres)
    await home.script(f'CREATE SCHEMA "{schema}"')
    try:
        async with opened(f"{postgres}{'&' if '?' in postgres else '?'}search_path={schema}") as database:
            yield database
    finally:
        await home.script(f'DROP SCHEMA "{schema}" CASCADE')


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """A database for a while. It makes no ids, so it needs no node number."""
    database = database_at(url)
    await database.open()
    try:
        yield database
    finally:
        await database.close()
