"""Records: one class is the row and the table."""

import types
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, Union, dataclass_transform, get_args, get_origin, get_type_hints

import msgspec
from sqlalchemy import ARRAY, BigInteger, Boolean, Column, DateTime, Index, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.types import TypeDecorator, TypeEngine

from sutler.kernel import clock
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId, new_id

metadata = MetaData()
encode = msgspec.json.Encoder().encode
LARGEST_ID = 2**63 - 1
LARGEST_DIGITS = len(str(LARGEST_ID))
REMEMBERED_ACTORS = 1024


def as_integer(flake_id: str) -> int:
    """The database's form of an id. Nineteen digits can exceed 64 bits; no row has the largest id, so it finds nothing."""
    return int(flake_id) if len(flake_id) < LARGEST_DIGITS else min(int(flake_id), LARGEST_ID)


class Flake(TypeDecorator[str]):
    """A flake id: BIGINT, which SQLite must see as INTEGER for the primary key to be the row's own address."""

    impl, cache_ok = BigInteger, True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column type of one engine."""
        return Integer() if dialect.name == "sqlite" else BigInteger()

    def bind_processor(self, dialect: Dialect) -> Any:
        """From the decimal text of Python."""
        return as_integer

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """To the decimal text of Python."""
        return str


class Flakes(TypeDecorator[list[str]]):
    """A list of flake ids as one argument: an array for PostgreSQL, JSON text for SQLite."""

    impl, cache_ok = Text, True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The argument type of one engine."""
        return Text() if dialect.name == "sqlite" else ARRAY(BigInteger)

    def bind_processor(self, dialect: Dialect) -> Any:
        """From a list of decimal texts."""
        if dialect.name == "sqlite":
            return lambda ids: msgspec.json.encode([as_integer(i) for i in ids]).decode()
        return lambda ids: [as_integer(i) for i in ids]


class Texts(TypeDecorator[list[str]]):
    """A list of texts as one argument: an array for PostgreSQL, JSON text for SQLite."""

    impl, cache_ok = Text, True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The argument type of one engine."""
        return Text() if dialect.name == "sqlite" else ARRAY(Text)

    def bind_processor(self, dialect: Dialect) -> Any:
        """From a list of texts."""
        return (lambda texts: msgspec.json.encode(list(texts)).decode()) if dialect.name == "sqlite" else list


class Timestamp(TypeDecorator[datetime]):
    """Always UTC. SQLite has no such type and keeps fixed-width text, which sorts correctly."""

    impl, cache_ok = DateTime(timezone=True), True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column type of one engine."""
        return Text() if dialect.name == "sqlite" else DateTime(timezone=True)

    def bind_processor(self, dialect: Dialect) -> Any:
        """PostgreSQL's driver takes the value as it is."""
        return as_text if dialect.name == "sqlite" else None

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """PostgreSQL's driver gives UTC by itself."""
        return datetime.fromisoformat if dialect.name == "sqlite" else None


def as_text(moment: datetime) -> str:
    """Fixed-width text, so that order by text is order in time."""
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).isoformat(timespec="microseconds")


ActorType = Literal[
    "anonymous", "user", "api_key", "customer", "game_server", "internal", "admin", "platform", "global_customer"
]


class Actor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whoever did something."""

    type: ActorType
    id: FlakeId | None = None


def as_json(value: Any) -> str:
    """JSON text."""
    return encode(value).decode()


remembered = lru_cache(REMEMBERED_ACTORS)
read_actor, written_actor = remembered(msgspec.json.Decoder(Actor).decode), remembered(as_json)
"""Actors cannot change, so all rows that the same one made share it."""


class Json(TypeDecorator[Any]):
    """A value stored as JSON and read back as the annotated type. Both drivers pass JSON as text."""

    impl, cache_ok = Text, True

    def __init__(self, kind: Any = Any) -> None:
        super().__init__()
        self.kind = kind

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column type of one engine."""
        return Text() if dialect.name == "sqlite" else JSONB()

    def bind_processor(self, dialect: Dialect) -> Any:
        """To JSON text."""
        return written_actor if self.kind is Actor else as_json

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """From JSON text to the annotated type."""
        return read_actor if self.kind is Actor else msgspec.json.Decoder(self.kind).decode


SIMPLE: dict[Any, type[TypeEngine[Any]]] = {
    FlakeId: Flake, str: Text, bool: Boolean, int: BigInteger, bytes: LargeBinary, datetime: Timestamp,
}  # fmt: skip


def column(name: str, annotation: Any) -> Column[Any]:
    """The column that an annotated field stands for: `str | None` is nullable text, a list or object is JSON."""
    arms = get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)
    kind, *others = [arm for arm in arms if arm is not types.NoneType]
    if others:
        kind = Any
    if kind not in SIMPLE and get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) is Literal:
        kind = str
    column_type = SIMPLE[kind]() if kind in SIMPLE else Json(kind)
    return Column(name, column_type, primary_key=name == "id", nullable=types.NoneType in arms, autoincrement=False)


def default_of(field: msgspec.structs.FieldInfo) -> Any:
    """What a row has in a field that nobody gave a value; None where there is no such value, or a new one each time."""
    if field.default is not msgspec.NODEFAULT:
        return field.default
    return field.default_factory() if field.default_factory in (list, dict) else None


class RecordMeta(msgspec.StructMeta):
    """Derives the table from the annotations when a class names one."""

    def __new__(mcs, name: str, bases: Any, namespace: Any, *, table: str = "") -> Any:
        """Make the class and, if it has a table name, its table."""
        # With a default everywhere, rows become records by position: a fifth of the time of a long list.
        # The type checkers do not see these defaults and still insist on every field, by keyword.
        namespace |= {field: None for field in namespace.get("__annotations__", ()) if field not in namespace}
        # A row holds values and never itself, so the collector of reference cycles need not know of it: long lists are
        # made of nothing else.
        record: Any = super().__new__(mcs, name, bases, namespace, gc=False)
        if table:
            hints = get_type_hints(record, include_extras=True)
            record.table = Table(table, metadata, *(column(n, hints[n]) for n in record.__struct_fields__))
            for field in msgspec.structs.fields(record):
                record.table.c[field.name].info["default"] = default_of(field)
            record.c = record.table.c
        return record


@dataclass_transform(kw_only_default=True, field_specifiers=(msgspec.field,))
class Record(msgspec.Struct, metaclass=RecordMeta):
    """A row of any table."""

    table: ClassVar[Table]
    c: ClassVar[ReadOnlyColumnCollection[str, Column[Any]]]

    id: FlakeId = msgspec.field(default_factory=new_id)


class StoreRecord(Record):
    """A row that belongs to one store, with its audit trail; the store context fills these in."""

    store_id: FlakeId = ""
    created_at: datetime = msgspec.field(default_factory=clock.now)
    created_by: Actor | None = None
    updated_at: datetime | None = None
    updated_by: Actor | None = None


class VersionedRecord(StoreRecord):
    """Every change gives the row a new version id."""

    version_id: FlakeId = msgspec.field(default_factory=new_id)


def unique(error: type[Conflict], *columns: ColumnElement[Any], name: str, where: Any = None) -> None:
    """Let the database refuse duplicates; the refusal reaches the client as this error.

    `where` limits the rule to some rows, on both engines.
    """
    Index(name, *columns, unique=True, info={"error": error}, sqlite_where=where, postgresql_where=where)


def index(name: str, *columns: ColumnElement[Any], where: Any = None) -> None:
    """An index that makes a query fast; `where` limits it to some rows, on both engines."""
    Index(name, *columns, sqlite_where=where, postgresql_where=where)
