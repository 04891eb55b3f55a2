"""SQL composed with SQLAlchemy, compiled once per shape and dialect, executed by the driver itself."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import (
    BinaryExpression,
    BindParameter,
    Boolean,
    Column,
    ColumnElement,
    Integer,
    Table,
    bindparam,
    cast,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import Select, operators
from sqlalchemy.sql.elements import Null
from sqlalchemy.sql.functions import FunctionElement

from sutler.kernel.data.prepared import prepared
from sutler.kernel.data.records import Flakes, Record, Texts

R = TypeVar("R", bound=Record)
R_co = TypeVar("R_co", bound=Record, covariant=True)

param = bindparam
LONG_LIST = 4  # rows; fewer are read one by one

# SQLite plans a statement anew each time a bare parameter is its limit; an expression it leaves alone.
ONE: ColumnElement[int] = literal_column("1")
LIMIT = cast(param("limit", type_=Integer()), Integer)


def literal_limit(number: int) -> ColumnElement[int]:
    """A fixed limit, in the form that SQLite keeps a plan for."""
    return literal_column(str(number))


class Connection(Protocol):
    """What the two databases have in common."""

    @property
    def dialect(self) -> DefaultDialect:
        """How this engine spells SQL."""

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> Sequence[Sequence[Any]]:
        """Run one statement and return its rows."""

    async def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement with each of these arguments."""


class among(FunctionElement[bool]):  # noqa: N801 - reads as an operator, like SQLAlchemy's own functions
    """`among(column, param("ids", type_=Flakes()))`: the column is one of a list that is a single argument.

    SQLAlchemy's `in_` makes a statement per length of the list; this is one statement for all.
    """

    type = Boolean()
    inherit_cache = True
    _is_implicitly_boolean = True  # else SQLite gets `(…) = 1`, and no index


@compiles(among, "sqlite")
def _among_in_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    column, values = element.clauses
    left, right = compiler.process(column, **options), compiler.process(values, **options)
    return f"{left} IN (SELECT value FROM json_each({right}))"  # noqa: S608 - both are SQLAlchemy's own output


@compiles(among, "postgresql")
def _among_in_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    column, values = element.clauses
    return f"{compiler.process(column, **options)} = ANY({compiler.process(values, **options)})"


def one_of_ids(column: ColumnElement[Any], ids: Sequence[str]) -> ColumnElement[bool]:
    """The column is one of these ids."""
    return among(column, bindparam(None, list(ids), type_=Flakes(), unique=True))


def one_of(column: ColumnElement[Any], texts: Sequence[str]) -> ColumnElement[bool]:
    """The column is one of these texts."""
    return among(column, bindparam(None, list(texts), type_=Texts(), unique=True))


_shapes: dict[Hashable, int] = {}  # SQLAlchemy's cache keys are deep tuples, too slow to hash on every request
_COMPARISONS = frozenset({operators.eq, operators.ne, operators.lt, operators.le, operators.gt, operators.ge, among})
_EMPTINESS = frozenset({operators.is_, operators.is_not})


class Reader(Generic[R]):
    """Turns rows of one dialect into records."""

    __slots__ = ("conversions", "record")

    def __init__(self, record: type[R], dialect: Dialect) -> None:
        self.record: Callable[..., R] = record
        processors = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in record.table.c]
        self.conversions = [(index, convert) for index, convert in enumerate(processors) if convert is not None]

    def all(self, rows: Sequence[Sequence[Any]]) -> list[R]:
        """All of these records. Those of a long list are made column by column, which C does for most columns."""
        if len(rows) < LONG_LIST:
            return [self(row) for row in rows]
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        for index, convert in self.conversions:
            values = columns[index]
            columns[index] = [value if value is None else convert(value) for value in values]
        return list(map(self.record, *columns))

    def __call__(self, row: Sequence[Any]) -> R:
        """One record."""
        values = list(row)
        for index, convert in self.conversions:
            if (value := values[index]) is not None:
                values[index] = convert(value)
        return self.record(*values)


_readers: dict[tuple[type[Record], str], Reader[Any]] = {}


def reader(record: type[R], dialect: Dialect) -> Reader[R]:
    """The reader of this record's rows; made once."""
    key = (record, dialect.name)
    if key not in _readers:
        _readers[key] = Reader(record, dialect)
    return _readers[key]


def shape_of(condition: ColumnElement[bool]) -> tuple[Hashable, Sequence[Any]]:
    """What tells a condition from all others but for its literal values, and these.

    Most compare a column with a value. For them SQLAlchemy's own cache key, made anew each time, would cost more than
    everything else about the query.
    """
    operator: Any
    if type(condition) is BinaryExpression:
        operator, left, right = condition.operator, condition.left, condition.right
    elif type(condition) is among:
        operator, (left, right) = among, condition.clauses
    else:
        return _any_shape(condition)
    if type(left) is Column and type(left.table) is Table:  # which lives as long as the process, as an alias need not
        if type(right) is BindParameter and right.unique and operator in _COMPARISONS:
            return (id(left), operator, type(right.type)), (right,)
        if type(right) is Null and operator in _EMPTINESS:
            return (id(left), operator), ()
    return _any_shape(condition)


def _any_shape(condition: ColumnElement[bool]) -> tuple[Hashable, Sequence[Any]]:
    key = condition._generate_cache_key()  # noqa: SLF001 - see docs/decisions/0003
    if key is None:
        return None, ()
    number = _shapes.setdefault(key.key, len(_shapes))
    return number, [bind for bind in key.bindparams if bind.unique]  # not the named ones


class Rows(Generic[R_co]):
    """Some of a store's records. Values are kept apart from the shape, so equal shapes share one compilation."""

    __slots__ = ("conditions", "literals", "record", "shape")

    def __init__(
        self, record: type[R_co], conditions: tuple[ColumnElement[bool], ...] = (),
        shape: tuple[Hashable, ...] = (), literals: tuple[Any, ...] = (),
    ) -> None:  # fmt: skip
        self.record, self.conditions, self.shape, self.literals = record, conditions, shape, literals

    def where(self, *conditions: ColumnElement[bool]) -> "Rows[R_co]":
        """Narrow it down; conditions are joined by AND."""
        shape, literals = self.shape, self.literals
        for condition in conditions:
            kind, binds = shape_of(condition)
            shape, literals = (*shape, kind), (*literals, *binds)
        return Rows(self.record, self.conditions + conditions, shape, literals)

    def statement(self) -> Select[Any]:
        """The plain SELECT, not yet bound to a store."""
        return select(self.record.table).where(*self.conditions)

    @property
    def values(self) -> list[Any]:
        """The literal values of the conditions, in their order."""
        return [literal.value for literal in self.literals]


def rows(record: type[R]) -> Rows[R]:
    """For queries declared once at module level; only a store context can run them."""
    return Rows(record)


class Statement:
    """Any other statement, declared once at module level with `param`s. For the kernel's own tables."""

    def __init__(self, statement: Any) -> None:
        self.statement = statement

    async def run(self, connection: Connection, **named: Any) -> Sequence[Sequence[Any]]:
        """Run it with these values of its `param`s."""
        ready = prepared(id(self), connection.dialect, lambda: self.statement)
        return await connection.fetch(ready.sql, ready.arguments(named))


class StoreStatement(Statement):
    """A statement over one store's tables: it must use `param("store_id")`, which only the store context fills in."""

    def __init__(self, statement: Any) -> None:
        super().__init__(statement)
        dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own
        if "store_id" not in statement.compile(dialect=dialect).params:
            message = "A statement over a store's tables must compare store_id with param('store_id')."
            raise TypeError(message)
