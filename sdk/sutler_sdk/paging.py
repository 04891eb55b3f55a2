"""Walks through lists page by page, by the cursor that all of them share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sutler_sdk._calls import Operation

if TYPE_CHECKING:
    from sutler_sdk.transport import AsyncTransport, Transport

LARGEST_PAGE = 100


class HasId(Protocol):
    """An entry of a list."""

    @property
    def id(self) -> str:
        """What a cursor points to."""
        raise NotImplementedError


T = TypeVar("T", bound=HasId)


class Cursor:
    """Where a walk is. Ids grow with time, so a walk in ascending order also meets what is made while it lasts."""

    def __init__(self, query: Mapping[str, Any]) -> None:
        """`query`: the filters of the list, `limit` (entries for each request), `asc`, and where to begin and end."""
        self._query = {**query, "limit": query.get("limit") or LARGEST_PAGE, "asc": query.get("asc") is not False}
        self._last: str | None = None

    @property
    def query(self) -> Mapping[str, Any]:
        """The query of the next page."""
        return self._query

    def advance(self, page: list[T]) -> None:
        """Move behind a page; RuntimeError if the server sends the same one again."""
        last = page[-1].id
        if last == self._last:
            message = "The server sent the same page twice; it does not know the cursor."
            raise RuntimeError(message)
        self._last = self._query["after" if self._query["asc"] else "before"] = last


def walk(transport: Transport, operation: Operation[list[T]], query: Mapping[str, Any], **given: Any) -> Iterator[T]:
    """Every entry of a list, one page at a time."""
    cursor = Cursor(query)
    while page := transport.call(operation, query=cursor.query, **given):
        cursor.advance(page)
        yield from page


async def awalk(
    transport: AsyncTransport, operation: Operation[list[T]], query: Mapping[str, Any], **given: Any
) -> AsyncIterator[T]:
    """Every entry of a list, one page at a time."""
    cursor = Cursor(query)
    while page := await transport.call(operation, query=cursor.query, **given):
        cursor.advance(page)
        for entry in page:
            yield entry
