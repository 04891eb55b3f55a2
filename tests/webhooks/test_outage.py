"""Receivers that are away for days. The store's clock is moved by hand, so that days pass in moments."""

from datetime import timedelta

from sutler.kernel import clock
from sutler.webhooks.deliveries.models import MOST_ATTEMPTS, WebhookExecution
from tests.make.webhooks import dropped, receiving, status
from tests.webhooks.conftest import Hooks


class TestOutage:
    async def test_of_five_days_loses_nothing(self, hooks: Hooks) -> None:
        start = clock.real_now()
        async with receiving(status(503), dropped, status(500)) as receiver:
            webhook = await hooks.subscribe(receiver.url)
            await hooks.live_until(start)
            with clock.standing_at(start):
                events = {await hooks.tell() for _ in range(6)}
            await hooks.live_until(start + timedelta(days=5))
            in_vain = len(receiver.received)
            receiver.replies = [status(200)]
            await hooks.live_until(start + timedelta(days=7))

        arrived = [one.json["event_id"] for one in receiver.received[in_vain:]]
        assert in_vain > len(events) * 15
        assert sorted(arrived) == sorted(events)
        assert [entry["state"] for entry in await hooks.history(webhook)] == ["success"] * len(events)
        assert int(receiver.received[-1].headers["paynow-timestamp"]) / 1000 < clock.real_now().timestamp() + 5

    async def test_without_end_is_given_up_after_the_last_attempt(self, hooks: Hooks) -> None:
        start = clock.real_now()
        async with receiving(status(500)) as receiver:
            webhook = await hooks.subscribe(receiver.url)
            await hooks.live_until(start)
            with clock.standing_at(start):
                await hooks.tell()
            await hooks.live_until(start + timedelta(days=30))

        (entry,) = await hooks.history(webhook)
        assert (entry["state"], entry["next_retry"]) == ("failed", None)
        assert len(receiver.received) == len(entry["executions"]) == MOST_ATTEMPTS
        async with hooks.inside(hooks.store.id) as context:
            attempts = await context.all(context.rows(WebhookExecution))
        assert attempts[-1].created_at - start > timedelta(days=5)
