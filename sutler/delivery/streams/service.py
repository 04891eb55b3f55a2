"""Streams of commands: the queue that polls are answered from, sent as it fills."""

import math
import time
from collections import Counter
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from sutler.delivery.commands.models import CommandAttempt
from sutler.delivery.commands.schemas import shown
from sutler.delivery.commands.service import QUIET, caller, note_life, poll
from sutler.delivery.polls.service import ringing_when_gone, rings
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.requests import Request, encode
from sutler.kernel.edge.streams import comment, event, retry
from sutler.kernel.errors import TooManyRequests
from sutler.kernel.ids import FlakeId

MOST_STREAMS: Final = 4  # of one game server in one process: it, and what it has not yet noticed to be dead
HEARTBEAT_SECONDS: Final = 15.0  # proxies take a connection for dead after a minute, or half of one
RETRY_MILLISECONDS: Final = 2_000


class Listeners:
    """How many streams each game server has in this process."""

    def __init__(self) -> None:
        self._streams: Counter[FlakeId] = Counter()

    @contextmanager
    def one_more(self, server_id: FlakeId) -> Iterator[None]:
        """A stream is open inside; TooManyRequests when there are as many as there may be."""
        if self._streams[server_id] >= MOST_STREAMS:
            message = f"This game server has {MOST_STREAMS} streams open already; close one first."
            raise TooManyRequests(message, retry_after=HEARTBEAT_SECONDS)
        self._streams[server_id] += 1
        try:
            yield
        finally:
            self._streams[server_id] -= 1
            if not self._streams[server_id]:
                del self._streams[server_id]


LISTENERS: Final = Listeners()


async def commands(shop: Shop, request: Request, seconds: float | None) -> AsyncGenerator[bytes, None]:
    """Every command that is free, each leased as a poll would lease it, then those that come, as server-sent events.

    What is not acknowledged before its lease ends is sent again. The stream ends after so many seconds, if any are
    given, and when the client is gone. It yields every two seconds at the latest.
    """
    server_id, end = caller(shop), time.monotonic() + (math.inf if seconds is None else seconds)
    with (
        LISTENERS.one_more(server_id),
        QUIET.listening(server_id) as bell,
        ringing_when_gone(request, bell) as gone,
    ):
        yield retry(RETRY_MILLISECONDS)
        beat = time.monotonic() + HEARTBEAT_SECONDS
        while not gone.done():
            await note_life(shop, server_id, request.client_ip)
            part = events(await poll(shop, server_id, None, request.client_ip))
            now = time.monotonic()
            if not part and now >= end:
                return
            if not part and now >= beat:
                part = comment("still here")
            if part:
                beat = now + HEARTBEAT_SECONDS
            else:
                await rings(bell, min(QUIET.rest(server_id), beat - now, end - now))
            yield part


def events(attempts: Sequence[CommandAttempt]) -> bytes:
    """Commands as events that carry what a poll shows of them; nothing for no commands."""
    return b"".join(event("command", attempt.id, encode(shown(attempt))) for attempt in attempts)
