"""How often a gateway is asked whether a notification is its own, whoever sends them."""

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx2
import pytest

from sutler.app import create_app
from sutler.kernel.data.database import Database
from sutler.kernel.edge.asgi import Application
from sutler.kernel.edge.limits import VISITS, Limits, Rate
from sutler.kernel.ids import FlakeId
from tests.conftest import SeededStore
from tests.contract.client import ContractClient
from tests.make.paypal import FakePayPal, takes_paypal

FEW = {**VISITS, "asking": Rate(2, 60), "asking_store": Rate(3, 60)}
ASKED = "POST /v1/notifications/verify-webhook-signature"
MINE, THEIRS, OTHERS = "192.0.2.1", "192.0.2.2", "192.0.2.3"

# What is counted is in memory, whatever the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Tell = Callable[[FlakeId, str], Awaitable[int]]


@pytest.fixture
def time() -> list[float]:
    """What the clock of the limits says, in seconds."""
    return [1000.0]


@pytest.fixture
async def app(database: Database, time: list[float]) -> AsyncIterator[Application]:
    """The application, which asks PayPal at most twice a minute about what one address sends, and thrice in all."""
    application = create_app(database, works=False, limits=Limits(visits=FEW, now=lambda: time[0]))
    async with application.running():
        yield application


@pytest.fixture
async def tell(
    app: Application, api: ContractClient, store: SeededStore, other: SeededStore, client: Callable[..., ContractClient],
    paypal: FakePayPal,
) -> Tell:  # fmt: skip
    """Sends a store something that PayPal really signed, from an address; what is answered."""
    await takes_paypal(api, store.id)
    await takes_paypal(client(f"APIKey {other.api_key}"), other.id)
    body, headers = paypal.notification({"custom_id": "of nobody"})

    async def send(store_id: FlakeId, address: str) -> int:
        transport = httpx2.ASGITransport(app=app, client=(address, 1))
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as sender:
            path = f"/v1/gateways/paypal/{store_id}/notifications"
            return (await sender.post(path, content=body, headers=headers)).status_code

    return send


class TestAsking:
    async def test_stops_at_one_address_before_it_stops_for_the_store(
        self, tell: Tell, store: SeededStore, other: SeededStore, paypal: FakePayPal
    ) -> None:
        answers = [await tell(store.id, address) for address in (MINE, MINE, MINE, THEIRS, THEIRS, OTHERS)]
        elsewhere = await tell(other.id, MINE)

        assert (answers, elsewhere) == ([200, 200, 429, 200, 429, 429], 200)
        assert paypal.calls.count(ASKED) == 4

    async def test_goes_on_when_what_was_refused_is_sent_again(
        self, tell: Tell, store: SeededStore, paypal: FakePayPal, time: list[float]
    ) -> None:
        refused = [await tell(store.id, MINE) for _ in range(5)][-1]

        time[0] += 30

        assert (refused, await tell(store.id, MINE), paypal.calls.count(ASKED)) == (429, 200, 3)
