"""API keys, and a way to count what a request costs."""

from collections.abc import Iterator
from contextlib import contextmanager

from sutler.kernel.data.database import Database
from sutler.kernel.ids import FlakeId
from sutler.stores.api_keys.service import create_key
from tests.conftest import Inside


async def key(inside: Inside, store_id: FlakeId, *permissions: str) -> str:
    """The `Authorization` of a new key that may do just this."""
    async with inside(store_id) as store:
        _, token = await create_key(store, "limited", permissions)
    return f"APIKey {token}"


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that run inside."""
    seen: list[str] = []
    database.observe = seen.append
    yield seen
    database.observe = None
