"""Whoever dies in between, every command that is paid for runs, and twice only where its acknowledgement was lost."""

import asyncio
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from sutler.kernel.data.connect import database as database_at
from sutler.kernel.data.database import Database
from sutler.kernel.data.running import opened
from tests.acceptance.aftermath import assert_that_all_adds_up, books_of, seeded
from tests.acceptance.books import LATER
from tests.acceptance.buyers import Crowd
from tests.acceptance.plugins import LossyServer
from tests.acceptance.scenes import rows
from tests.make.demo import DemoStore, must
from tests.postgres import Cluster
from tests.processes import Process, ServerProcess, started, wait_until

BUYERS, PURCHASES, MANY_PURCHASES = 6, 36, 2_000
OFFERS_LAPSE = "UPDATE command_attempts SET offered_until = NULL WHERE executed_at IS NULL"
LEFT = """
    SELECT kind, count(*) FROM jobs WHERE kind <> 'expire_checkout' GROUP BY kind
    UNION ALL SELECT 'commands', count(*) FROM command_attempts WHERE executed_at IS NULL HAVING count(*) > 0 ORDER BY 1
"""
OFFERED = "SELECT attempt_id, count(*) FROM command_log WHERE step = 'offered' GROUP BY attempt_id"
LOOKING = 3.0  # seconds between two looks: servers believe for two that nothing waits
AT_WORK = "Sutler runs jobs"  # what a worker says once its database answers
MOST_STALLED = 20  # looks at which nothing has changed
Blow = Callable[[], None]


@dataclass
class Installation:
    """A server and a worker, each a process of its own, and where their data are."""

    folder: Path
    url: str
    shop: DemoStore
    server: ServerProcess
    worker: Process

    def kill_the_server(self) -> None:
        """It is started again at once, as a service manager would."""
        self.server.kill()
        self.server.start()

    def kill_the_worker(self) -> None:
        """The same. It is at work again afterwards: one that begins while its database is away ends, and nobody is there."""
        self.worker.kill()
        begun = self.worker.output.count(AT_WORK)
        self.worker.start()
        wait_until(lambda: self.worker.output.count(AT_WORK) > begun, f"no worker came:\n{self.worker.complaints}")


@contextmanager
def installed(folder: Path, url: str | None = None) -> Iterator[Installation]:
    """Everything runs inside, and can be stopped at the end."""
    settings = {"SUTLER_WORKER": "0"} | ({"SUTLER_DATABASE_URL": url} if url else {})
    shop = seeded(folder, **settings)
    server = ServerProcess(folder, "serve", "--data", "data", **settings)
    worker = Process(folder, "worker", "--data", "data", **settings)
    with started(server, worker):
        yield Installation(folder, url or f"sqlite:{folder}/data/sutler.db", shop.at(server.url), server, worker)
        assert [process.stop() for process in (server, worker)] == [0, 0]


async def sell(place: Installation, blows: Sequence[Blow], purchases: int) -> tuple[Crowd, LossyServer]:
    """Sell so much while one blow after the other falls, and give everybody time to come to an end."""
    crowd, plugin = Crowd(place.shop), LossyServer(place.shop)
    playing = asyncio.create_task(plugin.play())
    async with asyncio.TaskGroup() as group:
        for _ in range(BUYERS):
            group.create_task(crowd.buy())
        for blow in blows:
            await crowd.progress(purchases // (len(blows) + 1))
            await asyncio.sleep(random.uniform(0, 0.05))
            await asyncio.to_thread(blow)
        await crowd.progress(max(1, purchases - crowd.acknowledged))
        crowd.stopping = True
    await come_to_an_end(place.url, plugin)
    plugin.stopping = True
    await playing
    return crowd, plugin


async def come_to_an_end(url: str, plugin: LossyServer) -> None:
    """Wait until nothing is left to do. When nothing moves any more, time passes: leases run out, doubts are looked into."""
    before, stalled = None, 0
    async with opened(database_at(url)) as database:
        while left := await what_is_left(database):
            stalled = stalled + 1 if left == before else 0
            assert stalled < MOST_STALLED, left
            if stalled or before is None:
                async with plugin.between:
                    if plugin.lost:  # at least one acknowledgement was
                        plugin.loses_nothing_more()
                    await database.script(f"{LATER} {OFFERS_LAPSE};")
            before = left
            await asyncio.sleep(LOOKING)


async def what_is_left(database: Database) -> list[tuple[str, int]]:
    """How many jobs of each kind there are still, and how many commands that have not run."""
    async with database.reading() as connection:
        return [(str(what), int(number)) for what, number in await rows(connection, LEFT)]


async def assert_that_repetitions_show(place: Installation, plugin: LossyServer) -> None:
    """What ran twice had its acknowledgement lost, and its log says so: offered again, and acknowledged in the end."""
    repeated = {id for id, times in plugin.runs.items() if times > 1}
    assert repeated  # otherwise nothing was tried
    assert repeated <= plugin.lost
    with place.shop.manager() as manager:
        for id in repeated:
            log = must(manager.get(f"{place.shop.path}/delivery/commands/{id}/log", params={"limit": 100}))
            steps = [entry["step"] for entry in log]
            assert steps == ["acknowledged"] + ["offered"] * (len(log) - 1)  # newest first
            assert len(log) > plugin.runs[id]
    async with opened(database_at(place.url)) as database, database.reading() as connection:
        offered = {str(id): number for id, number in await rows(connection, OFFERED)}
    assert set(plugin.runs) == set(offered)
    assert all(times <= offered[id] for id, times in plugin.runs.items())


async def prove(place: Installation, blows: Sequence[Blow], purchases: int) -> Crowd:
    """Sell through it all; everything that was queued ran."""
    crowd, plugin = await sell(place, blows, purchases)
    await assert_that_repetitions_show(place, plugin)
    return crowd


def mixed(*blows: Blow, times: int) -> list[Blow]:
    """Each of them so often, in any order."""
    return random.sample(blows * times, len(blows) * times)


SMALL_AND_LARGE = pytest.mark.parametrize(
    ("purchases", "times"), [(PURCHASES, 1), pytest.param(MANY_PURCHASES, 10, marks=pytest.mark.soak)]
)


@SMALL_AND_LARGE
class TestEveryPaidCommand:
    async def test_runs_while_server_and_worker_are_killed(self, tmp_path: Path, purchases: int, times: int) -> None:
        with installed(tmp_path) as place:
            blows = mixed(place.kill_the_server, place.kill_the_worker, times=times)
            crowd = await prove(place, blows, purchases)
        books = await books_of(place.url, tmp_path / "data")

        assert_that_all_adds_up(crowd, books, times, purchases)

    async def test_runs_while_the_database_is_killed_as_well(
        self, tmp_path: Path, durable_cluster: Cluster, purchases: int, times: int
    ) -> None:
        def crash_the_database() -> None:
            durable_cluster.crash()
            durable_cluster.restart()

        with installed(tmp_path, durable_cluster.create_database("chaos")) as place:
            blows = mixed(place.kill_the_server, place.kill_the_worker, crash_the_database, times=times)
            crowd = await prove(place, blows, purchases)
        books = await books_of(place.url, tmp_path / "data")

        assert_that_all_adds_up(crowd, books, 2 * times, purchases)
