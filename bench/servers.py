"""Starts and stops the applications under test, each a process on the server's core with a copy of the data."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bench.data import Engine, Seeded
from bench.load import HOST, Client, Wrong, request
from bench.machine import cpu_seconds

PATIENCE = 10.0  # seconds that a server may take to stop


@dataclass(frozen=True)
class Server:
    """A running application."""

    kind: str
    port: int
    pid: int

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        return cpu_seconds(self.pid)


@asynccontextmanager
async def running(kinds: Sequence[str], engine: Engine, seeded: Seeded, core: str) -> AsyncIterator[dict[str, Server]]:
    """Applications by kind, each on its own copy of the data, from their first right answers on."""
    for kind in kinds:
        if kind != "empty":
            await engine.copy(kind, "seed")
    processes: list[subprocess.Popen[bytes]] = []
    servers: dict[str, Server] = {}
    try:
        for kind in kinds:
            with socket.create_server((HOST, 0), backlog=256) as listening:
                processes.append(start(kind, engine.url(kind), listening, seeded, core))
                servers[kind] = Server(kind, listening.getsockname()[1], processes[-1].pid)
        await asyncio.gather(*[first_answer(server, seeded) for server in servers.values()])
        yield servers
    finally:
        await asyncio.to_thread(stop, processes)


def start(kind: str, url: str, listening: socket.socket, seeded: Seeded, core: str) -> "subprocess.Popen[bytes]":
    """The process; it gets the socket, so that no two servers ever want one port."""
    command = [sys.executable, "-m", "bench.serve", kind, url, str(listening.fileno()), core]
    environment = os.environ | {"BENCH_AUTHORIZATION": seeded.authorization, "BENCH_STORE": seeded.store_id}
    return subprocess.Popen(command, env=environment, pass_fds=[listening.fileno()])


async def first_answer(server: Server, seeded: Seeded) -> None:
    """Wait until the server answers; the socket is open already, so the request only waits in line."""
    path = f"/v1/stores/{seeded.store_id}/customers/{seeded.customers[0]}"
    try:
        async with Client(server.port) as client:
            await client.ask(request("GET", path, seeded.authorization))
    except (Wrong, OSError, TimeoutError) as error:
        raise Wrong(f"{server.kind} does not serve: {error}") from error


def stop(processes: "Sequence[subprocess.Popen[bytes]]") -> None:
    """Ask the processes to end, and see to it."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
