"""`python -m bench`: measures Sutler against the budgets of its design, side by side with floors and an ORM twin."""

import argparse
import asyncio
import os
import shlex
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

import msgspec
import uvloop

from bench import customers, growth, machine, purchases, report, sdk
from bench.data import Engine, PostgresDatabases, Seeded, SqliteFiles, seed, use_installation
from bench.load import Client, Wrong
from bench.plan import Counts, Plan
from bench.rounds import Effort, Result, in_turn
from bench.servers import Server, running
from bench.shop import over_http, stock
from bench.statements import counted
from sutler.kernel import logs
from tests.postgres import Cluster


def options(given: Sequence[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser("python -m bench", description=__doc__)
    parser.add_argument("part", nargs="?", choices=["customers"], help="only how customers are found among ever more")
    parser.add_argument("--quick", action="store_true", help="find customers among 100,000 at most, not a million")
    parser.add_argument("--customers", type=int, default=20_000, help="customers in the data (20,000)")
    parser.add_argument("--full", action="store_const", const=100_000, dest="customers", help="100,000 customers")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of which the median is taken (5)")
    parser.add_argument("--seconds", type=float, default=0.7, help="length of a round (0.7)")
    parser.add_argument("--connections", type=int, default=32, help="connections of the load generator (32)")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="one of the two databases")
    return parser.parse_args(given)


async def bench(chosen: argparse.Namespace) -> None:
    """Both databases, one after the other."""
    app_core, load_core = machine.cores()
    machine.pin(load_core)
    report.heading(chosen, app_core, load_core)
    effort = Effort(chosen.rounds, chosen.seconds, chosen.connections)
    with tempfile.TemporaryDirectory(prefix="sutler-bench-") as folder:
        use_installation(Path(folder))
        logs.configure("warning", "auto")
        if chosen.only != "postgresql":
            await on(SqliteFiles(Path(folder)), chosen, effort, app_core)
        if chosen.only != "sqlite":
            async with cluster() as started:
                await on(PostgresDatabases(started), chosen, effort, app_core)


async def on(engine: Engine, chosen: argparse.Namespace, effort: Effort, core: str) -> None:
    """What was chosen, on one database."""
    print(f"## {engine.name}\n", flush=True)
    if chosen.part is None:
        await measure(engine, chosen.customers, effort, core)
    await growth.measure(engine, core, growth.FEWER if chosen.quick else growth.SIZES)


@asynccontextmanager
async def cluster() -> AsyncIterator[Cluster]:
    """A PostgreSQL that syncs to disk, on the load generator's core."""
    started = Cluster(durable=True)
    started.start()
    try:
        yield started
    finally:
        started.stop()


async def measure(engine: Engine, number: int, effort: Effort, core: str) -> None:
    """All budgets but that of growth, on one database."""
    counts, plan = await counted(engine)
    await engine.create("seed")
    seeded = await seed(engine.url("seed"), number)
    with planned(plan):
        async with running(("sutler", "floor", "twin", "empty"), engine, seeded, core) as servers:
            await measure_customers(engine, servers, seeded, effort)
            await measure_purchases(servers, seeded, effort, counts)
            await measure_sdk(servers["sutler"], seeded, effort)


@contextmanager
def planned(plan: Plan) -> Iterator[None]:
    """Servers that start inside find the plan in a file."""
    with tempfile.NamedTemporaryFile(prefix="sutler-bench-plan-") as file:
        file.write(msgspec.msgpack.encode(plan))
        file.flush()
        os.environ["BENCH_PLAN"] = file.name
        try:
            yield
        finally:
            del os.environ["BENCH_PLAN"]


async def measure_customers(engine: Engine, servers: dict[str, Server], seeded: Seeded, effort: Effort) -> None:
    """The first three rows of the budgets."""
    three = [servers[kind] for kind in ("sutler", "floor", "twin")]
    await customers.compare(three, seeded)
    rows = []
    for operation in customers.OPERATIONS:
        feeds = {server.kind: await customers.feed_for(server, operation, seeded) for server in three}
        results = await in_turn(three, feeds, effort)
        rows += report.customers_rows(operation.name, operation.of_floor, operation.of_twin[engine.name], results)
    report.table(report.CUSTOMERS_HEAD, rows)


async def measure_purchases(servers: dict[str, Server], seeded: Seeded, effort: Effort, counts: Counts) -> None:
    """Checkouts and empty polls."""
    sutler, floor, empty = servers["sutler"], servers["floor"], servers["empty"]
    async with Client(sutler.port) as client:
        shelf = await stock(over_http(client, seeded))
    tills = purchases.tills(sutler, floor, shelf, seeded)
    sales = await purchases.sell(tills, shelf, max(1, effort.rounds // 2))
    handed = await purchases.handed_over(tills[0], shelf, purchases.ALONE * effort.rounds)
    feeds = dict.fromkeys(("sutler", "empty"), lambda: purchases.empty_polls(shelf))
    polls = await in_turn([sutler, empty], feeds, replace(effort, connections=purchases.POLLERS))
    ours, theirs = sales["sutler"], sales["floor"]
    rows = []
    for name, budget in (("opened", ""), ("alone", "p99 < 50 ms"), ("together", "≥ 200/s")):
        pair = Result.of(getattr(ours, name)), Result.of(getattr(theirs, name))
        rows += report.pair_rows(report.SALES[name], budget, *pair)
    rows.append(report.latency_row("paid → handed to a game server that waits", "p99 < 250 ms", handed))
    rows += report.pair_rows("empty command poll, 8 game servers", "≥ 5,000/s, p99 < 5 ms", polls["sutler"], polls["empty"])
    report.table(report.PAIRS_HEAD, rows)
    report.purchases(counts, ours.delivered)


async def measure_sdk(server: Server, seeded: Seeded, effort: Effort) -> None:
    """What the Python SDK costs its caller."""
    rows = sdk.rows(await sdk.measure(server, seeded, effort.rounds))
    report.table(sdk.HEAD, [*rows, sdk.import_row(await asyncio.to_thread(sdk.import_time, effort.rounds))])


def main(given: Sequence[str]) -> int:
    """0, however fast or slow; 1 when something answered wrongly."""
    began = time.monotonic()
    print(f"$ python -m bench {shlex.join(given)}".rstrip())
    try:
        uvloop.run(bench(options(given)))
    except Wrong as error:
        print(f"Wrong: {error}", file=sys.stderr)
        return 1
    print(f"{time.monotonic() - began:.0f} s in all; load average at the end {machine.load_average():.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
