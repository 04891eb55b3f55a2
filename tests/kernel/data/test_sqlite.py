"""What is particular to SQLite: the shared commit, other processes, a full disk and slow reports."""

import asyncio
import stat
import time
from pathlib import Path
from typing import Any, cast

import apsw
import pytest
from structlog.testing import capture_logs

from sutler.kernel.data import batch, sqlite_connections, sqlite_threads
from sutler.kernel.data.sqlite import Sqlite
from sutler.kernel.errors import ServiceUnavailable
from tests.kernel.data.conftest import another_process
from tests.kernel.data.things import ADD, ALL, add, ids

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


@pytest.fixture
async def shop(sqlite: Sqlite) -> Sqlite:
    """A database with one table."""
    await sqlite.script("CREATE TABLE things (id INTEGER PRIMARY KEY)")
    return sqlite


async def longest_wait(done: "asyncio.Future[Any]") -> float:
    """The longest time, in seconds, for which the event loop stood still until then."""
    longest, last = 0.0, time.perf_counter()
    while not done.done():
        await asyncio.sleep(0.001)
        longest, last = max(longest, time.perf_counter() - last), time.perf_counter()
    return longest


def count_commits(shop: Sqlite) -> list[bool]:
    """A list that grows by one with each commit."""
    commits: list[bool] = []

    def count() -> bool:
        commits.append(True)
        return False  # let it happen

    shop.batch._connection.set_commit_hook(count)
    return commits


def slow_down_commits(shop: Sqlite, seconds: float) -> None:
    """As a slow disk would."""

    def wait() -> bool:
        time.sleep(seconds)
        return False  # let it happen

    shop.batch._connection.set_commit_hook(wait)


class TestOpen:
    async def test_makes_a_file_for_its_owner_only(self, tmp_path: Path) -> None:
        shop = Sqlite(tmp_path / "data" / "shop.db")
        await shop.open()
        await shop.script("CREATE TABLE things (id INTEGER PRIMARY KEY)")
        await add(shop, 1)

        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}
        await shop.close()

        assert modes == {"shop.db": 0o600, "shop.db-wal": 0o600, "shop.db-shm": 0o600}
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700

    async def test_syncs_each_commit_and_heeds_foreign_keys(self, shop: Sqlite) -> None:
        async with shop.writing() as connection:
            found = [
                (await connection.fetch(f"PRAGMA {name}", ()))[0][0]
                for name in ("journal_mode", "synchronous", "foreign_keys")
            ]

        assert found == ["wal", 2, 1]


class TestClose:
    async def test_leaves_one_file_with_everything_in_it(self, tmp_path: Path) -> None:
        shop = Sqlite(tmp_path / "data" / "shop.db")
        await shop.open()
        await shop.script("CREATE TABLE things (id INTEGER PRIMARY KEY)")
        writes = [asyncio.create_task(add(shop, id)) for id in range(5)]
        await asyncio.sleep(0)

        await shop.close()
        await asyncio.gather(*writes)

        assert {path.name for path in (tmp_path / "data").iterdir()} == {"shop.db"}
        assert apsw.Connection(str(shop.path)).execute("SELECT count(*) FROM things").fetchall() == [(5,)]

    async def test_takes_no_request_any_more(self, tmp_path: Path) -> None:
        shop = Sqlite(tmp_path / "shop.db")
        await shop.open()
        await shop.close()

        with pytest.raises(ServiceUnavailable):
            await add(shop, 1)
        with pytest.raises(ServiceUnavailable):
            await ids(shop)


class TestUpgrading:
    async def test_rebuilds_a_table_that_others_point_to(self, shop: Sqlite) -> None:
        await shop.script("CREATE TABLE parts (thing INTEGER REFERENCES things (id) ON DELETE CASCADE)")
        await add(shop, 1)
        async with shop.writing() as connection:
            await connection.fetch("INSERT INTO parts VALUES (1)", ())

        async with shop.upgrading() as upgrade:
            await upgrade.script(
                "CREATE TABLE new (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO new SELECT id, '' FROM things;"
                "DROP TABLE things; ALTER TABLE new RENAME TO things"
            )

        async with shop.reading() as connection:
            assert await connection.fetch("SELECT count(*) FROM parts", ()) == [(1,)]

    async def test_refuses_to_leave_a_foreign_key_dangling(self, shop: Sqlite) -> None:
        await shop.script("CREATE TABLE parts (thing INTEGER REFERENCES things (id))")
        await add(shop, 1)
        async with shop.writing() as connection:
            await connection.fetch("INSERT INTO parts VALUES (1)", ())

        with pytest.raises(RuntimeError, match="foreign key of parts dangling"):
            async with shop.upgrading() as upgrade:
                await upgrade.script("DELETE FROM things")

        assert await ids(shop) == [1]


class TestASharedCommit:
    async def test_saves_requests_of_one_moment_together(self, shop: Sqlite) -> None:
        commits = count_commits(shop)

        await asyncio.gather(*[add(shop, id) for id in range(20)])

        assert await ids(shop) == list(range(20))
        assert len(commits) == 1

    async def test_ends_a_batch_that_has_grown_large(self, shop: Sqlite) -> None:
        commits = count_commits(shop)

        await asyncio.gather(*[add(shop, id) for id in range(batch.LARGEST_BATCH + 1)])

        assert len(commits) == 2

    async def test_undoes_only_the_request_that_failed(self, shop: Sqlite) -> None:
        async def fail() -> None:
            async with shop.writing() as connection:
                await connection.fetch(ADD["sqlite"], (2,))
                raise LookupError

        results = await asyncio.gather(add(shop, 1), fail(), add(shop, 3), return_exceptions=True)

        assert isinstance(results[1], LookupError)
        assert await ids(shop) == [1, 3]

    async def test_makes_nobody_wait_for_a_disk_when_nothing_was_written(self, shop: Sqlite) -> None:
        started: list[object] = []
        shop.batch._thread.submit = started.append  # type: ignore[method-assign, assignment]  # a commit in a thread would show

        async with shop.writing() as connection:
            await connection.fetch("UPDATE things SET id = id WHERE id = 99", ())

        assert started == []

    async def test_is_not_cut_off_by_a_cancelled_client(self, shop: Sqlite) -> None:
        slow_down_commits(shop, 0.1)
        heard: list[str] = []
        shop.listen("things", heard.append)

        async def announce() -> None:
            async with shop.writing() as connection:
                await connection.fetch(ADD["sqlite"], (1,))
                connection.notify("things", "1")

        first, second = asyncio.create_task(announce()), asyncio.create_task(add(shop, 2))
        await asyncio.sleep(0.05)  # both are in the commit
        first.cancel()
        await second

        assert first.cancelled()
        assert await ids(shop) == [1, 2]
        assert heard == ["1"]

    async def test_happens_also_when_the_next_in_line_is_cancelled(self, shop: Sqlite) -> None:
        """Who passes the turn on must not wait for someone who never comes."""
        first = asyncio.create_task(add(shop, 1, pause=0.02))
        await asyncio.sleep(0)
        second = asyncio.create_task(add(shop, 2))
        await asyncio.sleep(0.01)
        first.add_done_callback(lambda _: None)
        shop.batch.leave, leave = lambda **how: (outcome := leave(**how), second.cancel())[0], shop.batch.leave  # type: ignore[method-assign]  # in just that moment

        await asyncio.wait_for(first, 2)

        assert await ids(shop) == [1]
        assert second.cancelled() or second.cancelling()

    async def test_leaves_the_event_loop_free(self, shop: Sqlite) -> None:
        slow_down_commits(shop, 0.5)

        write = asyncio.create_task(add(shop, 1))

        assert await longest_wait(write) < 0.4

    async def test_is_never_acknowledged_when_it_fails(self, shop: Sqlite) -> None:
        shop.batch._connection.set_commit_hook(lambda: True)  # turns every commit into a failure

        async def find_nothing() -> None:
            async with shop.writing() as connection:
                await connection.fetch(ALL, ())
                raise LookupError

        results = await asyncio.gather(add(shop, 1), add(shop, 2), find_nothing(), return_exceptions=True)
        shop.batch._connection.set_commit_hook(None)

        assert [type(result) for result in results] == [ServiceUnavailable] * 3
        await add(shop, 4)
        assert await ids(shop) == [4]


class TestAnotherProcess:
    async def test_never_holds_up_the_event_loop_nor_the_readers(self, shop: Sqlite) -> None:
        with another_process(shop.path, "BEGIN IMMEDIATE") as other:
            write = asyncio.create_task(add(shop, 1))
            waited = asyncio.create_task(longest_wait(write))
            await asyncio.sleep(0.5)
            seen, waiting = await ids(shop), not write.done()
            assert other.stdin is not None
            other.stdin.write("go\n")
            other.stdin.flush()
            await write

        assert seen == []
        assert waiting
        assert await waited < 0.4
        assert await ids(shop) == [1]

    async def test_that_keeps_the_lock_ends_in_a_refusal_for_all_who_wait(
        self, shop: Sqlite, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(batch, "PATIENCE", 0.2)

        with another_process(shop.path, "BEGIN IMMEDIATE"):
            began = time.perf_counter()
            results = await asyncio.gather(*[add(shop, id) for id in range(5)], return_exceptions=True)
            took = time.perf_counter() - began

        assert [type(result) for result in results] == [ServiceUnavailable] * 5
        assert took < 0.9  # they wait together, not one after the other
        refused = results[0]
        assert isinstance(refused, ServiceUnavailable)
        assert (refused.status, refused.headers()) == (503, [(b"retry-after", b"1")])
        await add(shop, 9)
        assert await ids(shop) == [9]

    async def test_that_locks_readers_out_makes_them_wait_beside_the_loop(self, tmp_path: Path) -> None:
        shop = Sqlite(tmp_path / "shop.db")
        await shop.open()
        await shop.script("CREATE TABLE things (id INTEGER PRIMARY KEY)")
        shop._reader.close()  # the next connection finds the file locked by whoever has it to himself
        shop._writer.close()

        with another_process(shop.path, "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; SELECT 1") as other:
            raw = apsw.Connection(str(shop.path))
            raw.execute("PRAGMA busy_timeout=0")
            reader = sqlite_connections.SqliteReader(raw, shop)
            read = asyncio.create_task(reader.fetch(ALL, ()))
            await asyncio.sleep(0.1)
            waiting = not read.done()
            other.kill()
            other.wait()
            assert await read == []

        assert waiting
        raw.close()


class TestASlowTurn:
    async def test_is_logged_and_counted(self, shop: Sqlite) -> None:
        seen: list[tuple[str, float]] = []
        shop.watchdog.limit = 0.2  # milliseconds would do, if the machine had nothing else to do
        shop.watchdog.on_slow_turn = lambda what, seconds: seen.append((what, seconds))

        with capture_logs() as logs:
            await add(shop, 1, pause=0.3)
            await add(shop, 2)

        assert [what for what, _ in seen] == ["request", "batch"]
        assert all(0.3 <= seconds < 3 for _, seconds in seen)
        assert [(log["log_level"], log["turn"]) for log in logs] == [("warning", "request"), ("warning", "batch")]
        assert logs[0]["took_ms"] >= 300

    async def test_is_one_of_more_than_fifty_milliseconds_unless_told_otherwise(self, shop: Sqlite) -> None:
        assert shop.watchdog.limit == 0.05
        shop.watchdog.limit = 10

        with capture_logs() as logs:
            await add(shop, 1, pause=0.08)

        assert logs == []

    async def test_harms_nobody_when_its_watcher_fails(self, shop: Sqlite) -> None:
        def fail(what: str, seconds: float) -> None:
            raise LookupError(what)

        shop.watchdog.on_slow_turn, shop.watchdog.limit = fail, 0

        await add(shop, 1)

        assert await ids(shop) == [1]


class TestSlowReading:
    async def test_leaves_the_event_loop_free(self, shop: Sqlite) -> None:
        async def report() -> None:
            async with shop.reading(slow=True) as connection:
                await connection.fetch(ENDLESS.replace("FROM n)", "FROM n WHERE i < 5000000)"), ())

        assert await longest_wait(asyncio.create_task(report())) < 0.3

    async def test_lets_reports_run_beside_each_other_each_on_a_connection_of_its_own(self, shop: Sqlite) -> None:
        async with shop.reading(slow=True) as one, shop.reading(slow=True) as other:
            assert one is not other

        async with shop.reading(slow=True) as again:
            assert again in (one, other)

    async def test_waits_when_all_connections_are_lent(self, shop: Sqlite) -> None:
        lent = [shop.reading(slow=True) for _ in range(sqlite_threads.SLOW_READERS)]
        for lending in lent:
            await lending.__aenter__()

        waiting = asyncio.create_task(ids(shop, slow=True))
        await asyncio.sleep(0.02)
        assert not waiting.done()
        for lending in lent:
            await lending.__aexit__(None, None, None)

        assert await waiting == []

    async def test_is_interrupted_when_its_client_goes(self, shop: Sqlite) -> None:
        async def report() -> None:
            async with shop.reading(slow=True) as connection:
                await connection.fetch(ENDLESS, ())

        reports = [asyncio.create_task(report()) for _ in range(sqlite_threads.SLOW_READERS)]
        await asyncio.sleep(0.1)
        for task in reports:
            task.cancel()
        await asyncio.wait(reports)

        assert await asyncio.wait_for(ids(shop, slow=True), 2) == []

    async def test_uses_a_connection_in_one_thread_at_a_time(self, shop: Sqlite) -> None:
        """The driver refuses to work for two threads at once, once it has waited for a moment."""
        long = ENDLESS.replace("FROM n)", "FROM n WHERE i < 3000000)")

        async with shop.reading(slow=True) as connection:
            found = await asyncio.gather(*[connection.fetch(long, ()) for _ in range(3)])

        assert found == [[(3_000_000,)]] * 3

    async def test_waits_for_a_cancelled_statement_that_is_slow_to_stop(self, shop: Sqlite) -> None:
        def nap(*_: Any) -> None:
            time.sleep(0.5)

        async def report() -> None:
            async with shop.reading(slow=True) as connection:
                thread = cast("sqlite_threads.SqliteThread", connection)
                thread._raw.create_scalar_function("nap", nap, 0)
                await connection.fetch("SELECT nap()", ())

        task = asyncio.create_task(report())
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.wait([task])

        assert await ids(shop, slow=True) == []
