"""An open database without the shop around it, and a tiny application on it."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from sutler.kernel.data.database import Database
from sutler.kernel.data.running import opened
from sutler.kernel.edge.asgi import Application
from tests.kernel.tiny import tiny_app, tiny_client


@pytest.fixture
async def open_database(database: Database) -> AsyncIterator[Database]:
    """The database, open, with a node number."""
    async with opened(database):
        yield database


@pytest.fixture
def tiny(open_database: Database) -> Application:
    """The tiny application."""
    return tiny_app(open_database)


@pytest.fixture
async def caller(tiny: Application) -> AsyncIterator[httpx2.AsyncClient]:
    """A client with a key that may read and create."""
    async with tiny_client(tiny) as client:
        yield client
