"""Nothing is lost and nothing happens twice, however often the server or its database dies in the middle of it."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.acceptance.aftermath import assert_that_all_adds_up, books_of, seeded
from tests.acceptance.buyers import Crowd
from tests.make.demo import DemoStore
from tests.postgres import Cluster
from tests.processes import ServerProcess, started

BUYERS = 6
KILLS, OUTAGES = 3, 2
MANY_KILLS, MANY_OUTAGES = 20, 10
BETWEEN = 3  # purchases, so that every crash meets a shop that sells
Crash = Callable[[], Awaitable[None]]


async def selling_through(crashes: int, crash: Crash, shop: DemoStore) -> Crowd:
    """Sell, crash, sell, crash … and let every buyer finish in the end."""
    crowd = Crowd(shop)
    async with asyncio.TaskGroup() as group:
        for _ in range(BUYERS):
            group.create_task(crowd.buy())
        for _ in range(crashes):
            await crowd.progress(BETWEEN)
            await asyncio.sleep(random.uniform(0, 0.05))
            await crash()
        await crowd.progress(BETWEEN)
        crowd.stopping = True
    return crowd


class TestKillingTheServer:
    @pytest.mark.parametrize("kills", [KILLS, pytest.param(MANY_KILLS, marks=pytest.mark.soak)])
    async def test_loses_nothing_and_repeats_nothing(self, tmp_path: Path, kills: int) -> None:
        shop, server = seeded(tmp_path), ServerProcess(tmp_path, "serve", "--data", "data")

        def kill_and_restart() -> None:
            server.kill()
            server.start()

        with started(server):
            crowd = await selling_through(kills, lambda: asyncio.to_thread(kill_and_restart), shop.at(server.url))
            assert server.stop() == 0
        books = await books_of(f"sqlite:{tmp_path}/data/sutler.db", tmp_path / "data")

        assert_that_all_adds_up(crowd, books, kills, kills * BETWEEN)


class TestKillingTheDatabase:
    @pytest.mark.parametrize("outages", [OUTAGES, pytest.param(MANY_OUTAGES, marks=pytest.mark.soak)])
    async def test_loses_nothing_and_repeats_nothing(self, tmp_path: Path, durable_cluster: Cluster, outages: int) -> None:
        url = durable_cluster.create_database("crashing")
        settings = {"SUTLER_DATABASE_URL": url}
        shop, server = seeded(tmp_path, **settings), ServerProcess(tmp_path, "serve", "--data", "data", **settings)

        def crash_and_restart() -> None:
            durable_cluster.crash()
            durable_cluster.restart()

        with started(server):
            crowd = await selling_through(outages, lambda: asyncio.to_thread(crash_and_restart), shop.at(server.url))
            assert server.stop() == 0
        books = await books_of(url, tmp_path / "data")

        assert_that_all_adds_up(crowd, books, outages, outages * BETWEEN)
