"""What runs when items are taken back because the money is gone."""

from datetime import timedelta

import pytest

from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.revocations.service import RevokeReason, take_back
from sutler.kernel.data.database import Database
from tests.delivery.conftest import Plugin
from tests.make.catalog import command
from tests.make.delivery import FOR_A_MONTH, NOON, Shop, acknowledge, commands, poll
from tests.make.stores import counted

EXPIRE = command("expired {customer.name}", stage="on_expire")
ENDINGS = [EXPIRE, command("refunded", stage="on_refund"), command("banned", stage="on_chargeback")]
EACH_REASON = pytest.mark.parametrize(("reason", "said"), [("refund", "refunded"), ("chargeback", "banned")])


async def taken_back(shop: Shop, reason: RevokeReason) -> int:
    """How many items are taken back when everything of the store is."""
    async with shop.inside(shop.store_id) as context:
        return len(await take_back(context, await context.all(context.rows(DeliveryItem)), reason))


class TestTakeBack:
    @EACH_REASON
    async def test_runs_the_commands_of_its_reason_in_place_of_those_of_the_end(
        self, shop: Shop, plugin: Plugin, reason: RevokeReason, said: str
    ) -> None:
        server, alice = await shop.sell("give", "give more", more_commands=ENDINGS)
        queued = await poll(plugin(server))
        await acknowledge(plugin(server), queued[:1])

        counts = [await taken_back(shop, reason), await taken_back(shop, reason)]

        (item,) = await shop.items(alice["id"])
        assert (counts, await commands(plugin(server))) == ([1, 0], [said])
        assert (item["state"], item["revoke_reason"]) == ("revoked", reason)
        assert [one["unqueued_at"] is None for one in item["command_attempts"]] == [True, False, True]

    async def test_falls_back_on_the_end_where_its_reason_has_no_commands(self, shop: Shop, plugin: Plugin) -> None:
        server, _ = await shop.sell("give", more_commands=[EXPIRE])
        for stage in ("on_expire", "on_refund"):
            await shop.post("global-commands", {
                "stage": stage, "content": f"all {stage}", "online_only": False, "execution_rule": "once_per_order",
            })  # fmt: skip

        await taken_back(shop, "refund")

        assert await commands(plugin(server)) == ["expired Alice", "all on_refund"]

    @EACH_REASON
    async def test_runs_for_what_ended_before_but_not_its_end_again(
        self, shop: Shop, plugin: Plugin, reason: RevokeReason, said: str
    ) -> None:
        await shop.is_at(NOON)
        server, _ = await shop.sell(more_commands=ENDINGS, **FOR_A_MONTH)
        plain = await shop.product(servers=[server["id"]], slug="plain", more_commands=[EXPIRE], **FOR_A_MONTH)
        bob = await shop.customer(steam_id="76561197960287931", name="Bob")
        await shop.buy(bob["id"], plain["id"])
        mine = plugin(server)
        await acknowledge(mine, await poll(mine))
        await shop.is_at(NOON + timedelta(days=31))
        await shop.worker.drain()
        await acknowledge(mine, await poll(mine))

        assert await taken_back(shop, reason) == 2

        assert await commands(mine) == [said]

    async def test_costs_as_many_statements_for_many_items_as_for_one(self, shop: Shop, database: Database) -> None:
        counts = []
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("give", servers=[server["id"]], more_commands=ENDINGS)
        for quantity in (2, 30):
            await shop.buy(alice["id"], product["id"], quantity=quantity)
            with counted(database) as seen:
                await taken_back(shop, "refund")
            counts.append(len(seen))

        assert counts[0] == counts[1]
