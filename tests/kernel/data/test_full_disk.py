"""SQLite on a disk that is full or broken: nothing half-saved, everybody told, and life goes on afterwards."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import apsw
import pytest

from sutler.kernel.data.sqlite import Sqlite
from sutler.kernel.errors import ServiceUnavailable
from tests.kernel.data.full_disk import FullDisk
from tests.kernel.data.things import ids


@pytest.fixture
def disk() -> Iterator[FullDisk]:
    """That disk, with plenty of room still."""
    disk = FullDisk()
    yield disk
    disk.unregister()


@pytest.fixture
async def shop_on_disk(tmp_path: Path, disk: FullDisk, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Sqlite]:
    """A database on it."""
    connection = apsw.Connection
    monkeypatch.setattr(apsw, "Connection", lambda path, **options: connection(path, vfs="full", **options))
    shop = Sqlite(tmp_path / "shop.db")
    await shop.open()
    await shop.script("CREATE TABLE things (id INTEGER PRIMARY KEY, text TEXT)")
    yield shop
    disk.writes_left = 10**9
    await shop.close()


class TestAFullDisk:
    @pytest.mark.parametrize("error", [apsw.FullError, apsw.IOError])
    @pytest.mark.parametrize("room", range(8))
    async def test_saves_nothing_of_the_batch_and_tells_all(
        self, shop_on_disk: Sqlite, disk: FullDisk, room: int, error: type[Exception]
    ) -> None:
        async def add_large(id: int, *, gives_up: bool = False) -> None:
            async with shop_on_disk.writing() as connection:
                await connection.fetch("INSERT INTO things VALUES (?, ?)", (id, "x" * 10_000))
                if gives_up:
                    raise LookupError

        await add_large(0)
        disk.writes_left, disk.error = room, error
        results = await asyncio.gather(*[add_large(id, gives_up=id == 2) for id in (1, 2, 3)], return_exceptions=True)
        seen = await ids(shop_on_disk)
        disk.writes_left = 10**9

        assert [type(result) for result in results] == [ServiceUnavailable] * 3
        assert seen == [0]
        await add_large(4)
        assert await ids(shop_on_disk) == [0, 4]
        async with shop_on_disk.reading() as connection:
            assert await connection.fetch("PRAGMA integrity_check", ()) == [("ok",)]

    async def test_during_a_statement_ends_the_batch_for_those_before_it(self, shop_on_disk: Sqlite, disk: FullDisk) -> None:
        shop_on_disk._writer.execute("PRAGMA cache_size=5")  # so that a large change is written before the commit

        async def small() -> None:
            async with shop_on_disk.writing() as connection:
                await connection.fetch("INSERT INTO things VALUES (1, 'small')", ())
                await asyncio.sleep(0.01)  # the others get in line

        async def large() -> None:
            async with shop_on_disk.writing() as connection:
                disk.writes_left = 3
                with pytest.raises(ServiceUnavailable):
                    await connection.run_many(
                        "INSERT INTO things VALUES (?, ?)", [(id, "x" * 5_000) for id in range(10, 500)]
                    )
                await connection.fetch("INSERT INTO things VALUES (2, 'outside any transaction')", ())

        async def later() -> None:
            async with shop_on_disk.writing() as connection:
                disk.writes_left = 10**9
                await connection.fetch("INSERT INTO things VALUES (3, 'when there is room again')", ())

        results = await asyncio.gather(small(), large(), later(), return_exceptions=True)

        assert [type(result) for result in results] == [ServiceUnavailable, ServiceUnavailable, type(None)]
        assert await ids(shop_on_disk) == [3]

    async def test_is_forgotten_even_if_it_left_a_transaction_open(self, shop_on_disk: Sqlite) -> None:
        shop_on_disk.batch._connection.execute(
            "BEGIN; INSERT INTO things VALUES (1, 'by a request that heard of a failure')"
        )

        async with shop_on_disk.writing() as connection:
            await connection.fetch("INSERT INTO things VALUES (2, '')", ())

        assert await ids(shop_on_disk) == [2]
