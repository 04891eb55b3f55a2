"""The memory of polls: queues in which nothing waits, polls that wait for a command, and servers heard of lately."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Final, NamedTuple

from sutler.kernel import clock
from sutler.kernel.data.signals import EVERYTHING
from sutler.kernel.edge.requests import ClientDisconnected, Request
from sutler.kernel.ids import FlakeId

QUIET_SECONDS: Final = 2.0  # how long a process may believe that nothing waits, should it miss a signal
SEEN_SECONDS: Final = 30.0
SHORTEST_REST: Final = 0.01  # seconds
MOST_REMEMBERED: Final = 10_000  # game servers


class Silence(NamedTuple):
    """Nothing can be offered before this moment of the process, nor before the first lease ends in the store's time."""

    until: float
    lease_end: datetime | None


class Quiet:
    """Which servers have nothing waiting, as far as this process knows: their polls cost no statement.

    No command can hide behind it for longer than two seconds, even if every signal is lost.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._silent: dict[FlakeId, Silence] = {}
        self._bells: dict[FlakeId, set[asyncio.Event]] = {}
        self.signals = 0
        """How many signals were heard. Whoever looks takes the number down before."""

    def holds(self, server_id: FlakeId) -> bool:
        """Whether there is certainly nothing to offer."""
        silence = self._silent.get(server_id)
        return silence is not None and self._left(silence) > 0

    def remember(self, server_id: FlakeId, lease_end: datetime | None, signals: int) -> None:
        """Nothing was free when so many signals had been heard, and nothing is before the first lease ends.

        A signal that came while somebody looked may tell of what they did not see; then nothing is remembered.
        """
        if signals != self.signals:
            return
        if len(self._silent) >= MOST_REMEMBERED:
            self._silent.clear()
        self._silent[server_id] = Silence(self._now() + QUIET_SECONDS, lease_end)

    def disturb(self, server_id: FlakeId) -> None:
        """Commands were queued: forget, and wake who waits. An empty id means that any server may be meant."""
        self.signals += 1
        if server_id == EVERYTHING:
            self._silent.clear()
        else:
            self._silent.pop(server_id, None)
        woken = tuple(self._bells.values()) if server_id == EVERYTHING else (self._bells.get(server_id, set()),)
        for bell in (bell for bells in woken for bell in bells):
            bell.set()

    @contextmanager
    def listening(self, server_id: FlakeId) -> Iterator[asyncio.Event]:
        """A bell that rings when commands are queued for this server."""
        bell = asyncio.Event()
        bells = self._bells.setdefault(server_id, set())
        bells.add(bell)
        try:
            yield bell
        finally:
            bells.discard(bell)
            if not bells and self._bells.get(server_id) is bells:
                del self._bells[server_id]

    def rest(self, server_id: FlakeId) -> float:
        """For how many seconds there is no point in looking, unless the bell rings."""
        silence = self._silent.get(server_id)
        left = self._left(silence) if silence is not None else 0.0
        return max(left, SHORTEST_REST) if left > 0 else QUIET_SECONDS

    def _left(self, silence: Silence) -> float:
        """Seconds; zero or less when it is over."""
        left = silence.until - self._now()
        return left if silence.lease_end is None else min(left, (silence.lease_end - clock.now()).total_seconds())


class Seen:
    """When this process last wrote down that a server calls: a poll every few seconds need not be a write each time."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._next: dict[FlakeId, float] = {}

    def is_news(self, server_id: FlakeId) -> bool:
        """Whether half a minute has passed since the last note; if so, the next one is due in half a minute."""
        now = self._now()
        if self._next.get(server_id, 0.0) > now:
            return False
        if len(self._next) >= MOST_REMEMBERED:
            self._next.clear()
        self._next[server_id] = now + SEEN_SECONDS
        return True


@contextmanager
def ringing_when_gone(request: Request, bell: asyncio.Event) -> Iterator[asyncio.Task[None]]:
    """A task that ends, and rings, when the client hangs up: what it is offered then would wait for a whole lease."""
    task = asyncio.create_task(_hung_up(request))
    task.add_done_callback(lambda _: bell.set())
    try:
        yield task
    finally:
        task.cancel()


async def _hung_up(request: Request) -> None:
    """After the body there is only one more thing that a client can say."""
    with suppress(ClientDisconnected):
        while True:
            await request.body()


async def rings(bell: asyncio.Event, seconds: float) -> bool:
    """Whether the bell rings within so many seconds; afterwards it is silent again."""
    try:
        async with asyncio.timeout(seconds):
            await bell.wait()
    except TimeoutError:
        return False
    bell.clear()
    return True
