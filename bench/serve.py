"""Runs one of the applications in a process of its own: `python -m bench.serve KIND DATABASE_URL SOCKET CORE`."""

import gc
import importlib
import socket
import sys

import uvicorn

from bench.machine import pin

KINDS = {"sutler": "bench.sutler_app", "floor": "bench.floor", "twin": "bench.twin", "empty": "bench.empty"}


class Server(uvicorn.Server):
    """Begins as `sutler serve` does: no collection of garbage looks through what was imported."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin."""
        await super().startup(sockets)
        gc.freeze()


def main(kind: str, url: str, descriptor: str, core: str) -> None:
    """Serve on a socket that the parent has bound, on one core, until told to stop."""
    pin(core)
    app = importlib.import_module(KINDS[kind]).make(url)
    config = uvicorn.Config(app, loop="uvloop", http="httptools", lifespan="on", log_level="warning", access_log=False)
    Server(config).run(sockets=[socket.socket(fileno=int(descriptor))])


if __name__ == "__main__":
    main(*sys.argv[1:])
