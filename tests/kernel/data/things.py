"""One table called things, and what tests do with it on either engine."""

import asyncio
import time
from typing import Any

import asyncpg

from sutler.kernel.data.database import Database

CONNECTIONS = "FROM pg_stat_activity WHERE application_name = 'sutler' AND datname = current_database()"
SLOW_COMMIT = """
    CREATE FUNCTION wait() RETURNS trigger AS $$ BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END $$ LANGUAGE plpgsql;
    CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON things DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait();
"""
ALL = "SELECT id FROM things ORDER BY id"
ADD = {"sqlite": "INSERT INTO things VALUES (?)", "postgresql": "INSERT INTO things VALUES ($1)"}


async def add(shop: Database, id: int, *, pause: float = 0) -> None:
    """One row, by a request that may take its time."""
    async with shop.writing() as connection:
        await connection.fetch(ADD[connection.dialect.name], (id,))
        if pause:
            await asyncio.sleep(pause)


async def ids(shop: Database, *, slow: bool = False) -> list[int]:
    """The rows that a later request sees."""
    async with shop.reading(slow=slow) as connection:
        return [row[0] for row in await connection.fetch(ALL, ())]


async def states(watcher: asyncpg.Connection) -> list[str]:
    """What the server says of the program's connections."""
    return [row[0] for row in await watcher.fetch(f"SELECT state {CONNECTIONS} ORDER BY state")]


async def commits(watcher: asyncpg.Connection) -> int:
    """How many of them the server is committing."""
    return int(await watcher.fetchval(f"SELECT count(*) {CONNECTIONS} AND state = 'active' AND query = 'COMMIT'"))


async def soon(condition: Any, expected: Any) -> None:
    """Wait until the coroutine function answers what is expected, at most a few seconds."""
    deadline = time.monotonic() + 5
    while (found := await condition()) != expected:
        assert time.monotonic() < deadline, found
        await asyncio.sleep(0.01)
