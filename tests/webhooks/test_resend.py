"""Sending again what was sent before, over HTTP."""

import asyncio

from sutler.kernel.ids import new_id
from sutler.kernel.work.jobs import Job
from tests.conftest import ClientFactory, SeededStore
from tests.make.webhooks import Receiver, receiving, status
from tests.webhooks.conftest import Hooks


class TestResend:
    async def test_sends_the_same_event_signed_anew_as_another_attempt(self, hooks: Hooks, receiver: Receiver) -> None:
        webhook = await hooks.subscribe(receiver.url)
        event_id = await hooks.tell()
        await hooks.deliver()
        (sent,) = await hooks.history(webhook)
        await asyncio.sleep(0.002)  # so that the second signature has another millisecond

        answered = await hooks.resend(sent)

        (entry,) = await hooks.history(webhook)
        first, second = receiver.received
        assert (answered, first.body, second.json["event_id"]) == (204, second.body, event_id)
        assert first.headers["paynow-signature"] != second.headers["paynow-signature"]
        assert first.headers["webhook-id"] == second.headers["webhook-id"]
        assert (entry["state"], [one["status_code"] for one in entry["executions"]]) == ("success", [200, 200])

    async def test_signs_with_the_secret_of_today(self, hooks: Hooks, receiver: Receiver) -> None:
        webhook = await hooks.subscribe(receiver.url)
        await hooks.tell()
        await hooks.deliver()
        changed = await hooks.change(webhook, reset_secret=True, url=receiver.url + "/elsewhere")

        await hooks.resend((await hooks.history(webhook))[0])

        assert receiver.received[1].is_signed_with(changed["secret"])
        assert not receiver.received[1].is_signed_with(webhook["secret"])

    async def test_begins_again_with_what_was_given_up_and_takes_over_from_what_waits(self, hooks: Hooks) -> None:
        async with receiving(status(410), status(500), status(500), status(200)) as receiver:
            webhook = await hooks.subscribe(receiver.url)
            await hooks.tell()
            await hooks.deliver()
            (entry,) = await hooks.history(webhook)
            for _ in range(2):
                await hooks.resend(entry)
            await hooks.deliver_what_waits()

        (entry,) = await hooks.history(webhook)
        assert [one["status_code"] for one in entry["executions"]] == [410, 500, 500, 200]
        assert entry["state"] == "success"
        async with hooks.inside(hooks.store.id) as context:
            assert await context.connection.fetch(f"SELECT id FROM {Job.table.name}", []) == []

    async def test_of_a_subscription_sends_what_failed_there(self, hooks: Hooks) -> None:
        async with receiving(status(410), status(200), status(410), status(200)) as receiver:
            webhook = await hooks.subscribe(receiver.url)
            events = []
            for _ in range(3):
                events.append(await hooks.tell())
                await hooks.deliver()

            answers = [await hooks.resend(webhook), await hooks.resend(webhook)]
            await hooks.deliver_what_waits()  # an address that fails gets one at a time

        assert answers == [204, 404]
        assert sorted(one.json["event_id"] for one in receiver.received[3:]) == [events[0], events[2]]
        assert {entry["state"] for entry in await hooks.history(webhook)} == {"success"}

    async def test_finds_nothing_that_is_not_there(
        self, hooks: Hooks, receiver: Receiver, client: ClientFactory, other: SeededStore
    ) -> None:
        webhook = await hooks.subscribe(receiver.url)
        await hooks.tell()
        await hooks.deliver()
        (entry,) = await hooks.history(webhook)
        neighbour = client(f"APIKey {other.api_key}")

        theirs = await neighbour.post(f"/v1/stores/{other.id}/webhooks/resend", json={"webhook_id": entry["id"]})
        unknown = await hooks.resend({"id": new_id()})
        await hooks.api.delete(f"{hooks.path}/{webhook['id']}")
        deleted = await hooks.resend(entry)

        assert (theirs.status_code, unknown, deleted, len(receiver.received)) == (404, 404, 404, 1)
