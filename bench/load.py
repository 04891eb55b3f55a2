"""The load generator: keep-alive HTTP/1.1 over plain sockets, one request at a time on each connection."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import NamedTuple, Self, cast

HOST = "127.0.0.1"
LONGEST = 60.0  # seconds for a feed that ends by itself
PATIENCE = 30.0  # seconds without an answer before a run gives up
SHOWN = 300  # bytes of a wrong answer that are worth printing
END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"\r\ncontent-length:"


class Wrong(Exception):
    """A server gave another answer than it should."""


class Answer(NamedTuple):
    """What came back."""

    status: int
    body: bytes


class Connection(asyncio.Protocol):
    """One connection; calls back with each whole answer."""

    def __init__(self, answered: Callable[["Connection", Answer], None], lost: Callable[[], None]) -> None:
        self._answered, self._lost = answered, lost
        self._kept = b""
        self.transport: asyncio.Transport
        self.sent = 0.0
        self.wanted = range(0)  # lengths of the body that is due

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self.transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits."""
        self._lost()

    def data_received(self, data: bytes) -> None:
        """Put the parts together; only `content-length` is understood, because all servers here send it."""
        data = self._kept + data if self._kept else data
        end = data.find(END_OF_HEAD)
        if end < 0:
            self._kept = data
            return
        body = end + len(END_OF_HEAD)
        if len(data) < body + declared_length(data, end):
            self._kept = data
            return
        self._kept = b""
        self._answered(self, Answer(int(data[9:12]), data[body:]))

    def send(self, request: bytes) -> None:
        """Send a request; the answer to the one before must have come."""
        self.sent = perf_counter()
        self.transport.write(request)


async def connect(port: int, answered: Callable[[Connection, Answer], None], lost: Callable[[], None]) -> Connection:
    """A connection to a server on this machine."""
    loop = asyncio.get_running_loop()
    _, connection = await loop.create_connection(lambda: Connection(answered, lost), HOST, port)
    return connection


def declared_length(data: bytes, end: int) -> int:
    """The length of the body that the head names; 0 if it names none."""
    _, found, rest = data[:end].lower().partition(LENGTH)
    return int(rest.partition(b"\r\n")[0]) if found else 0


def request(method: str, path: str, authorization: str, body: bytes = b"", *, more: str = "") -> bytes:
    """The bytes of a request; `more` are header lines, each with its line end."""
    kind = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if method != "GET" else ""
    head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: {authorization}\r\n{more}{kind}\r\n"
    return head.encode() + body


class Exchange(NamedTuple):
    """A request and the lengths that the body of its answer, status 200, may have."""

    request: bytes
    lengths: range


Feed = Iterator[Exchange]
Accept = Callable[[bytes], bool]


@dataclass
class Sample:
    """What one round of load measured."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)  # seconds
    cpu: float = 0.0  # seconds of processor time that the server used

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    @property
    def cpu_each(self) -> float:
        """Processor time of the server for one answer, in seconds; 0 where it is not known."""
        return self.cpu / len(self.latencies)

    def percentile(self, share: float) -> float:
        """The latency that this share of the answers did not exceed, in seconds."""
        return percentile(self.latencies, share)


def percentile(values: list[float], share: float) -> float:
    """The value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


class Hammer:
    """A closed loop: every connection sends its next request as soon as it has checked the last answer.

    It ends with the time or with the feed, whichever is first. `accept` sees every body and may refuse it.
    """

    def __init__(self, feed: Feed, seconds: float, accept: Accept) -> None:
        self._feed, self._seconds, self._accept = feed, seconds, accept
        self._deadline = 0.0
        self._working = 0
        self._done: asyncio.Future[None]
        self.sample = Sample()

    async def run(self, port: int, connections: int) -> Sample:
        """Load the server; raises Wrong at the first answer that is not as expected."""
        self._done = asyncio.get_running_loop().create_future()
        opened = [await connect(port, self._check, self._lost) for _ in range(connections)]
        try:
            began = perf_counter()
            self._deadline, self._working = began + self._seconds, connections
            for connection in opened:
                self._next(connection)
            await asyncio.wait_for(self._done, self._seconds + PATIENCE)
            self.sample.seconds = perf_counter() - began
        finally:
            self._working = 0
            for connection in opened:
                connection.transport.abort()
        return self.sample

    def _next(self, connection: Connection) -> None:
        exchange = next(self._feed, None) if perf_counter() < self._deadline else None
        if exchange is not None:
            connection.wanted = exchange.lengths
            connection.send(exchange.request)
            return
        self._working -= 1
        if self._working == 0 and not self._done.done():
            self._done.set_result(None)

    def _check(self, connection: Connection, answer: Answer) -> None:
        self.sample.latencies.append(perf_counter() - connection.sent)
        if answer.status == 200 and len(answer.body) in connection.wanted and self._accept(answer.body):
            self._next(connection)
        else:
            self._fail(Wrong(f"expected 200 and {connection.wanted} bytes; {describe(answer)}"))

    def _lost(self) -> None:
        if self._working:
            self._fail(Wrong("the server closed a connection"))

    def _fail(self, error: Wrong) -> None:
        if not self._done.done():
            self._done.set_exception(error)


async def hammer(
    port: int, feed: Feed, *, connections: int, seconds: float = LONGEST, accept: Accept = lambda _: True
) -> Sample:
    """Load a server over so many connections, until the time is over or the feed ends."""
    return await Hammer(feed, seconds, accept).run(port, connections)


class Client:
    """One connection for conversations: each request waits for its answer."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._answer: asyncio.Future[Answer]
        self._connection: Connection

    async def __aenter__(self) -> Self:
        self._connection = await connect(self._port, self._take, self._lost)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._connection.transport.abort()

    async def ask(self, request: bytes) -> bytes:
        """The body of the answer; raises Wrong unless its status is 200 or 204."""
        self._answer = asyncio.get_running_loop().create_future()
        self._connection.send(request)
        answer = await asyncio.wait_for(self._answer, PATIENCE)
        if answer.status not in (200, 204):
            raise Wrong(f"{request.partition(b' HTTP/')[0].decode()}: {describe(answer)}")
        return answer.body

    def _take(self, connection: Connection, answer: Answer) -> None:
        self._answer.set_result(answer)

    def _lost(self) -> None:
        if hasattr(self, "_answer") and not self._answer.done():
            self._answer.set_exception(Wrong("the server closed the connection"))


def describe(answer: Answer) -> str:
    """A wrong answer, for people."""
    return f"got {answer.status} and {len(answer.body)} bytes: {answer.body[:SHOWN].decode(errors='replace')}"
