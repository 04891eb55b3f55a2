"""A receiver of webhooks for one's own machine: it subscribes itself, verifies, shows what comes, and leaves no trace."""

import json
import secrets
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Protocol

from rich.console import Console
from rich.text import Text

from sutler import __version__
from sutler.commands.calls import Away, Server
from sutler.commands.refusal import Refusal
from sutler.kernel import clock
from sutler.kernel.tokens import webhook_secret
from sutler.webhooks.deliveries.schemas import why_not_genuine

FORGED: Final = 401
LONGEST_BODY: Final = 16 * 1024 * 1024
PAUSE: Final = 0.5  # seconds
HINT: Final = "A server lets webhooks go to this machine or its network only with SUTLER_WEBHOOKS_ALLOW_PRIVATE=1."


@dataclass(frozen=True)
class Manners:
    """How requests are answered: after `delay` seconds with `status`, or with it only the first `fail_first` times."""

    status: int = 200
    delay: float = 0
    fail_first: int = 0

    def answer(self, number: int) -> int:
        """The status for the request of this number, which counts from 1."""
        if not self.fail_first:
            return self.status
        failure = self.status if self.status >= 300 else 500
        return failure if number <= self.fail_first else 200


@dataclass(frozen=True)
class Arrival:
    """One request. `problem` is why it is not genuine; `attempt` counts the requests with this event's id."""

    event_type: str
    event_id: str
    attempt: int
    problem: str
    status: int
    payload: Any


class Screen(Protocol):
    """Where an inspector shows what happens to it."""

    def listening(self, url: str, events: Sequence[str]) -> None:
        """The subscriptions are made."""

    def arrived(self, arrival: Arrival) -> None:
        """A request came."""

    def left_behind(self, url: str, why: str) -> None:
        """The subscriptions of this address could not be removed."""


@dataclass
class Inspector:
    """Verifies requests to one secret path and answers them as its manners are."""

    screen: Screen
    manners: Manners
    secret: str = field(default_factory=webhook_secret)
    path: str = field(default_factory=lambda: f"/{secrets.token_hex(8)}")
    _attempts: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, headers: dict[str, str], body: bytes) -> int:
        """Show a request, whose names of headers are in lower case, and return the status to answer with."""
        problem = why_not_genuine(self.secret, headers, body, clock.real_now())
        try:
            payload = json.loads(body)
        except ValueError:
            payload = body.decode("utf-8", "replace")
        known = payload if isinstance(payload, dict) else {}
        event_id = str(known.get("event_id", ""))
        with self._lock:
            self._attempts[event_id] += 1
            status = FORGED if problem else self.manners.answer(self._attempts.total())
            self.screen.arrived(
                Arrival(str(known.get("event_type", "")), event_id, self._attempts[event_id], problem, status, payload)
            )
        return status


def listen(server: Server, inspector: Inspector, place: tuple[str, int], public: str | None, events: Sequence[str]) -> None:
    """Receive webhooks of the key's store until interrupted; then the subscriptions are removed again.

    `public` is the address under which the server reaches this place, if that is not the place itself. Without
    `events`, every event that the server sends is subscribed to. Refusal when the server does not want this.
    """
    try:
        path = _subscriptions(server)
        wanted = list(events) or [one["event_type"] for one in server.call("GET", f"{path}/variables")]
    except Away as error:
        raise Refusal(str(error)) from error
    with _interruptible(), _receiving(inspector, place) as port:
        url = (public or f"http://{place[0]}:{port}").rstrip("/") + inspector.path
        try:
            server.call("POST", path, {"url": url, "events": wanted, "secret": inspector.secret})
            inspector.screen.listening(url, wanted)
            while True:  # a signal that another thread gets wakes nobody who waits without end
                time.sleep(PAUSE)
        except KeyboardInterrupt:
            _leave(server, path, inspector.screen, url)
        except Away as error:  # it may have made them all the same
            _leave(server, path, inspector.screen, url)
            raise Refusal(str(error)) from error
        except Refusal as refusal:
            raise Refusal(f"{refusal} {HINT}" if "public addresses" in str(refusal) else str(refusal)) from refusal


def _leave(server: Server, path: str, screen: Screen, url: str) -> None:
    """Remove every subscription of the address, which nobody else has; an impatient user cannot prevent it."""
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, signal.SIG_IGN)
    try:
        for one in server.call("GET", path):
            if one["url"] == url:
                server.call("DELETE", f"{path}/{one['id']}")
    except (Away, Refusal) as error:
        screen.left_behind(url, str(error))


def _subscriptions(server: Server) -> str:
    (store,) = server.call("GET", "/v1/stores")
    return f"/v1/stores/{store['id']}/webhooks"


@contextmanager
def _interruptible() -> Iterator[None]:
    """Being told to stop is the same as Ctrl-C."""
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(kind, signal.default_int_handler) for kind in kinds]
    try:
        yield
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)


@contextmanager
def _receiving(inspector: Inspector, place: tuple[str, int]) -> Iterator[int]:
    """Requests are answered inside; the value is the port."""

    class Handler(_Handler):
        receiver = inspector

    try:
        server = ThreadingHTTPServer(place, Handler)
    except OSError as error:
        raise Refusal(f"{place[0]}:{place[1]} cannot be listened on: {error.strerror or error}.") from error
    server.daemon_threads, server.block_on_close = True, False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """One connection to the inspector."""

    receiver: Inspector
    server_version, sys_version = f"Sutler/{__version__}", ""

    def do_POST(self) -> None:
        """Take a request to the secret path; nothing else is known here."""
        length = self.headers.get("content-length", "")
        if self.path != self.receiver.path or not length.isdecimal() or int(length) > LONGEST_BODY:
            self.send_error(404)
            return
        body = self.rfile.read(int(length))
        status = self.receiver.take({name.lower(): value for name, value in self.headers.items()}, body)
        time.sleep(self.receiver.manners.delay)
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the screen does."""


class ForPeople:
    """Coloured lines on a terminal."""

    def __init__(self) -> None:
        self._out, self._err = Console(highlight=False), Console(stderr=True, highlight=False)

    def listening(self, url: str, events: Sequence[str]) -> None:
        """Say for what, and how to end."""
        self._out.print(Text(f"Listening at {url} for {', '.join(events)}. Ctrl-C ends it.", "green"), soft_wrap=True)

    def arrived(self, arrival: Arrival) -> None:
        """One line on the request, then its body."""
        moment = f"{clock.real_now().astimezone():%H:%M:%S}"
        trust = (f"not genuine: {arrival.problem}", "bold red") if arrival.problem else ("genuine", "green")
        again = f"  attempt {arrival.attempt}" if arrival.attempt > 1 else ""
        said = (f"answered {arrival.status}", "green" if arrival.status < 300 else "yellow")
        name = (arrival.event_type or "no event", "cyan")
        line = Text.assemble((moment, "dim"), "  ", name, f"  {arrival.event_id}{again}  ", trust, "  ", said)
        self._out.print(line, soft_wrap=True)
        self._out.print_json(data=arrival.payload)

    def left_behind(self, url: str, why: str) -> None:
        """Say what is left to do."""
        self._err.print(Text(f"{why} The subscriptions of {url} are still there; delete them.", "yellow"), soft_wrap=True)


class ForPrograms:
    """One JSON object on each line."""

    def listening(self, url: str, events: Sequence[str]) -> None:
        """`{"event": "listening", "url": …, "events": […]}`."""
        self._line({"event": "listening", "url": url, "events": list(events)})

    def arrived(self, arrival: Arrival) -> None:
        """`{"event": "delivery", "genuine": …, "status": …, "payload": …}` and more."""
        self._line(
            {
                "event": "delivery", "event_type": arrival.event_type, "event_id": arrival.event_id,
                "attempt": arrival.attempt, "genuine": not arrival.problem, "problem": arrival.problem or None,
                "status": arrival.status, "payload": arrival.payload,
            }
        )  # fmt: skip

    def left_behind(self, url: str, why: str) -> None:
        """`{"event": "left_behind", "url": …, "why": …}`."""
        self._line({"event": "left_behind", "url": url, "why": why})

    @staticmethod
    def _line(said: dict[str, Any]) -> None:
        print(json.dumps(said, ensure_ascii=False), flush=True)  # noqa: T201 - this is what the command is for
