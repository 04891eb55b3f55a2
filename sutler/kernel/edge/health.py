"""The endpoints that machines look at: is it alive, can it serve, what has it counted."""

from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from sutler.kernel.data.database import Database
from sutler.kernel.edge.requests import Answer, Request
from sutler.kernel.metrics import Watch

TEXT = ((b"content-type", b"text/plain; charset=utf-8"),)


class Alive:
    """`GET /healthz`: the process answers. It asks nothing of the database."""

    method, path, cors = "GET", "/healthz", False

    async def answer(self, request: Request, path_values: list[str]) -> Answer:
        """Always well."""
        return Answer(200, b"ok\n", TEXT)


class Ready:
    """`GET /readyz`: the database answers too, so this process can be given traffic."""

    method, path, cors = "GET", "/readyz", False

    def __init__(self, database: Database) -> None:
        self._database = database

    async def answer(self, request: Request, path_values: list[str]) -> Answer:
        """Ready, or 503 from the failing read."""
        async with self._database.reading() as connection:
            await connection.fetch("SELECT 1", ())
        return Answer(200, b"ready\n", TEXT)


class Ping:
    """`GET /v1`: the plain text that the reference platform answers with, used by clients to see whether it is there."""

    method, path, cors = "GET", "/v1", True

    async def answer(self, request: Request, path_values: list[str]) -> Answer:
        """The reference's words and content type."""
        return Answer(200, b"PayNow API", ((b"content-type", b"text/html; charset=utf-8"),))


class MetricsEndpoint:
    """`GET /metrics`."""

    method, path, cors = "GET", "/metrics", False

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    async def answer(self, request: Request, path_values: list[str]) -> Answer:
        """All counters as text."""
        return Answer(200, generate_latest(self._watch.registry), ((b"content-type", CONTENT_TYPE_LATEST.encode()),))
