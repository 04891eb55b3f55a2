"""Ladders that are bought step by step: a lower step counts, and no step is bought twice."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutler.catalog.products.models import Product
from sutler.checkout.pricing.offers import LineToPrice, OwnedStep
from sutler.checkout.pricing.price import price
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.runner import Worker
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import checkout as body
from tests.make.checkout import line, open_checkout, signed_in
from tests.make.subscriptions import Club


class TestPricing:
    @given(st.sampled_from(["jpy", "usd", "kwd"]), st.lists(st.integers(0, 10_000_000), min_size=1, max_size=8))
    def test_of_any_steps_one_after_the_other_comes_to_the_highest_price(self, currency: str, prices: list[int]) -> None:
        ladder, paid = sorted(prices), 0
        owned: OwnedStep | None = None

        for number, cost in enumerate(ladder):
            cart = price([LineToPrice(key=str(number), price=cost, quantity=1, owned=owned)], currency)
            paid, owned = paid + cart.total_amount, OwnedStep("Step", cost)

        assert paid == ladder[-1]

    @given(st.integers(0, 10_000_000), st.integers(0, 10_000_000))
    def test_is_never_below_nothing_and_is_explained(self, cost: int, worth: int) -> None:
        cart = price([LineToPrice(key="1", price=cost, quantity=1, owned=OwnedStep("Silver", worth))], "usd")

        (priced,) = cart.lines
        assert cart.total_amount == max(0, cost - worth)
        assert sum(step.change for step in priced.explained) == cart.total_amount
        assert "Silver is owned already" in next(step.text for step in priced.explained if step.step == "step")


@dataclass
class Ranks:
    """A store with three steps for 5, 10 and 20, and its customer."""

    club: Club
    customer: ContractClient
    steps: list[FlakeId]

    async def opened(self, *steps: int, status: int = 200, **changes: Any) -> dict[str, Any]:
        """A checkout for these steps, or why there is none."""
        wanted = body(self.club.customer_id, *(line(self.steps[step], **changes) for step in steps))
        answer = await self.club.api.post(f"{self.club.path}/checkouts", json=wanted)
        assert answer.status_code == status, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def pay(self, opened: dict[str, Any], outcome: str = "succeed", **more: Any) -> tuple[int, dict[str, Any]]:
        """Status and body of an attempt to pay a checkout; no job has run."""
        path = f"{self.club.path}/simulator/checkouts/{opened['token']}/pay"
        answer = await self.club.api.post(path, json={"outcome": outcome} | more)
        return answer.status_code, answer.json()

    async def bought(self, step: int) -> int:
        """What a step costs that is bought now."""
        return int((await self.club.paid(await self.opened(step)))["total_amount"])

    async def seen(self) -> Sequence[int]:
        """What the steps cost as the customer sees them."""
        products = (await self.customer.get("/v1/store/products")).json()
        costs = {one["id"]: one["pricing"]["price_final"] for one in products}
        return [costs[id] for id in self.steps]


@pytest.fixture
async def ranks(api: ContractClient, store: SeededStore, inside: Inside, worker: Worker, client: ClientFactory) -> Ranks:
    """Bronze, Silver and Gold, of which the customer has none yet."""
    club = await Club(api, store, inside, worker).open()
    group = (await api.post(f"{club.path}/tier-groups", json={"name": "Ranks"})).json()["id"]
    steps = [
        await club.product(price=price, name=name, tier_group_id=group, sort_order=number, allow_subscription=False)
        for number, (name, price) in enumerate([("Bronze", 500), ("Silver", 1000), ("Gold", 2000)])
    ]
    return Ranks(club, await signed_in(client, inside, store.id, club.customer_id), steps)


class TestSteps:
    async def test_cost_the_difference_to_the_highest_that_is_owned(self, ranks: Ranks) -> None:
        paid = [await ranks.bought(step) for step in (0, 1, 2)]

        assert paid == [500, 500, 1000]

    async def test_are_shown_in_the_shop_and_the_cart_for_what_they_cost(self, ranks: Ranks) -> None:
        before = await ranks.seen()
        await ranks.bought(1)
        await ranks.customer.put("/v1/store/cart/lines", params={"product_id": ranks.steps[2], "quantity": "1"})

        cart = (await ranks.customer.get("/v1/store/cart")).json()
        told = (await ranks.customer.get("/v1/store/cart/explain")).json()
        assert (before, await ranks.seen()) == ([500, 1000, 2000], [500, 1000, 1000])
        assert (cart["total"], told["total_amount"]) == (1000, 1000)
        assert [step["step"] for step in told["lines"][0]["steps"]] == ["base_price", "step", "tax"]

    async def test_are_not_bought_below_what_is_owned_nor_twice_nor_several_at_once(self, ranks: Ranks) -> None:
        await ranks.bought(1)

        refused = [
            await ranks.opened(0, status=400), await ranks.opened(1, status=400),
            await ranks.opened(2, status=400, quantity=2), await ranks.opened(2, 2, status=400),
        ]  # fmt: skip

        assert {one["code"] for one in refused} == {"StepOwned"}
        assert [one["errors"][0]["path"] for one in refused] == [
            "lines[0].product_id", "lines[0].product_id", "lines[0].quantity", "lines[1].product_id",
        ]  # fmt: skip
        assert "Silver" in refused[0]["message"]

    async def test_are_priced_again_when_they_are_paid(self, ranks: Ranks) -> None:
        gold, silver = await ranks.opened(2), await ranks.opened(1)
        twice = await ranks.opened(1)

        path = f"{ranks.club.path}/simulator/checkouts/{silver['token']}/pay"
        first = (await ranks.club.api.post(path, json={"outcome": "succeed"})).json()  # nothing of it is delivered yet
        second = await ranks.club.paid(gold)
        path = f"{ranks.club.path}/simulator/checkouts/{twice['token']}/pay"
        third = await ranks.club.api.post(path, json={"outcome": "succeed"})

        assert (first["total_amount"], second["total_amount"]) == (1000, 1000)
        assert (third.status_code, third.json()["code"]) == (400, "StepOwned")

    async def test_count_for_whoever_receives_them(self, ranks: Ranks) -> None:
        await ranks.bought(1)
        friend = await ranks.club.stranger()

        gift = await ranks.club.paid(await ranks.opened(1, gift_to_customer_id=friend))

        assert gift["total_amount"] == 1000

    async def test_that_were_taken_back_count_no_more(self, ranks: Ranks) -> None:
        order = await ranks.club.paid(await ranks.opened(1))
        await ranks.club.api.post(f"{ranks.club.path}/orders/{order['id']}/refund")
        await ranks.club.worker.drain()

        assert await ranks.bought(2) == 2000

    async def test_that_are_rented_do_not_count(self, ranks: Ranks) -> None:
        async with ranks.club.inside(ranks.club.store.id) as context:
            await context.change(await context.get(Product, ranks.steps[1]), {"allow_subscription": True})
        opened = await open_checkout(
            ranks.club.api, ranks.club.store.id, body(ranks.club.customer_id, line(ranks.steps[1], subscription=True))
        )
        await ranks.club.paid(opened)

        assert await ranks.bought(2) == 2000


class TestSeveralAtOnce:
    """Only one payment of a ladder goes on for a person at a time: else both would cost what one climb costs."""

    @pytest.mark.parametrize("many", [6, pytest.param(48, marks=pytest.mark.soak)])
    async def test_of_one_step_are_paid_once(self, ranks: Ranks, many: int) -> None:
        friend = await ranks.club.stranger()
        opened = [await ranks.opened(2, gift_to_customer_id=friend) for _ in range(many)]
        ranks.club.customer_id = friend
        opened[many // 2 :] = [await ranks.opened(2) for _ in range(many // 2)]

        answers = await asyncio.gather(*(ranks.pay(one) for one in opened))

        assert sorted(status for status, _ in answers) == [200, *[400] * (many - 1)]
        assert {body["code"] for status, body in answers if status == 400} == {"StepOwned"}
        assert [order["status"] for order in await ranks.club.orders()] == ["completed"]

    async def test_of_different_steps_wait_for_each_other_and_go_on_from_there(self, ranks: Ranks) -> None:
        friend = await ranks.club.stranger()
        silver, gold = await ranks.opened(1), await ranks.opened(2)
        other = await ranks.opened(2, gift_to_customer_id=friend)

        pending = (await ranks.pay(silver, "succeed_later", after_seconds=600))[1]["status"]
        status, refused = await ranks.pay(gold)
        elsewhere = (await ranks.pay(other))[1]["status"]
        await ranks.club.after(minutes=20)
        climbed = await ranks.club.paid(gold)

        assert (pending, elsewhere) == ("created", "completed")
        assert (status, refused["code"], refused["errors"][0]["path"]) == (400, "StepOwned", "lines[0].product_id")
        assert "is being paid" in refused["message"]
        assert climbed["total_amount"] == 1000

    async def test_let_the_next_one_go_when_the_payment_comes_to_nothing(self, ranks: Ranks) -> None:
        silver, gold = await ranks.opened(1), await ranks.opened(2)
        await ranks.pay(silver, "decline")

        assert (await ranks.pay(gold))[1]["total_amount"] == 2000

    async def test_count_gifts_that_are_paid_and_not_delivered_yet(self, ranks: Ranks) -> None:
        friend = await ranks.club.stranger()
        gifts = [await ranks.opened(step, gift_to_customer_id=friend) for step in (1, 1, 2)]

        first, second, third = [await ranks.pay(one) for one in gifts]

        assert (first[1]["total_amount"], second[1]["code"], third[1]["total_amount"]) == (1000, "StepOwned", 1000)
