"""The four commands as an owner types them: real processes."""

import asyncio
import json
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from sutler.kernel import secrets
from sutler.kernel.data.connect import database as database_at
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.records import Actor
from sutler.kernel.data.running import opened
from sutler.kernel.ids import new_id
from sutler.servers.game_servers import service as game_servers
from sutler.servers.game_servers.schemas import CreateGameServerDto
from sutler.stores.stores.models import Store
from tests.make.backup import rows
from tests.processes import environment
from tests.typed import run

SERVERS = "SELECT id, name, token_sealed FROM game_servers"


def sutler(home: Path, *words: object) -> "CompletedProcess[str]":
    """What a command does in an installation whose data are in this folder."""
    return run([str(word) for word in words], environment(SUTLER_DATA=str(home)), home.parent)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """An installation, to be copied: a store with a game server, whose token is sealed; and beside it a backup."""
    folder = tmp_path_factory.mktemp("installed") / "home"
    folder.mkdir()
    shutil.copy(migrated_file, folder / "sutler.db")
    secrets.install(secrets.Sealer.from_settings(None, folder))
    asyncio.run(fill(database_in(folder)))
    done = sutler(folder, "backup", folder.parent / "some.backup")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def home(installed: Path, tmp_path: Path) -> Path:
    """That installation."""
    shutil.copytree(installed, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def backup(installed: Path, tmp_path: Path) -> Path:
    """That backup."""
    return Path(shutil.copy2(installed.parent / "some.backup", tmp_path))


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """Another machine: an empty data folder, not yet made."""
    return tmp_path / "new"


def database_in(folder: Path) -> Database:
    """The database of an installation."""
    return database_at(f"sqlite:{folder}/sutler.db")


async def fill(source: Database) -> None:
    """Add a store and its game server."""
    async with opened(source) as database, database.writing() as connection:
        store_id = new_id()
        store = StoreContext(connection, store_id, Actor("internal"), writes=True)
        await store.add(
            Store(
                id=store_id, owner_id=new_id(), slug="shop", name="Shop", platform="steam", game="rust", currency="usd",
                description="", live_mode=False,
            )
        )  # fmt: skip
        await game_servers.create(store, CreateGameServerDto(name="Survival", enabled=True))


class TestBackup:
    def test_says_what_is_in_the_file_and_which_key_to_keep(self, home: Path, tmp_path: Path) -> None:
        done = sutler(home, "backup", tmp_path / "some.backup")

        assert done.returncode == 0, done.stderr
        assert "2 rows in" in done.stdout
        assert str(home / "secret.key") in done.stdout

    def test_warns_when_the_key_is_in_the_file(self, home: Path, tmp_path: Path) -> None:
        done = sutler(home, "backup", tmp_path / "some.backup", "--with-key")

        assert done.returncode == 0, done.stderr
        assert "can open every secret" in done.stdout

    def test_does_not_replace_a_file_unless_told_to(self, home: Path, backup: Path) -> None:
        refused, forced = sutler(home, "backup", backup), sutler(home, "backup", backup, "--force")

        assert (refused.returncode, forced.returncode) == (1, 0)
        assert "--force" in refused.stderr

    def test_makes_neither_a_file_nor_a_database_where_there_is_no_store(self, new: Path, tmp_path: Path) -> None:
        done = sutler(new, "backup", tmp_path / "some.backup")

        assert done.returncode == 1
        assert "There is no database" in done.stderr
        assert {file.name for file in tmp_path.iterdir()} == {"typed.out", "typed.err"}  # what the command has printed


class TestRestore:
    def test_brings_the_store_up_on_another_machine_and_the_doctor_is_content(
        self, home: Path, backup: Path, new: Path
    ) -> None:
        new.mkdir()
        shutil.copy2(home / "secret.key", new)

        done = sutler(new, "restore", backup)

        assert done.returncode == 0, done.stderr
        assert "Everything adds up." in done.stdout
        assert asyncio.run(rows(database_in(new), SERVERS)) == asyncio.run(rows(database_in(home), SERVERS))

    def test_refuses_without_the_key_and_writes_nothing(self, backup: Path, new: Path) -> None:
        done = sutler(new, "restore", backup)

        assert done.returncode == 1
        assert "this installation has none" in done.stderr
        assert not new.exists()

    def test_brings_back_the_key_that_the_backup_carries(self, home: Path, new: Path, tmp_path: Path) -> None:
        sutler(home, "backup", tmp_path / "with.key", "--with-key")

        done = sutler(new, "restore", tmp_path / "with.key")

        assert done.returncode == 0, done.stderr
        assert (new / "secret.key").read_text() == (home / "secret.key").read_text()

    def test_without_the_key_is_possible_and_the_doctor_says_what_is_lost(self, backup: Path, new: Path) -> None:
        done = sutler(new, "restore", backup, "--without-key")

        assert done.returncode == 1
        assert "There is no secret key here" in done.stdout
        assert len(asyncio.run(rows(database_in(new), SERVERS))) == 1

    def test_refuses_the_store_that_is_there(self, home: Path, backup: Path) -> None:
        done = sutler(home, "restore", backup)

        assert done.returncode == 1
        assert "not empty" in done.stderr


class TestDrill:
    def test_says_that_the_backup_is_good(self, home: Path, backup: Path) -> None:
        done = sutler(home, "drill", backup)

        assert done.returncode == 0, done.stderr
        assert "would bring the store back" in done.stdout

    def test_can_be_held_at_a_postgresql(self, home: Path, backup: Path, blank_postgres: str) -> None:
        done = sutler(home, "drill", backup, "--postgres", blank_postgres)

        assert done.returncode == 0, done.stderr

    def test_fails_for_a_file_that_is_not_whole(self, home: Path, backup: Path) -> None:
        backup.write_bytes(backup.read_bytes()[:-1])

        done = sutler(home, "drill", backup)

        assert done.returncode == 1
        assert "Use another copy" in done.stderr

    def test_fails_when_the_store_has_lost_what_the_backup_has(self, home: Path, backup: Path) -> None:
        asyncio.run(database_in(home).script("DELETE FROM stores"))

        done = sutler(home, "drill", backup)

        assert done.returncode == 1
        assert "MISSING" in done.stdout

    def test_takes_no_other_address_than_that_of_a_postgresql(self, home: Path, backup: Path) -> None:
        done = sutler(home, "drill", backup, "--postgres", "sqlite:here")

        assert done.returncode == 1
        assert "postgresql://" in done.stderr


class TestDoctor:
    def test_is_content_with_a_store_in_order(self, home: Path) -> None:
        done = sutler(home, "doctor")

        assert done.returncode == 0, done.stderr
        assert "Everything adds up." in done.stdout

    def test_answers_programs_with_json(self, home: Path) -> None:
        asyncio.run(database_in(home).script("DELETE FROM stores"))

        done = sutler(home, "doctor", "--json")

        found = json.loads(done.stdout)
        assert done.returncode == 1
        assert found["ok"] is False
        assert [check["name"] for check in found["checks"] if check["problems"]] == ["references"]

    def test_misses_the_key_and_makes_none(self, home: Path) -> None:
        (home / "secret.key").unlink()

        done = sutler(home, "doctor")

        assert done.returncode == 1
        assert "There is no secret key here" in done.stdout
        assert not (home / "secret.key").exists()
