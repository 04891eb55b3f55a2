"""A receiver of webhooks for one's own machine: it subscribes itself, verifies, shows what comes, and leaves no trace."""

import json
import secrets
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Protocol

from rich.console import Console
from rich.text import Text

from sutler import __version__
from sutler.commands.calls import Away, reaching
from sutler.commands.refusal import Refusal
from sutler.kernel import clock
from sutler.kernel.tokens import webhook_secret
from sutler_sdk import ManagementClient
from sutler_sdk.webhooks import WebhookError, verify

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
        problem = why_not_genuine(self.secret, headers, body)
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


def why_not_genuine(secret: str, headers: Mapping[str, str], body: bytes) -> str:
    """What is wrong with a request, PayNow's signature and that of Standard Webhooks considered; empty if it is genuine.

    The names of the headers are in lower case. A request that comes twice is shown twice.
    """
    standard = {name: value for name, value in headers.items() if not name.startswith("paynow-")}
    try:
        if "paynow-signature" in headers:
            verify(body, headers, secret, replays=None)
        verify(body, standard, secret, replays=None)
    except WebhookError as error:
        return str(error)
    return ""


@dataclass(frozen=True)
class Source:
    """The store whose webhooks are received: where its server is, and a client for it."""

    url: str
    client: ManagementClient

    def events(self) -> list[str]:
        """All that it can tell of."""
        with reaching(self.url):
            return [one.event_type for one in self.client.webhooks.get_variables()]

    def subscribe(self, url: str, events: Sequence[str], secret: str) -> None:
        """Have these events sent to this address."""
        wish = {"url": url, "events": events, "secret": secret}
        with reaching(self.url):
            self.client.request("POST", "/v1/stores/{store_id}/webhooks", dict, body=wish)

    def unsubscribe(self, url: str) -> None:
        """Have nothing sent to this address any more."""
        with reaching(self.url):
            for one in self.client.webhooks.get_subscriptions():
                if one.url == url:
                    self.client.webhooks.delete_subscription(one.id)


def listen(source: Source, inspector: Inspector, place: tuple[str, int], public: str | None, events: Sequence[str]) -> None:
    """Receive webhooks of a store until interrupted; then the subscriptions are removed again.

    `public` is the address under which the server reaches this place, if that is not the place itself. Without
    `events`, every event that the server sends is subscribed to. Refusal when the server does not want this.
    """
    try:
        wanted = list(events) or source.events()
    except Away as error:
        raise Refusal(str(error)) from error
    with _interruptible(), _receiving(inspector, place) as port:
        url = (public or f"http://{place[0]}:{port}").rstrip("/") + inspector.path
        try:
            source.subscribe(url, wanted, inspector.secret)
            inspector.screen.listening(url, wanted)
            while True:  # a signal that another thread gets wakes nobody who waits without end
                time.sleep(PAUSE)
        except KeyboardInterrupt:
            _leave(source, inspector.screen, url)
        except Away as error:  # it may have made them all the same
            _leave(source, inspector.screen, url)
            raise Refusal(str(error)) from error
        except Refusal as refusal:
            raise Refusal(f"{refusal} {HINT}" if "public addresses" in str(refusal) else str(refusal)) from refusal


def _leave(source: Source, screen: Screen, url: str) -> None:
    """Remove every subscription of the address, which nobody else has; an impatient user cannot prevent it."""
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, signal.SIG_IGN)
    try:
        source.unsubscribe(url)
    except (Away, Refusal) as error:
        screen.left_behind(url, str(error))


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
