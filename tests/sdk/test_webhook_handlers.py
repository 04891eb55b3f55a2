"""The handlers of docs/sdk/webhooks.md, each in its framework, as they stand on the page."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from types import ModuleType
from typing import Any

import django
import httpx2
import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.urls import clear_url_caches

from sutler.webhooks.deliveries.schemas import signed_headers
from sutler_sdk import webhooks
from sutler_sdk.types.webhooks import RefundEvent
from tests.sdk.pages import FOLDER, blocks

SECRET = "pn-00112233445566778899aabbccddeeff"
ADDRESS = "http://shop.example/hooks/store"
FRAMEWORKS = ("Django", "Flask", "FastAPI", "WSGI", "ASGI")
Post = Callable[[bytes, dict[str, str]], "httpx2.Response"]
_numbers = count(1)


class Broken(Exception):
    """The handler did not manage."""


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the page defines."""
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    module = ModuleType("webhook_page")
    monkeypatch.setitem(sys.modules, module.__name__, module)  # where frameworks look for the types of handlers
    for block in blocks(FOLDER / "webhooks.md"):
        if block.heading != "Subscribe":
            exec(compile(block.code, block.place, "exec"), module.__dict__)  # noqa: S102 - the page is ours
    return module.__dict__


@pytest.fixture(params=FRAMEWORKS)
def post(request: pytest.FixtureRequest, page: dict[str, Any]) -> Iterator[Post]:
    """Sends a request to a handler in its framework."""
    with httpx2.Client(transport=SERVED[request.param](page)) as client:
        yield lambda body, headers: client.post(ADDRESS, content=body, headers=headers)


def by_django(page: dict[str, Any]) -> httpx2.BaseTransport:
    """The view in a project."""
    if not settings.configured:
        settings.configure(ROOT_URLCONF="webhook_page", ALLOWED_HOSTS=["*"], SECRET_KEY="-", LOGGING_CONFIG=None)
        django.setup()
    clear_url_caches()
    return httpx2.WSGITransport(WSGIHandler(), raise_app_exceptions=False)


def by_wsgi(name: str) -> Callable[[dict[str, Any]], httpx2.BaseTransport]:
    """An application for WSGI."""
    return lambda page: httpx2.WSGITransport(guarded(page[name]))


def guarded(app: Any) -> Any:
    """The application as servers call it: what it raises is answered with 500."""

    def guard(environ: Any, start_response: Any) -> Any:
        try:
            return app(environ, start_response)
        except Broken:
            start_response("500 Internal Server Error", [])
            return [b""]

    return guard


class Awaited(httpx2.BaseTransport):
    """An application for ASGI, for clients that block."""

    def __init__(self, app: Any) -> None:
        self.inner = httpx2.ASGITransport(app, raise_app_exceptions=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Ask it in a loop of its own."""
        import asyncio

        async def ask() -> httpx2.Response:
            async with httpx2.AsyncClient(transport=self.inner) as client:
                return await client.request(request.method, request.url, content=request.read(), headers=request.headers)

        answer = asyncio.run(ask())
        return httpx2.Response(answer.status_code, content=answer.content)


SERVED: dict[str, Callable[[dict[str, Any]], httpx2.BaseTransport]] = {
    "Django": by_django,
    "Flask": by_wsgi("flask_app"),
    "FastAPI": lambda page: Awaited(page["fastapi_app"]),
    "WSGI": by_wsgi("wsgi_app"),
    "ASGI": lambda page: Awaited(page["asgi_app"]),
}


def refund() -> bytes:
    """An event that nobody has seen yet."""
    event = {"event_type": "ON_REFUND", "event_id": str(next(_numbers)), "body": {"order_id": "73", "amount": 500}}
    return json.dumps(event).encode()


def signed(body: bytes, secret: str = SECRET, seconds: float = 0) -> dict[str, str]:
    """The headers with which the server sends it, so many seconds from now."""
    return dict(signed_headers(secret, "71", body, datetime.now(UTC) + timedelta(seconds=seconds)))


class TestHandlers:
    def test_handle_an_event_once(self, post: Post, page: dict[str, Any]) -> None:
        handled: list[webhooks.Event] = []
        page["handle"] = handled.append
        body = refund()
        headers = signed(body)

        statuses = [post(body, headers).status_code for _ in range(2)]

        assert statuses == [200, 200]
        (event,) = handled
        assert isinstance(event, RefundEvent)
        assert event.body.amount == 500

    def test_refuse_what_is_not_genuine(self, post: Post, page: dict[str, Any]) -> None:
        handled: list[webhooks.Event] = []
        page["handle"] = handled.append
        body = refund()

        assert post(body, signed(body, "pn-another")).status_code == 400
        assert post(body, {}).status_code == 400
        assert handled == []

    def test_take_an_event_again_that_could_not_be_handled(self, post: Post, page: dict[str, Any]) -> None:
        handled: list[webhooks.Event] = []
        body = refund()

        def fail(event: webhooks.Event) -> None:
            raise Broken

        page["handle"] = fail
        first = post(body, signed(body)).status_code
        page["handle"] = handled.append
        second = post(body, signed(body, seconds=10)).status_code

        assert (first, second, len(handled)) == (500, 200, 1)


class TestHandle:
    def test_finds_what_it_looks_for_in_events(self, page: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
        order = {"id": "5", "total_amount": 499, "currency": "usd", "product_names": "Knight"}
        event = {"event_type": "ON_ORDER_COMPLETED", "event_id": "1", "body": order}

        for body in (json.dumps(event).encode(), refund()):
            page["handle"](webhooks.verify(body, signed(body), SECRET))

        assert capsys.readouterr().out.splitlines() == [
            "Order 5: 499 usd for Knight",
            "500 went back for order 73",
        ]


class TestSharedReplays:
    def test_lets_a_request_through_once(self, page: dict[str, Any]) -> None:
        known: dict[str, int] = {}

        class Redis:
            def set(self, name: str, value: int, *, nx: bool, ex: int) -> bool | None:
                return None if name in known and nx else known.setdefault(name, ex) == ex

        replays, body = page["SharedReplays"](Redis()), refund()
        headers = signed(body)
        webhooks.verify(body, headers, SECRET, replays=replays)

        with pytest.raises(webhooks.Replayed):
            webhooks.verify(body, headers, SECRET, replays=replays)
