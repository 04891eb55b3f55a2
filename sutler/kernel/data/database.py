"""What a database must offer: a connection to read with, and one whose changes are durable on exit."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from sqlalchemy import Index
from sqlalchemy.engine.default import DefaultDialect

from sutler.kernel.data.queries import Connection
from sutler.kernel.data.records import metadata
from sutler.kernel.data.signals import Callback
from sutler.kernel.errors import Conflict

SPENT = "This connection was lent for one request, which is over: open reading() or writing() anew."
READ_ONLY = "This connection only reads: a request that writes opens writing()."
FAILED = (
    "A statement of this transaction failed, so nothing more can run in it. Let the error end the transaction; "
    "where a duplicate is expected, insert with ON CONFLICT."
)


class WritingConnection(Connection, Protocol):
    """A connection inside a transaction."""

    def notify(self, channel: str, payload: str = "") -> None:
        """Send this signal once the transaction is committed; never if it is not."""


class UpgradingConnection(Connection, Protocol):
    """A connection inside a transaction that may change the schema."""

    async def script(self, sql: str) -> None:
        """Run any number of statements that take no arguments."""


class Database(Protocol):
    """One of the two databases.

    Failures that pass are `ServiceUnavailable`; duplicates are the `Conflict` declared for them.
    """

    dialect: DefaultDialect
    observe: Callable[[str], None] | None
    """Told the text of every statement before it runs, except the transactions' own BEGIN and COMMIT."""

    async def open(self) -> None:
        """Connect."""

    async def close(self) -> None:
        """Finish what has begun, then disconnect."""

    def reading(self, *, slow: bool = False) -> AbstractAsyncContextManager[Connection]:
        """No transaction: each statement sees the latest commit. `slow` is for reports and exports."""

    def writing(self) -> AbstractAsyncContextManager[WritingConnection]:
        """One transaction. Leaving it means that the changes are on disk; an exception undoes them."""

    def upgrading(self) -> AbstractAsyncContextManager[UpgradingConnection]:
        """One transaction that changes the schema; only one process at a time is inside."""

    def listen(self, channel: str, callback: Callback) -> Callable[[], None]:
        """Call back with the payload of every signal of this channel; the returned function ends that, and so does close().

        Within one SQLite process and between all processes of one PostgreSQL. An empty payload also means that
        signals may have been missed. The callback runs on the event loop and only sets an event or drops an entry.
        """

    def watch_turns(self, watcher: Callable[[str, float], None]) -> None:
        """Tell of whatever kept all other writers waiting for long, with its seconds. Only SQLite has a single writer."""

    async def script(self, sql: str) -> None:
        """Run statements outside every transaction, on a connection of their own: maintenance and tests."""


_refusals: dict[str, type[Conflict]] = {}


def refusal(constraint: str) -> Conflict:
    """The error declared with `unique` for the constraint that the driver names; plain `Conflict` for any other."""
    kind = _refusals.get(constraint)
    if kind is None:
        kind = _refusals[constraint] = declared_error(constraint)
    return kind()


def declared_error(constraint: str) -> type[Conflict]:
    """Look through all tables; the drivers remember the answer."""
    for index in (index for table in metadata.tables.values() for index in table.indexes if index.unique):
        if constraint in (index.name, f"index '{index.name}'", plain_columns(index)):
            error: type[Conflict] = index.info.get("error", Conflict)
            return error
    return Conflict


def plain_columns(index: Index) -> str:
    """How SQLite names an index over plain columns."""
    table = index.table.name if index.table is not None else ""
    return ", ".join(f"{table}.{column.name}" for column in index.columns)
