"""The SQL of every verb, on both engines, and that no verb leaves its store."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import func, select

from sutler.customers.customers.models import Customer, SteamIdTaken
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import StoreStatement, one_of, one_of_ids, param
from sutler.kernel.data.records import Actor
from sutler.kernel.errors import NotFound
from tests.kernel.tiny import OTHER, STORE, customer

NAMES = StoreStatement(
    select(func.count())
    .select_from(Customer.table)
    .where(Customer.c.store_id == param("store_id"), Customer.c.name == param("name"))
)
Verb = Callable[[StoreContext, Customer], Awaitable[Any]]


@asynccontextmanager
async def context(database: Database, store_id: str = STORE, *, writes: bool = True) -> AsyncIterator[StoreContext]:
    """A transaction in a store, or reads without one."""
    async with database.writing() if writes else database.reading() as connection:
        yield StoreContext(connection, store_id, Actor("internal"), writes=writes)


def named(store: StoreContext) -> Any:
    """The customers called Alice."""
    return store.rows(Customer).where(Customer.c.name == "Alice")


VERBS: dict[str, tuple[Verb, str, str]] = {
    "get": (
        lambda store, row: store.get(Customer, row.id),
        "SELECT … FROM customers WHERE id = ? AND store_id = ? LIMIT 1 OFFSET ?",
        "SELECT … FROM customers WHERE id = $1::BIGINT AND store_id = $2::BIGINT LIMIT 1 FOR UPDATE",
    ),
    "peek": (
        lambda store, _: store.peek(named(store)),
        "SELECT … FROM customers WHERE name = ? AND store_id = ? LIMIT 1 OFFSET ?",
        "SELECT … FROM customers WHERE name = $1::VARCHAR AND store_id = $2::BIGINT LIMIT 1",
    ),
    "all": (
        lambda store, _: store.all(named(store)),
        "SELECT … FROM customers WHERE name = ? AND store_id = ? ORDER BY id",
        "SELECT … FROM customers WHERE name = $1::VARCHAR AND store_id = $2::BIGINT ORDER BY id",
    ),
    "page": (
        lambda store, _: store.page(store.rows(Customer), Page(limit=5, after="1")),
        "SELECT … FROM customers WHERE store_id = ? AND id > ? ORDER BY id DESC LIMIT CAST(? AS INTEGER) OFFSET ?",
        (
            "SELECT … FROM customers WHERE store_id = $1::BIGINT AND id > $2::BIGINT ORDER BY id DESC "
            "LIMIT CAST($3::INTEGER AS INTEGER)"
        ),
    ),
    "exists": (
        lambda store, _: store.exists(named(store)),
        "SELECT EXISTS (SELECT … FROM customers WHERE name = ? AND store_id = ?) AS anon_1",
        "SELECT EXISTS (SELECT … FROM customers WHERE name = $1::VARCHAR AND store_id = $2::BIGINT) AS anon_1",
    ),
    "count": (
        lambda store, _: store.count(named(store)),
        "SELECT count(*) AS count_1 FROM customers WHERE name = ? AND store_id = ?",
        "SELECT count(*) AS count_1 FROM customers WHERE name = $1::VARCHAR AND store_id = $2::BIGINT",
    ),
    "ids": (
        lambda store, row: store.all(store.rows(Customer).where(one_of_ids(Customer.c.id, [row.id, "7"]))),
        "SELECT … FROM customers WHERE id IN (SELECT value FROM json_each(?)) AND store_id = ? ORDER BY id",
        "SELECT … FROM customers WHERE id = ANY($1::BIGINT[]) AND store_id = $2::BIGINT ORDER BY id",
    ),
    "change": (
        lambda store, row: store.change(row, {"name": "Alice"}),
        "UPDATE customers SET name=?, updated_at=?, updated_by=? WHERE id = ? AND store_id = ?",
        (
            "UPDATE customers SET updated_at=$1::TIMESTAMP WITH TIME ZONE, updated_by=$2::JSONB, name=$3::VARCHAR "
            "WHERE id = $4::BIGINT AND store_id = $5::BIGINT"
        ),
    ),
    "change_all": (
        lambda store, _: store.change_all(named(store), {"name": "Bob"}),
        "UPDATE customers SET updated_at=?, updated_by=?, name=? WHERE name = ? AND store_id = ? RETURNING …",
        (
            "UPDATE customers SET updated_at=$1::TIMESTAMP WITH TIME ZONE, updated_by=$2::JSONB, name=$3::VARCHAR "
            "WHERE name = $4::VARCHAR AND store_id = $5::BIGINT RETURNING …"
        ),
    ),
    "remove": (
        lambda store, row: store.remove(row),
        "DELETE FROM customers WHERE id = ? AND store_id = ?",
        "DELETE FROM customers WHERE id = $1::BIGINT AND store_id = $2::BIGINT",
    ),
    "run": (
        lambda store, _: store.run(NAMES, name="Alice"),
        "SELECT count(*) AS count_1 FROM customers WHERE store_id = ? AND name = ?",
        "SELECT count(*) AS count_1 FROM customers WHERE store_id = $1::BIGINT AND name = $2::VARCHAR",
    ),
}


def brief(sql: str) -> str:
    """One line, without the list of all columns and the table's name before each."""
    columns = ", ".join(f"customers.{column.name}" for column in Customer.c)
    bare = ", ".join(column.name for column in Customer.c)
    return " ".join(sql.split()).replace(columns, "…").replace(bare, "…").replace("customers.", "")


class TestVerbs:
    @pytest.mark.parametrize("verb", VERBS)
    async def test_are_one_statement_that_names_the_store(self, open_database: Database, verb: str) -> None:
        act, in_sqlite, in_postgresql = VERBS[verb]
        seen: list[str] = []

        async with context(open_database) as store:
            row = await store.add(customer("Zoe"))
            open_database.observe = seen.append
            await act(store, row)
            open_database.observe = None

        expected = in_sqlite if open_database.dialect.name == "sqlite" else in_postgresql
        assert len(seen) == 1
        assert set(brief(seen[0]).replace(",", " ").split()) == set(expected.replace(",", " ").split())

    async def test_that_only_read_lock_nothing(self, open_database: Database) -> None:
        seen: list[str] = []
        async with context(open_database) as store:
            row = await store.add(customer("Zoe"))

        open_database.observe = seen.append
        async with context(open_database, writes=False) as store:
            await store.get(Customer, row.id)
            await store.page(store.rows(Customer), Page())

        assert not [sql for sql in seen if "FOR UPDATE" in sql]

    async def test_add_all_is_one_round_whatever_the_number(self, open_database: Database) -> None:
        seen: list[str] = []
        open_database.observe = seen.append
        async with context(open_database) as store:
            await store.add_all([customer(f"n{n}") for n in range(100)])
        open_database.observe = None

        async with context(open_database, writes=False) as store:
            assert await store.count(store.rows(Customer)) == 100
        assert len(set(seen)) == 1


class TestScope:
    async def test_another_stores_rows_cannot_be_reached(self, open_database: Database) -> None:
        async with context(open_database) as store:
            row = await store.add(customer("Alice", steam_id="7"))

        async with context(open_database, OTHER) as thief:
            assert await thief.all(named(thief)) == []
            assert await thief.count(thief.rows(Customer)) == 0
            assert await thief.change_all(thief.rows(Customer), {"name": "Mine"}) == []
            await thief.change(row, {"name": "Mine"})
            await thief.remove(row)
            with pytest.raises(NotFound, match="no customer"):
                await thief.get(Customer, row.id)

        async with context(open_database) as store:
            assert (await store.get(Customer, row.id)).name == "Alice"

    def test_a_statement_that_forgets_the_store_does_not_import(self) -> None:
        with pytest.raises(TypeError, match="store_id"):
            StoreStatement(select(Customer.table))


class TestUnique:
    async def test_a_duplicate_raises_its_own_error_and_undoes_its_transaction(self, open_database: Database) -> None:
        async with context(open_database) as store:
            await store.add(customer("Alice", steam_id="7"))

        with pytest.raises(SteamIdTaken):
            async with context(open_database) as store:
                await store.add(customer("Bob"))
                await store.add(customer("Carol", steam_id="7"))

        async with context(open_database, writes=False) as store:
            assert [row.name for row in await store.all(store.rows(Customer))] == ["Alice"]

    async def test_add_new_tells_the_first_from_the_second(self, open_database: Database) -> None:
        async with context(open_database) as store:
            won = [await store.add_new(customer(name, steam_id="7"), Customer.c.steam_id) for name in ("Alice", "Bob")]

        assert won == [True, False]


class TestValues:
    async def test_survive_the_round_trip(self, open_database: Database) -> None:
        row = customer("§6Žluťoučký 🐎'\"\\", metadata={"a": "ü", 'quote"': "{}"}, email="a@example.com")
        async with context(open_database) as store:
            await store.add(row)
            found = await store.get(Customer, row.id)

        assert found == row

    async def test_survive_it_in_a_long_list(self, open_database: Database) -> None:
        rows = [customer(f"No. {n}", metadata={"n": str(n)}, email=f"{n}@example.com" if n % 2 else None) for n in range(9)]
        async with context(open_database) as store:
            await store.add_all(rows)
            found = await store.all(store.rows(Customer))

        assert found == rows

    @pytest.mark.parametrize("names", [[], ["Alice"], ["Alice", "Bob", "O'Brien"]])
    async def test_lists_of_any_length_are_one_argument(self, open_database: Database, names: list[str]) -> None:
        async with context(open_database) as store:
            await store.add_all([customer(name) for name in ("Alice", "Bob", "O'Brien", "Zoe")])
            found = await store.all(store.rows(Customer).where(one_of(Customer.c.name, names)))

        assert [row.name for row in found] == names
