"""A small server and clients of it."""

import ssl
from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest

from sutler_sdk import AsyncManagementClient, GameServerClient, ManagementClient, Retries, StorefrontClient
from tests.sdk.server import Server, serving

QUICK = Retries(first_pause=0.001)
# Nothing here speaks TLS, and reading all authorities that the system trusts takes longer than many requests.
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that is told what to answer."""
    with serving() as running:
        yield running


@pytest.fixture
def http() -> Iterator[httpx2.Client]:
    """Connections."""
    with httpx2.Client(verify=PLAIN) as client:
        yield client


@pytest.fixture
def management(server: Server, http: httpx2.Client) -> ManagementClient:
    """A client of the management API."""
    return ManagementClient("1", "key", base_url=server.url, retries=QUICK, http_client=http)


@pytest.fixture
def storefront(server: Server, http: httpx2.Client) -> StorefrontClient:
    """A client of the storefront API."""
    return StorefrontClient("1", base_url=server.url, retries=QUICK, http_client=http)


@pytest.fixture
def game_server(server: Server, http: httpx2.Client) -> GameServerClient:
    """A client of the game server API."""
    return GameServerClient("token", base_url=server.url, http_client=http)


@pytest.fixture
async def awaited(server: Server) -> AsyncIterator[AsyncManagementClient]:
    """A client of the management API that is awaited."""
    async with httpx2.AsyncClient(verify=PLAIN) as connections:
        yield AsyncManagementClient("1", "key", base_url=server.url, retries=QUICK, http_client=connections)
