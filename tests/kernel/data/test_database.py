"""What both databases promise: durable on exit, undone on failure, refusals by name, signals after the commit."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import BigInteger, Column, Index, Table, Text, func, insert
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement

from sutler.kernel.data.connect import database as database_at
from sutler.kernel.data.database import Database, declared_error
from sutler.kernel.data.postgres import Postgres
from sutler.kernel.data.queries import Statement
from sutler.kernel.data.records import metadata, unique
from sutler.kernel.data.sqlite import Sqlite
from sutler.kernel.errors import Conflict

COUNT = "SELECT count(*) FROM things"


class CodeTaken(Conflict):
    """Another thing has this code."""


class NumberTaken(Conflict):
    """Another thing has this number."""


@pytest.fixture
def things() -> Iterator[Table]:
    """A table with a rule over a column and one over an expression."""
    table = Table(
        "things",
        metadata,
        Column("id", BigInteger, primary_key=True, autoincrement=False),
        Column("code", Text, nullable=False),
        Column("number", BigInteger),
    )
    unique(CodeTaken, func.lower(table.c.code), name="things_code")
    unique(NumberTaken, table.c.number, name="things_number")
    Index("things_plain", table.c.code, table.c.number, unique=True)
    yield table
    metadata.remove(table)


@pytest.fixture
async def shop(blank: Database, things: Table) -> Database:
    """A database with that table."""
    parts: list[ExecutableDDLElement] = [CreateTable(things), *(CreateIndex(index) for index in things.indexes)]
    await blank.script(";".join(str(part.compile(dialect=blank.dialect)) for part in parts))
    return blank


async def add(database: Database, id: int, code: str, number: int | None = None) -> None:
    """One row, in a transaction of its own."""
    statement = Statement(insert(metadata.tables["things"]))
    async with database.writing() as connection:
        await statement.run(connection, id=id, code=code, number=number)


async def count(database: Database) -> int:
    """How many rows a later request sees."""
    async with database.reading() as connection:
        return int((await connection.fetch(COUNT, ()))[0][0])


class TestDatabase:
    @pytest.mark.parametrize(
        ("url", "path"),
        [
            ("sqlite:shop.db", "shop.db"),
            ("sqlite:data/shop.db", "data/shop.db"),
            ("sqlite:/srv/shop.db", "/srv/shop.db"),
            ("sqlite:///srv/shop.db", "/srv/shop.db"),
            ("sqlite:////srv/shop.db", "/srv/shop.db"),
            ("sqlite:~/shop.db", str(Path.home() / "shop.db")),
        ],
    )
    def test_finds_the_file_of_a_sqlite_address(self, url: str, path: str) -> None:
        found = database_at(url)

        assert isinstance(found, Sqlite)
        assert found.path == Path(path)

    @pytest.mark.parametrize("url", ["postgresql://u:p@h/n", "postgres://u:p@h/n"])
    def test_takes_both_spellings_of_postgresql(self, url: str) -> None:
        assert isinstance(database_at(url), Postgres)

    @pytest.mark.parametrize("url", ["sqlite:", "sqlite::memory:", "sqlite://shop.db", "mysql://u:secret@h/n", ""])
    def test_refuses_what_is_neither_and_shows_no_password(self, url: str) -> None:
        with pytest.raises(ValueError, match="Use sqlite:PATH") as refused:
            database_at(url)

        assert "secret" not in str(refused.value)


class TestWriting:
    async def test_keeps_what_was_written(self, shop: Database) -> None:
        await add(shop, 1, "a")

        assert await count(shop) == 1

    async def test_undoes_everything_when_the_request_fails(self, shop: Database) -> None:
        async def fail() -> None:
            async with shop.writing() as connection:
                await connection.fetch("INSERT INTO things VALUES (1, 'a', 1)", ())
                await connection.run_many("INSERT INTO things VALUES (2, 'b', 2)", [()])
                raise LookupError

        with pytest.raises(LookupError):
            await fail()

        assert await count(shop) == 0
        await add(shop, 1, "a")
        assert await count(shop) == 1

    @pytest.mark.parametrize("many", [False, True])
    async def test_refuses_a_duplicate_with_the_error_declared_for_it(self, shop: Database, many: bool) -> None:
        async def run(sql: str) -> None:
            async with shop.writing() as connection:
                await (connection.run_many(sql, [()]) if many else connection.fetch(sql, ()))

        await add(shop, 1, "Summer", 7)

        with pytest.raises(CodeTaken):
            await run("INSERT INTO things VALUES (2, 'SUMMER', 8)")
        with pytest.raises(NumberTaken):
            await run("INSERT INTO things VALUES (2, 'winter', 7)")
        with pytest.raises(Conflict) as refused:
            await run("INSERT INTO things VALUES (1, 'spring', 9)")
        assert type(refused.value) is Conflict
        assert await count(shop) == 1

    async def test_lets_other_broken_rules_through_as_the_mistakes_they_are(self, shop: Database) -> None:
        await shop.script("CREATE TABLE parts (thing BIGINT REFERENCES things (id), size BIGINT CHECK (size > 0))")

        for row in ("99, 1", "NULL, 0"):
            with pytest.raises(Exception, match=re.compile("constraint", re.IGNORECASE)) as refused:
                async with shop.writing() as connection:
                    await connection.fetch(f"INSERT INTO parts VALUES ({row})", ())
            assert not isinstance(refused.value, Conflict)

    async def test_runs_nothing_more_after_a_failed_statement(self, shop: Database) -> None:
        await add(shop, 1, "a")

        async def go_on() -> None:
            async with shop.writing() as connection:
                await connection.fetch("INSERT INTO things VALUES (2, 'b', 2)", ())
                with pytest.raises(CodeTaken):
                    await connection.fetch("INSERT INTO things VALUES (3, 'a', 3)", ())
                await connection.fetch("INSERT INTO things VALUES (4, 'd', 4)", ())

        with pytest.raises(RuntimeError, match="nothing more can run in it"):
            await go_on()
        assert await count(shop) == 1

    async def test_never_acknowledges_a_transaction_whose_failure_was_swallowed(self, shop: Database) -> None:
        await add(shop, 1, "a")

        async def swallow() -> None:
            async with shop.writing() as connection:
                await connection.fetch("INSERT INTO things VALUES (2, 'b', 2)", ())
                with pytest.raises(CodeTaken):
                    await connection.fetch("INSERT INTO things VALUES (3, 'a', 3)", ())

        with pytest.raises(RuntimeError, match="nothing more can run in it") as refused:
            await swallow()
        assert refused.value.__cause__ is not None
        assert await count(shop) == 1

    async def test_runs_nothing_once_the_request_is_over(self, shop: Database) -> None:
        async with shop.writing() as connection:
            await connection.fetch(COUNT, ())

        with pytest.raises(RuntimeError, match="is over"):
            await connection.fetch("INSERT INTO things VALUES (1, 'a', 1)", ())
        with pytest.raises(RuntimeError, match="is over"):
            connection.notify("things")

    async def test_undoes_the_work_of_a_cancelled_request(self, shop: Database) -> None:
        written = asyncio.Event()

        async def work() -> None:
            async with shop.writing() as connection:
                await connection.fetch("INSERT INTO things VALUES (1, 'a', 1)", ())
                written.set()
                await asyncio.sleep(60)

        task = asyncio.create_task(work())
        await written.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

        await add(shop, 2, "b")
        assert await count(shop) == 1


class TestReading:
    @pytest.mark.parametrize("slow", [False, True])
    async def test_cannot_write(self, shop: Database, slow: bool) -> None:
        async with shop.reading(slow=slow) as connection:
            with pytest.raises(Exception, match=re.compile("read-?only", re.IGNORECASE)):
                await connection.fetch("INSERT INTO things VALUES (1, 'a', 1)", ())

        assert await count(shop) == 0

    @pytest.mark.parametrize("slow", [False, True])
    async def test_sees_the_latest_commit_with_each_statement(self, shop: Database, slow: bool) -> None:
        async with shop.reading(slow=slow) as connection:
            before = (await connection.fetch(COUNT, ()))[0][0]
            await add(shop, 1, "a")
            after = (await connection.fetch(COUNT, ()))[0][0]

        assert (before, after) == (0, 1)

    async def test_sees_a_column_that_an_upgrade_has_changed(self, shop: Database) -> None:
        """Statements prepared before the upgrade must not be in the way, on any connection."""
        await add(shop, 1, "a", 5)
        statement = "SELECT * FROM things"
        for _ in range(3):
            async with shop.reading() as connection:
                await connection.fetch(statement, ())
        async with shop.upgrading() as upgrade:
            await upgrade.script("ALTER TABLE things ADD COLUMN extra TEXT")

        async with shop.reading() as connection:
            read = await connection.fetch(statement, ())
        async with shop.writing() as connection:
            written = await connection.fetch(statement, ())

        assert [tuple(row) for row in (*read, *written)] == [(1, "a", 5, None)] * 2


class TestUpgrading:
    async def test_undoes_everything_when_it_fails(self, shop: Database) -> None:
        async def fail() -> None:
            async with shop.upgrading() as connection:
                await connection.script("CREATE TABLE parts (id BIGINT); INSERT INTO things VALUES (1, 'a', 1)")
                raise LookupError

        with pytest.raises(LookupError):
            await fail()

        async with shop.upgrading() as connection:
            await connection.script("CREATE TABLE parts (id BIGINT)")
        assert await count(shop) == 0

    async def test_lets_in_one_process_at_a_time(self, shop: Database, address: str) -> None:
        other, order = database_at(address), []
        await other.open()

        async def upgrade(database: Database, name: str) -> None:
            async with database.upgrading() as connection:
                order.append(f"{name} begins")
                await asyncio.sleep(0.05)
                await connection.fetch(COUNT, ())
                order.append(f"{name} ends")

        await asyncio.gather(upgrade(shop, "one"), upgrade(other, "other"))
        await other.close()

        first, second = ("one", "other") if order[0] == "one begins" else ("other", "one")
        assert order == [f"{first} begins", f"{first} ends", f"{second} begins", f"{second} ends"]


class TestObserve:
    async def test_is_told_of_every_statement(self, shop: Database) -> None:
        seen: list[str] = []
        shop.observe = seen.append

        async with shop.writing() as connection:
            await connection.fetch(COUNT, ())
            await connection.run_many("INSERT INTO things VALUES (1, 'a', 1)", [()])
        for slow in (False, True):
            async with shop.reading(slow=slow) as reader:
                await reader.fetch(COUNT, ())

        assert seen == [COUNT, "INSERT INTO things VALUES (1, 'a', 1)", COUNT, COUNT]


class TestNotify:
    async def test_is_heard_after_the_commit_and_once(self, shop: Database) -> None:
        heard: list[str] = []
        shop.listen("things", heard.append)

        async with shop.writing() as connection:
            await connection.fetch("INSERT INTO things VALUES (1, 'a', 1)", ())
            connection.notify("things", "1")
            connection.notify("things", "1")
            await asyncio.sleep(0.05)
            early = list(heard)
        await asyncio.sleep(0.05)

        assert early == []
        assert heard == ["1"]

    async def test_is_not_heard_of_a_request_that_failed(self, shop: Database) -> None:
        heard: list[str] = []
        shop.listen("things", heard.append)

        async def fail() -> None:
            async with shop.writing() as connection:
                await connection.fetch("INSERT INTO things VALUES (1, 'a', 1)", ())
                connection.notify("things", "1")
                raise LookupError

        with pytest.raises(LookupError):
            await fail()
        async with shop.writing() as connection:
            connection.notify("things", "2")
        await asyncio.sleep(0.05)

        assert heard == ["2"]

    async def test_reaches_the_other_listeners_when_one_fails(self, shop: Database) -> None:
        heard: list[str] = []

        def fail(payload: str) -> None:
            raise LookupError(payload)

        shop.listen("things", fail)
        stop = shop.listen("things", heard.append)
        for payload in ("1", "2"):
            async with shop.writing() as connection:
                connection.notify("things", payload)
            stop()

        assert heard == ["1"]

    @pytest.mark.parametrize(("channel", "payload"), [("", "1"), ("two words", "1"), ("things", "é" * 2001)])
    async def test_refuses_what_cannot_be_carried(self, shop: Database, channel: str, payload: str) -> None:
        async with shop.writing() as connection:
            with pytest.raises(ValueError, match="at most 4000 bytes"):
                connection.notify(channel, payload)

    async def test_is_not_for_readers(self, shop: Database) -> None:
        for slow in (False, True):
            async with shop.reading(slow=slow) as connection:
                reader: Any = connection
                with pytest.raises(RuntimeError, match="only reads"):
                    reader.notify("things")


class TestDeclaredError:
    def test_knows_the_name_of_a_rule_on_either_engine(self, things: Table) -> None:
        names = (
            "things_code",
            "index 'things_code'",
            "things_number",
            "things.number",
            "things.code, things.number",
            "none",
        )

        assert [declared_error(name) for name in names] == [
            CodeTaken,
            CodeTaken,
            NumberTaken,
            NumberTaken,
            Conflict,
            Conflict,
        ]
