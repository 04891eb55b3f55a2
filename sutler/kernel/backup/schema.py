"""What this program knows of the tables: as they are now, and how they became so."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from sqlalchemy import MetaData

from sutler.kernel.backup.shapes import Shape
from sutler.kernel.data.migrate import CURRENT, HAS_VERSION, VERSIONS, scripts, steps_after
from sutler.kernel.data.nodes import nodes
from sutler.kernel.data.queries import Connection
from sutler.kernel.data.records import metadata
from sutler.kernel.work.jobs import Job

LEFT_OUT: Final = frozenset({nodes.name})
"""Tables that mean nothing elsewhere: node numbers are leased to processes."""
EMPTIED: Final[Mapping[str, frozenset[str]]] = {Job.table.name: frozenset({Job.c.leased_until.name})}
"""Columns that mean nothing elsewhere: until when a worker holds a job."""


@dataclass(frozen=True)
class Schema:
    """All tables and all revisions; those of Sutler unless a test brings its own."""

    tables: MetaData = metadata
    versions: Path = VERSIONS

    @cached_property
    def shapes(self) -> list[Shape]:
        """Every table that belongs into a backup."""
        return [Shape.of(table) for table in self.tables.sorted_tables if table.name not in LEFT_OUT]

    def steps(self, present: str | None = None) -> list[str]:
        """The revisions after this one, in order; UnknownRevisionError for one that this program does not know."""
        return steps_after(scripts(self.versions), present)


async def revision_in(connection: Connection) -> str | None:
    """The revision that a database's schema is at; None when there is no schema."""
    known = await connection.fetch(HAS_VERSION[connection.dialect.name], ())
    found = await CURRENT.run(connection) if known else ()
    return str(found[0][0]) if found else None
