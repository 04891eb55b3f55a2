"""A restore brings back all or nothing, into an empty database only, and refuses what it cannot do rightly."""

import gzip
from pathlib import Path

import msgspec
import pytest

from sutler.kernel.backup.archive import Contents, inspect
from sutler.kernel.backup.errors import BadBackup, CannotRestore
from sutler.kernel.backup.files import emerging
from sutler.kernel.backup.restore import restore
from sutler.kernel.backup.schema import Schema
from sutler.kernel.data.connect import database as database_at
from sutler.kernel.data.database import Database
from sutler.kernel.data.migrate import migrate, revision
from sutler.kernel.data.nodes import NodeLease
from sutler.kernel.ids import FlakeClock, created_at
from tests.backup.conftest import Trade
from tests.backup.test_values import EDGES, read, write
from tests.make.backup import brought_back, complaints, opened, rows, saved
from tests.make.kinds import schema


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty database without tables is, of either kind."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("blank_postgres"))
    return f"sqlite:{tmp_path}/target.db"


@pytest.fixture
def known(tmp_path: Path) -> Schema:
    """A schema with one table."""
    return schema(tmp_path / "versions")


@pytest.fixture
async def backup(tmp_path: Path, known: Schema) -> Path:
    """A backup of three rows."""
    some = [EDGES, EDGES | {"id": "1"}, EDGES | {"id": "2", "text": "two"}]
    await saved(await write(f"sqlite:{tmp_path}/source.db", known, some), tmp_path / "some.backup", schema=known)
    return tmp_path / "some.backup"


def rewritten(file: Path, old: bytes, new: bytes) -> Path:
    """A backup in which somebody has changed something, seal and all."""
    text = gzip.decompress(file.read_bytes())
    assert old in text
    body = text[: text.rindex(b'{"is": "seal"')].replace(old, new)
    with emerging(file, force=True) as out:
        out.write(gzip.compress(body))
    return file


def cut(file: Path, kept: slice) -> None:
    """Only a part of a file is left."""
    file.write_bytes(file.read_bytes()[kept])


async def tables_in(url: str) -> list[str]:
    """The names of all tables."""
    async with opened(url) as database, database.reading() as connection:
        query = {
            "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table'",
            "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
        }[database.dialect.name]
        return sorted(row[0] for row in await connection.fetch(query, ()))


class TestRestore:
    async def test_makes_the_tables_and_fills_them(self, target: str, backup: Path, known: Schema) -> None:
        copy = await brought_back(target, backup, schema=known)

        assert len(await read(copy, known)) == 3

    async def test_fills_tables_that_are_there_and_empty(self, target: str, backup: Path, known: Schema) -> None:
        async with opened(target) as database:
            await migrate(database, versions=known.versions)

        copy = await brought_back(target, backup, schema=known)

        assert len(await read(copy, known)) == 3

    async def test_refuses_a_database_with_a_row_in_it(self, target: str, backup: Path, known: Schema) -> None:
        await write(target, known, [EDGES | {"id": "77"}])

        with pytest.raises(CannotRestore, match="not empty: there are rows in kinds"):
            await brought_back(target, backup, schema=known)

        assert [row[0] for row in await read(database_at(target), known)] == ["77"]

    async def test_refuses_a_database_that_a_process_uses(self, target: str, backup: Path, known: Schema) -> None:
        async with opened(target) as database:
            await migrate(database, versions=known.versions)
            async with NodeLease(database, FlakeClock()):
                with pytest.raises(CannotRestore, match="Stop `sutler serve`"):
                    await brought_back(target, backup, schema=known)

        assert await read(database_at(target), known) == []

    async def test_refuses_tables_that_others_have_made(self, target: str, backup: Path, known: Schema) -> None:
        async with opened(target) as database:
            await database.script("CREATE TABLE kinds (id BIGINT PRIMARY KEY)")

        with pytest.raises(CannotRestore, match="without any tables"):
            await brought_back(target, backup, schema=known)

        assert await tables_in(target) == ["kinds"]

    @pytest.mark.parametrize("damage", [slice(None, -1), slice(1, None), slice(0, 0)])
    async def test_refuses_a_file_that_is_not_whole(self, damage: slice, target: str, backup: Path, known: Schema) -> None:
        cut(backup, damage)

        with pytest.raises(BadBackup):
            await brought_back(target, backup, schema=known)

        assert await tables_in(target) == []

    @pytest.mark.parametrize(
        ("old", "new", "complaint"),
        [
            (b'"two"', b'"six"', "not those that were written"),
            (b'{"is":"footer","tables":1', b'{"is":"footer","tables":2', "number of its rows"),
            (b'{"is":"footer","tables":1,"rows":3}\n', b"", "cannot be understood"),
            (b'"name":"kinds"', b'"name":"kinds\\"; DROP TABLE kinds; --"', "cannot be understood"),
            (b'"format":1', b'"format":2', "newer form"),
            (b'{"is":"sutler-backup"', b'{"is":"cake"', "cannot be understood"),
        ],
    )
    async def test_refuses_a_file_that_was_not_written_so(
        self, old: bytes, new: bytes, complaint: str, target: str, backup: Path, known: Schema
    ) -> None:
        rewritten(backup, old, new)

        with pytest.raises(BadBackup, match=complaint):
            await brought_back(target, backup, schema=known)

        assert await tables_in(target) == []

    async def test_refuses_a_backup_of_a_newer_version(self, target: str, backup: Path, known: Schema) -> None:
        rewritten(backup, b'"revision":"0001"', b'"revision":"0009"')

        with pytest.raises(CannotRestore, match="with that version or a newer one"):
            await brought_back(target, backup, schema=known)

        assert await tables_in(target) == []

    async def test_undoes_everything_when_a_row_does_not_fit(self, target: str, backup: Path, known: Schema) -> None:
        contents = inspect(backup)
        rewritten(backup, b'["2","two"', b'["1","two"')  # the same id twice

        async with opened(target) as database:
            with pytest.raises(CannotRestore, match="The rows of kinds could not be written"):
                await restore(database, backup, contents, schema=known)

        assert await tables_in(target) == []

    async def test_undoes_everything_when_what_it_reads_back_is_not_what_was_written(
        self, target: str, backup: Path, known: Schema
    ) -> None:
        contents = inspect(backup)
        ((shape, end),) = contents.tables
        wrong = Contents(contents.header, ((shape, msgspec.structs.replace(end, sha256="0" * 64)),))

        async with opened(target) as database:
            with pytest.raises(CannotRestore, match="do not read back"):
                await restore(database, backup, wrong, schema=known)

        assert await tables_in(target) == []

    async def test_says_what_postgresql_cannot_keep(self, blank_postgres: str, tmp_path: Path, known: Schema) -> None:
        source = await write(f"sqlite:{tmp_path}/nul.db", known, [EDGES | {"text": "nul \0 here"}])
        await saved(source, tmp_path / "nul.backup", schema=known)

        with pytest.raises(CannotRestore, match="The rows of kinds could not be written"):
            await brought_back(blank_postgres, tmp_path / "nul.backup", schema=known)

        assert await tables_in(blank_postgres) == []


class TestOlderBackup:
    async def test_is_brought_up_to_date(self, target: str, backup: Path, tmp_path: Path) -> None:
        newer = schema(tmp_path / "newer", 2)

        copy = await brought_back(target, backup, schema=newer)

        async with opened(target) as database:
            assert await revision(database) == "0002"
        assert await rows(copy, "SELECT id, length FROM kinds WHERE text = 'two'") == [(2, 3)]

    async def test_does_not_fit_tables_of_a_newer_revision(self, target: str, backup: Path, tmp_path: Path) -> None:
        newer = schema(tmp_path / "newer", 2)
        async with opened(target) as database:
            await migrate(database, versions=newer.versions)

        with pytest.raises(CannotRestore, match="at revision 0002, and the backup needs 0001"):
            await brought_back(target, backup, schema=newer)


class TestIds:
    async def test_go_on_above_those_of_the_store_that_was_backed_up(
        self, trade: Trade, database: Database, elsewhere: str, tmp_path: Path
    ) -> None:
        await database.script("UPDATE nodes SET high_water_ms = high_water_ms + 3600000")  # its clock was an hour ahead
        contents = await saved(database, tmp_path / "some.backup")

        copy = await brought_back(elsewhere, tmp_path / "some.backup")

        clock = FlakeClock()
        async with opened(elsewhere) as target, NodeLease(target, clock):
            assert created_at(clock.next()).timestamp() * 1000 > contents.header.high_water_ms
        assert await complaints(copy) == {}
