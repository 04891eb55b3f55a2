"""Databases without any table, on both engines, and a second process that is in the way."""

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from uuid import uuid4

import asyncpg
import pytest

from sutler.kernel.data.connect import database as database_at
from sutler.kernel.data.database import Database
from sutler.kernel.data.postgres import Postgres
from sutler.kernel.data.sqlite import Sqlite
from tests.postgres import Cluster

ANOTHER_PROCESS = """
import apsw, sys
connection = apsw.Connection(sys.argv[1])
connection.execute(sys.argv[2]).fetchall()
print("there", flush=True)
sys.stdin.readline()
connection.execute("ROLLBACK")
"""


@pytest.fixture
def postgres_address(cluster: Cluster) -> Iterator[str]:
    """A PostgreSQL database of the test's own."""
    name = f"blank_{uuid4().hex}"
    yield cluster.create_database(name)
    cluster.drop_database(name)


@pytest.fixture
async def postgres(postgres_address: str) -> AsyncIterator[Postgres]:
    """An open PostgreSQL database without tables."""
    opened = Postgres(postgres_address, most=4)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[Sqlite]:
    """An open SQLite database without tables."""
    opened = Sqlite(tmp_path / "shop.db")
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def postgres_shop(postgres: Postgres) -> Postgres:
    """A database with one table."""
    await postgres.script("CREATE TABLE things (id BIGINT PRIMARY KEY)")
    return postgres


@pytest.fixture
async def watcher(postgres: Postgres) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the test's own."""
    connection = await asyncpg.connect(postgres.url)
    yield connection
    await connection.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a database without tables is, of either kind."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_address"))
    return f"sqlite:{tmp_path}/shop.db"


@pytest.fixture
async def blank(address: str) -> AsyncIterator[Database]:
    """An open database without tables, of either kind."""
    opened = database_at(address)
    await opened.open()
    yield opened
    await opened.close()


@contextmanager
def another_process(path: Path, statement: str) -> Iterator[Popen[str]]:
    """A second process that has run this on the SQLite file and stays; it leaves at the end, or when told a line."""
    process = Popen([sys.executable, "-c", ANOTHER_PROCESS, path, statement], stdin=PIPE, stdout=PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "there\n"
    try:
        yield process
    finally:
        process.communicate("go\n")
