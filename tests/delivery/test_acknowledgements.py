"""What a game server says it has run, in all three forms."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest

from sutler.delivery.commands.models import OFFER_LEASE, CommandAttempt
from sutler.delivery.commands.service import acknowledge as acknowledge_past_the_api
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.delivery.conftest import Plugin
from tests.make.delivery import NOON, QUEUE, Shop, acknowledge, poll


async def delete_in_bulk(plugin: ContractClient, ids: list[Any]) -> httpx2.Response:
    """DELETE with a body."""
    return await plugin.request("DELETE", QUEUE, json=[{"attempt_id": id} for id in ids])


async def delete_one_by_one(plugin: ContractClient, ids: list[Any]) -> httpx2.Response:
    """DELETE of each; the last answer."""
    return [await plugin.delete(f"{QUEUE}/{id}") for id in ids][-1]


async def post(plugin: ContractClient, ids: list[Any]) -> httpx2.Response:
    """POST, for clients that cannot send a body with DELETE."""
    return await plugin.post(f"{QUEUE}/acknowledge", json=[{"attempt_id": id} for id in ids])


FORMS = pytest.mark.parametrize("say", [delete_in_bulk, delete_one_by_one, post])


class TestMarkQueuedCommandExecuted:
    @FORMS
    async def test_ends_the_wait_of_commands(self, shop: Shop, plugin: Plugin, say: Any) -> None:
        await shop.is_at(NOON)
        server = await shop.server()
        await shop.queue(server["id"], "first", "second")
        ids = [one["attempt_id"] for one in await poll(plugin(server))]

        answer = await say(plugin(server), ids)
        await shop.is_at(NOON + 2 * OFFER_LEASE)

        assert (answer.status_code, answer.content) == (204, b"")
        assert await poll(plugin(server)) == []
        assert [(one.executed_at, one.executed_by_ip, one.offers) for one in await shop.attempts()] == [
            (NOON, "127.0.0.1", 1)
        ] * 2

    @FORMS
    async def test_is_no_error_when_it_says_nothing_new(self, shop: Shop, plugin: Plugin, say: Any) -> None:
        await shop.is_at(NOON)
        server = await shop.server()
        (id,) = await shop.queue(server["id"], "give")
        await say(plugin(server), [id])

        await shop.is_at(NOON + timedelta(minutes=5))
        answers = [await say(plugin(server), ids) for ids in ([id], [id, id], ["7", "9223372036854775807"], [id, "99999"])]

        assert [answer.status_code for answer in answers] == [204] * 4
        assert [one.executed_at for one in await shop.attempts()] == [NOON]

    @FORMS
    async def test_does_nothing_to_commands_of_another_server(
        self, shop: Shop, plugin: Plugin, say: Any, client: ClientFactory, other: SeededStore, inside: Inside
    ) -> None:
        server, neighbour = await shop.server(), await shop.server("Neighbour")
        stranger = Shop(client(f"APIKey {other.api_key}"), other.id, shop.worker, inside)
        ids = await shop.queue(server["id"], "give")

        answers = [await say(plugin(thief), ids) for thief in (neighbour, await stranger.server())]

        assert [answer.status_code for answer in answers] == [204, 204]
        assert [one.executed_at for one in await shop.attempts()] == [None]

    @FORMS
    async def test_counts_for_commands_that_were_never_offered(self, shop: Shop, plugin: Plugin, say: Any) -> None:
        server = await shop.server()
        ids = await shop.queue(server["id"], "give")

        await say(plugin(server), ids)

        assert await poll(plugin(server)) == []
        assert [one.offers for one in await shop.attempts()] == [0]

    async def test_leaves_unqueued_commands_unqueued(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()
        (id,) = await shop.queue(server["id"], "give", unqueued_at=NOON)

        offered = await poll(plugin(server))
        answer = await acknowledge(plugin(server), [{"attempt_id": id}])

        assert (offered, answer.status_code) == ([], 204)
        assert [(one.executed_at, one.unqueued_at) for one in await shop.attempts()] == [(None, NOON)]

    async def test_takes_numbers_and_passes_over_what_is_no_id(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()
        (id,) = await shop.queue(server["id"], "give")

        answer = await delete_in_bulk(plugin(server), ["", "abc", -1, "٣", "1" * 20, int(id)])

        assert answer.status_code == 204
        assert [one.executed_at is not None for one in await shop.attempts()] == [True]

    @pytest.mark.parametrize(("method", "path"), [("DELETE", QUEUE), ("POST", f"{QUEUE}/acknowledge")])
    async def test_may_name_nothing_and_not_more_than_ten_thousand(
        self, shop: Shop, plugin: Plugin, method: str, path: str
    ) -> None:
        mine, json = plugin(await shop.server()), {"Content-Type": "application/json"}

        nothing = [await mine.request(method, path, content=body, headers=json) for body in (b"[]", b"", b" [ ] ")]
        fits = await mine.request(method, path, json=[{"attempt_id": "1"}] * 10_000)
        refused = await mine.request(method, path, json=[{"attempt_id": "1"}] * 10_001)

        assert [answer.status_code for answer in (*nothing, fits)] == [204] * 4
        assert (refused.status_code, refused.json()["message"]) == (
            400, "The list has 10001 entries; send at most 10000 at once.",
        )  # fmt: skip

    @pytest.mark.parametrize(("method", "path"), [("DELETE", QUEUE), ("POST", f"{QUEUE}/acknowledge")])
    async def test_passes_over_entries_without_an_id(self, shop: Shop, plugin: Plugin, method: str, path: str) -> None:
        server = await shop.server()
        (id,) = await shop.queue(server["id"], "give")

        odd: list[Any] = [
            None,
            1,
            [],
            {},
            {"attempt_id": None},
            {"attempt_id": ["1"]},
            {"attempt_id": id},
            {"attempt_id": "9" * 600},
        ]
        answer = await plugin(server).request(method, path, json=odd)

        assert (answer.status_code, answer.content) == (204, b"")
        assert [one.executed_at is not None for one in await shop.attempts()] == [True]

    @pytest.mark.parametrize("body", [{}, "1", 7, {"attempt_id": "1"}])
    async def test_refuses_what_is_no_list_of_attempts(self, shop: Shop, plugin: Plugin, body: Any) -> None:
        answer = await plugin(await shop.server()).request("DELETE", QUEUE, json=body)

        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidInput")

    async def test_is_news_to_one_of_two_that_say_it_at_once(self, shop: Shop, inside: Inside) -> None:
        server = await shop.server()
        ids = await shop.queue(server["id"], "give")

        async with inside(shop.store_id) as context:
            first = await acknowledge_past_the_api(context, server["id"], ids, "")
        async with inside(shop.store_id) as context:
            second = await acknowledge_past_the_api(context, server["id"], ids, "192.0.2.7")
            kept = await context.get(CommandAttempt, ids[0])

        assert ([one.id for one in first], second, kept.executed_by_ip) == (ids, [], None)

    async def test_needs_the_token_of_a_game_server(self, client: ClientFactory, api: ContractClient) -> None:
        answers = [await delete_in_bulk(one, ["1"]) for one in (client(), client("Gameserver nobody"), api)]

        assert [answer.status_code for answer in answers] == [401, 401, 403]
