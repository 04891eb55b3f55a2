"""Stock, limits for each customer, required products and gifts, on the way to an order."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from sutler.billing.payments.service import begin
from sutler.catalog.products.models import Product, StockLimit
from sutler.catalog.stock.models import StockUsage
from sutler.checkout.checkouts.schemas import CreateCheckoutSessionManagementDto
from sutler.checkout.checkouts.service import create
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.errors import InvalidInput, ServiceUnavailable
from sutler.kernel.work.runner import Worker
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import attempt, bought, paid
from tests.make.checkout import add_customer, add_product, checkout, line, open_checkout

BUYERS = 64
UNITS = 10
CUSTOMERS, THEIRS = 4, 2


def limit(quantity: int) -> StockLimit:
    """So many units in a month."""
    return StockLimit(enabled=True, quantity=quantity, time_value=1, time_scale="month")


async def refusal(api: ContractClient, store: SeededStore, body: dict[str, Any]) -> tuple[int, str, str]:
    """Status, code and message of a checkout that must not pass."""
    answer = (await api.post(f"/v1/stores/{store.id}/checkouts", json=body)).json()
    return answer["status"], answer["code"], answer["message"]


class TestStock:
    async def test_is_sold_once_however_many_pay_at_the_same_moment(
        self, api: ContractClient, store: SeededStore, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            rare = await add_product(context, store_stock_limit=limit(UNITS))
            buyers = [await add_customer(context) for _ in range(BUYERS)]
        opened = [await open_checkout(api, store.id, checkout(buyer.id, line(rare.id))) for buyer in buyers]

        answers = await asyncio.gather(*(attempt(api, store.id, one["token"]) for one in opened))

        outcomes = Counter(answer.json().get("code", answer.json()["status"]) for answer in answers)
        assert outcomes == {"completed": UNITS, "OutOfStock": BUYERS - UNITS}
        assert (await refusal(api, store, checkout(buyers[0].id, line(rare.id))))[1] == "OutOfStock"

    async def test_is_counted_over_all_lines_of_a_checkout(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            rare = await add_product(context, store_stock_limit=limit(3))

        refused = await refusal(api, store, checkout(customer.id, line(rare.id, quantity=2), line(rare.id, quantity=2)))

        assert refused == (400, "OutOfStock", "Only 1 of Knight left.")
        assert (await open_checkout(api, store.id, checkout(customer.id, line(rare.id, quantity=3))))["id"]

    async def test_comes_back_when_a_payment_fails_and_is_taken_again_by_the_next(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            rare = await add_product(context, store_stock_limit=limit(1))
        first, second = [await open_checkout(api, store.id, checkout(customer.id, line(rare.id))) for _ in range(2)]

        await paid(api, store.id, first["token"], "decline")
        failed_again = await paid(api, store.id, first["token"], "decline")
        completed = await paid(api, store.id, second["token"])
        late = await attempt(api, store.id, first["token"])

        assert (failed_again["status"], completed["status"]) == ("created", "completed")
        assert (late.status_code, late.json()["code"]) == (400, "OutOfStock")

    async def test_that_is_gone_by_the_time_somebody_pays_is_said_on_the_page(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            rare = await add_product(context, store_stock_limit=limit(1))
        opened = await open_checkout(api, store.id, checkout(customer.id, line(rare.id)))
        await bought(api, store.id, customer.id, rare.id)

        answer = await api.post(
            "/checkout/pay",
            data={"token": opened["token"], "instrument": "succeed"},
            headers={"Sec-Fetch-Site": "same-origin", "Accept": "text/html"},
        )

        assert answer.status_code == 400
        assert "None of Knight left." in answer.text

    async def test_counts_what_was_sold_before_there_was_a_limit(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, worker: Worker
    ) -> None:
        await bought(api, store.id, customer.id, product.id, quantity=4)
        await worker.drain()

        async with inside(store.id) as context:
            await context.change(await context.get(Product, product.id), {"store_stock_limit": limit(5)})
            (usage,) = await context.all(context.rows(StockUsage))

        assert usage.quantity == 4
        assert (await refusal(api, store, checkout(customer.id, line(product.id, quantity=2))))[1] == "OutOfStock"
        assert (await bought(api, store.id, customer.id, product.id))["status"] == "completed"

    @pytest.mark.parametrize(("makes_room", "answer"), [(True, "completed"), (False, "OutOfStock")])
    async def test_is_free_again_after_an_item_was_taken_back_where_the_product_says_so(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside, worker: Worker,
        makes_room: bool, answer: str,
    ) -> None:  # fmt: skip
        life = {"remove_after_enabled": True, "remove_after_time_value": 1, "remove_after_time_scale": "day"}
        async with inside(store.id) as context:
            limits = {"store_stock_limit": limit(2), "stock_limit_do_not_include_removed": makes_room}
            rare = await add_product(context, **limits, **life)
        opened = await open_checkout(api, store.id, checkout(customer.id, line(rare.id)))
        await bought(api, store.id, customer.id, rare.id, quantity=2)
        await worker.drain()

        path = f"/v1/stores/{store.id}/customers/{customer.id}/delivery/items"
        item, _ = (await api.get(path)).json()
        await api.delete(f"{path}/{item['id']}")
        await worker.drain()

        tried = (await attempt(api, store.id, opened["token"])).json()
        assert tried.get("code", tried["status"]) == answer

    async def test_is_free_again_when_its_window_has_passed(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            rare = await add_product(context, store_stock_limit=limit(1))
        await bought(api, store.id, customer.id, rare.id)

        async with inside(store.id) as context:
            (usage,) = await context.all(context.rows(StockUsage))
            await context.change(usage, {"taken_at": usage.taken_at - timedelta(days=31)})

        assert (await bought(api, store.id, customer.id, rare.id))["status"] == "completed"


class TestPurchaseLimits:
    async def test_count_for_each_buyer_whoever_receives_it(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            limited = await add_product(context, customer_stock_limit=limit(2))
            friend = await add_customer(context)
        await bought(api, store.id, customer.id, limited.id)
        await bought(api, store.id, customer.id, limited.id, gift_to_customer_id=friend.id)

        refused = await refusal(api, store, checkout(customer.id, line(limited.id)))

        assert refused == (400, "PurchaseLimitReached", "You may not buy more of Knight now.")
        assert (await bought(api, store.id, friend.id, limited.id))["status"] == "completed"

    @pytest.mark.parametrize(("many", "rounds"), [(16, 1), pytest.param(BUYERS, 100, marks=pytest.mark.soak)])
    async def test_hold_for_each_buyer_however_many_pay_at_once(
        self, store: SeededStore, inside: Inside, many: int, rounds: int
    ) -> None:
        for _ in range(rounds):
            async with inside(store.id) as context:
                limited = await add_product(context, customer_stock_limit=limit(THEIRS))
                buyers = [await add_customer(context) for _ in range(CUSTOMERS)]
                bodies = [checkout(buyers[number % CUSTOMERS].id, line(limited.id)) for number in range(many)]
                wanted = [msgspec.convert(body, CreateCheckoutSessionManagementDto) for body in bodies]
                tokens = [(await create(context, body)).token for body in wanted]

            got = await asyncio.gather(*(may_pay(inside, store, token) for token in tokens))

            assert [sum(got[buyer::CUSTOMERS]) for buyer in range(CUSTOMERS)] == [THEIRS] * CUSTOMERS


async def may_pay(inside: Inside, store: SeededStore, token: str) -> bool:
    """Whether the payment of a checkout may begin, in a transaction of its own; who finds no connection, waits."""
    while True:
        try:
            async with inside(store.id) as context:
                await begin(context, token)
        except InvalidInput:
            return False
        except ServiceUnavailable:
            continue
        return True


class TestRequirements:
    @pytest.mark.parametrize(("needs_all", "enough"), [(False, 1), (True, 2)])
    async def test_must_be_in_the_inventory_of_whoever_receives_the_product(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside, worker: Worker,
        needs_all: bool, enough: int,
    ) -> None:  # fmt: skip
        async with inside(store.id) as context:
            bases = [await add_product(context, name="Base") for _ in range(2)]
            needed = [base.id for base in bases]
            upgrade = await add_product(context, required_product_ids=needed, required_product_all=needs_all)
            friend = await add_customer(context)

        for base in bases[:enough]:
            assert (await refusal(api, store, checkout(customer.id, line(upgrade.id))))[1] == "RequirementNotMet"
            await bought(api, store.id, customer.id, base.id)
            await worker.drain()

        refused = await refusal(api, store, checkout(customer.id, line(upgrade.id, gift_to_customer_id=friend.id)))
        assert refused[1] == "RequirementNotMet"
        assert (await bought(api, store.id, customer.id, upgrade.id))["status"] == "completed"
        assert (await bought(api, store.id, friend.id, upgrade.id, gift_to_customer_id=customer.id))["status"] == "completed"

    async def test_are_not_met_by_what_was_taken_back(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside, worker: Worker
    ) -> None:
        life = {"remove_after_enabled": True, "remove_after_time_value": 1, "remove_after_time_scale": "day"}
        async with inside(store.id) as context:
            base = await add_product(context, **life)
            upgrade = await add_product(context, required_product_ids=[base.id])
        await bought(api, store.id, customer.id, base.id)
        await worker.drain()
        path = f"/v1/stores/{store.id}/customers/{customer.id}/delivery/items"
        (item,) = (await api.get(path)).json()

        assert (await bought(api, store.id, customer.id, upgrade.id))["status"] == "completed"
        assert (await api.delete(f"{path}/{item['id']}")).status_code == 204

        assert (await refusal(api, store, checkout(customer.id, line(upgrade.id))))[1] == "RequirementNotMet"


class TestGifts:
    async def test_are_refused_for_a_product_that_cannot_be_given(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            own = await add_product(context, is_gifting_disabled=True)
            friend = await add_customer(context)
        gifts = [line(own.id, gift_to_customer_id=friend.id), line(own.id, gift_to={"platform": "paynow_name", "id": "New"})]

        answer = (await api.post(f"/v1/stores/{store.id}/checkouts", json=checkout(customer.id, *gifts))).json()

        assert [error["path"] for error in answer["errors"]] == ["lines[0].gift_to_customer_id", "lines[1].gift_to"]
        async with inside(store.id) as context:
            assert await context.count(context.rows(Customer)) == 2
        assert (await bought(api, store.id, customer.id, own.id, gift_to_customer_id=customer.id))["status"] == "completed"


class TestWithdrawn:
    @pytest.mark.parametrize("gone", ["deleted", "over", "disabled", "not yet"])
    async def test_is_not_paid_for_through_a_checkout_that_is_open_still(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside, gone: str
    ) -> None:
        async with inside(store.id) as context:
            kept, product = await add_product(context), await add_product(context, name="Diamond")
        opened = await open_checkout(api, store.id, checkout(customer.id, line(kept.id), line(product.id)))
        await paid(api, store.id, opened["token"], "decline")
        now = clock.now()
        changes: dict[str, dict[str, Any]] = {
            "deleted": {"deleted_at": now}, "over": {"enabled_until": now}, "disabled": {"enabled_at": None},
            "not yet": {"enabled_at": now + timedelta(days=1)},
        }  # fmt: skip
        async with inside(store.id) as context:
            product = await context.change(await context.get(Product, product.id), changes[gone])

        refused = await attempt(api, store.id, opened["token"])
        async with inside(store.id) as context:
            await context.change(product, {"deleted_at": None, "enabled_at": now, "enabled_until": None})

        answer = refused.json()
        assert (refused.status_code, answer["code"]) == (400, "ProductUnavailable")
        assert answer["message"].startswith("Diamond is no longer for sale.")
        assert answer["errors"][0]["path"] == "lines[1].product_id"
        assert (await paid(api, store.id, opened["token"]))["status"] == "completed"
