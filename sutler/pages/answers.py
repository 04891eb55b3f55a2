"""What all pages share: templates, the style sheet, headers that keep a browser on a short leash, pages for failures."""

import hashlib
import mimetypes
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

import structlog
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sutler import __version__
from sutler.kernel.edge.asgi import trace_id
from sutler.kernel.edge.limits import Limits, household
from sutler.kernel.edge.requests import ClientDisconnected
from sutler.kernel.errors import InternalError, MethodNotAllowed, NotFound, ShopError, TooManyRequests

HERE: Final = Path(__file__).resolve().parent
HASH_DIGITS: Final = 12
CHECKOUT: Final = "/checkout"
FOR_EVER: Final = "public, max-age=31536000, immutable"

# Nothing but our own style sheet and icon; no script at all, so none that anybody slips in can run.
POLICY: Final = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
NOT_IN_FRAMES: Final = "; frame-ancestors 'none'"
EMBEDDED: Final = "; script-src 'self'"  # the checkout talks with the page that frames it
LEAVING: Final = (
    "form-action 'self'",
    "form-action 'self' https:",
)  # and its form leads on to gateways' pages

log = structlog.get_logger("sutler.pages")


@cache
def static_files() -> dict[str, tuple[bytes, str]]:
    """Every static file with its content type, by the name in its URL, which holds a hash of the content."""
    return {hashed(file): (file.read_bytes(), kind_of(file)) for file in sorted((HERE / "static").iterdir())}


def hashed(file: Path) -> str:
    """`style.css` as `style.0123456789ab.css`."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:HASH_DIGITS]
    return f"{file.stem}.{digest}{file.suffix}"


def kind_of(file: Path) -> str:
    """The content type of a static file."""
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


@cache
def static_url(name: str) -> str:
    """Where a static file is served."""
    return f"/static/{hashed(HERE / 'static' / name)}"


def with_code(text: str) -> Markup:
    """Plain text in which `words in backticks` become code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped one step before


@cache
def templates() -> Environment:
    """The templates; everything that is put into them is escaped."""
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    found.globals |= {"static_url": static_url, "version": __version__}
    found.filters["with_code"] = with_code
    return found


def page(template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
    """A page from a template."""
    return HTMLResponse(templates().get_template(template).render(**values), status)


def wants_json(request: Request) -> bool:
    """Whether the caller asks for JSON and not for a page, as programs do and browsers don't."""
    accepted = request.headers.get("accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def failure(request: Request, error: Exception) -> Response:
    """The page for a failure, or the wire's error object for a program."""
    known = as_shop_error(error)
    headers = {name.decode(): value.decode() for name, value in known.headers()}
    trace = request.scope["trace_id"]
    if wants_json(request):
        body = {"status": known.status, "code": known.code, "message": str(known), "trace_id": trace}
        return JSONResponse(body, known.status, headers)
    answer = page("error.html", known.status, error=known, trace_id=trace, buyer=request.url.path.startswith(CHECKOUT))
    answer.headers.update(headers)
    return answer


def as_shop_error(error: Exception) -> ShopError:
    """What a failure is called on the wire."""
    if isinstance(error, ShopError):
        return error
    if isinstance(error, HTTPException) and error.status_code == 404:
        return NotFound("There is no page at this address.")
    if isinstance(error, HTTPException) and error.status_code == 405:
        return MethodNotAllowed((error.headers or {}).get("Allow", ""))
    return InternalError()


class Guard:
    """Gives every answer its headers and its trace id, and turns a crash into a page that names the id."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["trace_id"], started = trace_id(), False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                protect(MutableHeaders(scope=message), scope)
            await send(message)

        try:
            await self.app(scope, receive, guarded)
        except ClientDisconnected:
            return  # nobody is left to answer
        except Exception as error:
            log.exception("page failed", path=scope["path"], trace_id=scope["trace_id"])
            if started:
                raise
            await failure(Request(scope), error)(scope, receive, guarded)


class Turnstile:
    """Counts what each address asks of the pages, inside of the guard; forms, which change something, apart."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app, self._limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or say how long to wait."""
        if scope["type"] == "http":
            client = scope.get("client")
            try:
                self._limits.visit({"form" if scope["method"] == "POST" else "page": household(client[0]) if client else ""})
            except TooManyRequests as error:
                await failure(Request(scope), error)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def protect(headers: MutableHeaders, scope: Scope) -> None:
    """The headers of every page. Only the checkout may stand in a frame: that is how shops embed it."""
    framed = scope["path"].startswith(CHECKOUT)
    headers.setdefault("Content-Security-Policy", POLICY.replace(*LEAVING) + EMBEDDED if framed else POLICY + NOT_IN_FRAMES)
    headers.setdefault("Cache-Control", "no-store" if framed else "no-cache")
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    headers["X-Trace-Id"] = scope["trace_id"]
    if framed:
        headers["X-Robots-Tag"] = "noindex"
