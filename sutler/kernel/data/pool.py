"""A pool of PostgreSQL connections: last in, first out, so that few stay warm and the rest may go."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import asyncpg

from sutler.kernel.errors import ServiceUnavailable

PATIENCE = 5.0  # seconds that a request waits for a connection
CLEANING_TIME = 5.0  # seconds to bring a connection back in order before it is given up
IDLE_TIME = 300.0  # seconds after which a connection beyond the fewest is closed
ALL_LENT = "All connections to the database are in use; nothing was changed. Try again shortly."


class Pool:
    """Plain connections, lent to one request at a time. What comes back broken is replaced when it is needed."""

    def __init__(self, connect: Callable[[], Awaitable[asyncpg.Connection]], *, fewest: int, most: int) -> None:
        self._connect, self._fewest, self._most = connect, fewest, most
        self._idle: deque[tuple[asyncpg.Connection, float]] = deque()  # and since when
        self._waiting: deque[asyncio.Future[asyncpg.Connection | None]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._size, self._closed = 0, False

    async def open(self) -> None:
        """Connect the fewest connections."""
        for connection in await asyncio.gather(*[self._grow() for _ in range(self._fewest)]):
            self.give(connection)

    async def close(self) -> None:
        """Disconnect; a connection that is still lent goes when it comes back."""
        self._closed = True
        while self._waiting:
            self._wake(None)
        if self._tasks:
            await asyncio.wait(self._tasks)
        while self._idle:
            await self._part_with(self._idle.pop()[0])

    async def take(self) -> asyncpg.Connection:
        """The connection that was used last, or a new one; ServiceUnavailable when none comes free in time."""
        while self._idle:
            connection, _ = self._idle.pop()
            if not connection.is_closed():
                return connection
            self._size -= 1
        if self._closed:
            raise ServiceUnavailable
        return await (self._grow() if self._size < self._most else self._wait())

    def give(self, connection: asyncpg.Connection) -> None:
        """Take a connection back. One that is broken, or inside a transaction for whatever reason, is dropped."""
        if connection.is_closed() or connection.is_in_transaction() or self._closed:
            self.drop(connection)
        elif not self._wake(connection):
            now = asyncio.get_running_loop().time()
            self._idle.append((connection, now))
            if len(self._idle) > self._fewest and now - self._idle[0][1] > IDLE_TIME:
                self._size -= 1
                self._later(self._part_with(self._idle.popleft()[0]))

    def drop(self, connection: asyncpg.Connection) -> None:
        """Give up a connection; whoever waits may open another in its place."""
        connection.terminate()
        self._size -= 1
        self._wake(None)

    def give_later(self, connection: asyncpg.Connection, after: str, then: Callable[[], None] = lambda: None) -> None:
        """Take back a connection of a request that failed or was cancelled, after this statement, and then tell.

        The cancellation of a statement travels by itself and may arrive late, so this must be one that may be
        cancelled without harm.
        """
        self._later(self._clean(connection, after, then))

    async def _clean(self, connection: asyncpg.Connection, after: str, then: Callable[[], None]) -> None:
        try:
            await connection.execute(after, timeout=CLEANING_TIME)
        except Exception:  # noqa: BLE001 - whatever it was, a new connection is better
            self.drop(connection)
        except BaseException:
            self.drop(connection)
            raise
        else:
            then()
            self.give(connection)

    async def _part_with(self, connection: asyncpg.Connection) -> None:
        try:
            await connection.close(timeout=CLEANING_TIME)
        except Exception:  # noqa: BLE001 - it is not wanted any more, in whatever state it is
            connection.terminate()

    def _later(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _grow(self) -> asyncpg.Connection:
        self._size += 1
        try:
            return await self._connect()
        except BaseException:
            self._size -= 1
            self._wake(None)
            raise

    def _wake(self, connection: asyncpg.Connection | None) -> bool:
        """Hand the connection, or the right to open one, to whoever waits longest; False when nobody does."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(connection)
                return True
        return False

    async def _wait(self) -> asyncpg.Connection:
        loop = asyncio.get_running_loop()
        place: asyncio.Future[asyncpg.Connection | None] = loop.create_future()
        self._waiting.append(place)
        timer = loop.call_later(PATIENCE, give_up, place)
        try:
            connection = await place
        except asyncio.CancelledError:
            self._return(place)
            raise
        finally:
            timer.cancel()
        return connection if connection is not None else await self.take()

    def _return(self, place: asyncio.Future[asyncpg.Connection | None]) -> None:
        """The request was cancelled in the moment in which it got its turn."""
        if place.done() and not place.cancelled() and place.exception() is None:
            connection = place.result()
            if connection is not None:
                self.give(connection)
            else:
                self._wake(None)


def give_up(place: asyncio.Future[asyncpg.Connection | None]) -> None:
    """End a wait that has taken too long."""
    if not place.done():
        place.set_exception(ServiceUnavailable(ALL_LENT))
