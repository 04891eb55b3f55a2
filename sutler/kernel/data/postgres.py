"""PostgreSQL through asyncpg: reads without a transaction, writes in one that begins with the first statement."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import asyncpg

from sutler.kernel.data.pool import Pool
from sutler.kernel.data.postgres_connections import DIALECT, PostgresWriter, Reading, Session, Writing
from sutler.kernel.data.postgres_failures import passes
from sutler.kernel.data.relay import Relay
from sutler.kernel.data.signals import Callback, Signals
from sutler.kernel.errors import ServiceUnavailable

FEWEST_CONNECTIONS = 2
CONNECTING_TIME = 5.0  # seconds
STATEMENTS_KEPT = 512  # prepared, for each connection
SETTINGS = {
    "application_name": "sutler",
    "default_transaction_read_only": "on",  # a request that only reads cannot write by mistake
    "idle_in_transaction_session_timeout": "60s",  # a process that hangs must not keep its locks
    "lock_timeout": "10s",
    "jit": "off",  # it costs milliseconds and wins on long reports only
}
UPGRADE_LOCK = 0x5375746C6572  # any number will do, as long as every process takes the same


class Postgres:
    """A pool of connections, each lent to one request at a time."""

    dialect = DIALECT

    def __init__(self, url: str, *, fewest: int = FEWEST_CONNECTIONS, most: int = 16) -> None:
        self.url, self._fewest, self._most = url, min(fewest, most), most
        self.observe: Callable[[str], None] | None = None
        self.pool: Pool
        self.relay: Relay | None = None
        self._signals = Signals()

    def watch_turns(self, watcher: Callable[[str, float], None]) -> None:
        """Nothing to tell: writers wait for each other's rows, never for a turn."""

    async def open(self) -> None:
        """Connect; ServiceUnavailable when no server answers."""
        self.pool = Pool(self._connect, fewest=self._fewest, most=self._most)
        await self.pool.open()
        self.relay = Relay(self._connect, self._signals)
        if self._signals:
            self.relay.start()

    async def close(self) -> None:
        """Disconnect; what is still running loses its connection when it gives it back."""
        if self.relay is not None:
            await self.relay.close()
        self.relay = None
        self._signals.clear()
        await self.pool.close()

    def reading(self, *, slow: bool = False) -> Reading:
        """No transaction: each statement sees the latest commit. Slow ones hold up nobody here anyway."""
        return Reading(self)

    def writing(self) -> Writing:
        """One transaction; leaving it means that the changes are on disk."""
        return Writing(self)

    @asynccontextmanager
    async def upgrading(self) -> AsyncIterator[PostgresWriter]:
        """A transaction that only one process at a time can be in; the others wait before it, for as long as it takes."""
        async with Writing(self) as connection:
            await connection.script(f"SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock({UPGRADE_LOCK})")
            yield connection

    def listen(self, channel: str, callback: Callback) -> Callable[[], None]:
        """Hear the signals of every process that uses this database."""
        if self.relay is not None:
            self.relay.start()
        return self._signals.listen(channel, callback)

    def announce(self, channel: str, payload: str) -> None:
        """Tell the listeners of this process now and those of others soon."""
        self._signals.deliver(channel, payload)
        if self.relay is not None:
            self.relay.send(channel, payload)

    async def script(self, sql: str) -> None:
        """Run statements on a connection of their own; several form one transaction."""
        connection = await self._connect(default_transaction_read_only="off")
        try:
            await connection.execute(sql)
        finally:
            await connection.close()

    async def _connect(self, **settings: str) -> asyncpg.Connection:
        try:
            return await asyncpg.connect(
                self.url,
                timeout=CONNECTING_TIME,
                connection_class=Session,
                server_settings=SETTINGS | settings,
                statement_cache_size=STATEMENTS_KEPT,
                max_cached_statement_lifetime=0,  # for good: we have some hundred, and no timers this way
                max_cacheable_statement_size=0,
            )
        except Exception as error:
            if passes(error):
                raise ServiceUnavailable("The database does not answer; nothing was changed. Try again shortly.") from error
            raise  # such as a wrong password
