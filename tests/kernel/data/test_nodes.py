"""Node numbers: one holder at a time, given up in time, and taken over without a gap or an overlap."""

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import PIPE, Popen
from typing import Any

import pytest
from sqlalchemy.schema import CreateTable
from structlog.testing import capture_logs

from sutler.kernel.data.database import Database
from sutler.kernel.data.nodes import NodeLease, nodes, unix_ms
from sutler.kernel.data.processes import Process
from sutler.kernel.errors import ServiceUnavailable
from sutler.kernel.ids import NODES, FlakeClock, created_at

HOLDER = """
import asyncio, sys
from sutler.kernel import logs
from sutler.kernel.data.connect import database
from sutler.kernel.data.nodes import NodeLease
from sutler.kernel.ids import new_id

async def hold():
    opened = database(sys.argv[1])
    await opened.open()
    async with NodeLease(opened) as lease:
        print(lease.node, max(int(new_id()) for _ in range(10_000)), flush=True)
        await asyncio.sleep(60)

logs.configure("error", "json")
asyncio.run(hold())
"""
ELSEWHERE = Process("another machine", 1, "1", "token").text()
READ = "SELECT node, holder, leased_until_ms, high_water_ms FROM nodes ORDER BY node"


@pytest.fixture
async def shop(blank: Database) -> Database:
    """A database with the table of node numbers."""
    await blank.script(str(CreateTable(nodes).compile(dialect=blank.dialect)))
    return blank


async def hold_elsewhere(
    shop: Database, node: int, *, until_ms: int, high_water_ms: int = 0, holder: str = ELSEWHERE
) -> None:
    """Another machine has leased a node."""
    async with shop.writing() as connection:
        await connection.fetch(f"INSERT INTO nodes VALUES ({node}, '{holder}', {until_ms}, {high_water_ms})", ())


async def rows(shop: Database) -> list[tuple[Any, ...]]:
    """The table as others see it."""
    async with shop.reading() as connection:
        return [tuple(row) for row in await connection.fetch(READ, ())]


@contextmanager
def another_process(address: str) -> Iterator[tuple[str, str]]:
    """The node of a process that holds one, and its last id; it is killed at the end."""
    with Popen([sys.executable, "-c", HOLDER, address], stdout=PIPE, text=True) as process:
        assert process.stdout is not None
        node, last = process.stdout.readline().split()
        yield node, last
        process.kill()


def node_of(id: str) -> int:
    """The node that an id was made on."""
    return int(id) >> 12 & 0x3FF


class TestEntering:
    async def test_takes_the_lowest_node_that_nobody_holds(self, shop: Database) -> None:
        now = unix_ms()
        await hold_elsewhere(shop, 0, until_ms=now + 60_000)
        await hold_elsewhere(shop, 1, until_ms=now - 1)
        await hold_elsewhere(shop, 3, until_ms=now - 1)
        clocks = [FlakeClock() for _ in range(4)]

        async with (
            NodeLease(shop, clocks[0]),
            NodeLease(shop, clocks[1]),
            NodeLease(shop, clocks[2]),
            NodeLease(shop, clocks[3]),
        ):
            found = [node_of(clock.next()) for clock in clocks]

        assert found == [1, 2, 3, 4]

    async def test_gives_each_of_many_processes_at_once_its_own(self, shop: Database) -> None:
        leases = [NodeLease(shop, FlakeClock()) for _ in range(8)]

        await asyncio.gather(*[lease.__aenter__() for lease in leases])
        found = sorted(lease.node for lease in leases)
        for lease in leases:
            await lease.__aexit__(None, None, None)

        assert found == list(range(8))

    async def test_starts_above_the_ids_of_its_predecessor_whatever_the_clock_says(self, shop: Database) -> None:
        ahead = unix_ms() + 3_600_000
        await hold_elsewhere(shop, 0, until_ms=unix_ms() - 1, high_water_ms=ahead)
        clock = FlakeClock()

        async with NodeLease(shop, clock):
            first = clock.next()

        assert node_of(first) == 0
        assert created_at(first).timestamp() * 1000 == pytest.approx(ahead + 1, abs=0.5)

    async def test_writes_down_what_it_will_use_before_it_uses_it(self, shop: Database) -> None:
        clock = FlakeClock()

        async with NodeLease(shop, clock):
            ids = [clock.next() for _ in range(1_000)]
            ((_, _, _, bound),) = await rows(shop)

        assert max(created_at(id).timestamp() * 1000 for id in ids) <= bound

    async def test_refuses_when_every_node_is_held(self, shop: Database) -> None:
        async with shop.writing() as connection:
            held = unix_ms() + 60_000
            for node in range(NODES):
                await connection.fetch(f"INSERT INTO nodes VALUES ({node}, '{ELSEWHERE}', {held}, 0)", ())

        with pytest.raises(RuntimeError, match="All 1024 node numbers are leased"):
            async with NodeLease(shop, FlakeClock()):
                pass


class TestLeaving:
    async def test_frees_the_node_and_stops_the_ids(self, shop: Database) -> None:
        clock, successor = FlakeClock(), FlakeClock()
        async with NodeLease(shop, clock):
            last = clock.next()

        with pytest.raises(RuntimeError, match="holds no node number"):
            clock.next()
        async with NodeLease(shop, successor) as lease:
            assert lease.node == 0
            assert int(successor.next()) > int(last)
            assert created_at(successor.next()).timestamp() < time.time() + 1

    async def test_succeeds_although_the_database_is_away(self, shop: Database, address: str) -> None:
        lease = NodeLease(shop, FlakeClock())
        await lease.__aenter__()
        await shop.close()

        with capture_logs() as logs:
            await lease.__aexit__(None, None, None)

        assert [log["event"] for log in logs] == ["could not give the node number back"]
        await shop.open()


class TestALease:
    async def test_is_renewed_for_as_long_as_it_is_held(self, shop: Database) -> None:
        clock, other = FlakeClock(), FlakeClock()

        async with NodeLease(shop, clock, lease=1, renewal=0.1):
            first = await rows(shop)
            with capture_logs() as logs:
                await asyncio.sleep(1.3)
            last = await rows(shop)
            async with NodeLease(shop, other) as second:
                assert second.node == 1
            clock.next()

        assert [log["event"] for log in logs if log["log_level"] == "critical"] == []
        assert last[0][2] > first[0][2]
        assert last[0][3] > first[0][3]

    async def test_stops_the_ids_when_it_runs_out_and_lets_them_go_on_when_it_is_renewed(self, shop: Database) -> None:
        clock = FlakeClock()
        lease = NodeLease(shop, clock, lease=0.3, renewal=0.1)
        async with lease:
            await shop.script("ALTER TABLE nodes RENAME TO hidden")
            with capture_logs() as logs:
                await asyncio.sleep(0.5)
            with pytest.raises(ServiceUnavailable, match="has taken no changes for a while"):
                clock.next()

            await shop.script("ALTER TABLE hidden RENAME TO nodes")
            await asyncio.sleep(0.3)
            clock.next()

        assert "critical" in [log["log_level"] for log in logs]

    async def test_that_was_taken_over_is_given_up_for_another_node(self, shop: Database) -> None:
        clock = FlakeClock()

        async with NodeLease(shop, clock, lease=10, renewal=0.05) as lease:
            before = clock.next()
            async with shop.writing() as connection:
                await connection.fetch(f"UPDATE nodes SET holder = '{ELSEWHERE}'", ())
            await asyncio.sleep(0.2)

            assert lease.node == 1
            after = clock.next()

        assert (node_of(before), node_of(after)) == (0, 1)
        assert int(after) > int(before)


class TestADeadProcess:
    async def test_is_succeeded_at_once(self, shop: Database, address: str) -> None:
        with another_process(address) as (node, last):
            pass
        clock = FlakeClock()

        async with NodeLease(shop, clock) as lease:
            first = clock.next()

        assert lease.node == int(node) == 0
        assert int(first) > int(last)

    async def test_keeps_its_node_while_it_lives(self, shop: Database, address: str) -> None:
        with another_process(address):
            async with NodeLease(shop, FlakeClock()) as lease:
                assert lease.node == 1


class TestProcess:
    def test_is_not_gone_while_it_runs(self) -> None:
        assert not Process.from_text(Process.current().text()).is_gone()

    def test_is_gone_when_its_number_belongs_to_a_later_one(self) -> None:
        now = Process.current()

        assert Process(now.machine, now.pid, "1", now.token).is_gone()

    def test_is_gone_once_it_has_ended_even_if_nobody_has_noticed(self) -> None:
        process = Popen([sys.executable, "-c", "input()"], stdin=PIPE)
        now = Process.current()
        child = Process(now.machine, process.pid, started(process.pid), "")
        assert not child.is_gone()

        process.kill()
        deadline = time.monotonic() + 5
        while not child.is_gone():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.communicate()

    def test_is_unknown_on_another_machine(self) -> None:
        assert not Process("another machine", 1, "1", "token").is_gone()


def started(pid: int) -> str:
    """When a process was started, in the words of the module under test."""
    from sutler.kernel.data.processes import start_of

    found = start_of(pid)
    assert found is not None
    return found
