"""The ASGI application: from a raw request to an answer, and every failure to the wire's error object."""

import random
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager, aclosing
from typing import Any

import msgspec
import structlog

from sutler.kernel.edge import cors
from sutler.kernel.edge.requests import (
    JSON,
    Answer,
    ClientDisconnected,
    Endpoint,
    Message,
    Parts,
    Receive,
    Request,
    Scope,
    Send,
    encode,
)
from sutler.kernel.edge.routing import Tree
from sutler.kernel.errors import FieldError, InternalError, MethodNotAllowed, NotFound, ShopError
from sutler.kernel.logs import trace
from sutler.kernel.metrics import Watch

API_PATHS = ("/v1/", "/v2/", "/swagger/")
SLOW_SECONDS = 1.0
log = structlog.get_logger("sutler.edge")
AsgiApp = Callable[[Scope, Receive, Send], Any]


class Application:
    """Answers API paths itself and hands every other path to the pages."""

    def __init__(
        self,
        endpoints: Iterable[Endpoint],
        running: Callable[[], AbstractAsyncContextManager[None]],
        pages: AsgiApp | None = None,
        watch: Watch | None = None,
    ) -> None:
        self._tree: Tree[Endpoint] = Tree()
        self.running, self._pages, self._watch = running, pages, watch or Watch()
        for endpoint in endpoints:
            self._tree.add(endpoint.method, endpoint.path, endpoint)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the life of the server."""
        if scope["type"] == "http":
            await self._serve(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self._pages is not None:
            await self._pages(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._tree.find(scope["path"])
        if found is None and self._pages is not None and not scope["path"].startswith(API_PATHS):
            await self._pages(scope, receive, send)
            return
        started = time.perf_counter()
        request = Request(scope, receive, trace_id())
        trace.set(request.trace_id)  # a request has a task of its own, so nothing has to be put back
        try:
            answer, name = await self._answer(request, found)
        except ClientDisconnected:
            return
        if answer.parts is not None:  # counts as answered when it begins: how long it lasts says nothing of us
            self._watch.request(name, answer.status, time.perf_counter() - started)
            await self._stream(beginning(request, answer), answer.parts, send, name)
            return
        await respond(request, answer, send)
        seconds = time.perf_counter() - started
        self._watch.request(name, answer.status, seconds)
        if seconds > SLOW_SECONDS and "wait=" not in request.query:  # a long poll takes as long as it was asked to
            log.warning("slow request", operation=name, seconds=round(seconds, 3))

    async def _stream(self, start: Message, parts: Parts, send: Send, name: str) -> None:
        """Send an answer that goes on."""
        began = time.perf_counter()
        with self._watch.streaming(name):
            async with aclosing(parts):
                await send(start)
                sent = await deliver(parts, send, name)
        await send({"type": "http.response.body", "body": b""})
        log.info("a stream ended", operation=name, seconds=round(time.perf_counter() - began, 3), bytes=sent)

    async def _answer(self, request: Request, found: tuple[dict[str, Endpoint], list[str]] | None) -> tuple[Answer, str]:
        method = request.scope["method"]
        if found is None:
            return failure(NotFound("There is nothing at this address."), request), "unknown"
        endpoints, values = found
        endpoint = endpoints.get(method) or (endpoints.get("GET") if method == "HEAD" else None)
        if endpoint is None:
            return cors.other_method(request, endpoints) or failure(
                MethodNotAllowed(cors.allowed(endpoints)), request
            ), "unknown"
        name = getattr(endpoint, "operation", endpoint.path)
        try:
            answer = await endpoint.answer(request, values)
        except ShopError as error:
            answer = failure(error, request)
        except ClientDisconnected:
            raise
        except Exception:
            log.exception("request failed", operation=name)
            answer = failure(InternalError(), request)
        return (cors.opened(answer) if endpoint.cors else answer), name

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            async with self.running():
                await send({"type": "lifespan.startup.complete"})
                await receive()
        except Exception as error:
            log.exception("the application could not run")
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            raise
        await send({"type": "lifespan.shutdown.complete"})


def trace_id() -> str:
    """32 hex digits that find this request in the log. Not a secret, so the fast generator will do."""
    return f"{random.getrandbits(128):032x}"


async def respond(request: Request, answer: Answer, send: Send) -> None:
    """Send an answer; to a HEAD request only its headers."""
    await send(beginning(request, answer))
    await send({"type": "http.response.body", "body": b"" if request.scope["method"] == "HEAD" else answer.body})


def beginning(request: Request, answer: Answer) -> Message:
    """What is sent before the body."""
    headers = [*answer.headers, (b"x-trace-id", request.trace_id.encode())]
    if answer.status != 204 and answer.parts is None:
        headers.append((b"content-length", b"%d" % len(answer.body)))
    return {"type": "http.response.start", "status": answer.status, "headers": headers}


async def deliver(parts: Parts, send: Send, name: str) -> int:
    """Send the parts of a body up to its end, or up to where it fails, and say how many bytes that was."""
    sent = 0
    try:
        async for part in parts:
            await send({"type": "http.response.body", "body": part, "more_body": True})
            sent += len(part)
    except ShopError as error:  # such as a database that is away: the client comes again, and is told
        log.warning("a stream broke off", operation=name, why=str(error))
    except Exception:
        log.exception("a stream failed", operation=name)
    return sent


class PayNowError(msgspec.Struct, omit_defaults=True):
    """The error object of every route; the name is the wire's."""

    status: int
    code: str
    message: str
    trace_id: str
    errors: list[FieldError] | None = None


def failure(error: ShopError, request: Request) -> Answer:
    """The wire's error object for a failure."""
    body = PayNowError(error.status, error.code, str(error), request.trace_id, error.errors)
    return Answer(error.status, encode(body), (JSON, *error.headers()))
