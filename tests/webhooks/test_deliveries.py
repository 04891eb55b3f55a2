"""What follows from an event: requests to a real receiver that takes them, or doesn't."""

import asyncio
import base64
import hashlib
import hmac
from datetime import datetime, timedelta

import pytest

from sutler.billing.orders.events import OrderCompleted
from sutler.kernel import clock
from sutler.kernel.ids import new_id
from sutler.kernel.outside import installed
from sutler.kernel.outside.http import Outside
from sutler.kernel.secrets import Sealer, install, sealer
from sutler.webhooks.deliveries.jobs import tell_order_completed
from sutler.webhooks.deliveries.models import WebhookDelivery
from tests.conftest import SeededStore
from tests.contract.responses import check_webhook
from tests.make.webhooks import Receiver, Reply, dropped, receiving, sale, status
from tests.webhooks.conftest import Hooks

OK = status(200, "thanks")


class TestTelling:
    async def test_without_subscribers_reads_once_and_does_nothing_else(self, hooks: Hooks) -> None:
        statements: list[str] = []
        hooks.database.observe = statements.append

        await hooks.tell()

        hooks.database.observe = None
        assert len(statements) == 1
        assert await hooks.worker.drain() == 0

    async def test_reaches_every_subscriber_of_that_event_and_no_other(self, hooks: Hooks, receiver: Receiver) -> None:
        await hooks.subscribe(receiver.url + "/a")
        await hooks.subscribe(receiver.url + "/b")
        await hooks.subscribe(receiver.url + "/c", "OnPaymentFailed")

        event_id = await hooks.tell()
        await hooks.deliver()

        assert [one.json["event_id"] for one in receiver.received] == [event_id, event_id]

    async def test_twice_sends_once(self, hooks: Hooks, receiver: Receiver) -> None:
        await hooks.subscribe(receiver.url)

        await hooks.tell(await hooks.tell())
        await hooks.deliver()

        assert len(receiver.received) == 1

    async def test_stays_within_the_store(self, hooks: Hooks, other: SeededStore, receiver: Receiver) -> None:
        await hooks.subscribe(receiver.url)
        async with hooks.inside(other.id) as context:
            elsewhere = await sale(context)
            await tell_order_completed(context, OrderCompleted(order_id=elsewhere.order_id), new_id())

        await hooks.deliver()

        assert receiver.received == []


class TestSending:
    async def test_posts_what_the_contract_says_signed_as_it_says(self, hooks: Hooks, receiver: Receiver) -> None:
        webhook = await hooks.subscribe(receiver.url)

        event_id = await hooks.tell()
        await hooks.deliver()

        (got,) = receiver.received
        check_webhook("ON_ORDER_COMPLETED", got.body)
        assert (got.method, got.headers["content-type"]) == ("POST", "application/json")
        stamp = got.headers["paynow-timestamp"]
        expected = hmac.new(webhook["secret"].encode(), stamp.encode() + b"." + got.body, hashlib.sha256).digest()
        assert got.headers["paynow-signature"] == base64.b64encode(expected).decode()
        assert abs(int(stamp) / 1000 - clock.real_now().timestamp()) < 60
        assert got.headers["webhook-id"] == event_id

    async def test_is_settled_by_any_status_up_to_299(self, hooks: Hooks) -> None:
        async with receiving(status(299, "fine")) as receiver:
            webhook = await hooks.subscribe(receiver.url)
            await hooks.tell()
            await hooks.deliver()

        (entry,) = await hooks.history(webhook)
        assert (entry["state"], entry["next_retry"], entry["event"]) == ("success", None, "OnOrderCompleted")
        assert [(one["status_code"], one["response"]) for one in entry["executions"]] == [(299, "fine")]

    @pytest.mark.parametrize(
        ("reply", "code", "text"),
        [
            (status(500, "oops"), 500, "oops"),
            (status(404), 404, ""),
            (status(302, location="/elsewhere"), 302, ""),
            (status(300), 300, ""),
            (dropped, 0, "closed the connection"),
        ],
        ids=["500", "404", "302", "300", "dropped"],
    )
    async def test_that_fails_is_tried_again_with_the_same_body_and_a_new_signature(
        self, hooks: Hooks, reply: Reply, code: int, text: str
    ) -> None:
        async with receiving(reply, OK) as receiver:
            webhook = await hooks.subscribe(receiver.url)
            await hooks.tell()
            await hooks.deliver()
            (waiting,) = await hooks.history(webhook)
            await asyncio.sleep(0.002)  # so that the second signature has another millisecond
            await hooks.deliver_what_waits()

        assert (waiting["state"], len(waiting["executions"])) == ("pending", 1)
        assert waiting["next_retry"] is not None
        assert waiting["executions"][0]["status_code"] == code
        assert text in waiting["executions"][0]["response"]
        first, second = receiver.received
        assert first.body == second.body
        assert first.headers["paynow-timestamp"] < second.headers["paynow-timestamp"]
        assert first.headers["paynow-signature"] != second.headers["paynow-signature"]
        (entry,) = await hooks.history(webhook)
        assert [one["status_code"] for one in entry["executions"]] == [code, 200]
        assert (entry["state"], entry["next_retry"]) == ("success", None)

    async def test_follows_no_redirect(self, hooks: Hooks) -> None:
        async with receiving() as target, receiving(status(307, location=target.url)) as receiver:
            await hooks.subscribe(receiver.url)
            await hooks.tell()
            await hooks.deliver()

        assert (len(receiver.received), target.received) == (1, [])

    async def test_waits_as_long_as_the_receiver_asks(self, hooks: Hooks) -> None:
        async with receiving(status(429, Retry_After="3600")) as receiver:
            webhook = await hooks.subscribe(receiver.url)
            await hooks.tell()
            await hooks.deliver()

        (entry,) = await hooks.history(webhook)
        assert datetime.fromisoformat(entry["next_retry"]) - clock.now() > timedelta(minutes=59)

    async def test_stops_when_the_receiver_is_gone_for_good(self, hooks: Hooks) -> None:
        async with receiving(status(410)) as receiver:
            webhook = await hooks.subscribe(receiver.url)
            await hooks.tell()
            await hooks.deliver()
            await hooks.deliver_what_waits()

        assert len(receiver.received) == 1
        (entry,) = await hooks.history(webhook)
        assert (entry["state"], entry["next_retry"]) == ("failed", None)

    async def test_to_an_address_that_may_not_be_called_fails_at_once_and_says_why(
        self, hooks: Hooks, receiver: Receiver
    ) -> None:
        webhook = await hooks.subscribe(receiver.url)
        await hooks.tell()
        async with Outside(allow_private=False) as strict:
            installed.use(strict)
            await hooks.deliver()

        (entry,) = await hooks.history(webhook)
        assert (entry["state"], entry["next_retry"], receiver.received) == ("failed", None, [])
        assert "only public addresses" in entry["executions"][0]["response"]

    async def test_keeps_only_the_beginning_of_an_answer_and_no_nul(self, hooks: Hooks) -> None:
        async with receiving(status(500, b"\0\xff" + b"x" * 5000)) as receiver:
            webhook = await hooks.subscribe(receiver.url)
            await hooks.tell()
            await hooks.deliver()

        (entry,) = await hooks.history(webhook)
        response = entry["executions"][0]["response"]
        assert (len(response), response[:3]) == (2000, "\ufffd\ufffdx")

    async def test_to_a_deleted_subscription_is_dropped(self, hooks: Hooks, receiver: Receiver) -> None:
        webhook = await hooks.subscribe(receiver.url)
        await hooks.tell()
        await hooks.api.delete(f"{hooks.path}/{webhook['id']}")

        await hooks.deliver()

        async with hooks.inside(hooks.store.id) as context:
            (delivery,) = await context.all(context.rows(WebhookDelivery))
        assert (delivery.state, receiver.received) == ("failed", [])

    async def test_outlives_a_lost_key(self, hooks: Hooks, receiver: Receiver) -> None:
        webhook = await hooks.subscribe(receiver.url)
        await hooks.tell()
        right = sealer()
        install(Sealer([bytes(32)]))
        await hooks.deliver()
        install(right)
        await hooks.deliver_what_waits()

        (entry,) = await hooks.history(webhook)
        assert [one["status_code"] for one in entry["executions"]] == [0, 200]
        assert len(receiver.received) == 1

    async def test_after_a_crash_sends_nothing_that_has_arrived(self, hooks: Hooks, receiver: Receiver) -> None:
        await hooks.subscribe(receiver.url)
        await hooks.tell()
        await hooks.deliver()

        await hooks.send_again()

        assert len(receiver.received) == 1

    async def test_after_a_crash_keeps_to_the_time_that_was_planned(self, hooks: Hooks) -> None:
        async with receiving(status(500)) as receiver:
            await hooks.subscribe(receiver.url)
            await hooks.tell()
            await hooks.deliver()

            await hooks.send_again()

        assert len(receiver.received) == 1
