"""Going through tables in the order of their keys, a page at a time."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence

from sutler.kernel.backup.shapes import BELOW_ALL, LARGEST_PAGE, Shape, ToLines
from sutler.kernel.data.queries import Connection

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many rows are done in all, and how many there are."""


class Meter:
    """Adds up how far it has come, and tells whoever wants to know."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._total, self._progress, self._done = total, progress, 0

    def add(self, name: str, rows: int) -> None:
        """So many rows more."""
        self._done += rows
        if self._progress is not None:
            self._progress(name, self._done, self._total)


async def count(connection: Connection, tables: Sequence[Shape]) -> int:
    """How many rows these tables have."""
    total = 0
    for shape in tables:
        sql = f'SELECT count(*) FROM "{shape.name}"'  # noqa: S608 - a `Name` has no quotes
        total += (await connection.fetch(sql, ()))[0][0]
    return total


async def lines_of(
    connection: Connection, shape: Shape, emptied: frozenset[str] = frozenset()
) -> AsyncIterator[list[bytes]]:
    """All rows of a table as lines, a page at a time. Other threads do the work, so that the event loop stays free."""
    dialect, last = connection.dialect.name, BELOW_ALL
    sql, to_lines, key = shape.page(dialect, emptied), ToLines(shape, dialect), shape.key_index
    while True:
        rows = await connection.fetch(sql, (last,))
        if rows:
            yield await asyncio.to_thread(to_lines, rows)
        if len(rows) < LARGEST_PAGE:
            return
        last = rows[-1][key]
