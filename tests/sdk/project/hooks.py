"""What receives webhooks, whatever a framework's headers are made of."""

from collections.abc import Awaitable, Callable, Mapping
from http.server import BaseHTTPRequestHandler
from typing import Any

from sutler_sdk import webhooks
from sutler_sdk.types.webhooks import OrderCompletedEvent, RefundEvent


class Shared:
    """Remembers requests for several processes."""

    def __init__(self) -> None:
        self.known = set[str]()

    def is_new(self, fingerprint: str, seconds: float, /) -> bool:
        """Whether this is the first time."""
        is_new = seconds > 0 and fingerprint not in self.known
        self.known.add(fingerprint)
        return is_new


def handle(event: webhooks.Event) -> str:
    """Events are told apart by their class or by their type."""
    if isinstance(event, OrderCompletedEvent):
        return event.body.checkout_id
    if isinstance(event, RefundEvent):
        return event.body.order_id
    return event.event_id if event.event_type == "ON_PAYMENT_FAILED" else event.event_type


def outcome(body: bytes, headers: Mapping[str, str]) -> int:
    """The status to answer with; one secret is about to replace another."""
    try:
        event = webhooks.verify(body, headers, ["secret", "next"], tolerance=60, replays=Shared())
    except (webhooks.Replayed, webhooks.Unreadable):
        return 200
    except webhooks.WebhookError:
        return 400
    return 200 if handle(event) else 500


class Handler(BaseHTTPRequestHandler):
    """With nothing but what Python has."""

    def do_POST(self) -> None:
        """Take a request."""
        body = self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200 if handle(webhooks.verify(body, self.headers.items(), "secret")) else 500)
        self.end_headers()


async def application(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """ASGI, whose headers are pairs of bytes."""
    pairs: list[tuple[bytes, bytes]] = scope["headers"]
    event = webhooks.verify((await receive())["body"], pairs, "secret", replays=None)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-seen", event.event_type.encode())]})
