"""What becomes of an item: when it begins, when it ends, and that it moves only as its table allows."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from sutler.delivery.commands.models import OFFER_LEASE
from sutler.delivery.items.models import TRANSITIONS, DeliveryItem
from sutler.delivery.items.service import acknowledged, expire_item
from sutler.delivery.lifetimes.service import lasts
from sutler.kernel import clock
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import EventRow
from sutler.kernel.work.jobs import Again
from tests.conftest import Inside
from tests.delivery.conftest import Plugin
from tests.delivery.test_placeholders import version
from tests.make.catalog import command
from tests.make.delivery import FOR_A_MONTH, NOON, STEAM_ID, Shop, acknowledge, commands, poll

MONTH = timedelta(days=30)
GONE = (("usable", "used"), ("usable", "active"), ("active", "used"))


async def told(inside: Inside, store_id: FlakeId) -> list[str]:
    """What was told of items after they were added."""
    async with inside(store_id) as context:
        kinds = [row.kind for row in await context.all(context.rows(EventRow)) if row.kind.startswith("delivery_item")]
    return [kind for kind in kinds if kind != "delivery_item_added"]


class TestItemThatIsConsumed:
    async def test_is_used_when_its_command_was_acknowledged(self, shop: Shop, plugin: Plugin, inside: Inside) -> None:
        await shop.is_at(NOON)
        server, alice = await shop.sell("give")
        offered = await poll(plugin(server))
        (before,) = await shop.items(alice["id"])

        await acknowledge(plugin(server), offered)
        (after,) = await shop.items(alice["id"])

        assert (before["state"], before["removed_at"]) == ("usable", None)
        assert (after["state"], after["active_at"], after["removed_at"]) == ("used", None, "2030-01-01T12:00:00Z")
        assert after["command_attempts"][0]["executed_at"] == "2030-01-01T12:00:00Z"
        assert await told(inside, shop.store_id) == ["delivery_item_used"]

    async def test_is_used_by_the_first_of_its_commands_wherever_it_ran(
        self, shop: Shop, plugin: Plugin, inside: Inside
    ) -> None:
        first, second, alice = await shop.server("First"), await shop.server("Second"), await shop.customer()
        product = await shop.product("a", "b", servers=[first["id"], second["id"]])
        await shop.buy(alice["id"], product["id"])

        await acknowledge(plugin(second), (await poll(plugin(second)))[:1])
        (early,) = await shop.items(alice["id"])
        await acknowledge(plugin(first), await poll(plugin(first)))
        (late,) = await shop.items(alice["id"])

        assert early["state"] == late["state"] == "used"
        assert early["removed_at"] == late["removed_at"]
        assert await told(inside, shop.store_id) == ["delivery_item_used"]

    async def test_waits_for_the_server_that_its_buyer_chose(self, shop: Shop, plugin: Plugin) -> None:
        chosen, lobby, alice = await shop.server("Chosen"), await shop.server("Lobby"), await shop.customer()
        own = command("lobby", override_execute_on_gameserver_ids=[lobby["id"]])
        product = await shop.product("here", servers=[chosen["id"]], single_game_server_only=True, more_commands=[own])
        await shop.buy(alice["id"], product["id"], selected_gameserver_id=chosen["id"])

        states = []
        for server in (lobby, chosen):
            await acknowledge(plugin(server), await poll(plugin(server)))
            states += [item["state"] for item in await shop.items(alice["id"])]

        assert states == ["usable", "used"]

    async def test_does_not_wait_for_a_chosen_server_that_gets_no_command(self, shop: Shop, plugin: Plugin) -> None:
        chosen, lobby, alice = await shop.server("Chosen"), await shop.server("Lobby"), await shop.customer()
        own = command("lobby", override_execute_on_gameserver_ids=[lobby["id"]])
        product = await shop.product(servers=[chosen["id"]], single_game_server_only=True, more_commands=[own])
        await shop.buy(alice["id"], product["id"], selected_gameserver_id=chosen["id"])

        await acknowledge(plugin(lobby), await poll(plugin(lobby)))

        assert [item["state"] for item in await shop.items(alice["id"])] == ["used"]

    async def test_stays_as_it_is_when_another_server_claims_to_have_run_its_command(
        self, shop: Shop, plugin: Plugin
    ) -> None:
        server, alice = await shop.sell("give")
        thief = await shop.server("Thief")

        await acknowledge(plugin(thief), await poll(plugin(server)))

        assert [item["state"] for item in await shop.items(alice["id"])] == ["usable"]

    async def test_is_not_used_by_a_command_of_another_stage(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await shop.sell("give")
        (item,) = await shop.items(alice["id"])
        (id,) = await shop.queue(server["id"], "later", item_id=item["id"], stage="on_expire")

        await acknowledge(plugin(server), [{"attempt_id": id}])

        assert [item["state"] for item in await shop.items(alice["id"])] == ["usable"]


class TestItemThatLasts:
    async def test_begins_when_its_command_was_acknowledged_and_not_when_it_was_bought(
        self, shop: Shop, plugin: Plugin, inside: Inside
    ) -> None:
        await shop.is_at(NOON)
        server, alice = await shop.sell("give", **FOR_A_MONTH)
        await shop.is_at(NOON + timedelta(hours=1))

        await acknowledge(plugin(server), await poll(plugin(server)))
        (item,) = await shop.items(alice["id"])

        assert (item["state"], item["active_at"], item["expires_at"], item["removed_at"]) == (
            "active", "2030-01-01T13:00:00Z", "2030-01-31T13:00:00Z", None,
        )  # fmt: skip
        assert await told(inside, shop.store_id) == ["delivery_item_activated"]

    async def test_ends_in_time_and_takes_back_what_it_gave(self, shop: Shop, plugin: Plugin, inside: Inside) -> None:
        await shop.is_at(NOON)
        end = [command("take {customer.steam.id} {order.id}", stage="on_expire")]
        server, alice = await shop.sell("give", more_commands=end, **FOR_A_MONTH)
        await acknowledge(plugin(server), await poll(plugin(server)))
        states = []

        for moment in (NOON + MONTH - timedelta(seconds=1), NOON + MONTH, NOON + 2 * MONTH):
            await shop.is_at(moment)
            await shop.worker.drain()
            (item,) = await shop.items(alice["id"])
            states.append((item["state"], item["removed_at"], await commands(plugin(server))))

        taken = [f"take {STEAM_ID} {item['order_id']}"]
        ended = ("used", "2030-01-31T12:00:00Z")
        assert states == [("active", None, []), (*ended, taken), (*ended, taken)]
        assert await told(inside, shop.store_id) == [
            "delivery_item_activated", "delivery_item_expired", "delivery_item_used",
        ]  # fmt: skip

    async def test_ends_in_time_when_it_had_no_command_to_wait_for(self, shop: Shop) -> None:
        await shop.is_at(NOON)
        alice, product = await shop.customer(), await shop.product(**FOR_A_MONTH)
        await shop.buy(alice["id"], product["id"])

        await shop.is_at(NOON + MONTH)
        await shop.worker.drain()

        assert [item["state"] for item in await shop.items(alice["id"])] == ["used"]

    async def test_does_not_begin_again_with_the_commands_of_its_end(self, shop: Shop, plugin: Plugin) -> None:
        await shop.is_at(NOON)
        end = [command("take", stage="on_expire")]
        server, alice = await shop.sell("give", more_commands=end, **FOR_A_MONTH)
        await acknowledge(plugin(server), await poll(plugin(server)))
        await shop.is_at(NOON + MONTH)
        await shop.worker.drain()

        await acknowledge(plugin(server), await poll(plugin(server)))
        (item,) = await shop.items(alice["id"])

        assert (item["state"], item["active_at"]) == ("used", "2030-01-01T12:00:00Z")

    async def test_is_looked_at_again_when_its_end_comes_too_early(self, shop: Shop, plugin: Plugin, inside: Inside) -> None:
        await shop.is_at(NOON)
        server, alice = await shop.sell("give", **FOR_A_MONTH)
        await acknowledge(plugin(server), await poll(plugin(server)))
        (item,) = await shop.items(alice["id"])

        async with inside(shop.store_id) as context:
            with clock.standing_at(NOON + MONTH - timedelta(microseconds=1)):
                again = await expire_item.function(context, item_id=item["id"])

        assert again == Again(NOON + MONTH)
        assert [item["state"] for item in await shop.items(alice["id"])] == ["active"]

    async def test_ends_once_however_often_its_end_comes(self, shop: Shop, plugin: Plugin, inside: Inside) -> None:
        await shop.is_at(NOON)
        server, alice = await shop.sell("give", more_commands=[command("take", stage="on_expire")], **FOR_A_MONTH)
        await acknowledge(plugin(server), await poll(plugin(server)))
        (item,) = await shop.items(alice["id"])

        for _ in range(2):
            async with inside(shop.store_id) as context:
                with clock.standing_at(NOON + MONTH):
                    assert await expire_item.function(context, item_id=item["id"]) is None

        assert await commands(plugin(server)) == ["take"]

    @pytest.mark.parametrize(
        ("value", "scale", "days"), [(1, "day", 1), (2, "week", 14), (1, "month", 30), (3, "month", 90)]
    )
    async def test_lasts_months_of_thirty_days(self, value: int, scale: Any, days: int) -> None:
        bought = version()
        bought.remove_after_time_value, bought.remove_after_time_scale = value, scale

        assert lasts(bought) == timedelta(days=days)


class TestManyItems:
    async def test_begin_with_one_acknowledgement_each_with_its_own_fate(self, shop: Shop, plugin: Plugin) -> None:
        await shop.is_at(NOON)
        server, alice = await shop.server(), await shop.customer()
        week = FOR_A_MONTH | {"remove_after_time_scale": "week"}
        for slug, fate in (("none", {}), ("month", FOR_A_MONTH), ("week", week), ("also-a-month", FOR_A_MONTH)):
            product = await shop.product("give", servers=[server["id"]], slug=slug, **fate)
            await shop.buy(alice["id"], product["id"], quantity=2)

        await acknowledge(plugin(server), await poll(plugin(server)))
        items = await shop.items(alice["id"])

        assert [item["state"] for item in items] == ["used"] * 2 + ["active"] * 6
        assert [(item["expires_at"] or "")[:10] for item in items] == [""] * 2 + ["2030-01-31"] * 2 + ["2030-01-08"] * 2 + [
            "2030-01-31"
        ] * 2

    async def test_begin_once_when_everything_is_acknowledged_twice_at_once(
        self, shop: Shop, plugin: Plugin, inside: Inside
    ) -> None:
        server, alice = await shop.sell("a", "b", quantity=10, **FOR_A_MONTH)
        offered = await poll(plugin(server))

        await asyncio.gather(*(acknowledge(plugin(server), part) for part in (offered, offered[:7], offered[::-1], offered)))

        assert {item["state"] for item in await shop.items(alice["id"])} == {"active"}
        assert await told(inside, shop.store_id) == ["delivery_item_activated"] * 10


class TestStates:
    def test_know_where_each_of_them_leads(self) -> None:
        assert set(GONE) <= {(before, after) for before, afters in TRANSITIONS.items() for after in afters}
        assert all(after in TRANSITIONS for afters in TRANSITIONS.values() for after in afters)

    @pytest.mark.parametrize("state", ["active", "used", "revoked", "renewed"])
    async def test_that_are_not_usable_are_not_begun(self, shop: Shop, inside: Inside, state: Any) -> None:
        server, alice = await shop.sell("give")
        (item,) = await shop.items(alice["id"])
        async with inside(shop.store_id) as context:
            await context.change_all(context.rows(DeliveryItem), {"state": state})

        async with inside(shop.store_id) as context:
            await acknowledged(context, server["id"], [item["command_attempts"][0]["id"]], "")

        assert [item["state"] for item in await shop.items(alice["id"])] == [state]
        assert await told(inside, shop.store_id) == []

    @pytest.mark.parametrize("state", ["usable", "used", "revoked", "renewed"])
    async def test_that_are_not_active_do_not_expire(self, shop: Shop, inside: Inside, state: Any) -> None:
        _, alice = await shop.sell("give", more_commands=[command("take", stage="on_expire")], **FOR_A_MONTH)
        (item,) = await shop.items(alice["id"])
        async with inside(shop.store_id) as context:
            await context.change_all(context.rows(DeliveryItem), {"state": state, "expires_at": NOON})

        async with inside(shop.store_id) as context:
            with clock.standing_at(NOON + OFFER_LEASE):
                assert await expire_item.function(context, item_id=item["id"]) is None

        assert [item["state"] for item in await shop.items(alice["id"])] == [state]
        assert [one.stage for one in await shop.attempts()] == ["on_purchase"]
