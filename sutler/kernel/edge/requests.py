"""A request as the edge sees it, and an answer on its way out."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any, NamedTuple, Protocol

import msgspec

from sutler.kernel.errors import InvalidInput, PayloadTooLarge, RequestTimeout, UnsupportedMediaType

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

LARGEST_BODY = 2 * 1024 * 1024  # bytes
BODY_SECONDS = 30.0  # for the whole body; a client that trickles holds no transaction, only its own socket
JSON = (b"content-type", b"application/json")
encode = msgspec.json.Encoder().encode

Header = tuple[bytes, bytes]


class Parts(Protocol):
    """A body that is sent in parts, as they come."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """The parts in their order."""

    async def aclose(self) -> None:
        """No more of it is wanted."""


class Answer(NamedTuple):
    """Status, body and the headers beyond those that every answer has. With `parts`, they are the body."""

    status: int
    body: bytes = b""
    headers: tuple[Header, ...] = (JSON,)
    parts: Parts | None = None


class Endpoint(Protocol):
    """Anything that answers one method on one path."""

    method: str
    path: str
    cors: bool

    async def answer(self, request: "Request", path_values: list[str]) -> Answer:
        """The answer; what cannot be answered raises a ShopError."""


class ClientDisconnected(Exception):
    """The client went away before its request was complete."""


class Request:
    """The parts of a request that the edge needs."""

    __slots__ = ("_receive", "headers", "held", "scope", "trace_id")

    def __init__(self, scope: Scope, receive: Receive, trace_id: str) -> None:
        self.scope, self._receive, self.trace_id = scope, receive, trace_id
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self.held: frozenset[str] = frozenset()
        """The permissions that the caller has in the store, once that is known."""

    def header(self, name: bytes) -> str:
        """The value of a header (name in lower case), or the empty text."""
        return self.headers.get(name, b"").decode("latin-1")

    @property
    def query(self) -> str:
        """The raw query string."""
        return str(self.scope["query_string"], "latin-1")

    @property
    def client_ip(self) -> str:
        """The address of the peer, or of the visitor that a trusted proxy names."""
        client = self.scope.get("client")
        return str(client[0]) if client else ""

    async def json(self) -> bytes:
        """The body, once it is known to be JSON; an empty one is no body, whatever its type says."""
        declared = self.headers.get(b"content-length", b"0")
        if not declared.isdigit() or len(declared) > 19 or int(declared) > LARGEST_BODY:
            raise PayloadTooLarge
        body = await self.body()
        if body and not is_json(self.header(b"content-type")):
            raise UnsupportedMediaType
        if b"\\u0000" in body and holds_nul(body):
            message = "Text must not contain the NUL character (\\u0000)."
            raise InvalidInput(message)
        return body

    async def body(self) -> bytes:
        """The whole body. Refused as soon as it grows over the limit, before the rest is read."""
        message = await self._receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnected
        if not message.get("more_body"):
            return message.get("body") or b""
        body = bytearray(message.get("body", b""))
        try:
            async with asyncio.timeout(BODY_SECONDS):
                while message.get("more_body"):
                    if len(body) > LARGEST_BODY:
                        raise PayloadTooLarge
                    message = await self._next()
                    body += message.get("body", b"")
        except TimeoutError:
            raise RequestTimeout from None
        if len(body) > LARGEST_BODY:
            raise PayloadTooLarge
        return bytes(body)

    async def _next(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnected
        return message


def is_json(content_type: str) -> bool:
    """Whether a content type means JSON; none at all counts as JSON."""
    kind = content_type.partition(";")[0].strip().lower()
    return kind in ("application/json", "text/json", "") or (kind.startswith("application/") and kind.endswith("+json"))


def holds_nul(body: bytes) -> bool:
    """Whether any text in a JSON body holds NUL, which PostgreSQL cannot store; an escaped backslash is no NUL."""
    return b"\\u0000" in body.replace(b"\\\\", b"")
