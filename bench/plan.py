"""What a request wrote, taken from the tables before and after it, in a form that the floor can write again."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import msgspec

from bench.floor_app import Inserts
from sutler.kernel.data.database import Database
from sutler.kernel.data.records import metadata

Snapshot = dict[str, dict[int, Sequence[Any]]]  # rows by table and id, in the driver's form
BUDGET = 15  # statements to complete a checkout


class Kind(IntEnum):
    """How a cell gets its value when the floor writes a row again."""

    LITERAL = 0  # the value that was seen
    OPENED = 1  # an id that creating the checkout made: the checkout's first id and so much more
    NEW = 2  # an id of this request's own: its first id and so much more
    RANDOM = 3  # so many random bytes, for digests that must not repeat


class Write(msgspec.Struct):
    """New rows of one table, or new values in known ones; then the last cell of each row is the id."""

    table: str
    columns: list[str]
    rows: list[list[tuple[int, Any]]]
    updates: bool = False

    def sql(self, place: Callable[[int], str]) -> str:
        """The statement; `place` writes the placeholder of the n-th argument, from 1 on."""
        if self.updates:
            values = ", ".join(f'"{name}" = {place(number)}' for number, name in enumerate(self.columns, 1))
            return f"UPDATE {self.table} SET {values} WHERE id = {place(len(self.columns) + 1)}"  # noqa: S608 - our own tables
        names = ", ".join(f'"{name}"' for name in self.columns)
        places = ", ".join(place(number) for number in range(1, len(self.columns) + 1))
        return f"INSERT INTO {self.table} ({names}) VALUES ({places})"  # noqa: S608 - our own tables

    def inserts(self, sql: str, opened: int, new: int) -> Inserts:
        """The rows for one request."""
        return Inserts(sql, [[value(kind, what, opened, new) for kind, what in row] for row in self.rows])


class Step(msgspec.Struct):
    """All that one request wrote, and what it answered."""

    writes: list[Write]
    answer: bytes


class Plan(msgspec.Struct):
    """Creating a checkout, and completing it."""

    create: Step
    complete: Step


@dataclass
class Counts:
    """Statements without BEGIN and COMMIT: to open a checkout, to complete it, in the jobs that follow, in an empty poll."""

    opening: list[str]
    completing: list[str]
    afterwards: list[str]
    polling: list[str]


def value(kind: int, what: Any, opened: int, new: int) -> Any:
    """A cell for one request, given its first ids."""
    match kind:
        case Kind.OPENED:
            return opened + what
        case Kind.NEW:
            return new + what
        case Kind.RANDOM:
            return os.urandom(what)
    return what


async def snapshot(database: Database) -> Snapshot:
    """Every row there is."""
    tables: Snapshot = {}
    async with database.reading() as connection:
        for name, table in metadata.tables.items():
            if "id" in table.c:  # the others are written by processes, not by requests
                names = ", ".join(f'"{column.name}"' for column in table.c)
                rows = await connection.fetch(f"SELECT {names} FROM {name}", ())  # noqa: S608 - our own tables
                at = table.c.keys().index("id")
                tables[name] = {row[at]: tuple(row) for row in rows}
    return tables


def new_ids(before: Snapshot, after: Snapshot) -> list[int]:
    """The ids that exist only after, oldest first."""
    return sorted({id for name, rows in after.items() for id in rows if id not in before[name]})


def writes(before: Snapshot, after: Snapshot, opened: Sequence[int], new: Sequence[int]) -> list[Write]:
    """What lies between two snapshots; `opened` and `new` are the ids that are made afresh each time."""
    known = {id: (int(Kind.OPENED), number) for number, id in enumerate(opened)}
    known |= {id: (int(Kind.NEW), number) for number, id in enumerate(new)}
    found = []
    for name, rows in after.items():
        columns = [str(column.name) for column in metadata.tables[name].c]
        made = [row for id, row in rows.items() if id not in before[name]]
        if made:
            unique = {column.name for index in metadata.tables[name].indexes if index.unique for column in index.columns}
            found.append(
                Write(
                    name,
                    columns,
                    [[cell(known, v, repeats=c not in unique) for c, v in zip(columns, row, strict=True)] for row in made],
                )
            )
        found += [
            change(str(name), columns, before[name][id], row, known)
            for id, row in rows.items()
            if row != before[name].get(id, row)
        ]
    return found


def change(
    table: str, columns: list[str], old: Sequence[Any], row: Sequence[Any], known: Mapping[int, tuple[int, Any]]
) -> Write:
    """The columns of a row that got other values, whatever the values are."""
    changed = [(name, value) for name, was, value in zip(columns, old, row, strict=True) if was != value]
    cells = [cell(known, value, repeats=True) for _, value in changed]
    return Write(
        table, [name for name, _ in changed], [[*cells, cell(known, row[columns.index("id")], repeats=True)]], updates=True
    )


def cell(known: Mapping[int, tuple[int, Any]], value: Any, *, repeats: bool) -> tuple[int, Any]:
    """How to make this value anew."""
    if isinstance(value, int) and value in known:
        return known[value]
    return (int(Kind.RANDOM), len(value)) if isinstance(value, bytes) and not repeats else (int(Kind.LITERAL), value)
