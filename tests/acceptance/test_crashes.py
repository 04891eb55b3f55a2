"""Nothing is lost and nothing happens twice, however often the server or its database dies in the middle of it."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from sutler.kernel import secrets
from sutler.kernel.data.connect import database as database_at
from tests.acceptance.books import Books, after_a_while
from tests.acceptance.buyers import Crowd
from tests.make.demo import DemoStore
from tests.postgres import Cluster
from tests.processes import ServerProcess, started

BUYERS, PRICE = 6, 999
KILLS, OUTAGES = 20, 10
BETWEEN = 3  # purchases, so that every crash meets a shop that sells
Crash = Callable[[], Awaitable[None]]


@pytest.fixture
def durable_cluster() -> Iterator[Cluster]:
    """A PostgreSQL that syncs to disk and may be crashed."""
    running = Cluster(durable=True)
    running.start()
    yield running
    running.stop()


def seeded(folder: Path, **settings: str) -> DemoStore:
    """The demo store, in a data folder that no process uses any more."""
    server = ServerProcess(folder, "demo", "--json", "--data", "data", **settings)
    with started(server):
        shop = DemoStore.of(server)
        assert server.stop() == 0
    return shop


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


async def books_of(url: str, folder: Path) -> Books:
    """What became of everything, with the installation's own key."""
    secrets.install(secrets.Sealer.from_settings(None, folder))
    return await after_a_while(database_at(url))


def assert_that_all_adds_up(crowd: Crowd, books: Books, crashes: int) -> None:
    """Every purchase is whole, or it was never acknowledged and nothing of it is there."""
    paid = [purchase.checkout_id for purchase in crowd.purchases if purchase.acknowledged]
    open_ = [purchase.checkout_id for purchase in crowd.purchases if not purchase.acknowledged]

    assert len(paid) >= crashes * BETWEEN
    assert crowd.interrupted >= crashes  # the crashes were felt
    assert sorted(books.checkouts) == sorted(purchase.checkout_id for purchase in crowd.purchases)
    assert [id for id in paid if not books.is_whole(id, PRICE)] == []
    assert [id for id in open_ if not (books.is_whole(id, PRICE) or books.is_absent(id))] == []
    assert sum(sum(amounts) for amounts in books.ledger.values()) == 0
    assert set(books.jobs) <= {"expire_checkout"}


class TestKillingTheServer:
    async def test_loses_nothing_and_repeats_nothing(self, tmp_path: Path) -> None:
        shop, server = seeded(tmp_path), ServerProcess(tmp_path, "serve", "--data", "data")

        def kill_and_restart() -> None:
            server.kill()
            server.start()

        with started(server):
            crowd = await selling_through(KILLS, lambda: asyncio.to_thread(kill_and_restart), shop.at(server.url))
            assert server.stop() == 0
        books = await books_of(f"sqlite:{tmp_path}/data/sutler.db", tmp_path / "data")

        assert_that_all_adds_up(crowd, books, KILLS)


class TestKillingTheDatabase:
    async def test_loses_nothing_and_repeats_nothing(self, tmp_path: Path, durable_cluster: Cluster) -> None:
        url = durable_cluster.create_database("crashing")
        settings = {"SUTLER_DATABASE_URL": url}
        shop, server = seeded(tmp_path, **settings), ServerProcess(tmp_path, "serve", "--data", "data", **settings)

        def crash_and_restart() -> None:
            durable_cluster.crash()
            durable_cluster.restart()

        with started(server):
            crowd = await selling_through(OUTAGES, lambda: asyncio.to_thread(crash_and_restart), shop.at(server.url))
            assert server.stop() == 0
        books = await books_of(url, tmp_path / "data")

        assert_that_all_adds_up(crowd, books, OUTAGES)
