"""Statements that are compiled once per shape and dialect, and how their arguments are found for each run."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from msgspec import structs
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.sql import ClauseElement

from sutler.kernel.data.records import Record

REMEMBERED_SHAPES = 4096  # filters make shapes, values do not; the bound only guards against a mistake


class Prepared:
    """The text of a statement for one dialect, and where each of its arguments comes from."""

    __slots__ = ("_conversions", "_named", "slots", "sql")

    def __init__(self, statement: ClauseElement, dialect: DefaultDialect, literals: Sequence[Any] = ()) -> None:
        compiled: Any = statement.compile(dialect=dialect)
        places = {compiled.bind_names[literal]: index for index, literal in enumerate(literals)}
        self.sql: str = compiled.string
        self.slots = [self._slot(compiled.binds[name], places.get(name, name), dialect)
                      for name in compiled.positiontup or ()]  # fmt: skip
        self._named = not literals
        self._conversions = [(index, slot[2]) for index, slot in enumerate(self.slots) if slot[2] is not None]

    @staticmethod
    def _slot(bind: Any, source: Any, dialect: Dialect) -> tuple[Any, Any, Any]:
        return source, bind.value, bind.type.dialect_impl(dialect).bind_processor(dialect)

    def arguments(self, named: Mapping[str, Any], literals: Sequence[Any] = ()) -> list[Any]:
        """The arguments in the order of the placeholders, each in the driver's form."""
        if self._named:
            return [
                value if (value := named.get(name, default)) is None or convert is None else convert(value)
                for name, default, convert in self.slots
            ]
        found = []
        for source, default, convert in self.slots:
            value = literals[source] if type(source) is int else named.get(source, default)
            found.append(convert(value) if convert is not None and value is not None else value)
        return found

    def of(self, record: Record) -> list[Any]:
        """The same for an INSERT of a whole record, whose columns stand in the order of its fields."""
        values = list(structs.astuple(record))
        for index, convert in self._conversions:
            if (value := values[index]) is not None:
                values[index] = convert(value)
        return values


_prepared: dict[Hashable, Prepared] = {}


def prepared(
    shape: Hashable, dialect: DefaultDialect, build: Callable[[], ClauseElement], literals: Sequence[Any] = ()
) -> Prepared:
    """The statement of this shape; built and compiled only the first time it is asked for."""
    key = (dialect.name, shape)
    known = _prepared.get(key)
    if known is None:
        if len(_prepared) >= REMEMBERED_SHAPES:
            _prepared.clear()
        known = _prepared[key] = Prepared(build(), dialect, literals)
    return known
