"""Test clocks over HTTP: a store's time stands still, is moved, and what is due happens as it would have."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from sutler.kernel import clock
from sutler.kernel.data.store_clocks import set_clock
from sutler.stores.test_clocks import service
from sutler.webhooks.deliveries.models import DELAYS, WebhookExecution
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.delivery import FOR_A_MONTH, NOON, Shop
from tests.make.webhooks import new_webhook, receiving, status

SHORTEST = datetime(2028, 1, 31, 12, tzinfo=UTC)


@pytest.fixture
def shop(api: ContractClient, store: SeededStore, worker: Any, inside: Inside) -> Shop:
    """The store that a test is about."""
    return Shop(api, store.id, worker, inside)


def path(shop: Shop) -> str:
    """Where a store's clock is."""
    return f"/v1/stores/{shop.store_id}/simulator/clock"


async def a_rank(shop: Shop, quantity: int = 1) -> Any:
    """The id of a customer who has just bought something that lasts for a month from now on."""
    alice, product = await shop.customer(), await shop.product(**FOR_A_MONTH)
    await shop.buy(alice["id"], product["id"], quantity=quantity)
    return alice["id"]


async def moved(shop: Shop, **body: Any) -> dict[str, Any]:
    """The clock after a call that has to succeed."""
    answer = await shop.api.post(path(shop), json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


class TestGet:
    async def test_shows_real_time_until_the_clock_is_frozen(self, shop: Shop) -> None:
        first = (await shop.api.get(path(shop))).json()
        await moved(shop, freeze=True)
        second, third = [(await shop.api.get(path(shop))).json() for _ in range(2)]

        assert (first["frozen"], second["frozen"]) == (False, True)
        assert first["now"] < second["now"] == third["now"]
        assert (second["advancing"], second["advancing_to"], second["done"]) == (False, None, True)


class TestMove:
    @pytest.mark.parametrize(
        ("body", "stands"),
        [
            ({"advance": "P40D"}, "2028-03-11T12:00:00Z"),
            ({"advance": "P1M"}, "2028-02-29T12:00:00Z"),
            ({"advance": "PT90S"}, "2028-01-31T12:01:30Z"),
            ({"to": "2028-02-01T01:00:00+01:00"}, "2028-02-01T00:00:00Z"),
            ({"to": "2028-01-31T12:00:00Z"}, "2028-01-31T12:00:00Z"),
            ({"freeze": True}, "2028-01-31T12:00:00Z"),
        ],
    )
    async def test_goes_so_far(self, shop: Shop, body: dict[str, Any], stands: str) -> None:
        await shop.is_at(SHORTEST)

        assert await moved(shop, **body) == {
            "frozen": True, "now": stands, "advancing": False, "advancing_to": None, "done": True, "jobs": 0,
        }  # fmt: skip

    async def test_freezes_a_store_that_lives_in_real_time_with_what_waits_in_it(self, shop: Shop) -> None:
        alice = await a_rank(shop)
        await shop.api.post(path(shop), json={"freeze": True})
        await shop.worker.drain()

        first = await moved(shop, advance="P29D")
        (item,) = await shop.items(alice)
        second = await moved(shop, advance="P2D")
        (ended,) = await shop.items(alice)

        assert (item["state"], ended["state"], ended["removed_at"]) == ("active", "used", item["expires_at"])
        assert (first["done"], second["done"], second["jobs"] > 0) == (True, True, True)

    async def test_retries_webhooks_when_the_clock_gets_there(self, shop: Shop) -> None:
        async with receiving(status(500)) as receiver:
            await shop.post("webhooks", new_webhook(receiver.url, "OnOrderCompleted"))
            await shop.is_at(NOON)
            await shop.sell()
            assert len(receiver.received) == 1
            await moved(shop, advance="PT10M")
        async with shop.inside(shop.store_id) as context:
            attempts = [row.created_at - NOON for row in await context.all(context.rows(WebhookExecution))]

        assert len(attempts) == 5
        for wait, (before, after) in zip(DELAYS, pairwise(attempts), strict=False):
            assert wait <= after - before <= wait * 1.2

    async def test_stops_when_it_takes_long_and_goes_on_with_to(self, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
        await shop.is_at(NOON)
        alice = await a_rank(shop, 3)
        monkeypatch.setattr(service, "PATIENCE", 0)

        first = await moved(shop, advance="P40D")
        shown = (await shop.api.get(path(shop))).json()
        monkeypatch.undo()
        second = await moved(shop, to=first["advancing_to"])

        assert (first["done"], first["now"], first["advancing_to"]) == (
            False,
            "2030-01-01T12:00:00Z",
            "2030-02-10T12:00:00Z",
        )
        assert {name: shown[name] for name in ("advancing", "done")} == {"advancing": False, "done": False}
        assert (second["done"], second["now"], second["advancing_to"]) == (True, "2030-02-10T12:00:00Z", None)
        assert [item["removed_at"] for item in await shop.items(alice)] == ["2030-01-31T12:00:00Z"] * 3

    @pytest.mark.parametrize(
        ("body", "why"),
        [
            ({}, "Give one of"),
            ({"advance": "P1D", "freeze": True}, "Give one of"),
            ({"advance": "40d"}, "P40D"),
            ({"advance": "P101Y"}, "P40D"),
            ({"to": "2029-12-31T12:00:00Z"}, "only be moved forward"),
            ({"to": "2200-01-02T00:00:00Z"}, "year 2200"),
            ({"to": "9999-12-31T23:59:59-23:59"}, "year 2200"),
            ({"to": "2030-02-01T00:00:00"}, ""),
        ],
    )
    async def test_refuses_what_cannot_be_and_changes_nothing(self, shop: Shop, body: dict[str, Any], why: str) -> None:
        await shop.is_at(NOON)

        answer = await shop.api.post(path(shop), json=body)

        assert answer.status_code == 400
        assert why in answer.json()["message"]
        assert (await shop.api.get(path(shop))).json()["now"] == "2030-01-01T12:00:00Z"

    async def test_refuses_a_store_in_live_mode(self, shop: Shop) -> None:
        await shop.api.patch(f"/v1/stores/{shop.store_id}", json={"live_mode": True})

        answer = await shop.api.post(path(shop), json={"advance": "P1D"})

        assert (answer.status_code, answer.json()["code"]) == (403, "ClockInLiveMode")
        assert not (await shop.api.get(path(shop))).json()["frozen"]

    async def test_tells_the_audit_log(self, shop: Shop) -> None:
        await moved(shop, advance="P1D")

        (entry, *_) = (await shop.api.get(f"/v1/stores/{shop.store_id}/audit-log")).json()
        assert entry["operation"] == "Simulator_MoveClock"


class TestRelease:
    @pytest.mark.parametrize("method", ["POST", "DELETE"])
    async def test_gives_the_store_back_to_real_time(self, shop: Shop, method: str) -> None:
        async with shop.inside(shop.store_id) as context:
            await set_clock(context, clock.real_now() - timedelta(days=60))
        alice = await a_rank(shop)

        answer = await shop.api.request(method, path(shop), json={"release": True} if method == "POST" else None)
        await shop.worker.drain()

        assert answer.status_code == (200 if method == "POST" else 204)
        assert not (await shop.api.get(path(shop))).json()["frozen"]
        assert [item["state"] for item in await shop.items(alice)] == ["used"]

    async def test_is_refused_while_the_clock_is_ahead(self, shop: Shop) -> None:
        await moved(shop, advance="P1D")

        answer = await shop.api.delete(path(shop))

        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidInput")
        assert (await shop.api.get(path(shop))).json()["frozen"]
