"""The pieces of the benchmark measure what they say: on tiny data, without looking at times."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bench import customers, growth, plan, purchases, report, sdk
from bench.__main__ import planned
from bench.data import Engine, PostgresDatabases, Seeded, SqliteFiles, seed, use_installation
from bench.load import Answer, Client, Connection, Exchange, Wrong, hammer, percentile, request
from bench.machine import ANY_CORE
from bench.plan import Plan
from bench.rounds import Effort, in_turn
from bench.servers import Server, running
from bench.shop import over_http, stock
from bench.statements import counted
from sutler.kernel.data.connect import database
from sutler.kernel.data.records import metadata
from tests.postgres import Cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(
    request: pytest.FixtureRequest, tmp_path: Path, worker_id: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    for name in ("SUTLER_DATA", "SUTLER_LOG_LEVEL", "SUTLER_RATE_LIMITS"):
        monkeypatch.setenv(name, "")  # so that they are as before when the test is over
    use_installation(tmp_path)
    if request.param == "sqlite":
        yield SqliteFiles(tmp_path)
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    prefix = f"bench_{worker_id}"
    yield PostgresDatabases(cluster, prefix)
    for name in ("seed", "sutler", "floor", "twin", "count"):
        cluster.drop_database(f"{prefix}_{name}")


SEARCH = growth.Finding("a search for player 7", "", lambda _: "search=player_0000007")


class Bench:
    """Applications that run, and what they have in their databases."""

    def __init__(self, engine: Engine, seeded: Seeded, plan: Plan, servers: dict[str, Server]) -> None:
        self.engine, self.seeded, self.plan, self.servers = engine, seeded, plan, servers

    async def rows(self, kind: str) -> dict[str, int]:
        """How many rows each table of an application has."""
        opened = database(self.engine.url(kind))
        await opened.open()
        found = await plan.snapshot(opened)
        await opened.close()
        return {name: len(rows) for name, rows in found.items()}


@pytest.fixture
async def bench(engine: Engine) -> AsyncIterator[Bench]:
    _, bought = await counted(engine)
    await engine.create("seed")
    seeded = await seed(engine.url("seed"), 120)
    with planned(bought):
        async with running(("sutler", "floor", "twin"), engine, seeded, ANY_CORE) as servers:
            yield Bench(engine, seeded, bought, servers)


class TestApplications:
    async def test_do_the_same_work(self, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
        await read_and_create(bench)  # in one test, because starting them takes most of its time
        await sell(bench, monkeypatch)
        await call(bench)


async def call(bench: Bench) -> None:
    costs = await sdk.measure(bench.servers["sutler"], bench.seeded, rounds=1, calls=2)

    rows = [*sdk.rows(costs), sdk.import_row(sdk.import_time(1))]
    assert [len(row) for row in rows] == [len(sdk.HEAD)] * 5
    assert all(0 < cost.cpu <= cost.wall for cost in costs.values())


async def read_and_create(bench: Bench) -> None:
    servers = list(bench.servers.values())
    before = {kind: (await bench.rows(kind))["customers"] for kind in bench.servers}

    await customers.compare(servers, bench.seeded)
    with pytest.raises(Wrong, match="a search for player 7 found"):
        await growth.check(SEARCH, bench.servers["sutler"], bench.seeded, 5)
    for operation in customers.OPERATIONS:
        feeds = {server.kind: await customers.feed_for(server, operation, bench.seeded) for server in servers}
        results = await in_turn(servers, feeds, Effort(rounds=1, seconds=0.05, connections=2))
        assert all(result.rate > 0 and result.p50 <= result.p99 for result in results.values())

    after = {kind: (await bench.rows(kind))["customers"] for kind in bench.servers}
    assert all(after[kind] > before[kind] for kind in bench.servers)


async def sell(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purchases, "ALONE", 1)
    monkeypatch.setattr(purchases, "TOGETHER", 3)
    sutler, floor = bench.servers["sutler"], bench.servers["floor"]
    before = await bench.rows("floor")

    async with Client(sutler.port) as client:
        shelf = await stock(over_http(client, bench.seeded))
    tills = purchases.tills(sutler, floor, shelf, bench.seeded)
    sales = await purchases.sell(tills, shelf, rounds=1)

    assert [len(sales["sutler"].alone), len(sales["sutler"].delivered), len(sales["floor"].together)] == [1, 1, 1]
    assert len(sales["sutler"].together[0].latencies) == len(sales["floor"].together[0].latencies) == 3
    after = await bench.rows("floor")
    made = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    assert made == {name: 8 * number for name, number in new_rows(bench.plan).items()}  # two rounds of four purchases
    sold = await bench.rows("sutler")
    assert all(sold[name] == after[name] for name in ("orders", "order_lines", "payments", "ledger_entries"))

    handed = await purchases.handed_over(tills[0], shelf, 2)
    shown = report.latency_row("handed over", "", handed)
    assert len(handed.latencies) == 2
    assert float(shown[2]) <= float(shown[3])
    assert (await bench.rows("sutler"))["orders"] == sold["orders"] + 2


def new_rows(bought: Plan) -> dict[str, int]:
    """How many rows of each table one purchase makes."""
    found: dict[str, int] = {}
    for write in (*bought.create.writes, *bought.complete.writes):
        found[write.table] = found.get(write.table, 0) + (0 if write.updates else len(write.rows))
    return {name: number for name, number in found.items() if number}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
class TestGrowth:
    async def test_shows_how_long_finding_takes_among_ever_more(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(growth, "EFFORT", Effort(rounds=1, seconds=0.02, connections=1))

        await growth.measure(engine, ANY_CORE, (20, 40))

        shown = capsys.readouterr().out
        assert "60 customers made" in shown
        assert [line.count("|") for line in shown.splitlines() if any(one.name in line for one in growth.FINDINGS)] == (
            [6] * len(growth.FINDINGS)
        )


class TestStatements:
    async def test_are_counted_for_each_part_of_a_purchase(self, engine: Engine) -> None:
        counts, bought = await counted(engine)

        assert any("INTO checkouts " in statement for statement in counts.opening)
        assert any("INTO orders " in statement for statement in counts.completing)
        assert any("INTO delivery_items " in statement for statement in counts.afterwards)
        assert not counts.polling
        assert not any("INTO orders " in statement for statement in (*counts.opening, *counts.afterwards))
        assert {"orders", "order_lines", "payments", "ledger_entries", "events"} <= {w.table for w in bought.complete.writes}


class TestLoadGenerator:
    @pytest.fixture
    async def server(self, tmp_path: Path) -> AsyncIterator[Server]:
        async with running(["empty"], SqliteFiles(tmp_path), Seeded("1", "APIKey x", ("1",)), ANY_CORE) as servers:
            yield servers["empty"]

    async def test_counts_every_answer_of_a_feed_that_ends(self, server: Server) -> None:
        exchanges = (Exchange(request("GET", "/", "APIKey x"), range(2, 3)) for _ in range(25))

        sample = await hammer(server.port, exchanges, connections=4)

        assert len(sample.latencies) == 25
        assert sample.rate > 0

    async def test_stops_at_a_body_of_another_length(self, server: Server) -> None:
        exchanges = iter([Exchange(request("GET", "/", "APIKey x"), range(3, 9))])

        with pytest.raises(Wrong, match="2 bytes"):
            await hammer(server.port, exchanges, connections=1)

    async def test_stops_at_a_body_that_is_not_accepted(self, server: Server) -> None:
        exchanges = iter([Exchange(request("GET", "/", "APIKey x"), range(9))])

        with pytest.raises(Wrong, match=r"\[\]"):
            await hammer(server.port, exchanges, connections=1, accept=lambda body: body != b"[]")

    def test_puts_an_answer_together_that_comes_in_parts(self) -> None:
        answers: list[Answer] = []
        connection = Connection(lambda _, answer: answers.append(answer), lambda: None)

        for part in (b"HTTP/1.1 404 Not Fo", b"und\r\nX: y\r\nContent-Length: 5\r\n\r", b"\nab", b"cde"):
            assert answers == []
            connection.data_received(part)

        assert answers == [Answer(404, b"abcde")]

    def test_takes_an_answer_without_a_length_for_one_without_a_body(self) -> None:
        answers: list[Answer] = []
        connection = Connection(lambda _, answer: answers.append(answer), lambda: None)

        connection.data_received(b"HTTP/1.1 204 No Content\r\nx-trace-id: 1\r\n\r\n")

        assert answers == [Answer(204, b"")]


class TestPercentile:
    @pytest.mark.parametrize(("share", "value"), [(0.5, 51.0), (0.99, 100.0), (0.0, 1.0), (1.0, 100.0)])
    def test_is_the_value_that_so_many_do_not_exceed(self, share: float, value: float) -> None:
        values = [float(number) for number in range(100, 0, -1)]

        assert percentile(values, share) == value


class TestPlan:
    def test_makes_ids_and_digests_anew_and_keeps_the_rest(self) -> None:
        before: plan.Snapshot = {"simulated_charges": {}}
        columns = metadata.tables["simulated_charges"].c.keys()
        row: list[Any] = [None] * len(columns)
        row[columns.index("id")], row[columns.index("payment_id")], row[columns.index("amount")] = 77, 50, 999

        (write,) = plan.writes(before, {"simulated_charges": {77: row}}, opened=[50], new=[77])
        (again,) = write.inserts("", opened=1000, new=2000).rows

        assert (again[columns.index("id")], again[columns.index("payment_id")], again[columns.index("amount")]) == (
            2000,
            1000,
            999,
        )

    def test_survives_its_file(self) -> None:
        written = Plan(plan.Step([plan.Write("t", ["a"], [[(plan.Kind.RANDOM, 32)]])], b"{}"), plan.Step([], b""))

        with planned(written):
            read = msgspec.msgpack.decode(Path(os.environ["BENCH_PLAN"]).read_bytes(), type=Plan)

        assert read.create.writes[0].rows == [[(plan.Kind.RANDOM, 32)]]
        assert len(plan.value(*read.create.writes[0].rows[0][0], 0, 0)) == 32
