"""PostgreSQL through asyncpg: reads without a transaction, writes in one that begins with the first statement."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import asyncpg
from sqlalchemy.dialects.postgresql import asyncpg as sqlalchemy_asyncpg
from sqlalchemy.engine.default import DefaultDialect

from sutler.kernel.data.database import FAILED, READ_ONLY, SPENT, refusal
from sutler.kernel.data.pool import CLEANING_TIME, Pool
from sutler.kernel.data.relay import Relay
from sutler.kernel.data.signals import Callback, Signals, checked
from sutler.kernel.errors import ServiceUnavailable

DIALECT: DefaultDialect = sqlalchemy_asyncpg.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own
FEWEST_CONNECTIONS = 2
SESSION = {
    "application_name": "sutler",
    "default_transaction_read_only": "on",  # so that a request which only reads cannot write by mistake
    "idle_in_transaction_session_timeout": "60s",  # a process that hangs must not keep its locks
    "lock_timeout": "10s",
    "jit": "off",  # it costs milliseconds and wins on long reports only
}
UPGRADE_LOCK = 0x5375746C6572  # any number will do, as long as every process takes the same
OUTDATED = (asyncpg.InvalidCachedStatementError, asyncpg.exceptions.OutdatedSchemaCacheError)
UNKNOWN_OUTCOME = (
    "The connection to the database was lost while this request was being saved, so it may or may not have been. "
    "Look before you send it again, or send it with the same idempotency key."
)


def message(kind: bytes, body: bytes) -> bytes:
    """A message of PostgreSQL's wire protocol."""
    return kind + (len(body) + 4).to_bytes(4, "big") + body


# Parse, Bind and Execute of an unnamed statement, without the Sync that would make the server answer at once.
BEGIN = (
    message(b"P", b"\0BEGIN READ WRITE\0\0\0") + message(b"B", b"\0\0\0\0\0\0\0\0") + message(b"E", b"\0\0\0\0\0")
)  # fmt: skip


class Postgres:
    """A pool of connections, each lent to one request at a time."""

    dialect = DIALECT

    def __init__(self, url: str, *, fewest: int = FEWEST_CONNECTIONS, most: int = 16) -> None:
        self.url = url
        self.observe: Callable[[str], None] | None = None
        self._signals = Signals()
        self._pool = Pool(self._connect, fewest=min(fewest, most), most=most)
        self.relay = Relay(self._connect, self._signals)

    async def open(self) -> None:
        """Connect; ServiceUnavailable when there is no server."""
        self._pool = Pool(self._connect, ...)
