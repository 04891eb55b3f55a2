"""What is particular to PostgreSQL: the transaction that begins late, cancelled requests, and signals between processes."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from sutler.kernel.data.postgres import Postgres
from sutler.kernel.errors import ServiceUnavailable
from tests.kernel.data.things import ADD, ALL, CONNECTIONS, SLOW_COMMIT, add, commits, ids, soon, states


@pytest.fixture
async def shop(postgres_shop: Postgres) -> Postgres:
    """A database with one table."""
    return postgres_shop


class TestWriting:
    async def test_costs_nothing_when_the_request_touches_nothing(self, shop: Postgres, watcher: asyncpg.Connection) -> None:
        async with shop.writing():
            assert set(await states(watcher)) == {"idle"}

    @pytest.mark.parametrize("many", [False, True])
    async def test_begins_with_its_first_statement_whether_that_was_prepared_or_not(
        self, shop: Postgres, watcher: asyncpg.Connection, many: bool
    ) -> None:
        for id in range(3):  # only the first has yet to be prepared
            async with shop.writing() as connection:
                await (
                    connection.run_many(ADD["postgresql"], [(id,)]) if many else connection.fetch(ADD["postgresql"], (id,))
                )
                assert await states(watcher) == ["idle", "idle in transaction"]
                assert await watcher.fetchval("SELECT count(*) FROM things") == id

        assert await ids(shop) == [0, 1, 2]

    async def test_saves_a_round_trip_by_sending_begin_along(self, shop: Postgres) -> None:
        await add(shop, 1)
        raw = await shop.pool.take()
        shop.pool.give(raw)
        queries = raw._protocol.queries_count

        await add(shop, 2)

        assert raw._protocol.queries_count - queries == 2  # the statement and COMMIT

    async def test_prepares_a_statement_once(self, shop: Postgres) -> None:
        for id in range(5):
            await add(shop, id)

        async with shop.reading() as connection:
            found = await connection.fetch(
                "SELECT statement FROM pg_prepared_statements WHERE statement = $1::text", (ADD["postgresql"],)
            )
        assert len(found) == 1

    async def test_undoes_a_request_whose_first_statement_could_not_even_be_sent(
        self, shop: Postgres, watcher: asyncpg.Connection
    ) -> None:
        await add(shop, 1)

        with pytest.raises(asyncpg.DataError):
            async with shop.writing() as connection:
                await connection.fetch(ADD["postgresql"], ("no number",))

        await soon(lambda: states(watcher), ["idle", "idle"])
        await add(shop, 2)
        assert await ids(shop) == [1, 2]

    async def test_refuses_a_statement_that_is_no_sql_and_goes_on(self, shop: Postgres) -> None:
        with pytest.raises(asyncpg.PostgresSyntaxError):
            async with shop.writing() as connection:
                await connection.fetch("INSRET", ())

        await add(shop, 1)
        assert await ids(shop) == [1]

    async def test_repeats_a_first_statement_that_an_upgrade_has_outdated(self, shop: Postgres) -> None:
        statement = "UPDATE things SET id = id RETURNING things.*"
        await add(shop, 1)
        for _ in range(3):
            async with shop.writing() as connection:
                await connection.fetch(statement, ())
        await shop.script("ALTER TABLE things ADD COLUMN name TEXT")

        async with shop.writing() as connection:
            assert [tuple(row) for row in await connection.fetch(statement, ())] == [(1, None)]

    async def test_refuses_a_later_statement_that_an_upgrade_has_outdated(self, shop: Postgres) -> None:
        async def read_twice() -> None:
            async with shop.writing() as connection:
                await connection.fetch("SELECT 1", ())
                await connection.fetch("SELECT * FROM things", ())

        await read_twice()
        await shop.script("ALTER TABLE things ADD COLUMN name TEXT")

        with pytest.raises(ServiceUnavailable):
            await read_twice()
        await read_twice()


class TestTwoRequestsInEachOthersWay:
    async def test_end_in_one_refusal_that_can_be_tried_again(self, shop: Postgres) -> None:
        await add(shop, 1)
        await add(shop, 2)

        async def lock(first: int, second: int) -> None:
            async with shop.writing() as connection:
                for id in (first, second):
                    await connection.fetch("SELECT id FROM things WHERE id = $1 FOR UPDATE", (id,))
                    await asyncio.sleep(0.05)

        results = await asyncio.gather(lock(1, 2), lock(2, 1), return_exceptions=True)

        (refused,) = [result for result in results if result is not None]
        assert isinstance(refused, ServiceUnavailable)
        assert refused.retry_after == 1
        assert isinstance(refused.__cause__, asyncpg.DeadlockDetectedError)

    async def test_end_in_a_refusal_when_the_transactions_cannot_be_put_in_order(self, shop: Postgres) -> None:
        await add(shop, 1)

        async def change() -> None:
            async with shop.writing() as connection:
                await connection.fetch("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", ())
                await connection.fetch(ALL, ())
                await asyncio.sleep(0.02)
                await connection.fetch("UPDATE things SET id = id", ())

        results = await asyncio.gather(change(), change(), return_exceptions=True)

        (refused,) = [result for result in results if result is not None]
        assert isinstance(refused, ServiceUnavailable)
        assert isinstance(refused.__cause__, asyncpg.SerializationError)


class TestACancelledRequest:
    async def test_gives_its_connection_back_in_order(self, shop: Postgres, watcher: asyncpg.Connection) -> None:
        async def write() -> None:
            async with shop.writing() as connection:
                await connection.fetch(ADD["postgresql"], (1,))
                await connection.fetch("SELECT pg_sleep(60)", ())

        async def read() -> None:
            async with shop.reading() as connection:
                await connection.fetch("SELECT pg_sleep(60)", ())

        for work in (write, read):
            task = asyncio.create_task(work())
            await asyncio.sleep(0.05)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert len(shop.pool._idle) == shop.pool._size - 1  # not yet: its cancellation is on the way

        await soon(lambda: states(watcher), ["idle", "idle"])
        results = await asyncio.gather(*[add(shop, id) for id in range(2, 12)])
        assert results == [None] * 10
        assert await ids(shop) == list(range(2, 12))

    async def test_does_not_cut_off_its_commit(self, shop: Postgres, watcher: asyncpg.Connection) -> None:
        await shop.script(SLOW_COMMIT)
        heard: list[str] = []
        shop.listen("things", heard.append)

        async def write() -> None:
            async with shop.writing() as connection:
                await connection.fetch(ADD["postgresql"], (1,))
                connection.notify("things", "1")

        task = asyncio.create_task(write())
        await soon(lambda: commits(watcher), 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert heard == []

        async def told() -> list[str]:
            return heard

        await soon(told, ["1"])
        assert await ids(shop) == [1]

    async def test_leaves_a_connection_that_can_be_cancelled_again(self, shop: Postgres) -> None:
        await shop.script(SLOW_COMMIT)
        only = Postgres(shop.url, most=1)
        await only.open()
        for statement in (ADD["postgresql"].replace("$1", "1"), "SELECT pg_sleep(60)"):
            task = asyncio.create_task(add_with(only, statement))
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        assert await asyncio.wait_for(ids(only), 3) == [1]
        await only.close()


async def add_with(shop: Postgres, statement: str) -> None:
    """A request of one statement."""
    async with shop.writing() as connection:
        await connection.fetch(statement, ())


class TestListen:
    @pytest.fixture
    async def other(self, shop: Postgres) -> AsyncIterator[Postgres]:
        """Another process's view of the same database."""
        other = Postgres(shop.url)
        await other.open()
        yield other
        await other.close()

    async def test_hears_other_processes_after_their_commit(self, shop: Postgres, other: Postgres) -> None:
        heard: asyncio.Queue[str] = asyncio.Queue()
        other.listen("things", heard.put_nowait)
        assert other.relay is not None
        await other.relay.listening()

        async with shop.writing() as connection:
            await connection.fetch(ADD["postgresql"], (1,))
            connection.notify("things", "with a space")
            connection.notify("others", "1")
            await asyncio.sleep(0.1)
            assert heard.empty()

        assert await asyncio.wait_for(heard.get(), 5) == "with a space"
        assert await ids(other) == [1]
        assert heard.empty()

    async def test_hears_a_program_that_ends_right_after_its_commit(self, shop: Postgres, other: Postgres) -> None:
        heard: asyncio.Queue[str] = asyncio.Queue()
        other.listen("things", heard.put_nowait)
        assert other.relay is not None
        await other.relay.listening()

        brief = Postgres(shop.url)
        await brief.open()
        async with brief.writing() as connection:
            connection.notify("things", "1")
        await brief.close()

        assert await asyncio.wait_for(heard.get(), 5) == "1"

    async def test_hears_its_own_process_once(self, shop: Postgres) -> None:
        heard: list[str] = []
        shop.listen("things", heard.append)
        assert shop.relay is not None
        await shop.relay.listening()

        async with shop.writing() as connection:
            connection.notify("things", "1")
        at_once = list(heard)
        await asyncio.sleep(0.1)

        assert at_once == heard == ["1"]

    async def test_is_told_to_look_for_itself_after_an_interruption(
        self, shop: Postgres, other: Postgres, watcher: asyncpg.Connection
    ) -> None:
        heard: asyncio.Queue[str] = asyncio.Queue()
        other.listen("things", heard.put_nowait)
        assert other.relay is not None
        await other.relay.listening()

        await watcher.execute(f"SELECT pg_terminate_backend(pid) {CONNECTIONS} AND query LIKE 'LISTEN%'")
        assert await asyncio.wait_for(heard.get(), 5) == ""
        async with shop.writing() as connection:
            connection.notify("things", "1")

        assert await asyncio.wait_for(heard.get(), 5) == "1"
