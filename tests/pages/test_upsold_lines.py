"""What the checkout page does about offers and steps of ladders once somebody has begun to pay."""

from typing import Any

import httpx2
import pytest

from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import paid
from tests.make.trials import MONTHLY
from tests.make.upsells import LINE, Upseller, bought_lines, recommended, upseller


@pytest.fixture
async def shop(api: ContractClient, visitor: httpx2.AsyncClient, store: SeededStore, inside: Inside) -> Upseller:
    """A store with upselling on, where a Knight for $10.00 is sold beside a Potion for $5.00."""
    return await upseller(api, visitor, store.id, inside)


class TestWhatWasTaken:
    async def test_can_be_taken_off_after_an_attempt_that_came_to_nothing_and_the_order_follows(
        self, shop: Upseller, api: ContractClient, store: SeededStore, inside: Inside
    ) -> None:
        knight, lord = shop.products["Knight"], await shop.product("Lord", 3000, **dict[str, Any](MONTHLY))
        potion = recommended(shop.products["Potion"]["id"], discount_type="percentage", discount_amount=500)
        await shop.recommends(knight, recommended(lord["id"], "alternative", prefer_as_subscription=True), potion)
        await shop.opens(knight)
        for key in reversed(await shop.keys()):  # what comes in the place of another last
            await shop.take(key)

        tried = await paid(api, store.id, shop.token, "decline")
        offered = await shop.keys()
        await shop.send("offer/remove", line=LINE.findall(await shop.page())[1])
        mid = (await api.get(f"/v1/stores/{store.id}/orders/{tried['id']}")).json()
        page = await shop.page()
        order = await paid(api, store.id, shop.token)
        await shop.send("offer/remove", line=(await bought_lines(inside, store.id))[1].id)

        assert (tried["type"], sorted(one["product_name"] for one in tried["lines"])) == ("mixed", ["Lord", "Potion"])
        assert offered == []
        assert "$12.50" in page
        for one in (mid, order):
            assert (one["id"], one["type"], one["total_amount"]) == (tried["id"], "one_time", 1250)
            assert sorted(line["product_name"] for line in one["lines"]) == ["Knight", "Potion"]
            assert "subscription_id" not in one
        assert (order["status"], len(await bought_lines(inside, store.id))) == ("completed", 2)


class TestAStep:
    async def test_is_refused_on_the_page_while_another_step_of_its_ladder_is_paid_elsewhere(
        self, shop: Upseller, api: ContractClient, store: SeededStore
    ) -> None:
        group = (await api.post(f"/v1/stores/{store.id}/tier-groups", json={"name": "Ranks"})).json()["id"]
        bronze, silver = [await shop.product(name, tier_group_id=group) for name in ("Bronze", "Silver")]
        await shop.opens(bronze)
        later = {"outcome": "succeed_later", "after_seconds": 600}
        await api.post(f"/v1/stores/{store.id}/simulator/checkouts/{shop.token}/pay", json=later)
        await shop.opens(silver)

        answer = await shop.send("pay", instrument="succeed", email="alex@example.com", name="Alex")

        assert answer.status_code == 400
        assert "Nothing was charged.</strong> A step of this ladder is being paid at this moment" in answer.text
