"""Connections to PostgreSQL: lent, waited for, replaced, and the server that crashes under them."""

import asyncio
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest

from sutler.kernel.data import pool
from sutler.kernel.data.postgres import Postgres
from sutler.kernel.data.postgres_connections import UNKNOWN_OUTCOME
from sutler.kernel.data.postgres_failures import heard
from sutler.kernel.errors import ServiceUnavailable
from tests.kernel.data.things import ADD, CONNECTIONS, SLOW_COMMIT, add, commits, ids, soon
from tests.postgres import Cluster


@pytest.fixture
async def shop(postgres_shop: Postgres) -> Postgres:
    """A database with one table."""
    return postgres_shop


class TestThePool:
    async def test_makes_requests_wait_for_a_connection(self, shop: Postgres) -> None:
        await asyncio.gather(*[add(shop, id, pause=0.01) for id in range(20)])

        assert await ids(shop) == list(range(20))
        assert shop.pool._size == 4

    async def test_refuses_when_none_comes_free_in_time(self, shop: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pool, "PATIENCE", 0.05)
        busy = [asyncio.create_task(add(shop, id, pause=0.3)) for id in range(4)]
        await asyncio.sleep(0.05)

        with pytest.raises(ServiceUnavailable, match="All connections to the database are in use"):
            await ids(shop)

        await asyncio.gather(*busy)
        assert await ids(shop) == [0, 1, 2, 3]

    async def test_lends_the_connection_that_was_used_last(self, shop: Postgres) -> None:
        seen = set()
        for _ in range(5):
            async with shop.reading() as connection:
                seen.add((await connection.fetch("SELECT pg_backend_pid()", ()))[0][0])

        assert len(seen) == 1

    async def test_keeps_what_a_cancelled_request_has_just_got(self, shop: Postgres) -> None:
        lent = [await shop.pool.take() for _ in range(4)]
        waiting = asyncio.create_task(shop.pool.take())
        await asyncio.sleep(0)

        shop.pool.give(lent[0])
        waiting.cancel()
        await asyncio.wait([waiting])

        assert waiting.cancelled()
        assert await shop.pool.take() is lent[0]
        for connection in lent:
            shop.pool.give(connection)

    async def test_opens_another_for_who_waits_when_one_breaks(self, shop: Postgres) -> None:
        lent = [await shop.pool.take() for _ in range(4)]
        waiting = asyncio.create_task(shop.pool.take())
        await asyncio.sleep(0)

        lent[0].terminate()
        shop.pool.give(lent[0])
        new = await asyncio.wait_for(waiting, 2)

        assert await new.fetchval("SELECT 1") == 1
        for connection in (new, *lent[1:]):
            shop.pool.give(connection)

    async def test_never_takes_back_what_is_inside_a_transaction(self, shop: Postgres) -> None:
        lent = await shop.pool.take()
        await lent.execute("BEGIN")

        shop.pool.give(lent)

        assert lent.is_closed()
        assert await ids(shop) == []

    async def test_survives_the_cancelling_of_requests_that_wait(self, shop: Postgres) -> None:
        busy = [asyncio.create_task(add(shop, id, pause=0.05)) for id in range(4)]
        await asyncio.sleep(0.02)
        waiting = [asyncio.create_task(add(shop, id)) for id in range(4, 12)]
        await asyncio.sleep(0.01)
        for task in waiting[::2]:
            task.cancel()
        await asyncio.wait([*busy, *waiting])

        assert await ids(shop) == [0, 1, 2, 3, 5, 7, 9, 11]
        assert len(shop.pool._idle) == shop.pool._size == 4

    async def test_closes_what_was_not_needed_for_long(self, shop: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
        await asyncio.gather(*[add(shop, id, pause=0.02) for id in range(4)])
        assert shop.pool._size == 4
        monkeypatch.setattr(pool, "IDLE_TIME", 0.01)
        await asyncio.sleep(0.02)

        for _ in range(3):
            await ids(shop)

        assert shop.pool._size == 2

    async def test_replaces_connections_that_were_ended(self, shop: Postgres, watcher: asyncpg.Connection) -> None:
        await add(shop, 1)
        await watcher.execute(f"SELECT pg_terminate_backend(pid) {CONNECTIONS}")
        await asyncio.sleep(0.05)

        assert await ids(shop) == [1]

    async def test_tells_a_request_whose_connection_was_ended(self, shop: Postgres, watcher: asyncpg.Connection) -> None:
        with pytest.raises(ServiceUnavailable):
            async with shop.writing() as connection:
                await connection.fetch(ADD["postgresql"], (1,))
                await watcher.execute(f"SELECT pg_terminate_backend(pid) {CONNECTIONS} AND state LIKE 'idle in%'")
                await connection.fetch(ADD["postgresql"], (2,))

        assert await ids(shop) == []

    async def test_does_not_say_that_nothing_changed_when_it_cannot_know(
        self, shop: Postgres, watcher: asyncpg.Connection
    ) -> None:
        await shop.script(SLOW_COMMIT)
        task = asyncio.create_task(add(shop, 1))
        await soon(lambda: commits(watcher), 1)
        await watcher.execute(f"SELECT pg_terminate_backend(pid) {CONNECTIONS} AND query = 'COMMIT'")

        with pytest.raises(ServiceUnavailable) as refused:
            await task
        assert str(refused.value) == UNKNOWN_OUTCOME


class TestAFailureOfAsyncpgItself:
    async def test_ends_the_connection_and_passes(self, shop: Postgres) -> None:
        """As seen after crashes of the server."""
        lent = await shop.pool.take()
        state = asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress")

        assert isinstance(heard(state, lent), ServiceUnavailable)
        assert lent.is_closed()
        shop.pool.give(lent)
        assert await ids(shop) == []

    async def test_is_no_excuse_for_mistakes(self, shop: Postgres) -> None:
        lent = await shop.pool.take()

        assert heard(asyncpg.InterfaceError("the server expects 1 argument for this query, 0 was passed"), lent) is None
        assert not lent.is_closed()
        shop.pool.give(lent)


class TestOpen:
    async def test_says_that_no_server_answers(self, tmp_path: Any) -> None:
        with pytest.raises(ServiceUnavailable, match="does not answer"):
            await Postgres(f"postgresql://postgres@/none?host={tmp_path}").open()

    async def test_lets_a_wrong_address_through_as_the_mistake_it_is(self, cluster: Cluster) -> None:
        with pytest.raises(asyncpg.InvalidCatalogNameError):
            await Postgres(cluster.url("nowhere")).open()


@pytest.fixture(scope="class")
def fragile() -> Iterator[Cluster]:
    """A server of one's own, to be crashed."""
    cluster = Cluster(durable=True)
    cluster.start()
    yield cluster
    cluster.stop()


class TestACrashOfTheServer:
    async def test_loses_nothing_that_was_acknowledged_and_is_over_when_the_server_is_back(self, fragile: Cluster) -> None:
        shop = Postgres(fragile.create_database("crash"), most=8)
        await shop.open()
        await shop.script("CREATE TABLE things (id BIGINT PRIMARY KEY)")
        acknowledged: list[int] = []
        failures: list[BaseException] = []
        stopping = asyncio.Event()

        async def keep_writing(start: int) -> None:
            for id in range(start, start + 100_000):
                if stopping.is_set():
                    return
                try:
                    await add(shop, id)
                    acknowledged.append(id)
                except BaseException as error:  # noqa: BLE001 - the point is which ones there are
                    failures.append(error)
                    await asyncio.sleep(0.01)

        writers = [asyncio.create_task(keep_writing(number * 100_000)) for number in range(16)]
        for _ in range(3):
            await asyncio.sleep(0.2)
            await asyncio.to_thread(fragile.crash)
            await asyncio.sleep(0.1)
            await asyncio.to_thread(fragile.restart)
        await asyncio.sleep(0.3)
        stopping.set()
        await asyncio.gather(*writers)

        assert {type(failure) for failure in failures} == {ServiceUnavailable}
        assert len(acknowledged) > 100
        assert set(acknowledged) <= set(await ids(shop))
        await shop.close()
        assert len(shop.pool._idle) == 0
