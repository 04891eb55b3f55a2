"""The ASGI application: from a raw request to an answer, and every failure to the wire's error object."""

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, aclosing
from random import getrandbits
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
        if scope["type"] != "http":
            await self._serve_other(scope, receive, send)
            return
        found = self._tree.find(scope["path"])
        if found is None and self._pages is not None and not scope["path"].startswith(API_PATHS):
            await self._pages(scope, receive, send)
            return
        started = time.perf_counter()
        request = Request(scope, receive, trace_id())
        trace.set(request.trace_id)  # a request has a task of its own, so nothing has to be put back
        endpoint, values = chosen(scope["method"], found)
        name = getattr(endpoint, "operation", endpoint.path)
        try:
            answer = await endpoint.answer(request, values)
        except ClientDisconnected:
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, the client is told in the wire's form
            answer = failed(error, request, name)
        if endpoint.cors:
            answer = cors.opened(answer)
        if answer.parts is not None:  # counts as answered when it begins: how long it lasts says nothing of us
            self._watch.request(name, answer.status, time.perf_counter() - started)
            await self._stream(beginning(request, answer), answer.parts, send, name)
            return
        await send(beginning(request, answer))
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer.body})
        seconds = time.perf_counter() - started
        self._watch.request(name, answer.status, seconds)
        if seconds > SLOW_SECONDS and "wait=" not in request.query:  # a long poll takes as long as it was asked to
            log.warning("slow request", operation=name, seconds=round(seconds, 3))

    async def _serve_other(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The life of the server, or what only pages understand."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self._pages is not None:
            await self._pages(scope, receive, send)

    async def _stream(self, start: Message, parts: Parts, send: Send, name: str) -> None:
        """Send an answer that goes on."""
        began = time.perf_counter()
        with self._watch.streaming(name):
            async with aclosing(parts):
                await send(start)
                sent = await deliver(parts, send, name)
        await send({"type": "http.response.body", "body": b""})
        log.info("a stream ended", operation=name, seconds=round(time.perf_counter() - began, 3), bytes=sent)

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


class Absent:
    """What answers where there is no endpoint: at an unknown address, or for another method at a known one."""

    method, path, cors, operation = "", "", False, "unknown"

    def __init__(self, endpoints: Mapping[str, Endpoint]) -> None:
        self._endpoints = endpoints

    async def answer(self, request: Request, path_values: list[str]) -> Answer:
        """The answer to OPTIONS; any other method is refused."""
        if not self._endpoints:
            raise NotFound("There is nothing at this address.")
        answer = cors.other_method(request, self._endpoints)
        if answer is None:
            raise MethodNotAllowed(cors.allowed(self._endpoints))
        return answer


def chosen(method: str, found: tuple[dict[str, Endpoint], list[str]] | None) -> tuple[Endpoint, list[str]]:
    """The endpoint for a method at what was found of a path, and the values of the path's parameters."""
    endpoints, values = found or ({}, [])
    endpoint = endpoints.get(method) or (endpoints.get("GET") if method == "HEAD" else None)
    return endpoint or Absent(endpoints), values


def trace_id() -> str:
    """32 hex digits that find this request in the log. Not a secret, so the fast generator will do."""
    return f"{getrandbits(128):032x}"


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


def failed(error: Exception, request: Request, name: str) -> Answer:
    """The answer to a request that failed. What nobody foresaw goes to the log and not to the client."""
    if isinstance(error, ShopError):
        return failure(error, request)
    log.error("request failed", operation=name, exc_info=error)
    return failure(InternalError(), request)


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
