"""Products of which a customer has one running item at a time."""

import asyncio
from datetime import timedelta

from tests.conftest import Inside
from tests.delivery.conftest import Plugin
from tests.delivery.test_life_of_items import MONTH, told
from tests.make.catalog import command
from tests.make.delivery import FOR_A_MONTH, NOON, Shop, acknowledge, commands, poll

ALONE = FOR_A_MONTH | {"allow_concurrent_active_items": False}


async def life(shop: Shop, customer_id: str) -> list[tuple[str, str]]:
    """State and end of each item, oldest first."""
    return [(item["state"], item["expires_at"]) for item in await shop.items(customer_id, asc=True)]


class TestItemsThatRunAlone:
    async def test_take_over_what_was_left_of_the_one_before(self, shop: Shop, inside: Inside) -> None:
        await shop.is_at(NOON)
        alice, bob, product = await shop.customer(), await shop.customer(name="Bob"), await shop.product(**ALONE)
        for someone in (alice, bob):
            await shop.buy(someone["id"], product["id"])

        await shop.is_at(NOON + timedelta(days=10))
        await shop.buy(alice["id"], product["id"])

        assert await life(shop, alice["id"]) == [("renewed", "2030-01-31T12:00:00Z"), ("active", "2030-03-02T12:00:00Z")]
        assert await life(shop, bob["id"]) == [("active", "2030-01-31T12:00:00Z")]
        assert (await told(inside, shop.store_id)).count("delivery_item_renewed") == 1

    async def test_end_once_when_all_of_their_time_is_over(self, shop: Shop, plugin: Plugin) -> None:
        await shop.is_at(NOON)
        end = [command("take", stage="on_expire")]
        server, alice = await shop.sell("give", more_commands=end, quantity=2, **ALONE)
        await acknowledge(plugin(server), await poll(plugin(server)))
        states = []

        for moment in (NOON + MONTH, NOON + 2 * MONTH):
            await shop.is_at(moment)
            await shop.worker.drain()
            states.append(([state for state, _ in await life(shop, alice["id"])], await commands(plugin(server))))

        assert [sorted(found) for found, _ in states] == [["active", "renewed"], ["renewed", "used"]]
        assert [taken for _, taken in states] == [[], ["take"]]

    async def test_never_both_give_way_when_they_begin_at_once(self, shop: Shop) -> None:
        await shop.is_at(NOON)
        alice, product = await shop.customer(), await shop.product(**ALONE)

        await asyncio.gather(*[shop.buy(alice["id"], product["id"]) for _ in range(4)])

        found = await life(shop, alice["id"])
        assert sorted(state for state, _ in found) == ["active", "renewed", "renewed", "renewed"]
        assert max(end for _, end in found) == "2030-05-01T12:00:00Z"

    async def test_run_side_by_side_where_the_product_allows_it(self, shop: Shop) -> None:
        await shop.is_at(NOON)
        alice, product = await shop.customer(), await shop.product(**FOR_A_MONTH)

        for _ in range(2):
            await shop.buy(alice["id"], product["id"])

        assert {state for state, _ in await life(shop, alice["id"])} == {"active"}
