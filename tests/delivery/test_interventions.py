"""What staff do to the command queue: taking commands out of it, and sending some again."""

from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import SeededStore
from tests.delivery.conftest import Plugin
from tests.make.delivery import FOR_A_MONTH, NOON, Shop, acknowledge, commands, poll

PATHS = ["delivery/commands/unqueue", "command-delivery/unqueue"]


async def resent(shop: Shop, server: dict[str, Any], **wanted: Any) -> int:
    """How many commands a server is sent again."""
    answer = await shop.post(f"gameservers/{server['id']}/delivery/commands/resend", wanted)
    return int(answer["enqueued_commands_count"])


class TestUnqueueDeliveryCommandAttemptByAttemptIDs:
    @pytest.mark.parametrize("path", PATHS)
    async def test_takes_out_what_waits_and_counts_it_once(self, shop: Shop, plugin: Plugin, path: str) -> None:
        server = await shop.server()
        ran, first, _ = await shop.queue(server["id"], "ran", "first", "second")
        await acknowledge(plugin(server), [{"attempt_id": ran}])

        body = {"attempt_ids": [ran, first, first, "1"]}
        counts = [(await shop.post(path, body))["unqueued_count"] for _ in range(2)]

        assert counts == [1, 0]
        assert await commands(plugin(server)) == ["second"]
        assert [one.unqueued_at is not None for one in await shop.attempts()] == [False, True, False]

    async def test_leaves_other_stores_alone(self, shop: Shop, plugin: Plugin, other: SeededStore) -> None:
        server = await shop.server()
        (id,) = await shop.queue(server["id"], "give")

        refused = await shop.api.post(f"/v1/stores/{other.id}/{PATHS[0]}", json={"attempt_ids": [id]})

        assert refused.status_code == 403
        assert await commands(plugin(server)) == ["give"]

    async def test_lets_an_item_begin_that_waited_for_nothing_else(self, shop: Shop, plugin: Plugin) -> None:
        chosen, lobby, alice = await shop.server(), await shop.server("Lobby"), await shop.customer()
        own = {"stage": "on_purchase", "content": "lobby", "override_execute_on_gameserver_ids": [lobby["id"]]}
        product = await shop.product("a", servers=[chosen["id"]], single_game_server_only=True, more_commands=[own])
        await shop.buy(alice["id"], product["id"], selected_gameserver_id=chosen["id"])
        await acknowledge(plugin(lobby), await poll(plugin(lobby)))
        (waits,) = await shop.items(alice["id"])

        (id,) = [one["id"] for one in waits["command_attempts"] if one["gameserver_id"] == chosen["id"]]
        await shop.post(PATHS[0], {"attempt_ids": [id]})

        assert (waits["state"], (await shop.items(alice["id"]))[0]["state"]) == ("usable", "used")

    async def test_does_not_unsay_that_a_command_ran_which_was_fetched_before(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await shop.sell("give")
        queued = await poll(plugin(server))
        await shop.post(PATHS[0], {"attempt_ids": [queued[0]["attempt_id"]]})

        await acknowledge(plugin(server), queued)

        (item,) = await shop.items(alice["id"])
        assert item["state"] == "used"
        assert None not in (item["command_attempts"][0]["executed_at"], item["command_attempts"][0]["unqueued_at"])


class TestResendDeliveryCommandsForGameServer:
    async def test_sends_what_ran_there_word_for_word_if_its_item_still_runs(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await shop.server(), await shop.customer()
        lasts = await shop.product("lasts {customer.name}", servers=[server["id"]], slug="lasts", **FOR_A_MONTH)
        gone = await shop.product("gone", servers=[server["id"]], slug="gone")
        for product in (lasts, gone):
            await shop.buy(alice["id"], product["id"])
        await acknowledge(plugin(server), await poll(plugin(server)))
        await shop.api.patch(f"/v1/stores/{shop.store_id}/customers/{alice['id']}", json={"name": "Renamed"})

        counts = [await resent(shop, server), await resent(shop, server)]

        assert counts == [1, 0]
        queued = await poll(plugin(server))
        assert [one["command"] for one in queued] == ["lasts Alice"]
        await acknowledge(plugin(server), queued)
        assert await resent(shop, server) == 1
        item = (await shop.items(alice["id"]))[0]
        assert [one["rerun"] for one in item["command_attempts"]] == [False, True, True]
        assert item["state"] == "active"

    async def test_narrows_it_down_by_all_that_is_given(self, shop: Shop, plugin: Plugin) -> None:
        await shop.is_at(NOON)
        server, alice = await shop.server(), await shop.customer()
        bob = await shop.customer(steam_id="76561197960287931", name="Bob")
        product = await shop.product("a", servers=[server["id"]], **FOR_A_MONTH)
        order = await shop.buy(alice["id"], product["id"])
        await shop.buy(bob["id"], product["id"])
        await acknowledge(plugin(server), await poll(plugin(server)))
        before, after = ((NOON + timedelta(seconds=s)).isoformat() for s in (-1, 1))
        (item,) = await shop.items(alice["id"])
        nobody = {"customer_id": bob["id"], "order_id": order["id"]}

        counts = [await resent(shop, server, **wanted) for wanted in (
            {"customer_id": "1"}, nobody, {"product_id": "1"}, {"starts_at": after}, {"ends_at": before},
            {"starts_at": before, "ends_at": after, "customer_id": alice["id"], "order_id": order["id"]},
            {"inventory_item_id": item["id"]}, {"product_id": product["id"]},
        )]  # fmt: skip

        assert counts == [0, 0, 0, 0, 0, 1, 0, 1]

    async def test_sends_a_named_item_to_whichever_server_it_is_asked_for(self, shop: Shop, plugin: Plugin) -> None:
        old, new, alice = await shop.server("Old"), await shop.server("New"), await shop.customer()
        product = await shop.product("on {gameserver.name}", servers=[old["id"]], single_game_server_only=True)
        await shop.buy(alice["id"], product["id"], selected_gameserver_id=old["id"])
        await shop.api.delete(f"/v1/stores/{shop.store_id}/gameservers/{old['id']}")
        await shop.worker.drain()
        (item,) = await shop.items(alice["id"])
        assert (item["state"], item["command_attempts"][0]["unqueued_at"] is None) == ("usable", False)

        counts = [await resent(shop, new), await resent(shop, new, inventory_item_id=item["id"])]
        queued = await poll(plugin(new))
        await acknowledge(plugin(new), queued)

        assert (counts, [one["command"] for one in queued]) == ([0, 1], ["on Old"])
        assert (await shop.items(alice["id"]))[0]["state"] == "used"

    async def test_refuses_servers_that_are_not_there(self, shop: Shop) -> None:
        unknown = await shop.api.post(f"/v1/stores/{shop.store_id}/gameservers/1/delivery/commands/resend", json={})

        assert unknown.status_code == 404
