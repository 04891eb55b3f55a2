"""The history of a subscription over HTTP."""

from typing import Any

import pytest

from sutler.kernel.ids import new_id
from tests.conftest import ClientFactory, SeededStore
from tests.make.webhooks import Receiver, receiving, status
from tests.webhooks.conftest import Hooks


class TestGetHistory:
    async def test_pages_by_number_from_the_newest(self, hooks: Hooks, receiver: Receiver) -> None:
        webhook = await hooks.subscribe(receiver.url)
        events = [await hooks.tell() for _ in range(27)]

        pages = [await hooks.history(webhook, page=number) for number in (1, 2, 3)]

        assert [len(page) for page in pages] == [25, 2, 0]
        assert [entry["payload"]["event_id"] for page in pages for entry in page] == events[::-1]

    async def test_shows_what_waits_before_it_was_tried(self, hooks: Hooks, receiver: Receiver) -> None:
        webhook = await hooks.subscribe(receiver.url)
        await hooks.tell()

        (entry,) = await hooks.history(webhook)

        assert (entry["state"], entry["next_retry"], entry["executions"]) == ("pending", None, [])
        assert entry["webhook_id"] == webhook["id"]

    async def test_filters_by_state(self, hooks: Hooks) -> None:
        async with receiving(status(410), status(500), status(200)) as receiver:
            webhook = await hooks.subscribe(receiver.url)
            for _ in range(3):
                await hooks.tell()
                await hooks.deliver()

        states = ("all", "success", "pending", "failed")
        found = {state: [entry["state"] for entry in await hooks.history(webhook, state=state)] for state in states}

        assert found == {
            "all": ["success", "pending", "failed"], "success": ["success"], "pending": ["pending"], "failed": ["failed"],
        }  # fmt: skip

    @pytest.mark.parametrize("query", [{"page": 0}, {"page": -1}, {"page": "x"}, {"page": 2**31}, {"state": "lost"}])
    async def test_refuses_what_is_no_page_or_state(self, hooks: Hooks, query: dict[str, Any]) -> None:
        webhook = await hooks.subscribe("https://example.com/")

        answer = await hooks.api.get(f"{hooks.path}/{webhook['id']}/history", params=query)

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, next(iter(query)))

    async def test_has_nothing_on_the_last_page_there_can_be(self, hooks: Hooks) -> None:
        webhook = await hooks.subscribe("https://example.com/")

        assert await hooks.history(webhook, page=2**31 - 1) == []

    async def test_of_an_unknown_subscription_is_not_found(self, hooks: Hooks) -> None:
        assert (await hooks.api.get(f"{hooks.path}/{new_id()}/history")).status_code == 404

    async def test_of_another_store_is_not_found(self, hooks: Hooks, client: ClientFactory, other: SeededStore) -> None:
        webhook = await hooks.subscribe("https://example.com/")
        neighbour = client(f"APIKey {other.api_key}")

        assert (await neighbour.get(f"/v1/stores/{other.id}/webhooks/{webhook['id']}/history")).status_code == 404
        assert (await neighbour.get(f"{hooks.path}/{webhook['id']}/history")).status_code == 403

    async def test_costs_the_same_whatever_its_length(self, hooks: Hooks, receiver: Receiver) -> None:
        webhook = await hooks.subscribe(receiver.url)
        for _ in range(5):
            await hooks.tell()
        await hooks.deliver()
        await hooks.history(webhook)  # so that the key is known
        statements: list[str] = []
        hooks.database.observe = statements.append

        await hooks.history(webhook)

        hooks.database.observe = None
        assert len(statements) == 4
