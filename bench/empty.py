"""The floor of the empty poll: an application that answers `[]` and knows nothing."""

from collections.abc import Awaitable, Callable
from typing import Any

HEADERS = [(b"content-type", b"application/json"), (b"content-length", b"2")]


def make(_url: str) -> Callable[..., Awaitable[None]]:
    """The application; it needs no database."""
    return empty


async def empty(scope: Any, receive: Any, send: Any) -> None:
    """`[]`, whatever is asked."""
    if scope["type"] == "lifespan":
        for event in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{event}.complete"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": b"[]"})
