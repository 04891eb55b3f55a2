"""What is particular to SQLite: the shared commit, other processes, a full disk and slow reports."""

import asyncio
import stat
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest
from structlog.testing import capture_logs

from sutler.kernel.data import batch, sqlite_connections, sqlite_threads
from sutler.kernel.data.sqlite import Sqlite
from sutler.kernel.errors import ServiceUnavailable
from tests.kernel.data.conftest import another_process

ADD = "INSERT INTO things VALUES (?)"
ALL = "SELECT id FROM things ORDER BY id"
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


@pytest.fixture
async def shop(sqlite: Sqlite) -> Sqlite:
    """A database with one table."""
    await sqlite.script("CREATE TABLE things (id INTEGER PRIMARY KEY)")
    return sqlite


async def add(shop: Sqlite, id: int, *, pause: float = 0) -> None:
    """One row, by a request that may take its time."""
    async with shop.writing() as connection:
        await connection.fetch(ADD, (id,))
        await asyncio.sleep(pause)


async def ids(shop: Sqlite, *, slow: bool = False) -> list[int]:
    """The rows that a later request sees."""
    async with shop.reading(slow=slow) as connection:
        return [row[0] for row in await connection.fetch(ALL, ())]


async def longest_wait(done: "asyncio.Future[Any]") -> float:
    """The longest time, in seconds, for which the event loop stood still until then."""
    longest, last = 0.0, time.perf_counter()
    while not done.done():
        await asyncio.sleep(0.001)
        longest, last = max(longest, time.perf_counter() - last), time.perf_counter()
    return longest


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
            found = [(await connection.fetch(f"PRAGMA {name}", ()))[0][0] for name in ("journal_mode", "synchronous", "foreign_keys")]

        assert found == ["wal", 2, 1]


class TestClose:
    async def test_leaves_one_file_with_everything_in_it(self, tmp_path: Path) -> None:
        shop = Sqlite(tmp_path / "shop.db")
        await shop.open()
        await shop.script("CREATE TABLE things (id INTEGER PRIMARY KEY)")
        writes = [asyncio.create_task(add(shop, id)) for id in range(5)]
        await asyncio.sleep(0)

        await shop.close()
        await asyncio.gather(*writes)

        assert [path.name for path in tmp_path.iterdir()] == ["shop.db"]
        assert apsw.Connection(str(tmp_path / "shop.db")).execute("SELECT count(*) FROM things").fetchall() == [(5,)]

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
        commits: list[int] = []
        shop.batch._connection.set_commit_hook(lambda: bool(commits.append(1)))

        await asyncio.gather(*[add(shop, id) for id in range(20)])

        assert await ids(shop) == list(range(20))
        assert len(commits) == 1

    async def test_ends_a_batch_that_has_grown_large(self, shop: Sqlite) -> None:
        commits: list[int] = []
        shop.batch._connection.set_commit_hook(lambda: bool(commits.append(1)))

        await asyncio.gather(*[add(shop, id) for id in range(batch.LARGEST_BATCH + 1)])

        assert len(commits) == 2

    async def test_undoes_only_the_request_that_failed(self, shop: Sqlite) -> None:
        async def fail() -> None:
            async with shop.writing() as connection:
                await connection.fetch(ADD, (2,))
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
        shop.batch._connection.set_commit_hook(lambda: bool(time.sleep(0.1)))  # a slow disk
        heard: list[str] = []
        shop.listen("things", heard.append)

        async def announce() -> None:
            async with shop.writing() as connection:
                await connection.fetch(ADD, (1,))
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
        shop.batch._connection.set_commit_hook(lambda: bool(time.sleep(0.2)))

        write = asyncio.create_task(add(shop, 1))

        assert await longest_wait(write) < 0.1

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
            await asyncio.sleep(0.2)
            seen, waiting = await ids(shop), not write.done()
            assert other.stdin is not None
            other.stdin.write("go\n")
            other.stdin.flush()
            await write

        assert seen == []
        assert waiting
        assert await waited < 0.1
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
        assert took < 0.5  # they wait together, not one after the other
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


class FullDisk(apsw.VFS):
    """A disk that refuses to write from the n-th time on."""

    def __init__(self) -> None:
        super().__init__("full", "")
        self.writes_left = 10**9
        self.error: type[Exception] = apsw.FullError

    def xOpen(self, name: Any, flags: list[int]) -> "FullDiskFile":  # noqa: N802 - the name that SQLite calls
        return FullDiskFile(self, name, flags)


class FullDiskFile(apsw.VFSFile):
    """One file on it."""

    def __init__(self, disk: FullDisk, name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self._disk = disk

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: N802 - the name that SQLite calls
        self._disk.writes_left -= 1
        if self._disk.writes_left < 0:
            raise self._disk.error
        super().xWrite(data, offset)


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

        async def large() -> None:
            async with shop_on_disk.writing() as connection:
                disk.writes_left = 3
                with pytest.raises(ServiceUnavailable):
                    await connection.run_many("INSERT INTO things VALUES (?, ?)", [(id, "x" * 5_000) for id in range(10, 500)])
                await connection.fetch("INSERT INTO things VALUES (2, 'outside any transaction')", ())

        results = await asyncio.gather(small(), large(), return_exceptions=True)
        disk.writes_left = 10**9

        assert [type(result) for result in results] == [ServiceUnavailable, ServiceUnavailable]
        assert await ids(shop_on_disk) == []


class TestASlowTurn:
    async def test_is_logged_and_counted(self, shop: Sqlite) -> None:
        seen: list[tuple[str, float]] = []
        shop.batch.on_slow_turn = lambda what, seconds: seen.append((what, seconds))

        with capture_logs() as logs:
            await add(shop, 1, pause=0.08)
            await add(shop, 2)

        assert [what for what, _ in seen] == ["request", "batch"]
        assert all(0.08 <= seconds < 1 for _, seconds in seen)
        assert [(log["log_level"], log["turn"]) for log in logs] == [("warning", "request"), ("warning", "batch")]
        assert logs[0]["took_ms"] >= 80

    async def test_may_be_as_long_as_one_likes(self, shop: Sqlite) -> None:
        shop.batch.slow_turn = 10

        with capture_logs() as logs:
            await add(shop, 1, pause=0.08)

        assert logs == []

    async def test_harms_nobody_when_its_watcher_fails(self, shop: Sqlite) -> None:
        def fail(what: str, seconds: float) -> None:
            raise LookupError(what)

        shop.batch.on_slow_turn, shop.batch.slow_turn = fail, 0

        await add(shop, 1)

        assert await ids(shop) == [1]


class TestSlowReading:
    async def test_leaves_the_event_loop_free(self, shop: Sqlite) -> None:
        async def report() -> None:
            async with shop.reading(slow=True) as connection:
                await connection.fetch(ENDLESS.replace("FROM n)", "FROM n WHERE i < 2000000)"), ())

        assert await longest_wait(asyncio.create_task(report())) < 0.1

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

    async def test_runs_one_statement_at_a_time_on_a_connection(self, shop: Sqlite) -> None:
        await add(shop, 1)

        async with shop.reading(slow=True) as connection:
            found = await asyncio.gather(*[connection.fetch(ALL, ()) for _ in range(20)])

        assert found == [[(1,)]] * 20
