"""Subscriptions that are turned off, and those that were paused because nothing arrived for days."""

from datetime import datetime, timedelta

import pytest

from sutler.kernel import clock
from sutler.webhooks.health.service import PAUSE_AFTER, PAUSED
from tests.make.webhooks import Receiver, receiving, status
from tests.webhooks.conftest import Hooks


@pytest.fixture
async def start(hooks: Hooks) -> datetime:
    """The moment at which the clock of the store begins to be moved by hand."""
    moment = clock.real_now()
    await hooks.live_until(moment)
    return moment


class TestEnabled:
    async def test_turned_off_skips_events_and_turned_on_does_not(self, hooks: Hooks, receiver: Receiver) -> None:
        webhook = await hooks.subscribe(receiver.url, enabled=False)
        await hooks.tell()
        changed = await hooks.change(webhook, enabled=True)
        event_id = await hooks.tell()
        await hooks.deliver()

        assert (webhook["enabled"], changed["enabled"]) == (False, True)
        assert [one.json["event_id"] for one in receiver.received] == [event_id]
        assert len(await hooks.history(webhook)) == 1

    async def test_turned_off_gives_up_what_waits_until_it_is_sent_by_hand(self, hooks: Hooks, receiver: Receiver) -> None:
        webhook = await hooks.subscribe(receiver.url)
        await hooks.tell()
        await hooks.change(webhook, enabled=False)
        await hooks.deliver()
        (entry,) = await hooks.history(webhook)
        before = len(receiver.received)

        await hooks.resend(entry)

        assert (entry["state"], entry["executions"], before) == ("failed", [], 0)
        assert len(receiver.received) == 1
        assert not (await hooks.subscription())["enabled"]


class TestPause:
    async def test_begins_after_five_days_in_which_nothing_arrived(self, hooks: Hooks, start: datetime) -> None:
        async with receiving(status(500)) as receiver:
            webhook = await hooks.subscribe(receiver.url)
            await hooks.api.patch(f"/v1/stores/{hooks.store.id}", json={"contact_email": "owner@example.com"})
            with clock.standing_at(start):
                await hooks.tell()
            await hooks.live_until(start + PAUSE_AFTER)
            before = await hooks.subscription()
            await hooks.live_until(start + timedelta(days=8))
            sent = len(receiver.received)
            await hooks.tell()
            await hooks.deliver()

        assert (before["paused_at"], before["failing_since"] is None) == (None, False)
        paused = await hooks.subscription()
        assert datetime.fromisoformat(paused["paused_at"]) > start + PAUSE_AFTER
        assert paused["enabled"]
        assert len(receiver.received) == sent
        assert [entry["state"] for entry in await hooks.history(webhook)] == ["failed", "failed"]
        log = (await hooks.api.get(f"/v1/stores/{hooks.store.id}/audit-log?operation={PAUSED}")).json()
        assert [(entry["actor"]["type"], entry["target_ids"]) for entry in log] == [("internal", [webhook["id"]])]
        (mail,) = (await hooks.api.get(f"/v1/stores/{hooks.store.id}/mails?kind=webhook_paused")).json()
        assert (mail["recipient"], mail["subject"]) == ("owner@example.com", "A webhook of Store is paused")

    @pytest.mark.parametrize("way", ["change", "resend"])
    async def test_ends_with_a_change_or_with_something_that_arrives(self, hooks: Hooks, start: datetime, way: str) -> None:
        async with receiving(status(410), status(410), status(200)) as receiver:
            webhook = await hooks.subscribe(receiver.url)
            for day in (0, 6, 7):
                with clock.standing_at(start + timedelta(days=day)):
                    await hooks.tell()
                await hooks.live_until(start + timedelta(days=day))
            paused = await hooks.subscription()
            await (hooks.change(webhook, reset_secret=False) if way == "change" else hooks.resend(webhook))
            resumed = await hooks.subscription()
            with clock.standing_at(start + timedelta(days=7)):
                last = await hooks.tell()
            await hooks.deliver()

        assert paused["paused_at"] is not None
        assert (resumed["paused_at"], resumed["failing_since"]) == (None, None)
        assert receiver.received[-1].json["event_id"] == last
        assert len(receiver.received) == (3 if way == "change" else 6)

    async def test_does_not_begin_when_something_arrived_meanwhile(self, hooks: Hooks, start: datetime) -> None:
        async with receiving(status(410), status(200), status(410)) as receiver:
            await hooks.subscribe(receiver.url)
            for day in (0, 3, 6, 8):
                with clock.standing_at(start + timedelta(days=day)):
                    await hooks.tell()
                await hooks.live_until(start + timedelta(days=day))

        found = await hooks.subscription()
        assert (found["paused_at"], len(receiver.received)) == (None, 4)
        assert datetime.fromisoformat(found["failing_since"]) == start + timedelta(days=6)
