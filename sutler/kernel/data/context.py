"""Who is acting, in which store, inside which transaction."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from msgspec import structs
from sqlalchemy import delete, exists, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import ClauseElement

from sutler.kernel import clock
from sutler.kernel.data.database import WritingConnection
from sutler.kernel.data.pages import Page
from sutler.kernel.data.prepared import Prepared, prepared
from sutler.kernel.data.queries import (
    LIMIT,
    ONE,
    Connection,
    Reader,
    Rows,
    StoreStatement,
    param,
    reader,
)
from sutler.kernel.data.records import Actor, StoreRecord, VersionedRecord
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId, new_id

R = TypeVar("R", bound=StoreRecord)
_getters: dict[tuple[type[StoreRecord], bool, str], tuple[Prepared, Reader[Any]]] = {}


class StoreContext:
    """The only door to the tables of a store: every statement it runs is bound to that store's id."""

    __slots__ = ("actor", "connection", "store_id", "writes")

    def __init__(self, connection: Connection, store_id: FlakeId, actor: Actor, *, writes: bool) -> None:
        # What a reading one lacks, a reading context never uses.
        self.connection: WritingConnection = connection  # type: ignore[assignment]  # a cast would be a call per request
        self.store_id, self.actor, self.writes = store_id, actor, writes

    def rows(self, record: type[R]) -> Rows[R]:
        """All of this store's records of a kind; narrow them with `where`."""
        return Rows(record)

    async def first(self, query: Rows[R], **values: Any) -> R | None:
        """The matching record, locked against other writers when this context may write."""

        def arrange(q: Any) -> Any:
            return q.limit(ONE).with_for_update() if self.writes else q.limit(ONE)

        found = await self._select(query, ("first", self.writes), arrange, values)
        return found[0] if found else None

    async def get(self, record: type[R], id: FlakeId) -> R:
        """The record with this id, or NotFound."""
        known = _getters.get((record, self.writes, self.connection.dialect.name))
        ready, read = self._getter(record) if known is None else known
        found = await self.connection.fetch(ready.sql, ready.arguments({"id": id, "store_id": self.store_id}))
        if not found:
            raise NotFound(f"There is no {words(record)} {id} in this store.")
        return read(found[0])

    def _getter(self, record: type[R]) -> tuple[Prepared, Reader[R]]:
        """What `get` needs: made once and found with one look-up, for it is the most frequent call of all."""
        dialect = self.connection.dialect
        query = self._scoped(by_id(record)).limit(ONE)
        query = query.with_for_update() if self.writes else query
        made = _getters[record, self.writes, dialect.name] = Prepared(query, dialect), reader(record, dialect)
        return made

    async def peek(self, query: Rows[R], **values: Any) -> R | None:
        """The matching record, without a lock even when this context may write."""
        found = await self._select(query, "peek", lambda q: q.limit(ONE), values)
        return found[0] if found else None

    async def all(self, query: Rows[R], **values: Any) -> list[R]:
        """Every matching record, oldest first."""
        return await self._select(query, "all", lambda q: q.order_by(query.record.c.id), values)

    async def page(self, query: Rows[R], page: Page, **values: Any) -> list[R]:
        """One page of the matching records, newest first unless the page says otherwise."""

        def arrange(q: Any) -> Any:
            id = query.record.c.id
            q = q.where(id > param("after", type_=id.type)) if page.after else q
            q = q.where(id < param("before", type_=id.type)) if page.before else q
            return q.order_by(id.asc() if page.asc else id.desc()).limit(LIMIT)

        form = (page.after is None, page.before is None, page.asc)
        cursor = {"after": page.after, "before": page.before, "limit": page.limit}
        return await self._select(query, form, arrange, values | cursor)

    async def exists(self, query: Rows[R], **values: Any) -> bool:
        """Whether any record matches."""
        shape = (query.record, query.shape, "exists")
        ready = self._prepared(shape, lambda: select(exists(self._scoped(query))), query.literals)
        return bool((await self._run(ready, values, query.values))[0][0])

    async def count(self, query: Rows[R], **values: Any) -> int:
        """How many records match."""
        shape = (query.record, query.shape, "count")

        def build() -> ClauseElement:
            return select(func.count()).select_from(query.record.table).where(*query.conditions, mine(query.record))

        ready = self._prepared(shape, build, query.literals)
        return int((await self._run(ready, values, query.values))[0][0])

    async def add(self, row: R) -> R:
        """Keep a new record; a duplicate raises the error declared with `unique`."""
        row.store_id, row.created_by = self.store_id, row.created_by or self.actor
        ready = self._insertion(type(row))
        await self.connection.fetch(ready.sql, ready.of(row))
        return row

    async def add_all(self, new: Sequence[R]) -> None:
        """Keep new records of one kind."""
        if len(new) <= 1:
            for row in new:
                await self.add(row)
            return
        for row in new:
            row.store_id, row.created_by = self.store_id, row.created_by or self.actor
        ready = self._insertion(type(new[0]))
        await self.connection.run_many(ready.sql, [ready.of(row) for row in new])

    def _insertion(self, kind: type[StoreRecord]) -> Prepared:
        return self._prepared((kind, "add"), lambda: insert(kind.table))

    async def add_new(self, row: R, *columns: Any, where: Any = None) -> bool:
        """Keep a new record unless one with the same value of these columns exists; says whether it was new.

        `where` is that of the `unique` over these columns, if it has one.
        """
        kind, names = type(row), tuple(column.name for column in columns)
        row.store_id, row.created_by = self.store_id, row.created_by or self.actor

        def build() -> ClauseElement:
            insert_ = dialect_insert(self.connection.dialect.name)(kind.table)
            unless_kept = insert_.on_conflict_do_nothing(index_elements=["store_id", *names], index_where=where)
            return unless_kept.returning(kind.c.id)  # type: ignore[no-any-return]  # chosen at run time

        ready = self._prepared((kind, "add_new", names), build)
        return bool(await self.connection.fetch(ready.sql, ready.arguments(structs.asdict(row))))

    async def change(self, row: R, changes: dict[str, Any]) -> R:
        """Write these new values of one record and return it as it is now."""
        changes = changes | self._audit(type(row))
        await self._update(type(row), changes, (by_id(type(row)).conditions, "one", ()), {"id": row.id})
        return structs.replace(row, **changes)

    async def change_all(self, query: Rows[R], changes: dict[str, Any], **values: Any) -> list[R]:
        """A conditional write: change every record that matches at this moment, and return just those.

        This is how a state moves on: of two that try at once, one gets the row and the other nothing.
        """
        kind = query.record
        form = query.conditions, query.shape, query.literals
        found = await self._update(kind, changes | self._audit(kind), form, values, query.values)
        return reader(kind, self.connection.dialect).all(found)

    async def remove(self, row: StoreRecord) -> None:
        """Delete one record."""
        kind = type(row)
        build = lambda: delete(kind.table).where(*by_id(kind).conditions, mine(kind))  # noqa: E731 - used on the next line only
        await self._run(self._prepared((kind, "remove"), build), {"id": row.id})

    def notify(self, channel: str, payload: str = "") -> None:
        """Send a signal to all processes when this transaction is committed."""
        self.connection.notify(channel, payload)

    async def run(self, statement: StoreStatement, **named: Any) -> Sequence[Sequence[Any]]:
        """A statement declared at module level, bound to this store; its rows in the driver's form."""
        ready = self._prepared(id(statement), lambda: statement.statement)
        return await self._run(ready, named)

    async def _update(
        self, kind: type[StoreRecord], changes: dict[str, Any], form: tuple[Any, Any, Any], named: dict[str, Any],
        values: Sequence[Any] = (),
    ) -> Sequence[Sequence[Any]]:  # fmt: skip
        conditions, shape, literals = form
        columns = kind.table.c

        def build() -> ClauseElement:
            new_values = {name: param(f"new_{name}", type_=columns[name].type) for name in changes}
            statement = update(kind.table).where(*conditions, mine(kind)).values(new_values)
            return statement if shape == "one" else statement.returning(*columns)

        ready = self._prepared((kind, "change", shape, tuple(sorted(changes))), build, literals)
        return await self._run(ready, named | {f"new_{name}": value for name, value in changes.items()}, values)

    def _audit(self, kind: type[StoreRecord]) -> dict[str, Any]:
        audit: dict[str, Any] = {"updated_at": clock.now(), "updated_by": self.actor}
        return audit | {"version_id": new_id()} if issubclass(kind, VersionedRecord) else audit

    async def _select(self, query: Rows[R], form: Any, arrange: Callable[[Any], Any], values: dict[str, Any]) -> list[R]:
        shape = (query.record, query.shape, form)
        ready = self._prepared(shape, lambda: arrange(self._scoped(query)), query.literals)
        found = await self._run(ready, values, query.values)
        return reader(query.record, self.connection.dialect).all(found)

    @staticmethod
    def _scoped(query: Rows[StoreRecord]) -> Any:
        return query.statement().where(mine(query.record))

    def _prepared(self, shape: Any, build: Callable[[], ClauseElement], literals: Sequence[Any] = ()) -> Prepared:
        return prepared(shape, self.connection.dialect, build, literals)

    async def _run(self, ready: Prepared, named: dict[str, Any], values: Sequence[Any] = ()) -> Sequence[Sequence[Any]]:
        named["store_id"] = self.store_id
        return await self.connection.fetch(ready.sql, ready.arguments(named, values))


@cache  # composing an expression costs more than running the query it ends up in
def by_id(record: type[StoreRecord]) -> Rows[Any]:
    """The record with `id`."""
    return Rows(record).where(record.c.id == param("id"))


@cache
def mine(record: type[StoreRecord]) -> Any:
    """The rows of the context's store."""
    return record.c.store_id == param("store_id")


@cache
def words(record: type[StoreRecord]) -> str:
    """`GameServer` as `game server`, for messages."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in record.__name__).strip()


def dialect_insert(dialect: str) -> Any:
    """INSERT with ON CONFLICT, which SQLAlchemy spells per engine."""
    return sqlite.insert if dialect == "sqlite" else postgresql.insert
