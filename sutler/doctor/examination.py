"""What a check is, and running all of them over one moment of the database."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Protocol

from msgspec import Struct
from sqlalchemy import Select, func, select

from sutler.kernel.data.queries import Connection, Statement, literal_limit

EXAMPLES: Final = 5  # of a problem are told, however many there are


class Outcome(Struct, frozen=True):
    """What a check has found: how many things do not add up, some of them in words, and what is only worth knowing."""

    problems: int = 0
    examples: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Check(Protocol):
    """Looks at one thing, in every store."""

    @property
    def title(self) -> str:
        """What is so when all is well: a sentence."""

    async def __call__(self, connection: Connection) -> Outcome:
        """Look."""


class Rule:
    """A check by one query: all is well if it finds nothing. The sentence tells of a row that it finds, by column names."""

    def __init__(self, title: str, query: Select[Any], sentence: str) -> None:
        found = query.subquery()
        self.title, self._sentence, self._names = title, sentence, found.columns.keys()
        counted = select(found, func.count().over()).order_by(found.columns[self._names[0]])
        self._statement = Statement(counted.limit(literal_limit(EXAMPLES)))

    async def __call__(self, connection: Connection) -> Outcome:
        """Look."""
        rows = await self._statement.run(connection)
        told = tuple(self._sentence.format(**dict(zip(self._names, row, strict=False))) for row in rows)
        return Outcome(int(rows[0][-1]), told) if rows else Outcome()


class Function:
    """A check by whatever a function does."""

    def __init__(self, title: str, function: Callable[[Connection], Awaitable[Outcome]]) -> None:
        self.title, self._function = title, function

    async def __call__(self, connection: Connection) -> Outcome:
        """Look."""
        return await self._function(connection)


class Result(Struct, frozen=True):
    """The outcome of one check."""

    name: str
    title: str
    problems: int
    examples: tuple[str, ...]
    notes: tuple[str, ...]


async def examine(
    connection: Connection, checks: Mapping[str, Check], progress: Callable[[str], None] | None = None
) -> list[Result]:
    """Run all checks. The first one decides whether the others can be run at all: it looks at the schema."""
    results: list[Result] = []
    for name, check in checks.items():
        if progress is not None:
            progress(check.title)
        outcome = await looked(check, connection)
        results.append(Result(name, check.title, outcome.problems, outcome.examples, outcome.notes))
        if outcome.problems and len(results) == 1:
            break
    return results


async def looked(check: Check, connection: Connection) -> Outcome:
    """A check that fails has found something, too."""
    try:
        return await check(connection)
    except Exception as error:  # noqa: BLE001 - the doctor goes on, and says what it could not look at
        return Outcome(1, (f"This could not be looked at: {type(error).__name__}: {error}",))
