"""The rows of a table as lines of text that are the same whichever engine they come from."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta
from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, Table, Text

from sutler.kernel.data.records import Flake, Json, Timestamp, as_text

Kind = Literal["id", "text", "bool", "int", "bytes", "time", "json"]
Name = Annotated[str, Meta(pattern="^[a-z_][a-z0-9_]*$", max_length=63)]  # so that no file can smuggle SQL in

KINDS: Final[dict[type, Kind]] = {
    Flake: "id", Text: "text", Boolean: "bool", BigInteger: "int", Integer: "int", LargeBinary: "bytes", Timestamp: "time",
    Json: "json",
}  # fmt: skip
LARGEST_PAGE: Final = 1_000  # rows in memory at a time
BELOW_ALL: Final = -(2**63)
ENCODER: Final = msgspec.json.Encoder(order="deterministic")


class Field(msgspec.Struct, frozen=True, array_like=True):
    """A column, apart from how an engine keeps it."""

    name: Name
    kind: Kind
    nullable: bool


class Shape(msgspec.Struct, frozen=True, tag="table", tag_field="is"):
    """A table: what it is called, which column tells its rows apart, and all its columns in their order."""

    name: Name
    key: Name
    columns: tuple[Field, ...]

    @classmethod
    def of(cls, table: Table) -> "Shape":
        """The shape of a table; TypeError when it has something that no backup can carry."""
        keys = [column for column in table.primary_key if kind_of(column) in ("id", "int")]
        if len(keys) != 1 or len(table.primary_key) != 1:
            message = (
                f"{table.name} needs a primary key of one column with numbers, so that backups can go through it in order."
            )
            raise TypeError(message)
        fields = tuple(Field(str(column.name), kind_of(column), bool(column.nullable)) for column in table.columns)
        return cls(str(table.name), str(keys[0].name), fields)  # SQLAlchemy has names of its own kind

    @property
    def names(self) -> str:
        """All columns, as SQL lists them."""
        return ", ".join(f'"{field.name}"' for field in self.columns)

    def page(self, dialect: str, emptied: frozenset[str] = frozenset()) -> str:
        """The statement that reads the next rows behind a key; `emptied` columns are read as NULL."""
        place = "?" if dialect == "sqlite" else "$1"
        columns = ", ".join("NULL" if field.name in emptied else f'"{field.name}"' for field in self.columns)
        return (
            f'SELECT {columns} FROM "{self.name}" WHERE "{self.key}" > {place} '  # noqa: S608 - a `Name` has no quotes
            f'ORDER BY "{self.key}" LIMIT {LARGEST_PAGE}'
        )

    def insertion(self, dialect: str) -> str:
        """The statement that adds one row."""
        count = len(self.columns)
        places = ", ".join(["?"] * count if dialect == "sqlite" else [f"${number}" for number in range(1, count + 1)])
        return f'INSERT INTO "{self.name}" ({self.names}) VALUES ({places})'  # noqa: S608 - a `Name` has no quotes

    @property
    def key_index(self) -> int:
        """Where the key stands in a row."""
        return [field.name for field in self.columns].index(self.key)


def kind_of(column: Column[Any]) -> Kind:
    """What a column holds."""
    kind = KINDS.get(type(column.type))
    if kind is None:
        message = f"Backups do not know the type of {column}: add it to KINDS."
        raise TypeError(message)
    return kind


def plain_number(text: str) -> msgspec.Raw:
    """A fraction as PostgreSQL writes it: all digits, no exponent, no negative zero."""
    number = Decimal(text)
    return msgspec.Raw(format(number or abs(number), "f").encode())


_json: Final = msgspec.json.Decoder(float_hook=plain_number)


def same_text(moment: str) -> str:
    """SQLite's text of a moment, which nearly always has the one form that we write."""
    return moment if len(moment) == 32 and moment.endswith("+00:00") else as_text(datetime.fromisoformat(moment))


READ: Final[dict[str, dict[Kind, Callable[[Any], Any]]]] = {
    "sqlite": {"id": str, "bool": bool, "time": same_text, "json": _json.decode},
    "postgresql": {"id": str, "time": as_text, "json": _json.decode},
}
"""From what a driver gives to what is written, where that is not the same."""

DECODED: Final[dict[str, dict[Kind, Any]]] = {
    "sqlite": {"id": str, "text": str, "bool": bool, "int": int, "bytes": bytes, "time": str, "json": msgspec.Raw},
    "postgresql": {"id": str, "text": str, "bool": bool, "int": int, "bytes": bytes, "time": datetime, "json": msgspec.Raw},
}
"""As what the values of a line are understood."""


def json_text(raw: msgspec.Raw) -> str:
    """Both drivers take JSON as text."""
    return bytes(raw).decode()


def json_text_or_null(raw: msgspec.Raw) -> str | None:
    """The same for a column that may be empty."""
    text = bytes(raw).decode()
    return None if text == "null" else text


class ToLines:
    """Turns rows of one engine into lines."""

    def __init__(self, shape: Shape, dialect: str) -> None:
        known = READ[dialect]
        self._conversions = [(index, known[field.kind]) for index, field in enumerate(shape.columns) if field.kind in known]

    def __call__(self, rows: Iterable[Sequence[Any]]) -> list[bytes]:
        """One line for each row, with its line break."""
        return [self._line(list(row)) for row in rows]

    def _line(self, values: list[Any]) -> bytes:
        for index, convert in self._conversions:
            if values[index] is not None:
                values[index] = convert(values[index])
        return ENCODER.encode(values) + b"\n"


class FromLines:
    """Turns lines into rows for one engine; msgspec.ValidationError for a line that does not fit."""

    def __init__(self, shape: Shape, dialect: str) -> None:
        self._decode = decoder(shape, dialect).decode
        self._conversions: list[tuple[int, Callable[[Any], Any]]] = []
        for index, field in enumerate(shape.columns):
            if field.kind == "id":
                self._conversions.append((index, int))
            elif field.kind == "json":
                self._conversions.append((index, json_text_or_null if field.nullable else json_text))

    def __call__(self, lines: Iterable[bytes]) -> list[list[Any]]:
        """One row for each line."""
        return [self._row(list(self._decode(line))) for line in lines]

    def _row(self, values: list[Any]) -> list[Any]:
        for index, convert in self._conversions:
            if values[index] is not None:
                values[index] = convert(values[index])
        return values


@cache
def decoder(shape: Shape, dialect: str) -> msgspec.json.Decoder[tuple[Any, ...]]:
    """Understands the lines of one table."""
    known = DECODED[dialect]
    kinds = [known[f.kind] | None if f.nullable and f.kind != "json" else known[f.kind] for f in shape.columns]
    return msgspec.json.Decoder(tuple.__class_getitem__(tuple(kinds)))
