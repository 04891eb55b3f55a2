"""A look at one moment of the whole database, for as long as it takes: for backups and for checking that all adds up."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import asyncpg

from sutler.kernel.data.database import Database
from sutler.kernel.data.postgres import CONNECTING_TIME, SETTINGS, UPGRADE_LOCK, Postgres
from sutler.kernel.data.postgres_connections import PostgresReader
from sutler.kernel.data.postgres_failures import passes
from sutler.kernel.data.queries import Connection
from sutler.kernel.data.sqlite import READ_ONLY, Sqlite, connect
from sutler.kernel.data.sqlite_threads import SqliteThread
from sutler.kernel.errors import ServiceUnavailable

PATIENT = SETTINGS | {"idle_in_transaction_session_timeout": "10min"}  # a backup may have to wait for its disk
LEAVING_TIME = 5.0  # seconds
# Whoever upgrades the schema waits for us, before touching any table; and we wait for whoever does so now.
NO_UPGRADES = f"SELECT pg_advisory_lock_shared({UPGRADE_LOCK})"
BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


def snapshot(database: Database) -> AbstractAsyncContextManager[Connection]:
    """A connection of its own whose statements all see the same moment, and which holds up no writer.

    The database need not be open. FileNotFoundError when there is no SQLite file, ServiceUnavailable when no server
    answers.
    """
    if isinstance(database, Sqlite):
        return sqlite_snapshot(database)
    if isinstance(database, Postgres):
        return postgres_snapshot(database)
    message = f"{type(database).__name__} is none of the two databases."
    raise TypeError(message)


@asynccontextmanager
async def sqlite_snapshot(database: Sqlite) -> AsyncIterator[Connection]:
    """One read transaction, in a thread; meanwhile the log grows, because it cannot begin anew."""
    if not database.path.exists():
        message = f"There is no database at {database.path}."
        raise FileNotFoundError(message)
    with ThreadPoolExecutor(1, thread_name_prefix="sutler-snapshot") as thread:
        connecting = asyncio.get_running_loop().run_in_executor(thread, connect, database.path, READ_ONLY)
        connection = SqliteThread(await connecting, thread, database)
        try:
            await connection.script("BEGIN")
            yield connection
        finally:
            await connection.rest()
            connection.close()


@asynccontextmanager
async def postgres_snapshot(database: Postgres) -> AsyncIterator[Connection]:
    """One repeatable-read transaction, beside the pool."""
    try:
        raw = await asyncpg.connect(database.url, timeout=CONNECTING_TIME, server_settings=PATIENT)
    except Exception as error:
        if passes(error):
            raise ServiceUnavailable("The database does not answer. Try again shortly.") from error
        raise  # such as a wrong password
    try:
        await raw.execute("SET lock_timeout = 0")
        await raw.execute(NO_UPGRADES)
        await raw.execute(BEGIN)
        yield PostgresReader(raw, database)
    finally:
        await raw.close(timeout=LEAVING_TIME)
