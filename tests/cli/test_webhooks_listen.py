"""`sutler webhooks listen`, beside a running server that sends to it."""

import json
import signal
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from sutler.commands.listening import Manners
from sutler_sdk import ApiError, ManagementClient
from sutler_sdk.types.management import WebhookSubscriptionDto
from tests.cli.conftest import Installation
from tests.make.demo import DemoStore
from tests.processes import Process, started, wait_until

SECONDS = 60.0  # that a busy machine may take
PAID = {"OnOrderCompleted", "OnPaymentCompleted"}


@pytest.fixture
def shop(place: Installation) -> Iterator[DemoStore]:
    """A demo store on SQLite and on PostgreSQL, whose server may send to this machine."""
    server = place.server("demo", "--json", "--no-history", SUTLER_WEBHOOKS_ALLOW_PRIVATE="1")
    with started(server):
        yield DemoStore.of(server)


@pytest.fixture
def sqlite_shop(sqlite_place: Installation) -> Iterator[DemoStore]:
    """The same on SQLite only."""
    server = sqlite_place.server("demo", "--json", "--no-history", SUTLER_WEBHOOKS_ALLOW_PRIVATE="1")
    with started(server):
        yield DemoStore.of(server)


def inspector(place: Installation, shop: DemoStore, *arguments: str) -> Process:
    """An inspector for programs, not started yet."""
    return place.process("webhooks", "listen", "--json", "--url", shop.url, "--key", shop.api_key, *arguments)


def said(process: Process, event: str) -> list[dict[str, Any]]:
    """What an inspector has printed of a kind."""
    return [line for line in map(json.loads, process.output.splitlines()) if line["event"] == event]


def subscriptions(shop: DemoStore) -> list[WebhookSubscriptionDto]:
    """What the store sends to."""
    with shop.client() as client:
        return client.webhooks.get_subscriptions()


class TestListen:
    def test_shows_what_a_purchase_sends_and_leaves_no_subscription(self, place: Installation, shop: DemoStore) -> None:
        process = inspector(place, shop)
        with started(process):
            wait_until(lambda: process.output, f"it did not listen:\n{process.complaints}")
            subscribed = {one.subscribed_to for one in subscriptions(shop)}
            order = shop.buy()
            wait_until(lambda: "ON_ORDER_COMPLETED" in process.output, "nothing arrived", SECONDS)
            process.signal(signal.SIGINT)
            code = process.running.wait(SECONDS)

        (listening,) = said(process, "listening")
        arrived = said(process, "delivery")
        assert (code, subscribed, subscriptions(shop)) == (0, set(listening["events"]), [])
        assert subscribed >= PAID
        assert all(one["genuine"] and one["status"] == 200 for one in arrived)
        assert {one["event_type"]: one["payload"] for one in arrived}["ON_ORDER_COMPLETED"]["body"]["id"] == order["id"]

    def test_fails_as_often_as_it_is_told_to(self, sqlite_place: Installation, sqlite_shop: DemoStore) -> None:
        process = inspector(
            sqlite_place,
            sqlite_shop,
            "--event",
            "ON_ORDER_COMPLETED",
            "--fail-first",
            "1",
            "--status",
            "503",
            "--delay",
            "0.1",
        )
        with started(process):
            wait_until(lambda: process.output, "it did not listen")
            (webhook,) = subscriptions(sqlite_shop)
            sqlite_shop.buy()
            wait_until(lambda: said(process, "delivery"), "nothing arrived", SECONDS)
            with sqlite_shop.client() as client:
                wait_until(lambda: tried(client, webhook.id), "nothing was tried", SECONDS)
                with pytest.raises(ApiError, match="404"):
                    client.webhooks.resend(webhook_id=webhook.id)
                (sent,) = client.webhooks.get_history(webhook.id).history
                client.webhooks.resend(webhook_id=sent.id)
            wait_until(lambda: len(said(process, "delivery")) == 2, "it did not come again", SECONDS)

        assert [(one["attempt"], one["status"]) for one in said(process, "delivery")] == [(1, 503), (2, 200)]

    def test_refuses_what_is_not_signed_with_its_secret(self, sqlite_place: Installation, sqlite_shop: DemoStore) -> None:
        process = sqlite_place.process("webhooks", "listen", "--url", sqlite_shop.url, "--key", sqlite_shop.api_key)
        with started(process):
            wait_until(lambda: process.output, "it did not listen")
            (url,) = {one.url for one in subscriptions(sqlite_shop)}
            forged = httpx2.post(url, content=b'{"event_type": "ON_REFUND"}').status_code
            elsewhere = httpx2.post(f"{url}x", content=b"{}").status_code
            code = process.stop()

        assert (forged, elsewhere) == (401, 404)
        assert (code, subscriptions(sqlite_shop)) == (0, [])
        assert "not genuine: The header" in process.output

    def test_is_refused_with_what_to_do(self, sqlite_place: Installation) -> None:
        closed = sqlite_place.server("demo", "--json", "--no-history")
        with started(closed):
            shop = DemoStore.of(closed)
            through = ("webhooks", "listen", "--url", shop.url, "--key")
            elsewhere = ("--event", "OnIgnore", "--public-url", "https://example.com")

            assert "SUTLER_WEBHOOKS_ALLOW_PRIVATE=1" in sqlite_place.refuses(*through, shop.api_key)
            assert "unknown or revoked" in sqlite_place.refuses(*through, "nobody")
            assert "never sent" in sqlite_place.refuses(*through, shop.api_key, *elsewhere)
            assert "cannot be listened on" in sqlite_place.refuses(*through, shop.api_key, "--port", str(closed.port))
            assert subscriptions(shop) == []


def tried(client: ManagementClient, webhook_id: str) -> bool:
    """Whether the only delivery of a subscription was tried."""
    return any(entry.executions for entry in client.webhooks.get_history(webhook_id).history)


class TestManners:
    def test_fail_for_a_while_or_for_ever(self) -> None:
        assert [Manners(fail_first=2).answer(number) for number in (1, 2, 3)] == [500, 500, 200]
        assert [Manners(status=429, fail_first=1).answer(number) for number in (1, 2)] == [429, 200]
        assert [Manners(status=204).answer(number) for number in (1, 2)] == [204, 204]
