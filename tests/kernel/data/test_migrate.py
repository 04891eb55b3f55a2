"""Migrations: each revision once and whole, by whoever comes first; and new ones that say what has changed."""

import asyncio
import json
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from sqlalchemy import BigInteger, Boolean, Column, Index, Table, Text, func, select

from sutler.kernel.data.database import Database
from sutler.kernel.data.migrate import UnknownRevisionError, generate, migrate, pending, revision
from sutler.kernel.data.queries import Statement
from sutler.kernel.data.records import Flake, Json, Timestamp, metadata

REVISION = '''
"""{number}"""
import sqlalchemy as sa
from alembic import op
from sutler.kernel.data import records
revision = "{number:04d}"
down_revision = {previous!r}
def upgrade() -> None:
{body}
'''
FIRST = """
op.create_table("things", sa.Column("id", records.Flake(), nullable=False), sa.PrimaryKeyConstraint("id"))
op.create_index("things_id", "things", ["id"])
"""
SECOND = """
op.add_column("things", sa.Column("name", sa.Text(), nullable=False, server_default="100%"))
op.execute("INSERT INTO things (id) VALUES (1)")
"""
ELSEWHERE = """
import asyncio, sys
from pathlib import Path
from sutler.kernel.data.connect import database
from sutler.kernel.data.migrate import migrate

async def run():
    opened = database(sys.argv[1])
    await opened.open()
    sys.stdin.readline()
    print(*await migrate(opened, versions=Path(sys.argv[2])))
    await opened.close()

print("ready", flush=True)
asyncio.run(run())
"""


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """A folder with two revisions."""
    folder = tmp_path / "versions"
    folder.mkdir()
    write(folder, 1, FIRST)
    write(folder, 2, SECOND)
    return folder


def write(folder: Path, number: int, body: str) -> None:
    """One revision."""
    previous = f"{number - 1:04d}" if number > 1 else None
    text = REVISION.format(number=number, previous=previous, body=textwrap.indent(body.strip(), "    "))
    (folder / f"{number:04d}_revision.py").write_text(text.lstrip())


def another_process(address: str, versions: Path) -> Popen[str]:
    """A process that migrates once it is told a line."""
    return Popen([sys.executable, "-c", ELSEWHERE, address, str(versions)], stdin=PIPE, stdout=PIPE, text=True)


async def things(database: Database) -> list[tuple[object, ...]]:
    """The rows of the table."""
    async with database.reading() as connection:
        return [tuple(row) for row in await connection.fetch("SELECT id, name FROM things", ())]


class TestMigrate:
    async def test_applies_what_is_pending_and_tells_of_each(self, blank: Database, versions: Path) -> None:
        told: list[str] = []

        assert await pending(blank, versions) == ["0001", "0002"]
        assert await migrate(blank, told.append, versions) == told == ["0001", "0002"]

        assert await things(blank) == [(1, "100%")]
        assert await revision(blank) == "0002"
        assert await pending(blank, versions) == []

    async def test_applies_only_what_is_new(self, blank: Database, versions: Path) -> None:
        await migrate(blank, versions=versions)
        write(versions, 3, 'op.execute("INSERT INTO things (id) VALUES (3)")')

        assert await migrate(blank, versions=versions) == ["0003"]
        assert await migrate(blank, versions=versions) == []
        assert await things(blank) == [(1, "100%"), (3, "100%")]

    async def test_undoes_a_revision_that_fails_and_keeps_those_before_it(self, blank: Database, versions: Path) -> None:
        write(
            versions, 3, 'op.execute("INSERT INTO things (id) VALUES (3)")\nop.execute("INSERT INTO things (id) VALUES (1)")'
        )

        with pytest.raises(Exception, match="conflicts with the current state"):
            await migrate(blank, versions=versions)

        assert await revision(blank) == "0002"
        assert await things(blank) == [(1, "100%")]

    async def test_refuses_a_database_that_is_newer_than_the_program(self, blank: Database, versions: Path) -> None:
        await migrate(blank, versions=versions)
        (versions / "0002_revision.py").unlink()

        with pytest.raises(UnknownRevisionError, match="at revision 0002, which this version of Sutler does not know"):
            await migrate(blank, versions=versions)

    async def test_is_done_once_when_several_processes_try(self, blank: Database, address: str, versions: Path) -> None:
        others = [another_process(address, versions) for _ in range(3)]
        for other in others:
            assert other.stdout is not None
            assert other.stdout.readline() == "ready\n"

        outcomes = await asyncio.gather(*[asyncio.to_thread(other.communicate, "go\n", 30) for other in others])

        assert sorted(word for output, _ in outcomes for word in output.split()) == ["0001", "0002"]
        assert [other.returncode for other in others] == [0, 0, 0]
        assert await things(blank) == [(1, "100%")]


@pytest.fixture
def table() -> Iterator[Table]:
    """A table that no migration knows, with every kind of index."""
    table = Table(
        "parcels",
        metadata,
        Column("id", Flake, primary_key=True, autoincrement=False),
        Column("sent_at", Timestamp, nullable=True),
        Column("content", Json(dict[str, int]), nullable=False),
        Column("label", Text, nullable=False),
        Column("open", Boolean, nullable=False),
    )
    Index("parcels_label", func.lower(table.c.label), unique=True)
    condition = table.c.open == True  # noqa: E712 - which each engine spells in its own way
    Index("parcels_open", table.c.sent_at, sqlite_where=condition, postgresql_where=condition)
    yield table
    metadata.remove(table)


class TestGenerate:
    TABLES = "sutler.kernel.data.nodes"  # knows less than the whole program, which is all these tests need

    @pytest.fixture
    def folder(self, tmp_path: Path, table: Table) -> Path:
        """Revisions up to the present, but for that table."""
        folder = tmp_path / "generated"
        folder.mkdir()
        metadata.remove(table)
        generate("All but one", folder, self.TABLES)
        table.to_metadata(metadata)
        return folder

    async def test_writes_a_numbered_revision_that_leads_to_the_tables_on_either_engine(
        self, blank: Database, folder: Path
    ) -> None:
        written = await asyncio.to_thread(generate, "Send parcels", folder, self.TABLES)

        assert written == folder / "0002_send_parcels.py"
        assert '"parcels"' in written.read_text().replace("'", '"')
        await migrate(blank, versions=folder)
        async with blank.writing() as connection:
            await connection.fetch("INSERT INTO parcels VALUES (1, NULL, '{}', 'Books', true)", ())
        with pytest.raises(Exception, match="conflicts with the current state"):
            async with blank.writing() as connection:
                await connection.fetch("INSERT INTO parcels VALUES (2, NULL, '{}', 'BOOKS', true)", ())

    def test_spells_conditions_for_each_engine(self, folder: Path) -> None:
        written = generate("Send parcels", folder, self.TABLES)

        assert written is not None
        assert "sqlite_where=sa.text('open = 1'), postgresql_where=sa.text('open = true')" in written.read_text()

    def test_writes_nothing_when_nothing_has_changed(self, folder: Path) -> None:
        generate("Send parcels", folder, self.TABLES)

        assert generate("Nothing", folder, self.TABLES) is None
        assert max(file.name for file in folder.glob("*.py")) == "0002_send_parcels.py"

    def test_notices_a_column_and_indexes_that_come_and_go(self, folder: Path) -> None:
        generate("Send parcels", folder, self.TABLES)
        changed = metadata.tables["parcels"]
        changed.append_column(Column("weight", BigInteger, nullable=True))
        changed.indexes.difference_update([index for index in changed.indexes if index.name == "parcels_label"])
        Index("parcels_upper", func.upper(changed.c.label))

        written = generate("Weigh them", folder, self.TABLES)

        assert written is not None
        text = written.read_text()
        for expected in ("add_column('parcels'", "drop_index('parcels_label'", "create_index('parcels_upper'"):
            assert expected in text
        assert generate("Nothing", folder, self.TABLES) is None

    async def test_gives_rows_that_exist_the_default_of_a_new_column(self, blank: Database, folder: Path) -> None:
        await asyncio.to_thread(generate, "Send parcels", folder, self.TABLES)
        await migrate(blank, versions=folder)
        async with blank.writing() as connection:
            await connection.fetch("INSERT INTO parcels VALUES (1, NULL, '{}', 'Books', true)", ())
        changed = metadata.tables["parcels"]
        changed.append_column(Column("fragile", Boolean, nullable=False, info={"default": False}))
        changed.append_column(Column("weight", BigInteger, nullable=False, info={"default": 0}))
        changed.append_column(Column("carrier", Text, nullable=False, info={"default": ""}))
        changed.append_column(Column("stops", Json(list[str]), nullable=False, info={"default": []}))

        await asyncio.to_thread(generate, "Know more of them", folder, self.TABLES)
        await migrate(blank, versions=folder)

        rows = Statement(select(*[changed.c[name] for name in ("fragile", "weight", "carrier", "stops")]))
        async with blank.reading() as connection:
            (row,) = await rows.run(connection)
        assert [bool(row[0]), *row[1:3], json.loads(row[3])] == [False, 0, "", []]

    def test_refuses_a_new_column_that_rows_that_exist_would_have_nothing_for(self, folder: Path) -> None:
        generate("Send parcels", folder, self.TABLES)
        metadata.tables["parcels"].append_column(Column("sender", Text, nullable=False))

        with pytest.raises(SystemExit, match=r"Give parcels\.sender a default"):
            generate("Know more of them", folder, self.TABLES)
