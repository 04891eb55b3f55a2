"""SQLite in this process: queries run on the event loop, commits are shared and leave it free."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path

import apsw

from sutler.kernel.data.batch import Batch, Watchdog
from sutler.kernel.data.queries import Connection
from sutler.kernel.data.signals import Callback, Signals
from sutler.kernel.data.sqlite_connections import DIALECT, DISK, Reading, SqliteReader, Writing
from sutler.kernel.data.sqlite_threads import SlowReaders, SqliteThread
from sutler.kernel.errors import ServiceUnavailable

SETTINGS = (
    "PRAGMA busy_timeout=5000",  # first, because even switching to WAL can meet a lock
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # an acknowledged request survives a power cut
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-65536",
    "PRAGMA mmap_size=1073741824",
)
ON_THE_LOOP = "PRAGMA busy_timeout=0"  # SQLite's own wait for another process's lock would hold up everyone
READ_ONLY = "PRAGMA query_only=ON"
IN_MEMORY = "PRAGMA temp_store=MEMORY"  # what savepoints keep for undoing: a large batch's would go to a file and back
STATEMENTS_KEPT = 512
UPGRADE_PATIENCE_MS = 60_000


class Sqlite:
    """Connections that read and one that writes; other processes may write the same file meanwhile."""

    dialect = DIALECT

    def __init__(self, path: Path) -> None:
        self.path = path
        self.observe: Callable[[str], None] | None = None
        self.watchdog = Watchdog()
        self.batch: Batch
        self._signals = Signals()

    def watch_turns(self, watcher: Callable[[str, float], None]) -> None:
        """Tell of turns with the writer, and of whole batches, that took longer than the watchdog's limit."""
        self.watchdog.on_slow_turn = watcher

    async def open(self) -> None:
        """Connect; a file that does not exist is made, for its owner's eyes only."""
        self._writer, self._reader = await asyncio.to_thread(self._connect_both)
        self._reading = Reading(SqliteReader(self._reader, self))
        self._slow_readers = SlowReaders(lambda: connect(self.path, READ_ONLY), self)
        self.batch = Batch(self._writer, self._signals, self.watchdog)

    async def close(self) -> None:
        """Commit what has begun and fold the log back into the file."""
        await self.batch.close()
        await self._slow_readers.close()
        self._signals.clear()
        self._reader.close()
        with suppress(*DISK):  # another process is reading, and will fold it back in its turn
            await asyncio.to_thread(lambda: self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())
        self._writer.close()

    def reading(self, *, slow: bool = False) -> AbstractAsyncContextManager[Connection]:
        """No transaction: each statement sees the latest commit. Slow ones run in threads, not on the event loop."""
        return self._slow_readers.lend() if slow else self._reading

    def writing(self) -> Writing:
        """One request's part in a transaction; leaving it means that the changes are on disk."""
        return Writing(self._writer, self.batch, self)

    @asynccontextmanager
    async def upgrading(self) -> AsyncIterator[SqliteThread]:
        """A transaction that may rebuild tables: foreign keys are checked at its end instead of at each statement.

        It waits up to a minute for other processes; RuntimeError when a foreign key is left dangling.
        """
        with ThreadPoolExecutor(1, thread_name_prefix="sutler-upgrade") as thread:
            connecting = asyncio.get_running_loop().run_in_executor(thread, connect, self.path, "PRAGMA foreign_keys=OFF")
            connection = SqliteThread(await connecting, thread, self)
            try:
                await connection.script(f"PRAGMA busy_timeout={UPGRADE_PATIENCE_MS}; BEGIN IMMEDIATE")
                yield connection
                if dangling := await connection.fetch("PRAGMA foreign_key_check", ()):
                    raise RuntimeError(f"The upgrade leaves a foreign key of {dangling[0][0]} dangling, so it was undone.")
                await connection.script("COMMIT")
            finally:
                await connection.rest()
                connection.close()

    def listen(self, channel: str, callback: Callback) -> Callable[[], None]:
        """Hear the signals of this process. What another process commits is noticed by looking now and then."""
        return self._signals.listen(channel, callback)

    async def script(self, sql: str) -> None:
        """Run statements outside every transaction, on a connection of their own, in a thread."""
        try:
            await asyncio.to_thread(self._run, sql)
        except apsw.BusyError as error:
            raise ServiceUnavailable from error

    def _connect_both(self) -> tuple[apsw.Connection, apsw.Connection]:
        create_privately(self.path)
        return connect(self.path, ON_THE_LOOP, IN_MEMORY), connect(self.path, ON_THE_LOOP, READ_ONLY)

    def _run(self, sql: str) -> None:
        raw = connect(self.path)
        try:
            raw.execute(sql).fetchall()
        finally:
            raw.close()


def create_privately(path: Path) -> None:
    """An empty file that only its owner may read, in a folder that only its owner may enter, where there is none."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):  # an existing file is not even opened: closing it would drop SQLite's locks
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def connect(path: Path, *more: str) -> apsw.Connection:
    """A connection with our settings."""
    raw = apsw.Connection(str(path), statementcachesize=STATEMENTS_KEPT)
    # Plans depend on the statement alone. Otherwise SQLite peeks at arguments and plans most statements anew each time.
    raw.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
    for setting in (*SETTINGS, *more):
        raw.execute(setting).fetchall()
    return raw
