"""A backup's file is whole or it is not there, it is its owner's alone, and not a byte of it can change unnoticed."""

import gzip
import random
import subprocess
import sys
from pathlib import Path

import pytest

from sutler.kernel.backup.archive import inspect
from sutler.kernel.backup.errors import BadBackup, CannotBackUp
from sutler.kernel.backup.files import check_seal, emerging
from sutler.kernel.data.connect import database as database_at
from sutler.kernel.data.database import Database
from tests.backup.conftest import Trade
from tests.make.backup import saved
from tests.make.kinds import schema

LITTLE_ROOM = """
import asyncio, resource, sys
from pathlib import Path
from sutler.kernel.backup.errors import CannotBackUp
from tests.make.backup import saved
from tests.make.kinds import schema
from sutler.kernel.data.connect import database

resource.setrlimit(resource.RLIMIT_FSIZE, (64_000, 64_000))
try:
    asyncio.run(saved(database(sys.argv[1]), Path(sys.argv[2]), schema=schema(Path(sys.argv[3]))))
except CannotBackUp as error:
    print(error)
"""


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A sealed file with something in it."""
    path = tmp_path / "some.backup"
    with emerging(path, force=False) as out:
        out.write(gzip.compress(b"something\n"))
    return path


class TestFiles:
    def test_are_read_by_their_owner_only(self, written: Path) -> None:
        assert written.stat().st_mode & 0o777 == 0o600

    def test_are_shown_by_zcat(self, written: Path) -> None:
        lines = gzip.decompress(written.read_bytes()).splitlines()

        assert lines[0] == b"something"
        assert b"sha256" in lines[1]

    def test_are_not_whole_when_any_bit_is_another(self, written: Path) -> None:
        content = written.read_bytes()

        for place in range(len(content)):
            written.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            with pytest.raises(BadBackup, match="Use another copy"):
                check_seal(written)

    def test_are_not_whole_when_anything_is_cut_off_or_added(self, written: Path) -> None:
        content = written.read_bytes()

        for other in [*(content[:length] for length in range(len(content))), content + b"\0", content + content]:
            written.write_bytes(other)
            with pytest.raises(BadBackup):
                check_seal(written)

    def test_are_not_replaced_by_mistake(self, written: Path) -> None:
        before = written.read_bytes()

        with pytest.raises(CannotBackUp, match="--force"), emerging(written, force=False):
            pass

        assert written.read_bytes() == before

    def test_are_replaced_when_that_is_wanted(self, written: Path) -> None:
        before = written.read_bytes()

        with emerging(written, force=True) as out:
            out.write(b"else")
            assert written.read_bytes() == before

        assert written.read_bytes() != before

    def test_are_written_by_one_backup_at_a_time(self, tmp_path: Path) -> None:
        path = tmp_path / "some.backup"

        with emerging(path, force=False) as out:
            out.write(b"first")
            with pytest.raises(CannotBackUp, match="Another backup"), emerging(path, force=False):
                pass

        check_seal(path)

    def test_use_the_place_that_a_crash_left_behind(self, tmp_path: Path) -> None:
        path, left = tmp_path / "some.backup", tmp_path / "some.backup.partial"
        left.write_bytes(b"x" * 10_000)
        left.chmod(0o644)

        with emerging(path, force=False) as out:
            out.write(b"new")

        check_seal(path)
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.stat().st_size < 10_000
        assert not left.exists()

    def test_leave_nothing_when_writing_them_was_cut_short(self, tmp_path: Path) -> None:
        with pytest.raises(KeyboardInterrupt), emerging(tmp_path / "some.backup", force=False) as out:
            out.write(b"half")
            raise KeyboardInterrupt

        assert list(tmp_path.iterdir()) == []

    def test_say_why_they_could_not_be_written(self, tmp_path: Path) -> None:
        with pytest.raises(CannotBackUp, match="No such file or directory"), emerging(tmp_path / "no" / "some", force=False):
            pass


class TestFullDisk:
    def test_leaves_no_file_and_says_so(self, tmp_path: Path) -> None:
        random.seed(1)
        noise = "".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=200_000))
        source = tmp_path / "sutler.db"
        fill(source, tmp_path / "versions", noise)
        target = tmp_path / "some.backup"

        arguments = [str(part) for part in (f"sqlite:{source}", target, tmp_path / "versions")]
        done = subprocess.run(
            [sys.executable, "-c", LITTLE_ROOM, *arguments], capture_output=True, text=True, check=True, timeout=60
        )

        assert "no room" in done.stdout
        assert not [file.name for file in tmp_path.iterdir() if "backup" in file.name]


def fill(source: Path, versions: Path, text: str) -> None:
    """A SQLite file with a row that does not compress."""
    import asyncio

    from tests.backup.test_values import EDGES, write

    asyncio.run(write(f"sqlite:{source}", schema(versions), [EDGES | {"text": text}]))


class TestBackup:
    async def test_is_the_same_when_nothing_has_changed(self, trade: Trade, database: Database, tmp_path: Path) -> None:
        first = await saved(database, tmp_path / "first")
        second = await saved(database, tmp_path / "second")

        assert first.tables == second.tables
        assert inspect(tmp_path / "first") == first

    async def test_keeps_secrets_sealed(self, trade: Trade, database: Database, tmp_path: Path) -> None:
        server = (await trade.api.get(f"/v1/stores/{trade.store_id}/gameservers")).json()[0]

        await saved(database, tmp_path / "some.backup")

        assert server["token"].encode() not in gzip.decompress((tmp_path / "some.backup").read_bytes())

    async def test_leaves_out_who_held_which_job_and_node(self, trade: Trade, database: Database, tmp_path: Path) -> None:
        await database.script("UPDATE jobs SET leased_until = '2030-01-01T00:00:00.000001+00:00'")

        contents = await saved(database, tmp_path / "some.backup")

        text = gzip.decompress((tmp_path / "some.backup").read_bytes())
        assert b"2030-01-01T00:00:00.000001" not in text
        assert "nodes" not in {shape.name for shape, _ in contents.tables}
        assert contents.header.nodes >= 1

    async def test_refuses_a_database_without_a_store(self, elsewhere: str, tmp_path: Path) -> None:
        if elsewhere.startswith("sqlite"):
            with pytest.raises(FileNotFoundError, match="There is no database"):
                await saved(database_at(elsewhere), tmp_path / "some.backup")
        else:
            with pytest.raises(CannotBackUp, match="no store"):
                await saved(database_at(elsewhere), tmp_path / "some.backup")

        assert not (tmp_path / "some.backup").exists()
        assert not (tmp_path / "elsewhere").exists()

    async def test_refuses_tables_of_another_time(self, tmp_path: Path) -> None:
        from tests.backup.test_values import EDGES, write

        source = await write(f"sqlite:{tmp_path}/old.db", schema(tmp_path / "old"), [EDGES])

        with pytest.raises(CannotBackUp, match="at revision 0001, and this version of Sutler needs 0002"):
            await saved(source, tmp_path / "some.backup", schema=schema(tmp_path / "new", 2))
