"""Carries signals between processes over PostgreSQL's LISTEN and NOTIFY, on a connection of its own."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import asyncpg
import structlog

from sutler.kernel.data.signals import EVERYTHING, Signals

CHANNEL = "sutler"
LARGEST_OUTBOX = 1_000  # different signals that wait for the server to come back
PING_SECONDS = 30.0
PING_TIME = 5.0
CLOSING_TIME = 2.0  # for what is still to be sent
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0  # seconds between attempts to connect
SEND = "SELECT pg_notify('sutler', signal) FROM unnest($1::text[]) AS signal"
log = structlog.get_logger("sutler.postgres")


class Relay:
    """Sends this process's signals to all others, and theirs to its listeners.

    They are sent after the commit, many at once, and not in the transaction itself: PostgreSQL lets only one
    transaction with a NOTIFY commit at a time. A signal is a hint, so one that dies with a process is no loss.
    """

    def __init__(self, connect: Callable[[], Awaitable[asyncpg.Connection]], signals: Signals) -> None:
        self._connect, self._signals = connect, signals
        self._outbox: dict[tuple[str, str], None] = {}
        self._awake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._up, self._sent = asyncio.Event(), asyncio.Event()
        self._sent.set()

    def start(self) -> None:
        """Connect in the background and stay connected."""
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Send what waits, if that goes quickly, and disconnect."""
        if self._task is None:
            return
        with suppress(TimeoutError):  # a short-lived program has something to tell those that go on
            async with asyncio.timeout(CLOSING_TIME):
                await self._sent.wait()
        while not self._task.done():  # a library may swallow a cancellation that meets the end of what it waited for
            self._task.cancel()
            await asyncio.wait([self._task], timeout=CLOSING_TIME)
        self._task = None

    async def listening(self) -> None:
        """Wait until the signals of other processes are heard."""
        await self._up.wait()

    def send(self, channel: str, payload: str) -> None:
        """Tell the other processes, soon."""
        self.start()
        if len(self._outbox) >= LARGEST_OUTBOX:
            self._outbox = {(known, EVERYTHING): None for known, _ in self._outbox}
        self._outbox[channel, payload] = None
        self._sent.clear()
        self._awake.set()

    async def _run(self) -> None:
        pause, lost = FIRST_PAUSE, False
        while True:
            try:
                connection = await self._connect()
                try:
                    await connection.add_listener(CHANNEL, self._receive)
                    pause = FIRST_PAUSE
                    if lost:
                        self._signals.missed()
                    self._up.set()
                    await self._carry(connection)
                finally:
                    self._up.clear()
                    connection.terminate()
            except Exception as error:  # noqa: BLE001 - whatever has gone wrong, the next connection may do better
                log.warning("signals between processes are interrupted", error=f"{type(error).__name__}: {error}")
            lost = True
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _carry(self, connection: asyncpg.Connection) -> None:
        connection.add_termination_listener(lambda _: self._awake.set())
        while not connection.is_closed():
            self._awake.clear()
            if self._outbox:
                outgoing, self._outbox = self._outbox, {}
                signals = [f"{channel} {payload}" for channel, payload in outgoing]
                try:
                    await connection.execute(SEND, signals, timeout=PING_TIME)
                except BaseException:
                    self._outbox = outgoing | self._outbox
                    raise
                if not self._outbox:
                    self._sent.set()
                continue
            with suppress(TimeoutError):
                async with asyncio.timeout(PING_SECONDS):
                    await self._awake.wait()
                continue
            await connection.execute("SELECT 1", timeout=PING_TIME)  # a server that vanished says nothing by itself

    def _receive(self, connection: Any, sender: int, _: str, signal: str) -> None:
        if sender != connection.get_server_pid():  # our own were delivered at their commit
            channel, _, payload = signal.partition(" ")
            self._signals.deliver(channel, payload)
