"""The two kinds of PostgreSQL connection that a request may hold: one that reads, and one inside a transaction."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

import asyncpg
from sqlalchemy.dialects.postgresql import asyncpg as sqlalchemy_asyncpg
from sqlalchemy.engine.default import DefaultDialect

from sutler.kernel.data.database import FAILED, READ_ONLY, SPENT
from sutler.kernel.data.pool import Pool
from sutler.kernel.data.postgres_failures import OUTDATED, heard
from sutler.kernel.data.signals import checked
from sutler.kernel.errors import ServiceUnavailable

DIALECT: DefaultDialect = sqlalchemy_asyncpg.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own
UNKNOWN_OUTCOME = (
    "The connection to the database was lost while this request was being saved, so it may or may not have been. "
    "Look before you send it again, or send it with the same idempotency key."
)


def message(kind: bytes, body: bytes) -> bytes:
    """A message of PostgreSQL's wire protocol."""
    return kind + (len(body) + 4).to_bytes(4, "big") + body


# Parse, Bind and Execute of BEGIN, without the Sync that would make the server answer: it rides on the first
# statement, whose answer asyncpg awaits, skipping what it did not ask for. This saves a round trip per request.
BEGIN = message(b"P", b"\0BEGIN READ WRITE\0\0\0") + message(b"B", bytes(8)) + message(b"E", bytes(5))


class Session(asyncpg.Connection):  # type: ignore[misc]  # asyncpg has no types
    """A connection that lets a COMMIT finish although the request behind it was cancelled.

    asyncpg would ask the server to cancel it. A task of its own under a shield would do as well, but costs a
    fifth of what the driver does for a request.
    """

    committing = False

    def _cancel_current_command(
        self, waiter: asyncio.Future[None], cancel_waiter: asyncio.Future[None] | None = None
    ) -> None:
        if self.committing:
            waiter.set_result(None)  # as if it were sent; the next statement waits for the answer in any case
        else:
            super()._cancel_current_command(waiter, cancel_waiter)


class Owner(Protocol):
    """What a connection needs of its database."""

    pool: Pool
    observe: Callable[[str], None] | None

    def announce(self, channel: str, payload: str) -> None:
        """Tell everyone that something was committed."""


class PostgresReader:
    """A connection outside any transaction: each statement sees the latest commit."""

    dialect = DIALECT
    __slots__ = ("_database", "_raw", "cancelled", "refuses")

    def __init__(self, raw: asyncpg.Connection, database: Owner) -> None:
        self._raw, self._database = raw, database
        self.refuses = ""  # why no statement may run any more
        self.cancelled = False  # while a statement ran

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> Sequence[Sequence[Any]]:
        """Run a statement; duplicates raise the error declared for them."""
        again = self._admit(sql)
        while True:
            try:
                rows: Sequence[Sequence[Any]] = await self._raw.fetch(sql, *arguments)
                return rows
            except BaseException as error:  # noqa: BLE001 - it is raised again, or as what a client hears
                await self._recover(error, again=again)
                again = False

    async def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement once for each row of arguments."""
        again = self._admit(sql)
        while True:
            try:
                await self._raw.executemany(sql, rows)
                return
            except BaseException as error:  # noqa: BLE001 - it is raised again, or as what a client hears
                await self._recover(error, again=again)
                again = False

    def notify(self, channel: str, payload: str = "") -> None:
        """Never: this connection only reads."""
        raise RuntimeError(READ_ONLY)

    def _admit(self, sql: str) -> bool:
        """Whether the statement may be tried a second time."""
        if self.refuses:
            raise RuntimeError(self.refuses)
        if self._database.observe is not None:
            self._database.observe(sql)
        return True

    async def _recover(self, error: BaseException, *, again: bool) -> None:
        """Raise what the caller is to hear, or return if a second try may do better."""
        if isinstance(error, OUTDATED) and again:  # the schema has changed under a statement prepared before
            await self._restart()
            return
        if not isinstance(error, Exception):
            self.cancelled = True
            raise error
        known = heard(error, self._raw)
        if known is None:
            raise error
        raise known from error

    async def _restart(self) -> None:
        """There is no transaction to begin anew."""


class PostgresWriter(PostgresReader):
    """A connection inside a transaction, which begins with its first statement."""

    __slots__ = ("begun", "failed", "notices")

    def __init__(self, raw: asyncpg.Connection, database: Owner) -> None:
        super().__init__(raw, database)
        self.begun = False
        self.failed: BaseException | None = None
        self.notices: dict[tuple[str, str], None] = {}

    async def script(self, sql: str) -> None:
        """Run any number of statements that take no arguments."""
        self._admit(sql)
        try:
            await self._raw.execute(sql)
        except BaseException as error:  # noqa: BLE001 - it is raised again, or as what a client hears
            await self._recover(error, again=False)

    def notify(self, channel: str, payload: str = "") -> None:
        """Send this signal once the transaction is committed; never if it is not."""
        if self.refuses:
            raise RuntimeError(self.refuses)
        self.notices[checked(channel, payload)] = None

    def _admit(self, sql: str) -> bool:
        if self.refuses:
            raise RuntimeError(self.refuses)
        if self._database.observe is not None:
            self._database.observe(sql)
        if self.begun:
            return False
        self.begun = True
        self._begin()
        return True

    def _begin(self) -> None:
        if not self._raw.is_closed():  # if it is, the statement will say so
            self._raw._transport.write(BEGIN)  # noqa: SLF001 - asyncpg has no other way; test_postgres.py watches this one

    async def _recover(self, error: BaseException, *, again: bool) -> None:
        if not (isinstance(error, OUTDATED) and again):
            self.failed, self.refuses = error, FAILED
        await super()._recover(error, again=again)

    async def _restart(self) -> None:
        await self._raw.execute("ROLLBACK")
        self._begin()


class Reading(AbstractAsyncContextManager[PostgresReader]):
    """A connection for the reads of one request."""

    __slots__ = ("_connection", "_database", "_raw")

    def __init__(self, database: Owner) -> None:
        self._database = database

    async def __aenter__(self) -> PostgresReader:
        self._raw = await self._database.pool.take()
        self._connection = PostgresReader(self._raw, self._database)
        return self._connection

    async def __aexit__(self, *_: object) -> None:
        self._connection.refuses = SPENT
        if self._connection.cancelled:
            self._database.pool.give_later(self._raw, "SELECT 1")
        else:
            self._database.pool.give(self._raw)


class Writing(AbstractAsyncContextManager[PostgresWriter]):
    """A transaction for one request; leaving it means that the changes are on disk."""

    __slots__ = ("_connection", "_database", "_raw")

    def __init__(self, database: Owner) -> None:
        self._database = database

    async def __aenter__(self) -> PostgresWriter:
        self._raw = await self._database.pool.take()
        self._connection = PostgresWriter(self._raw, self._database)
        return self._connection

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        connection, connection.refuses = self._connection, SPENT
        failed = connection.failed
        if not connection.begun:
            self._database.pool.give(self._raw)
            if kind is None:
                self._finish()
        elif kind is None and failed is None:
            await self._save()
        else:
            self._database.pool.give_later(self._raw, "ROLLBACK")
        if kind is None and failed is not None:
            raise RuntimeError(FAILED) from failed

    async def _save(self) -> None:
        raw, pool = self._raw, self._database.pool
        raw.committing = True
        try:
            done = await raw.execute("COMMIT")
        except asyncio.CancelledError:
            pool.give_later(raw, "SELECT 1", self._finish)  # which runs when the COMMIT is over
            raise
        except Exception as error:
            known = heard(error, raw)
            lost, raw.committing = raw.is_closed(), False
            pool.give(raw)
            if lost:
                raise ServiceUnavailable(UNKNOWN_OUTCOME) from error
            if known is None:
                raise
            raise known from error
        raw.committing = False
        pool.give(raw)
        if done != "COMMIT":  # how the server says that the transaction had failed before
            raise RuntimeError(FAILED)
        self._finish()

    def _finish(self) -> None:
        self._raw.committing = False
        for channel, payload in self._connection.notices:
            self._database.announce(channel, payload)
