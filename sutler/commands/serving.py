"""`sutler serve` and `sutler demo`: the process that answers."""

import gc
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn

from sutler.app import create_app
from sutler.commands import ground
from sutler.commands.refusal import Refusal
from sutler.commands.stopping import Stoppable
from sutler.settings import Settings

BACKLOG = 2048
STOPPING_SECONDS = 8  # for requests under way; service managers commonly kill after ten


class Server(uvicorn.Server):
    """Says when it accepts connections, and ends with 0 when it is told to stop."""

    def __init__(self, app: Stoppable, settings: Settings, announce: Callable[[], None]) -> None:
        self._app, self._announce = app, announce
        config = uvicorn.Config(
            app, loop="uvloop", http="httptools", ws="none", lifespan="on", log_config=None, access_log=False,
            proxy_headers=True, forwarded_allow_ips=settings.trusted_proxies, server_header=False, date_header=True,
            timeout_graceful_shutdown=STOPPING_SECONDS,
        )  # fmt: skip
        super().__init__(config)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin, then say so."""
        await super().startup(sockets)
        gc.freeze()  # what was imported stays, so no collection needs to look through it while somebody waits
        self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Finish what has begun; polls that wait for a command need not."""
        self._app.stop()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop gracefully; a second Ctrl-C stops at once. Uvicorn would send itself the signal again at the end."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


def serve(settings: Settings, listening: socket.socket, announce: Callable[[], None]) -> None:
    """Answer on a socket until told to stop; `announce` is called once connections are accepted."""
    server = Server(Stoppable(create_app(ground.database(), works=settings.runs_worker)), settings, announce)
    server.run(sockets=[listening])


@contextmanager
def bound(settings: Settings) -> Iterator[socket.socket]:
    """The socket to listen on, held before anything else is done; Refusal when it cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listening = socket.create_server((settings.host, settings.port), family=family, backlog=BACKLOG)
    except OSError as error:
        why = (error.strerror or str(error)).partition(" (")[0]
        where = f"Port {settings.port} of {settings.host} cannot be listened on: {why}."
        raise Refusal(f"{where} Choose another with --port or --host.") from error
    with listening:
        yield listening
