"""Finding customers among ten thousand, a hundred thousand and a million: what an index finds takes hardly longer."""

import itertools
import random
import socket
import subprocess
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from uuid import UUID

import msgspec

from bench import report
from bench.customers import ask
from bench.data import FIRST_STEAM_ID, Engine, PostgresDatabases, Seeded, seed
from bench.load import HOST, Exchange, Feed, Sample, Wrong, request
from bench.rounds import Effort, sampled
from bench.servers import Server, first_answer, start, stop
from sutler.kernel.data.connect import database

SIZES, FEWER = (10_000, 100_000, 1_000_000), (10_000, 100_000)
BUDGET = 1.5  # times as long among a hundred times as many
EFFORT = Effort(rounds=9, seconds=0.2, connections=1)  # one request after the other: a latency, not a queue
PREPARED = 2_000  # different requests
ANY_LENGTH = range(3, 1 << 20)  # of an answer that is not an empty list


@dataclass(frozen=True)
class Finding:
    """One way to find customers: a path and a query below the customers' own, from the number of one of them."""

    name: str
    path: str
    query: Callable[[int], str]
    finds: int = 1

    def request(self, seeded: Seeded, number: int) -> bytes:
        """What is sent."""
        path = f"/v1/stores/{seeded.store_id}/customers{self.path}?{self.query(number)}"
        return request("GET", path, seeded.authorization)


def minecraft_uuid(number: int) -> UUID:
    """As the data has it."""
    return UUID(int=number << 80 | 4 << 76 | 2 << 62)


FINDINGS = (
    Finding("look up by Steam id", "/lookup", lambda number: f"steam_id={FIRST_STEAM_ID + number}"),
    Finding("look up by Minecraft UUID", "/lookup", lambda number: f"minecraft_uuid={minecraft_uuid(number)}"),
    Finding("look up by name", "/lookup", lambda number: f"name=player_{number:07}"),
    Finding("search for one name", "", lambda number: f"search=PLAYER_{number:07}"),
    Finding("search for one Steam id", "", lambda number: f"search={FIRST_STEAM_ID + number}"),
    Finding("search for the beginning of ten names", "", lambda number: f"search=player_{number // 10:06}", 10),
    Finding("search for the beginning of all names", "", lambda _: "search=player&limit=10", 10),
    Finding("list the newest 10", "", lambda _: "limit=10", 10),
)


async def measure(engine: Engine, core: str, sizes: Sequence[int]) -> None:
    """Make the data, and print how long each way of finding takes in each size."""
    began = perf_counter()
    seeds = {}
    for size in sizes:
        await engine.create(name_of(size))
        seeds[size] = await seed(engine.url(name_of(size)), size)
        if isinstance(engine, PostgresDatabases):  # else it would do so by itself, in the middle of the rounds
            await database(engine.url(name_of(size))).script("VACUUM ANALYZE")
    print(f"{engine.name}: {sum(sizes):,} customers made in {perf_counter() - began:.0f} s\n", flush=True)
    rows = []
    async with serving(engine, seeds, core) as servers:
        for finding in FINDINGS:
            for size, server in servers.items():
                await check(finding, server, seeds[size], size)
            feeds = {server.kind: feed_for(finding, seeds[size], size) for size, server in servers.items()}
            samples = await sampled(list(servers.values()), feeds, EFFORT)
            rows.append(row(finding.name, [samples[server.kind] for server in servers.values()]))
    report.table(("p50, ms", *(f"{size:,}" for size in sizes), "growth: p50 · CPU", "budget"), rows)


def name_of(size: int) -> str:
    """The database with so many customers."""
    return f"of_{size}"


@asynccontextmanager
async def serving(engine: Engine, seeds: Mapping[int, Seeded], core: str) -> AsyncIterator[dict[int, Server]]:
    """One Sutler for each size, all on one core."""
    processes: list[subprocess.Popen[bytes]] = []
    servers: dict[int, Server] = {}
    try:
        for size, seeded in seeds.items():
            with socket.create_server((HOST, 0), backlog=256) as listening:
                processes.append(start("sutler", engine.url(name_of(size)), listening, seeded, core))
                servers[size] = Server(name_of(size), listening.getsockname()[1], processes[-1].pid)
            await first_answer(servers[size], seeded)
        yield servers
    finally:
        stop(processes)


async def check(finding: Finding, server: Server, seeded: Seeded, size: int) -> None:
    """Raise Wrong unless the right customers are found: as many as there should be, and of one by its number that one."""
    number = random.randrange(size)
    found: Any = msgspec.json.decode(await ask(server, finding.request(seeded, number)))
    customers = found if isinstance(found, list) else [found]
    right = finding.finds > 1 or [one["steam_id"] for one in customers] == [str(FIRST_STEAM_ID + number)]
    if len(customers) != finding.finds or not right:
        raise Wrong(f"{finding.name} found {found} for customer {number} of {size}")


def feed_for(finding: Finding, seeded: Seeded, size: int) -> Callable[[], Feed]:
    """Requests for customers chosen at random, without end."""

    def feed() -> Feed:
        chosen = (random.randrange(size) for _ in range(PREPARED))
        return itertools.cycle([Exchange(finding.request(seeded, number), ANY_LENGTH) for number in chosen])

    return feed


def row(name: str, sizes: Sequence[Sequence[Sample]]) -> list[str]:
    """How long it takes in each size, and how many times as much time and processor time in the largest as in the smallest.

    The quietest round counts: whatever else the machine does can only add to a latency.
    """
    times = [min(sample.percentile(0.5) for sample in samples) for samples in sizes]
    cpu = [sum(sample.cpu for sample in samples) / sum(len(sample.latencies) for sample in samples) for samples in sizes]
    by_cpu = f" · {cpu[-1] / cpu[0]:.2f} ×" if cpu[0] else ""
    return [name, *(f"{time * 1000:.2f}" for time in times), f"{times[-1] / times[0]:.2f} ×{by_cpu}", f"< {BUDGET:g} ×"]
