"""A backup of a store that goes on selling shows one moment of it, and keeps nobody waiting."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from sutler.kernel.data.database import Database
from sutler.kernel.data.snapshot import snapshot
from tests.backup.conftest import Trade
from tests.make.backup import brought_back, complaints, rows, saved

ORDERS = "SELECT count(*) FROM orders WHERE status = 'completed'"
IDS = "SELECT id, status, total_amount FROM orders ORDER BY id"


@asynccontextmanager
async def selling(trade: Trade) -> AsyncIterator[list[str]]:
    """Customers who buy all the time, a worker that delivers all the time; yields the orders that were answered for."""
    sold: list[str] = []
    open_for_business = True

    async def buy() -> None:
        while open_for_business:
            sold.append((await trade.sell(trade.rank_id))["id"])

    async def deliver() -> None:
        while open_for_business:
            await trade.worker.run_due()
            await asyncio.sleep(0.001)

    async with asyncio.TaskGroup() as group:
        for work in (buy(), buy(), deliver()):
            group.create_task(work)
        yield sold
        open_for_business = False


class TestBackup:
    async def test_under_load_is_one_moment_and_comes_back_on_the_other_engine(
        self, trade: Trade, database: Database, elsewhere: str, tmp_path: Path
    ) -> None:
        async with selling(trade) as sold:
            for number in range(5):
                sold += [(await trade.sell(trade.poster_id))["id"] for _ in range(3)]
                answered, before = set(sold), len(sold)
                contents = await saved(database, tmp_path / f"{number}")
            during = len(sold) - before

        copy = await brought_back(elsewhere, tmp_path / "4")

        assert await complaints(copy) == {}
        mine, theirs = await rows(copy, IDS), await rows(database, IDS)
        assert during > 0
        assert answered <= {str(row[0]) for row in mine if row[1] == "completed"}
        assert {row[0] for row in mine} < {row[0] for row in theirs}
        assert (await saved(copy, tmp_path / "again")).tables == contents.tables


class TestSnapshot:
    async def test_sees_one_moment_while_others_write(self, trade: Trade, database: Database) -> None:
        async with snapshot(database) as connection:
            before = (await connection.fetch(ORDERS, ()))[0][0]
            await asyncio.wait_for(trade.sell(trade.poster_id), 10)

            assert (await connection.fetch(ORDERS, ()))[0][0] == before

        assert await rows(database, ORDERS) == [(before + 1,)]

    async def test_writes_nothing(self, trade: Trade, database: Database) -> None:
        async with snapshot(database) as connection:
            with pytest.raises(Exception, match=r"readonly|read-only"):
                await connection.fetch("DELETE FROM orders", ())

    async def test_lets_an_upgrade_of_the_tables_wait_without_standing_in_the_way_of_sales(
        self, trade: Trade, database: Database
    ) -> None:
        upgraded = asyncio.Event()

        async def upgrade() -> None:
            async with database.upgrading() as connection:
                await connection.script("CREATE TABLE upgraded (id INTEGER)")
                await connection.script("DROP TABLE upgraded")
                upgraded.set()

        async with snapshot(database) as connection:
            await connection.fetch(ORDERS, ())
            task = asyncio.create_task(upgrade())
            await asyncio.sleep(0.1)
            await asyncio.wait_for(trade.sell(trade.poster_id), 10)
            assert upgraded.is_set() == (database.dialect.name == "sqlite")

        await asyncio.wait_for(task, 10)
        assert upgraded.is_set()
