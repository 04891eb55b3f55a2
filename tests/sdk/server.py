"""A small server for clients under test: answers what it is told to, drops connections, and remembers what came."""

import json
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Received:
    """One request. The names of its headers are in lower case."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Answer:
    """What to answer; `drop` closes the connection after the request was read, `wait` is how many seconds to do nothing."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False
    wait: float = 0.0

    @property
    def content(self) -> bytes:
        """The body as it is sent: text as it is, nothing for None, all else as JSON."""
        if self.body is None:
            return b""
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


def failure(status: int, code: str = "Failed", **headers: str) -> Answer:
    """An error as servers send it."""
    body = {"status": status, "code": code, "message": "It did not work.", "trace_id": "t1", "errors": None}
    return Answer(body, status, {name.replace("_", "-"): value for name, value in headers.items()})


class Server:
    """Answers in the order in which it was told; afterwards `respond` decides, which says 200 `{}` unless replaced."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.received: list[Received] = []
        self.answers: deque[Answer] = deque()
        self.respond: Callable[[Received], Answer] = lambda _: Answer({})

    def next(self, request: Received) -> Answer:
        """What to say to a request."""
        self.received.append(request)
        return self.answers.popleft() if self.answers else self.respond(request)


class Listening(ThreadingHTTPServer):
    """The sockets of a server."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = Server(self.server_port)

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that went away are part of the tests."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Listening
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def handle_one_request(self) -> None:
        """Read a request, whatever its method, and answer it."""
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        content = self.rfile.read(int(self.headers.get("content-length") or 0))
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = json.loads(content) if content else None
        request = Received(self.command, parts.path, parse_qsl(parts.query), headers, body)
        self.reply(self.server.script.next(request))

    def reply(self, answer: Answer) -> None:
        """Send an answer, or go away."""
        time.sleep(answer.wait)
        if answer.drop:  # with a reset, so that nobody takes it for an end
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in (answer.headers | {"Content-Length": str(len(answer.content))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing."""


@contextmanager
def serving() -> Iterator[Server]:
    """A server that runs in a thread of its own."""
    with Listening() as listening:
        thread = threading.Thread(target=lambda: listening.serve_forever(poll_interval=0.01))
        thread.start()
        yield listening.script
        listening.shutdown()
        thread.join()
