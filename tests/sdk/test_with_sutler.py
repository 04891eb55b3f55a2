"""The SDK against the server itself: what a plugin and a shop do first."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from sutler.kernel.edge.asgi import Application
from sutler_sdk import AsyncGameServerClient, AsyncManagementClient, QueuedCommandDto, is_api_error
from tests.conftest import SeededStore

BASE = "http://test"


@pytest.fixture
async def http(app: Application) -> AsyncIterator[httpx2.AsyncClient]:
    """Connections to the application in this process."""
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app)) as client:
        yield client


@pytest.fixture
def sutler(store: SeededStore, http: httpx2.AsyncClient) -> AsyncManagementClient:
    """A client of the management API."""
    return AsyncManagementClient(store.id, store.api_key, base_url=BASE, http_client=http)


class TestSdk:
    async def test_finds_what_it_made(self, sutler: AsyncManagementClient) -> None:
        made = [await sutler.customers.create_customer(name=f"Ann {number}") for number in range(3)]

        found = [one async for one in sutler.customers.iterate(limit=2)]
        with pytest.raises(Exception, match="404") as raised:
            await sutler.customers.get_customer_by_id("1")

        assert [one.id for one in found] == [one.id for one in made]
        assert is_api_error(raised.value, status=404)

    async def test_acts_once_under_one_key(self, sutler: AsyncManagementClient) -> None:
        once = [await sutler.customers.create_customer(name="Ann", idempotency_key="signup-1") for _ in range(2)]

        assert once[0] == once[1]
        assert len(await sutler.customers.get_customers()) == 1

    async def test_runs_the_commands_of_a_product(
        self, sutler: AsyncManagementClient, http: httpx2.AsyncClient, tmp_path: Path
    ) -> None:
        server = await sutler.game_servers.create_game_server(name="Lobby", enabled=True)
        assert server.token
        product = await sutler.products.create_product(
            slug="vip", name="VIP", price=500, allow_one_time_purchase=True, gameservers=[server.id],
            commands=[{"stage": "on_purchase", "content": "give {customer.name}", "online_only": False}],
        )  # fmt: skip
        customer = await sutler.customers.create_customer(name="Ann")
        await sutler.delivery.assign_delivery_item(customer.id, product_id=product.id, quantity=1)
        ran: asyncio.Queue[QueuedCommandDto] = asyncio.Queue()

        plugin = AsyncGameServerClient(server.token, base_url=BASE, http_client=http)
        running = asyncio.ensure_future(plugin.run(ran.put, journal=tmp_path / "journal", interval=0.05))
        command = await asyncio.wait_for(ran.get(), 30)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

        assert command.command == "give Ann"
