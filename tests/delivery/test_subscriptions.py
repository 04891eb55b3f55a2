"""What a subscription gives: from cycle to cycle, and at its end."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from sutler.billing.subscriptions.events import SubscriptionCanceled, SubscriptionRenewed
from sutler.billing.subscriptions.models import Subscription
from sutler.catalog.stock.models import StockUsage
from sutler.delivery.endings.service import end_items
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.reversals.service import take_back_lines
from sutler.delivery.revocations.service import RevokeReason
from sutler.doctor.delivery import queued, subscribed
from sutler.doctor.examination import Outcome
from sutler.kernel import clock
from sutler.kernel.ids import new_id
from sutler.kernel.work.events import EventRow, emit
from tests.delivery.conftest import Plugin
from tests.make.billing import paid
from tests.make.catalog import command
from tests.make.checkout import checkout, line, open_checkout
from tests.make.delivery import FOR_A_MONTH, NOON, Shop, acknowledge, commands, poll
from tests.make.recurring import CYCLE, Member
from tests.make.refunds import refund

STAGES = ("on_renew", "on_expire", "on_refund", "on_chargeback", "on_trial_start", "on_trial_expire")
ALL = [command(stage, stage=stage) for stage in STAGES]


async def member(shop: Shop, *, trial: bool = False, **product: Any) -> tuple[dict[str, Any], Member]:
    """A game server, and somebody who has just subscribed to what runs a command of every stage there."""
    await shop.is_at(NOON)
    server, customer = await shop.server(), await shop.customer()
    wares = {"more_commands": ALL} | product
    sold = await shop.product("on_purchase", servers=[server["id"]], **wares)
    joined = Member(shop, customer["id"])
    await joined.subscribe(sold["id"], trial=trial)
    await shop.worker.drain()
    return server, joined


async def ran(plugin: Plugin, server: dict[str, Any]) -> list[str]:
    """The commands that wait for a server, which runs them."""
    queued = await poll(plugin(server))
    await acknowledge(plugin(server), queued)
    return [one["command"] for one in queued]


async def events(shop: Shop) -> list[str]:
    """What was told of items, each word after the first two."""
    async with shop.inside(shop.store_id) as store:
        rows = await store.all(store.rows(EventRow))
    return [row.kind.removeprefix("delivery_item_") for row in rows if row.kind.startswith("delivery_item")]


class TestItem:
    async def test_lasts_as_long_as_its_subscription_whatever_its_product_says(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await member(shop, **FOR_A_MONTH | {"remove_after_time_scale": "day"})
        assert await ran(plugin, server) == ["on_purchase"]

        await shop.is_at(NOON + 2 * CYCLE)
        await shop.worker.drain()

        (item,) = await alice.items()
        assert (item["state"], item["expirable"], item["expires_at"]) == ("active", True, "2030-01-31T12:00:00Z")
        assert (item["subscription_id"], "trial_id" in item) == (alice.id, False)

    async def test_takes_over_with_each_cycle_that_is_paid(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await member(shop)
        await ran(plugin, server)
        await shop.is_at(NOON + CYCLE)

        order_id = await alice.renew(NOON + CYCLE)
        await alice.deliver([order_id] * 2)

        before, after = await alice.items()
        assert (before["state"], before["removed_at"]) == ("renewed", "2030-01-31T12:00:00Z")
        assert (after["state"], after["active_at"], after["expires_at"], after["order_id"]) == (
            "active", "2030-01-31T12:00:00Z", "2030-03-02T12:00:00Z", order_id,
        )  # fmt: skip
        assert await ran(plugin, server) == ["on_renew"]
        assert sorted(await events(shop)) == ["activated", "activated", "added", "added", "renewed"]

    async def test_takes_over_even_from_one_that_waits_for_its_player(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await member(shop)

        await alice.renew()
        states = await alice.states()
        assert await ran(plugin, server) == ["on_purchase", "on_renew"]

        assert states == await alice.states() == ["renewed", "active"]

    async def test_comes_after_those_that_were_paid_before(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await member(shop)
        paid = [await alice.pay() for _ in range(3)]

        await alice.deliver([paid[2], paid[0], paid[1]])
        await shop.worker.drain()

        assert [(item["order_id"], item["state"]) for item in await alice.items()] == [
            (order_id, "renewed") for order_id in alice.order_ids[:3]
        ] + [(paid[2], "active")]
        assert await commands(plugin(server)) == ["on_purchase"] + ["on_renew"] * 3

    async def test_is_given_anew_if_the_one_before_was_taken_back(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await member(shop)
        await ran(plugin, server)
        (item,) = await alice.items()
        await shop.api.delete(f"/v1/stores/{shop.store_id}/customers/{alice.customer_id}/delivery/items/{item['id']}")

        await alice.renew()

        assert await ran(plugin, server) == ["on_expire", "on_purchase"]
        assert await alice.states() == ["revoked", "active"]

    async def test_neither_takes_time_over_nor_gives_its_own_away(self, shop: Shop) -> None:
        await shop.is_at(NOON)
        customer, product = await shop.customer(), await shop.product(**FOR_A_MONTH, allow_concurrent_active_items=False)
        alice = Member(shop, customer["id"])
        await shop.buy(customer["id"], product["id"])
        await alice.subscribe(product["id"])
        await shop.worker.drain()
        await shop.buy(customer["id"], product["id"])
        await alice.renew(NOON + CYCLE)

        found = [(item["state"], (item["expires_at"] or "")[:10]) for item in await alice.items()]
        assert found == [
            ("renewed", "2030-01-31"), ("renewed", "2030-01-31"), ("active", "2030-03-02"), ("active", "2030-03-02"),
        ]  # fmt: skip

    async def test_is_sent_again_with_what_began_it(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await member(shop)
        await ran(plugin, server)
        for _ in range(2):
            await alice.renew()
            await ran(plugin, server)

        answer = await shop.post(
            f"gameservers/{server['id']}/delivery/commands/resend", {"subscription_id": alice.id, "product_id": None}
        )

        assert answer["enqueued_commands_count"] == 2
        assert await commands(plugin(server)) == ["on_purchase", "on_renew"]

    async def test_knows_its_subscription_and_its_trial_in_commands(self, shop: Shop, plugin: Plugin) -> None:
        told = [command("{subscription.id} {trial.id}.", stage="on_trial_start"), command("{trial.id}.", stage="on_renew")]
        server, alice = await member(shop, trial=True, more_commands=told)
        await alice.renew()
        await alice.renew()

        assert await commands(plugin(server)) == ["on_purchase", "."]  # what a trial did not run by its end is called off
        assert (await shop.attempts())[0].command == f"{alice.id} {alice.trial_id}."


class TestTrial:
    async def test_becomes_a_purchase_when_it_is_paid_for(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await member(shop, trial=True)
        tried = await ran(plugin, server)

        await alice.renew(NOON + CYCLE)

        assert (tried, await ran(plugin, server)) == (["on_trial_start"], ["on_purchase"])
        before, after = await alice.items()
        assert (before["state"], before["trial_id"]) == ("renewed", alice.trial_id)
        assert (after["state"], after["expires_at"], "trial_id" in after) == ("active", "2030-03-02T12:00:00Z", False)

    @pytest.mark.parametrize("stage", ["on_trial_expire", "on_expire"])
    async def test_takes_back_what_it_gave_if_nobody_pays(self, shop: Shop, plugin: Plugin, stage: str) -> None:
        server, alice = await member(shop, trial=True, more_commands=[*ALL[4:5], command(stage, stage=stage)])
        await ran(plugin, server)

        await alice.end("trial_canceled")
        await shop.worker.drain()

        assert await ran(plugin, server) == [stage]
        assert await alice.states() == ["used"]

    async def test_brings_no_gift_card(self, shop: Shop) -> None:
        _, alice = await member(shop, trial=True, deliverable_actions={"grant_giftcard": True})
        cards = []
        for _ in range(2):
            cards.append(len((await shop.api.get(f"/v1/stores/{shop.store_id}/giftcards")).json()))
            await alice.renew()

        assert cards == [0, 1]


class TestEnd:
    async def test_uses_items_up_and_takes_back_what_they_gave(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await member(shop)
        await ran(plugin, server)
        await alice.renew()

        await shop.is_at(NOON + timedelta(days=3))
        for _ in range(2):
            await alice.end()
            await shop.worker.drain()

        assert await ran(plugin, server) == ["on_expire"]  # the renewal's command had not run and never will
        before, after = await alice.items()
        assert (before["state"], after["state"]) == ("renewed", "used")
        assert after["removed_at"] == after["expires_at"] == "2030-01-04T12:00:00Z"
        assert (await events(shop))[-2:] == ["expired", "used"]

    async def test_calls_off_what_waits_since_the_first_cycle(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await member(shop)
        await alice.renew()
        await alice.end()
        await shop.worker.drain()

        assert await ran(plugin, server) == ["on_expire"]

    async def test_comes_after_all_that_was_paid(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await member(shop)
        await alice.pay()
        await alice.end()
        async with alice.now() as store:
            await end_items(store, SubscriptionCanceled(subscription_id=alice.id), new_id())

        await shop.worker.drain()

        assert await alice.states() == ["used", "used"]
        assert await ran(plugin, server) == ["on_expire"]

    async def test_leaves_nothing_to_give_for_what_is_paid_later(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await member(shop, deliverable_actions={"grant_giftcard": True})
        await ran(plugin, server)
        await alice.end()
        await shop.worker.drain()
        await ran(plugin, server)

        order_id = await alice.renew(canceled=True)
        late = (await alice.items())[-1]
        async with shop.inside(shop.store_id) as store:  # the money goes back
            await take_back_lines(store, order_id, [late["order_line_id"]], "refund", new_id())

        assert (late["state"], late["active_at"], late["command_attempts"]) == ("used", None, [])
        assert late["expires_at"] == late["removed_at"] == "2030-01-01T12:00:00Z"
        assert (await alice.items())[-1]["state"] == "revoked"
        assert await ran(plugin, server) == []
        assert len((await shop.api.get(f"/v1/stores/{shop.store_id}/giftcards")).json()) == 1

    @pytest.mark.parametrize("reason", ["refund", "chargeback"])
    async def test_takes_items_back_where_the_money_is_gone(self, shop: Shop, plugin: Plugin, reason: RevokeReason) -> None:
        server, alice = await member(shop)
        await ran(plugin, server)
        order_id = await alice.renew()
        await ran(plugin, server)
        lines = [item["order_line_id"] for item in await alice.items()]

        await alice.end(reason)
        await shop.worker.drain()
        async with shop.inside(shop.store_id) as store:
            await take_back_lines(store, order_id, lines, reason, new_id())

        assert await ran(plugin, server) == [f"on_{reason}"]
        before, after = await alice.items()
        assert (before["state"], after["state"], after["revoke_reason"]) == ("renewed", "revoked", reason)

    async def test_makes_room_in_the_stock_that_the_first_cycle_took(self, shop: Shop) -> None:
        _, alice = await member(shop, more_commands=[])
        await alice.renew()
        removed = []
        for end in (False, True):
            if end:
                await alice.end()
            await shop.worker.drain()
            async with shop.inside(shop.store_id) as store:
                removed.append([usage.removed for usage in await store.all(store.rows(StockUsage))])

        assert removed == [[0], [1]]


class TestPeriod:
    async def test_that_is_longer_by_now_shows_in_its_items(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await member(shop)
        await ran(plugin, server)
        async with alice.now() as store:
            await store.change(await store.get(Subscription, alice.id), {"current_period_end": NOON + 2 * CYCLE})
            await emit(store, SubscriptionRenewed(subscription_id=alice.id, order_id=alice.order_ids[0]))
        await shop.worker.drain()

        (item,) = await alice.items()
        assert item["expires_at"] == "2030-03-02T12:00:00Z"


class TestOverHttp:
    async def test_all_stages_come_in_turn(self, shop: Shop, plugin: Plugin) -> None:
        now = clock.real_now()
        await shop.is_at(now)
        server, customer = await shop.server(), await shop.customer()
        rank = await shop.product(
            "on_purchase", servers=[server["id"]], more_commands=ALL, allow_subscription=True, trial={"enabled": True}
        )
        wanted = checkout(customer["id"], line(rank["id"], subscription=True, trial=True))
        opened = await open_checkout(shop.api, shop.store_id, wanted)
        order = await paid(shop.api, shop.store_id, opened["token"])
        told, ends = [], []

        for days in (0, 7, 30, 30):
            now += timedelta(days=days)
            await shop.is_at(now)
            await shop.worker.drain()
            told += await ran(plugin, server)
            ends.append((await shop.items(customer["id"]))[-1]["expires_at"])
        (newest, *_) = (await shop.api.get(f"/v1/stores/{shop.store_id}/orders")).json()
        await refund(shop.api, shop.store_id, newest["id"])
        await shop.worker.drain()
        told += await ran(plugin, server)

        assert told == ["on_trial_start", "on_purchase", "on_renew", "on_renew", "on_refund"]
        items = await shop.items(customer["id"])
        assert [item["state"] for item in items] == ["renewed"] * 3 + ["revoked"]
        assert {item["subscription_id"] for item in items} == {order["subscription_id"]}
        subscription = (await shop.api.get(f"/v1/stores/{shop.store_id}/subscriptions/{order['subscription_id']}")).json()
        assert (subscription["status"], subscription["cancel_reason"]) == ("canceled", "refund")
        moments = [datetime.fromisoformat(end) for end in ends]
        assert [(one - moments[0]).days for one in moments] == [0, 30, 60, 90]
        async with shop.inside(shop.store_id) as store:
            assert (await subscribed(store.connection), await queued(store.connection)) == (Outcome(), Outcome())

    async def test_the_end_comes_when_the_paid_time_is_over(self, shop: Shop, plugin: Plugin) -> None:
        now = clock.real_now()
        await shop.is_at(now)
        server, customer = await shop.server(), await shop.customer()
        rank = await shop.product("on_purchase", servers=[server["id"]], more_commands=ALL, allow_subscription=True)
        wanted = checkout(customer["id"], line(rank["id"], subscription=True))
        order = await paid(shop.api, shop.store_id, (await open_checkout(shop.api, shop.store_id, wanted))["token"])
        await shop.worker.drain()
        await ran(plugin, server)
        path = f"/v1/stores/{shop.store_id}/subscriptions/{order['subscription_id']}/cancel"
        assert (await shop.api.post(path)).status_code == 204

        found = []
        for days in (29, 30):
            await shop.is_at(now + timedelta(days=days))
            await shop.worker.drain()
            found.append(([item["state"] for item in await shop.items(customer["id"])], await ran(plugin, server)))

        assert found == [(["active"], []), (["used"], ["on_expire"])]


class TestDoctor:
    async def test_finds_items_that_live_too_long_or_beside_each_other(self, shop: Shop) -> None:
        _, alice = await member(shop)
        await alice.renew()
        await alice.end()
        found = []
        for state in ("renewed", "active"):
            async with alice.now() as store:
                await store.change_all(store.rows(DeliveryItem), {"state": state})
                found.append((await subscribed(store.connection)).problems)
            await shop.worker.drain()

        assert found == [0, 1 + 2]
