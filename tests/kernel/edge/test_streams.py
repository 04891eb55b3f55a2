"""Answers that go on, whatever is in them."""

from collections.abc import AsyncGenerator, Iterator
from datetime import datetime

import pytest

from sutler.kernel import clock
from sutler.kernel.edge.streams import Flow, Stream, comment, event, retry
from sutler.kernel.errors import NotFound
from tests.make.delivery import NOON


class Source:
    """A generator of parts that remembers what became of it, and a caller who is let go on a few times."""

    def __init__(self, *parts: bytes, steps: int = 100, fails: bool = False) -> None:
        self.parts, self.fails, self.closed = parts, fails, False
        self.times: list[datetime] = []
        self._allowed: Iterator[bool] = iter([True] * steps + [False])
        self.flow = Flow(Stream(self._made()), self._may_go_on, self._test_time)

    async def sent(self) -> list[bytes]:
        """Everything up to the end."""
        await self.flow.begin()
        return [part async for part in self.flow]

    async def _made(self) -> AsyncGenerator[bytes, None]:
        try:
            if self.fails:
                raise NotFound
            for part in self.parts:
                self.times.append(clock.now())
                yield part
        finally:
            self.closed = True

    async def _may_go_on(self) -> bool:
        return next(self._allowed)

    async def _test_time(self) -> datetime | None:
        return NOON


class TestFlow:
    async def test_sends_the_parts_but_for_empty_ones_each_in_the_time_of_the_store(self) -> None:
        source = Source(b"", b"one", b"", b"", b"two", b"")

        assert await source.sent() == [b"one", b"two"]
        assert (source.times, source.closed) == ([NOON] * 6, True)

    async def test_is_over_once_the_caller_may_not_go_on(self) -> None:
        source = Source(b"one", b"", b"two", steps=2)

        assert await source.sent() == [b"one"]
        await source.flow.aclose()
        assert source.closed

    async def test_begins_with_the_failure_that_keeps_it_from_beginning(self) -> None:
        source = Source(fails=True)

        with pytest.raises(NotFound):
            await source.flow.begin()
        assert source.closed

    async def test_makes_nothing_when_it_is_closed_first(self) -> None:
        source = Source(b"one")

        await source.flow.aclose()

        assert [part async for part in source.flow] == []
        assert source.times == []


class TestEvents:
    def test_have_the_form_that_browsers_read(self) -> None:
        assert event("command", "12", b"{}") == b"event: command\nid: 12\ndata: {}\n\n"
        assert (comment("still here"), retry(2000)) == (b": still here\n\n", b"retry: 2000\n\n")
