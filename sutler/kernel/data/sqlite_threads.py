"""SQLite connections whose statements run in threads: for reports, exports and upgrades."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import apsw

from sutler.kernel.data.database import READ_ONLY
from sutler.kernel.data.sqlite_connections import DIALECT, Observed, heard

SLOW_READERS = 4


class SqliteThread:
    """A connection whose statements run in a thread, for what would hold up everyone on the event loop."""

    dialect = DIALECT

    def __init__(self, raw: apsw.Connection, threads: ThreadPoolExecutor, database: Observed) -> None:
        self._raw, self._threads, self._database = raw, threads, database
        self._one_at_a_time = asyncio.Lock()
        self._running: asyncio.Future[Any] | None = None

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> Sequence[Sequence[Any]]:
        """Every row of a statement's answer."""
        if self._database.observe is not None:
            self._database.observe(sql)
        rows: Sequence[Sequence[Any]] = await self._run(lambda: self._raw.execute(sql, arguments).fetchall())
        return rows

    async def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement once for each row of arguments."""
        if self._database.observe is not None:
            self._database.observe(sql)
        await self._run(lambda: self._raw.executemany(sql, rows).fetchall())

    async def script(self, sql: str) -> None:
        """Run any number of statements that take no arguments."""
        await self._run(lambda: self._raw.execute(sql).fetchall())

    def notify(self, channel: str, payload: str = "") -> None:
        """Never: reports have nothing to tell."""
        raise RuntimeError(READ_ONLY)

    async def rest(self) -> None:
        """Wait until no thread uses the connection."""
        if self._running is not None and not self._running.done():
            await asyncio.wait([self._running])

    async def _run(self, work: Callable[[], Any]) -> Any:
        async with self._one_at_a_time:
            await self.rest()  # a cancelled statement takes a moment to stop
            self._running = asyncio.get_running_loop().run_in_executor(self._threads, work)
            try:
                return await asyncio.shield(self._running)
            except asyncio.CancelledError:
                self._raw.interrupt()
                self._running.add_done_callback(lambda done: done.exception())  # nobody else will ask for it
                raise
            except apsw.Error as error:
                known = heard(error)
                if known is None:
                    raise
                raise known from error

    def close(self) -> None:
        """Disconnect; uncommitted changes are undone."""
        self._raw.close()


class SlowReaders:
    """A few connections for reports and exports, each lent to one request at a time and opened when first needed."""

    def __init__(self, connect: Callable[[], apsw.Connection], database: Observed) -> None:
        self._connect, self._database = connect, database
        self._threads = ThreadPoolExecutor(SLOW_READERS, thread_name_prefix="sutler-report")
        self._free = asyncio.Semaphore(SLOW_READERS)
        self._idle: list[SqliteThread] = []

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[SqliteThread]:
        """A connection of one's own; waits while all are lent."""
        await self._free.acquire()
        try:
            connection = self._idle.pop() if self._idle else await self._open()
        except BaseException:
            self._free.release()
            raise
        try:
            yield connection
        finally:  # perhaps with a cancelled statement that is about to stop; the next one waits for it
            self._idle.append(connection)
            self._free.release()

    async def close(self) -> None:
        """Wait for reports that are under way, then disconnect."""
        for _ in range(SLOW_READERS):
            await self._free.acquire()
        for connection in self._idle:
            await connection.rest()
            connection.close()
        self._threads.shutdown()

    async def _open(self) -> SqliteThread:
        raw = await asyncio.get_running_loop().run_in_executor(self._threads, self._connect)
        return SqliteThread(raw, self._threads, self._database)
