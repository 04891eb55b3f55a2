"""An installation of its own for each test of the command line, on SQLite and on PostgreSQL."""

from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from sutler.kernel.data.database import Database
from tests.processes import Process, ServerProcess, environment
from tests.typed import run


@dataclass(frozen=True)
class Installation:
    """A folder and a database that has all tables and no store."""

    folder: Path
    settings: dict[str, str]

    def run(self, *arguments: str, **settings: str) -> "CompletedProcess[str]":
        """One command to its end."""
        return run(arguments, environment(**(self.settings | settings)), self.folder)

    def says(self, *arguments: str) -> str:
        """What a command that has to succeed prints on standard output."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refuses(self, *arguments: str, **settings: str) -> str:
        """The one line in which a command says why it does not do what was asked."""
        done = self.run(*arguments, **settings)
        assert (done.returncode, done.stdout) == (1, ""), done
        (line,) = done.stderr.splitlines()
        return line

    def server(self, *arguments: str, **settings: str) -> ServerProcess:
        """A server, not started yet."""
        return ServerProcess(self.folder, *arguments, **(self.settings | settings))

    def process(self, *arguments: str, **settings: str) -> Process:
        """A process, not started yet."""
        return Process(self.folder, *arguments, **(self.settings | settings))


@pytest.fixture
def installation() -> None:
    """Nothing is settled in the process of the test: it only starts others."""


@pytest.fixture
def place(tmp_path: Path, database: Database, database_url: str) -> Installation:
    """Where the commands of a test work."""
    return Installation(tmp_path, {"SUTLER_DATA": str(tmp_path), "SUTLER_DATABASE_URL": database_url})


@pytest.fixture
def sqlite_place(tmp_path: Path, migrated_file: Path) -> Installation:
    """The same on SQLite only, where the engine makes no difference."""
    (tmp_path / "sutler.db").write_bytes(migrated_file.read_bytes())
    return Installation(tmp_path, {"SUTLER_DATA": str(tmp_path)})


@pytest.fixture
def empty_place(tmp_path: Path) -> Installation:
    """A folder without anything in it, and SQLite."""
    return Installation(tmp_path, {"SUTLER_DATA": str(tmp_path / "data")})
