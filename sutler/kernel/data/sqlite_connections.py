"""The kinds of SQLite connection that a request may hold on the event loop: one that reads, and the writer in its turn."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

import apsw
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.default import DefaultDialect

from sutler.kernel.data.batch import FIRST_PAUSE, LONGEST_PAUSE, PATIENCE, WRITTEN_ELSEWHERE, Batch
from sutler.kernel.data.database import FAILED, READ_ONLY, SPENT, refusal
from sutler.kernel.data.signals import checked
from sutler.kernel.errors import ServiceUnavailable

DIALECT: DefaultDialect = sqlite.dialect(paramstyle="qmark")
DUPLICATE = "UNIQUE constraint failed: "
PASSING = (
    apsw.BusyError, apsw.LockedError, apsw.FullError, apsw.IOError, apsw.CantOpenError, apsw.NoMemError,
    apsw.ProtocolError, apsw.ConnectionClosedError,
)  # fmt: skip
DISK = (*PASSING, apsw.ReadOnlyError)  # in a writer's turn it means the file system; elsewhere a mistake of ours


class Observed(Protocol):
    """Whoever may be told of statements."""

    observe: Callable[[str], None] | None


class SqliteReader:
    """Reads on the event loop, shared by all requests: a read of some rows takes a few microseconds."""

    dialect = DIALECT

    def __init__(self, raw: apsw.Connection, database: Observed) -> None:
        self._raw, self._database = raw, database

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> Sequence[Sequence[Any]]:
        """Every row of a statement's answer."""
        if self._database.observe is not None:
            self._database.observe(sql)
        try:
            return self._raw.execute(sql, arguments).fetchall()
        except apsw.BusyError:  # such as another process that recovers the log after a crash
            return await self._persist(sql, arguments)
        except PASSING as error:
            raise ServiceUnavailable from error

    async def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Never: this connection only reads."""
        raise RuntimeError(READ_ONLY)

    def notify(self, channel: str, payload: str = "") -> None:
        """Never: this connection only reads."""
        raise RuntimeError(READ_ONLY)

    async def _persist(self, sql: str, arguments: Sequence[Any]) -> Sequence[Sequence[Any]]:
        loop, pause = asyncio.get_running_loop(), FIRST_PAUSE
        deadline = loop.time() + PATIENCE
        while True:
            await asyncio.sleep(pause)
            try:
                return self._raw.execute(sql, arguments).fetchall()
            except apsw.BusyError as error:
                if loop.time() >= deadline:
                    raise ServiceUnavailable(WRITTEN_ELSEWHERE) from error
            pause = min(2 * pause, LONGEST_PAUSE)


class Reading(AbstractAsyncContextManager[SqliteReader]):
    """No transaction: each statement sees the latest commit."""

    def __init__(self, connection: SqliteReader) -> None:
        self._connection = connection

    async def __aenter__(self) -> SqliteReader:
        return self._connection

    async def __aexit__(self, *_: object) -> None:
        return None


class SqliteWriter:
    """The writer, for the length of one turn."""

    dialect = DIALECT
    __slots__ = ("_batch", "_database", "_raw", "failed", "notices", "refuses")

    def __init__(self, raw: apsw.Connection, batch: Batch, database: Observed) -> None:
        self._raw, self._batch, self._database = raw, batch, database
        self.notices: list[tuple[str, str]] = []
        self.failed: Exception | None = None
        self.refuses = ""  # why no statement may run any more

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> Sequence[Sequence[Any]]:
        """Run a statement; duplicates raise the error declared for them."""
        self._admit(sql)
        try:
            # To the last row, always: SQLite does no more of a statement than it is asked for.
            return self._raw.execute(sql, arguments).fetchall()
        except Exception as error:
            known = self._failure(error)
            if known is None:
                raise
            raise known from error

    async def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement once for each row of arguments."""
        self._admit(sql)
        try:
            self._raw.executemany(sql, rows).fetchall()
        except Exception as error:
            known = self._failure(error)
            if known is None:
                raise
            raise known from error

    def notify(self, channel: str, payload: str = "") -> None:
        """Send this signal once the transaction is committed; never if it is not."""
        if self.refuses:
            raise RuntimeError(self.refuses)
        self.notices.append(checked(channel, payload))

    def _admit(self, sql: str) -> None:
        if self.refuses:
            raise RuntimeError(self.refuses)
        if self._database.observe is not None:
            self._database.observe(sql)

    def _failure(self, error: Exception) -> Exception | None:
        self.failed, self.refuses = error, FAILED  # as on PostgreSQL, where a failed statement ends the transaction too
        if isinstance(error, DISK):
            self._batch.lose(error)
            return ServiceUnavailable()
        return heard(error)


class Writing(AbstractAsyncContextManager[SqliteWriter]):
    """One request's turn with the writer; leaving it means that the changes are on disk."""

    __slots__ = ("_batch", "_connection")

    def __init__(self, raw: apsw.Connection, batch: Batch, database: Observed) -> None:
        self._batch, self._connection = batch, SqliteWriter(raw, batch, database)

    async def __aenter__(self) -> SqliteWriter:
        await self._batch.join()
        return self._connection

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        connection = self._connection
        connection.refuses, failed = SPENT, connection.failed
        outcome = self._batch.leave(failed=kind is not None or failed is not None, notices=connection.notices)
        if kind is not None and not issubclass(kind, Exception):
            return  # cancelled: nobody waits for an answer
        # Even a failed request waits: what it read may have been another's change, not yet committed.
        error = await outcome
        if error is not None:
            raise ServiceUnavailable from error
        if kind is None and failed is not None:
            raise RuntimeError(FAILED) from failed


def heard(error: Exception) -> Exception | None:
    """What a client hears of a failure that is no mistake of ours; None when it is one."""
    if isinstance(error, apsw.ConstraintError) and str(error).startswith(DUPLICATE):
        return refusal(str(error).removeprefix(DUPLICATE))
    return ServiceUnavailable() if isinstance(error, PASSING) else None
