"""Plain HTTP calls to a running server, for commands that work from another machine."""

import http.client
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sutler import __version__
from sutler.commands.refusal import Refusal

PATIENCE = 10.0  # seconds


class Away(Exception):
    """The server does not answer now, or not well; trying again later may help."""


@dataclass(frozen=True)
class Server:
    """Where a server is, and with which credentials it is called."""

    url: str
    authorization: str

    def call(self, method: str, path: str, body: object = None, *, patience: float = PATIENCE) -> Any:
        """The JSON of an answer, None if it has no body; Refusal with the server's own words, Away if none came.

        `patience` is how many seconds may pass without a byte.
        """
        with self._reached(), closing(self._connection(patience)) as connection:
            answer = self._asked(connection, method, path, body)
            content = answer.read()
        self._accepted(answer.status, content)
        try:
            return json.loads(content) if content else None
        except ValueError as error:
            raise Refusal(f"{self.url} does not answer like Sutler. Check the address.") from error

    def lines(self, path: str, *, patience: float) -> Iterator[str]:
        """The lines of an answer that goes on, as they come, up to its end; failures are those of `call`."""
        with self._reached(), closing(self._connection(patience)) as connection:
            answer = self._asked(connection, "GET", path, None)
            if answer.status >= 300:
                self._accepted(answer.status, answer.read())
            while line := answer.readline():
                yield line.decode().rstrip("\r\n")

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """What happens inside talks with the server."""
        try:
            yield
        except (OSError, http.client.HTTPException) as error:
            raise Away(f"{self.url} does not answer: {error or type(error).__name__}") from error
        except ValueError as error:  # a port that is no number, a line break in a token
            raise Refusal(f"{self.url} cannot be called: {error}") from error

    def _accepted(self, status: int, content: bytes) -> None:
        if status >= 500 or status == 429:
            raise Away(f"{self.url} cannot answer now: {message(content) or status}")
        if status >= 400:
            raise Refusal(f"{self.url} refuses: {message(content) or status}")

    def _connection(self, patience: float) -> http.client.HTTPConnection:
        parts = urlsplit(self.url)
        kind: type[http.client.HTTPConnection] | None
        kind = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}.get(parts.scheme)
        if kind is None or not parts.hostname:
            raise Refusal(f"{self.url!r} is no address of a server. It looks like http://127.0.0.1:8000.")
        return kind(parts.hostname, parts.port, timeout=patience)

    def _asked(
        self, connection: http.client.HTTPConnection, method: str, path: str, body: object
    ) -> http.client.HTTPResponse:  # fmt: skip
        headers = {"Authorization": self.authorization, "User-Agent": f"Sutler/{__version__}"}
        content = None if body is None else json.dumps(body).encode()
        if content is not None:
            headers["Content-Type"] = "application/json"
        connection.request(method, urlsplit(self.url).path.rstrip("/") + path, content, headers)
        return connection.getresponse()


def message(content: bytes) -> str:
    """What an error object says; empty when it is none."""
    try:
        return str(json.loads(content)["message"])
    except (ValueError, KeyError, TypeError):
        return ""
