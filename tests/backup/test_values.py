"""Every value of every kind of column comes back as it was, from either engine on either engine."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from sutler.kernel.backup.schema import Schema
from sutler.kernel.backup.shapes import ToLines, plain_number
from sutler.kernel.data.database import Database
from sutler.kernel.data.migrate import migrate
from sutler.kernel.data.prepared import prepared
from sutler.kernel.data.queries import Statement
from sutler.kernel.data.snapshot import snapshot
from tests.make.backup import brought_back, opened, saved
from tests.make.kinds import schema
from tests.postgres import Cluster

BIG = 2**63 - 1
TEXT = st.text(max_size=20).map(lambda text: text.replace("\0", ""))
INTEGERS = st.integers(-BIG - 1, BIG)
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is beside it
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(-1e15, 1e15) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
ROW: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "id": st.integers(0, BIG).map(str), "text": TEXT, "maybe": st.none() | TEXT, "flag": st.booleans(),
        "number": INTEGERS, "bytes": st.binary(max_size=40), "moment": MOMENTS,
        "json": JSON.filter(lambda value: value is not None), "maybe_json": st.none() | JSON,
    }
)  # fmt: skip
EDGES = {
    "id": str(BIG), "text": "'\"\\\x01\x7f\u2028\U0001f600", "maybe": "", "flag": True, "number": -BIG - 1,
    "bytes": bytes(range(256)), "moment": datetime(2026, 1, 1, microsecond=1, tzinfo=UTC),
    "json": {"é": [1e15, -0.0, 1e-7, 10**30, None, {"z": 1, "a": 2}]}, "maybe_json": [],
}  # fmt: skip


async def write(url: str, known: Schema, rows: list[dict[str, Any]]) -> Database:
    """A database with these rows in it."""
    async with opened(url) as database:
        await migrate(database, versions=known.versions)
        ready = prepared(("kinds", known.versions), database.dialect, lambda: insert(known.tables.tables["kinds"]))
        async with database.writing() as connection:
            for row in rows:
                await connection.fetch(ready.sql, ready.arguments(row))
        return database


async def read(database: Database, known: Schema) -> list[tuple[Any, ...]]:
    """All rows as Python has them."""
    table = known.tables.tables["kinds"]
    dialect = database.dialect
    convert = [
        column.type.dialect_impl(dialect).result_processor(dialect, None) or (lambda value: value) for column in table.c
    ]
    async with snapshot(database) as connection:
        found = await Statement(select(table).order_by(table.c.id)).run(connection)
    return [tuple(c(v) if v is not None else None for c, v in zip(convert, row, strict=True)) for row in found]


class TestValues:
    @settings(max_examples=12, deadline=timedelta(seconds=20), suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(rows=st.lists(ROW, max_size=8, unique_by=lambda row: row["id"]))
    async def test_come_back_from_both_engines_on_both_engines(self, cluster: Cluster, rows: list[dict[str, Any]]) -> None:
        rows = [*(row for row in rows if row["id"] != EDGES["id"]), EDGES]
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            known = schema(folder / "versions")
            sqlite = await write(f"sqlite:{folder}/first.db", known, rows)
            url = cluster.create_database(f"kinds_{folder.name}")
            try:
                first = await saved(sqlite, folder / "first", schema=known)
                postgres = await brought_back(url, folder / "first", schema=known)
                second = await saved(postgres, folder / "second", schema=known)
                again = await brought_back(f"sqlite:{folder}/again.db", folder / "second", schema=known)

                assert second.tables == first.tables
                assert await read(again, known) == await read(sqlite, known)
                assert len(await read(postgres, known)) == len(rows)
            finally:
                cluster.drop_database(f"kinds_{folder.name}")

    def test_of_numbers_are_written_like_postgresql_writes_them(self) -> None:
        written = [bytes(plain_number(text)) for text in ("1e16", "-0.0", "1.10", "5e-324", "-2.5e3")]

        assert written[:3] == [b"10000000000000000", b"0.0", b"1.10"]
        assert written[3].startswith(b"0.000")
        assert written[3].endswith(b"5")
        assert written[4] == b"-2500"

    def test_of_moments_have_one_form_whatever_sqlite_holds(self, tmp_path: Path) -> None:
        (shape,) = schema(tmp_path).shapes
        values = ["1", "", None, 1, 2, b"", "2026-01-01T02:00:00+02:00", "{}", None]

        (line,) = ToLines(shape, "sqlite")([values])

        assert b'"2026-01-01T00:00:00.000000+00:00"' in line
