"""Answers that go on: their parts are sent as they come, for as long as the caller may have them."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import datetime
from typing import ClassVar, Final

from sutler.kernel import clock
from sutler.kernel.edge.requests import Header

UNKEPT: Final[tuple[Header, ...]] = ((b"cache-control", b"no-store"), (b"x-accel-buffering", b"no"))  # by any proxy


class Stream:
    """What a handler in several steps returns in order to go on answering.

    Each part is made by a step of the generator, and is sent before the next step begins: a client that does not read
    holds up its own stream and fills no memory. A step may run transactions, but none may be open at a `yield`. Every
    few seconds the generator has to yield, if only an empty part, which sends nothing: before each step it is looked
    whether the caller's credentials still work, and a store's test clock is read anew.

    What the first step raises is still an error answer. The generator is closed when the stream is over; it has to
    notice itself that the client is gone.
    """

    media_type: ClassVar[str] = "application/octet-stream"

    def __init__(self, parts: AsyncGenerator[bytes, None]) -> None:
        self.parts = parts


class EventStream(Stream):
    """Server-sent events."""

    media_type = "text/event-stream"


class Flow:
    """The parts of a stream on their way out. Whoever has one must close it."""

    def __init__(
        self, stream: Stream, may_go_on: Callable[[], Awaitable[bool]], test_time: Callable[[], Awaitable[datetime | None]]
    ) -> None:
        self._parts, self._may_go_on, self._test_time = stream.parts, may_go_on, test_time
        self._first: bytes | None = b""

    async def begin(self) -> None:
        """Make the first part, or raise what keeps it from being made."""
        self._first = await self._step()

    def __aiter__(self) -> "Flow":
        return self

    async def __anext__(self) -> bytes:
        """The next part that is not empty."""
        part, self._first = self._first, b""
        while part == b"":
            part = await self._step()
        if part is None:
            raise StopAsyncIteration
        return part

    async def _step(self) -> bytes | None:
        if not await self._may_go_on():
            return None
        with clock.standing_at(await self._test_time()):
            return await anext(self._parts, None)

    async def aclose(self) -> None:
        """Let go of whatever the stream holds."""
        await self._parts.aclose()


def event(name: str, id: str, data: bytes) -> bytes:
    """A server-sent event with data of one line."""
    return b"event: %s\nid: %s\ndata: %s\n\n" % (name.encode(), id.encode(), data)


def comment(text: str) -> bytes:
    """What no client takes for an event, but every proxy for a sign of life."""
    return b": %s\n\n" % text.encode()


def retry(milliseconds: int) -> bytes:
    """How long a client waits before it comes back."""
    return b"retry: %d\n\n" % milliseconds
