"""Trials: who may begin one, that it costs nothing and begins once, and how it ends."""

import asyncio
from typing import Any

import pytest

from sutler.billing.subscriptions.models import Subscription
from sutler.kernel.data.database import Database
from sutler.kernel.work.runner import Worker
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import bought
from tests.make.catalog import limit, made_product
from tests.make.checkout import checkout, line, open_checkout, signed_in
from tests.make.stores import counted
from tests.make.trials import CREDIT, MONTHLY, PREPAID, Trials

REFUSED = (400, "TrialNotEligible", ["lines[0].trial"])
AGAIN: dict[str, Any] = {
    "allow_repeat_trials": True,
    "repeat_trial_cooldown_value": 10,
    "repeat_trial_cooldown_scale": "day",
}
NEW_ONLY: dict[str, Any] = {
    "new_customers_only": True, "new_customer_order_lookback_value": 20, "new_customer_order_lookback_scale": "day",
}  # fmt: skip


@pytest.fixture
def shop(api: ContractClient, store: SeededStore, inside: Inside, worker: Worker) -> Trials:
    """The store that a test is about."""
    return Trials(api, store.id, inside)


class TestBegin:
    async def test_costs_nothing_and_runs_for_its_period(self, shop: Trials) -> None:
        alex, knight = await shop.customer(), await shop.product(period_value=2, period_scale="week")
        await shop.later()

        order = await shop.tried(alex, knight["id"])

        trial = await shop.one(order)
        assert (order["status"], order["total_amount"], order["lines"][0]["price"]) == ("completed", 0, 0)
        assert (trial["status"], trial["period_value"], trial["period_scale"]) == ("active", 2, "week")
        assert (trial["customer"]["id"], trial["product_id"], trial["product_name"]) == (alex, knight["id"], "Knight")
        assert trial["starts_at"] == order["completed_at"]
        await shop.later("P13DT23H59M")
        assert (await shop.one(order))["status"] == "active"

    async def test_is_found_by_what_it_belongs_to(self, shop: Trials) -> None:
        alex, knight = await shop.customer(), await shop.product()
        order = await shop.tried(alex, knight["id"])
        await shop.tried(await shop.customer("Steve"), knight["id"])
        mine = [await shop.one(order)]

        by_customer = await shop.listed(customer_id=alex)
        by_subscription = await shop.listed(subscription_id=order["subscription_id"], checkout_id=order["checkout_id"])
        by_itself = await shop.listed(trial_id=mine[0]["id"], status=["active", "created"])

        assert mine == by_customer == by_subscription == by_itself
        assert await shop.listed(status=["canceled"]) == []
        assert len(await shop.listed()) == 2

    async def test_goes_together_with_what_is_paid_at_once(
        self, shop: Trials, client: ClientFactory, inside: Inside, store: SeededStore
    ) -> None:
        alex, knight = await shop.customer(), await shop.product()
        apple = await made_product(shop.api, shop.store_id, name="Apple", price=300)
        me = await signed_in(client, inside, store.id, alex)
        for wanted in ({"product_id": apple["id"]}, {"product_id": knight["id"], "subscription": True, "trial": True}):
            answer = await me.put("/v1/store/cart/lines", params=wanted | {"quantity": 1})
            assert answer.is_success, answer.text

        cart = (await me.get("/v1/store/cart")).json()
        opened = (await me.post("/v1/store/cart/checkout", json={})).json()
        order = (await shop.pay(opened["token"])).json()

        assert [(line["name"], line["trial"], line["price"]) for line in cart["lines"]] == [
            ("Apple", False, 300), ("Knight", True, 0),
        ]  # fmt: skip
        assert (cart["total"], order["total_amount"], order["type"]) == (300, 300, "mixed")
        assert [trial["product_id"] for trial in await shop.listed()] == [knight["id"]]

    @pytest.mark.parametrize("many", [8, pytest.param(64, marks=pytest.mark.soak)])
    async def test_happens_once_of_several_at_the_same_time(self, shop: Trials, many: int) -> None:
        alex, knight = await shop.customer(), await shop.product()
        tokens = [await shop.opened(alex, knight["id"]) for _ in range(many)]

        answers = await asyncio.gather(*(shop.pay(token) for token in tokens))

        assert sorted(answer.status_code for answer in answers) == [200, *[400] * (many - 1)]
        assert {answer.json()["code"] for answer in answers if answer.status_code == 400} == {"TrialNotEligible"}
        assert len(await shop.listed()) == 1

    async def test_can_be_tried_again_after_a_payment_that_failed(self, shop: Trials) -> None:
        alex, knight = await shop.customer(), await shop.product()
        first, second = [await shop.opened(alex, knight["id"]) for _ in range(2)]
        await shop.pay_with(first, "4000000000000002")

        order = await shop.pay_with(second, CREDIT)

        assert order["status"] == "completed"
        assert (await shop.pay(first)).status_code == 400

    async def test_takes_no_prepaid_card_where_the_store_wants_none(self, shop: Trials) -> None:
        alex, knight = await shop.customer(), await shop.product()
        await shop.api.patch(f"{shop.path}/payment-settings", json={"block_prepaid_cards": "trials"})
        token = await shop.opened(alex, knight["id"])

        declined = await shop.pay_with(token, PREPAID)
        accepted = await shop.pay_with(token, CREDIT)

        assert (declined["status"], declined["last_payment_error"]["decline_code"]) == ("created", "card_not_supported")
        assert "prepaid" in declined["last_payment_error"]["message"]
        assert (accepted["status"], len(await shop.listed())) == ("completed", 1)

    async def test_keeps_no_prepaid_card_that_money_was_taken_from(self, shop: Trials, inside: Inside) -> None:
        knight = await made_product(shop.api, shop.store_id, **MONTHLY)
        await shop.api.patch(f"{shop.path}/payment-settings", json={"block_prepaid_cards": "all_recurring"})
        body = [checkout(await shop.customer(), line(knight["id"], subscription=True)) for _ in range(2)]
        tokens = [(await open_checkout(shop.api, shop.store_id, one))["token"] for one in body]

        orders = [await shop.pay_with(token, card) for token, card in zip(tokens, (PREPAID, CREDIT), strict=True)]

        async with inside(shop.store_id) as context:
            kept = [(await context.get(Subscription, order["subscription_id"])).payment_method_id for order in orders]
        assert [order["status"] for order in orders] == ["completed", "completed"]
        assert [id is not None for id in kept] == [False, True]


class TestEligibility:
    async def test_is_once_for_a_customer_and_a_product(self, shop: Trials) -> None:
        alex, knight, baron = await shop.customer(), await shop.product(), await shop.product(name="Baron")
        await shop.tried(alex, knight["id"])
        running = await shop.refused(alex, knight["id"])

        await shop.later("P100D")

        assert running == REFUSED == await shop.refused(alex, knight["id"])
        assert (await shop.tried(alex, baron["id"]))["status"] == "completed"
        assert (await shop.tried(await shop.customer("Steve"), knight["id"]))["status"] == "completed"

    async def test_comes_back_after_the_cool_down(self, shop: Trials) -> None:
        alex, knight = await shop.customer(), await shop.product(**AGAIN)
        order = await shop.tried(alex, knight["id"])
        await shop.api.post(f"{shop.path}/subscriptions/{order['subscription_id']}/cancel")
        canceled = await shop.refused(alex, knight["id"])
        await shop.later("P16DT23H")
        cooling = await shop.refused(alex, knight["id"])

        await shop.later("PT2H")

        assert canceled == cooling == REFUSED
        assert (await shop.tried(alex, knight["id"]))["status"] == "completed"

    async def test_is_for_new_customers_where_the_terms_say_so(self, shop: Trials) -> None:
        alex, knight = await shop.customer(), await shop.product(**NEW_ONLY)
        apple = await made_product(shop.api, shop.store_id, name="Apple")
        await bought(shop.api, shop.store_id, alex, apple["id"])
        refused = await shop.refused(alex, knight["id"])

        await shop.later("P20DT1H")

        assert refused == REFUSED
        assert (await shop.tried(alex, knight["id"]))["status"] == "completed"

    async def test_counts_what_a_new_customer_is_paying_for_elsewhere(self, shop: Trials) -> None:
        alex = await shop.customer()
        products = [await shop.product(name=name, **NEW_ONLY) for name in ("Knight", "Baron", "Duke")]
        tokens = [await shop.opened(alex, product["id"]) for product in products]

        answers = await asyncio.gather(*(shop.pay(token) for token in tokens))

        assert sorted(answer.status_code for answer in answers) == [200, 400, 400]

    async def test_is_not_for_gifts_nor_twice_in_one_checkout(self, shop: Trials) -> None:
        alex, knight, steve = await shop.customer(), await shop.product(), await shop.customer("Steve")

        assert await shop.refused(alex, knight["id"], gift_to_customer_id=steve) == REFUSED
        assert await shop.refused(alex, knight["id"], knight["id"]) == (400, "TrialNotEligible", ["lines[1].trial"])

    async def test_is_told_to_the_customer_who_asks(
        self, shop: Trials, client: ClientFactory, inside: Inside, store: SeededStore
    ) -> None:
        alex, knight, apple = await shop.customer(), await shop.product(), await made_product(shop.api, shop.store_id)
        me = await signed_in(client, inside, store.id, alex)

        async def seen(visitor: ContractClient) -> dict[str, Any]:
            found = (await visitor.get("/v1/store/products")).json()
            return {product["id"]: (product["trial"]["enabled"], product["trial"]["eligible"]) for product in found}

        nobody, before = await seen(client(**{"x-paynow-store-id": store.id})), await seen(me)
        await shop.tried(alex, knight["id"])

        assert nobody == {knight["id"]: (True, False), apple["id"]: (False, False)}
        assert before == {knight["id"]: (True, True), apple["id"]: (False, False)}
        assert (await seen(me))[knight["id"]] == (True, False)

    async def test_is_told_with_as_many_statements_however_many_products_there_are(
        self, shop: Trials, client: ClientFactory, inside: Inside, store: SeededStore, database: Database
    ) -> None:
        me = await signed_in(client, inside, store.id, await shop.customer())
        await me.get("/v1/store/products")  # whose token it is, is asked once
        counts = []
        for name in ("Knight", "Baron", "Duke"):
            await shop.product(name=name)
            with counted(database) as statements:
                found = (await me.get("/v1/store/products")).json()
            counts.append(len(statements))

        assert [product["trial"]["eligible"] for product in found] == [True, True, True]
        assert len(set(counts)) == 1

    @pytest.mark.parametrize("include_trials", [True, False])
    async def test_counts_against_limits_that_include_trials(self, shop: Trials, include_trials: bool) -> None:
        knight = await shop.product(limits={"store_stock_limit": limit(1, include_trials=include_trials)})
        await shop.tried(await shop.customer(), knight["id"])
        steve = await shop.customer("Steve")

        status, code, _ = await shop.refused(steve, knight["id"])
        answer = await bought_answer(shop, steve, knight["id"])

        assert (status, code) == ((400, "OutOfStock") if include_trials else (200, ""))
        assert answer == (400 if include_trials else 200)


async def bought_answer(shop: Trials, customer_id: str, product_id: str) -> int:
    """How a checkout for a subscription without a trial is answered."""
    body = {"customer_id": customer_id, "lines": [{"product_id": product_id, "quantity": 1, "subscription": True}]}
    return (await shop.api.post(f"{shop.path}/checkouts", json=body)).status_code


class TestEnd:
    async def test_is_completed_when_its_first_cycle_is_paid(self, shop: Trials) -> None:
        order = await shop.tried(await shop.customer(), (await shop.product())["id"])

        await shop.later("P7DT1H")

        assert (await shop.one(order))["status"] == "completed"
        renewals = (await shop.api.get(f"{shop.path}/orders", params={"subscription_id": order["subscription_id"]})).json()
        assert (renewals[0]["type"], renewals[0]["total_amount"]) == ("subscription_renewal", 1499)
        assert await shop.told() == ["trial_activated", "trial_ending", "trial_completed"]

    async def test_is_announced_once_and_in_time(self, shop: Trials) -> None:
        await shop.api.patch(f"{shop.path}/payment-settings", json={"trial_reminder_days": 2})
        await shop.tried(await shop.customer(), (await shop.product())["id"])
        await shop.later("P4DT23H")
        before = await shop.told()

        await shop.later("PT2H")

        assert (before, await shop.told()) == (["trial_activated"], ["trial_activated", "trial_ending"])

    @pytest.mark.parametrize("at_once", [True, False])
    async def test_is_canceled_with_its_subscription(self, shop: Trials, at_once: bool) -> None:
        knight = await shop.product(revoke_immediately_when_canceled=at_once)
        order = await shop.tried(await shop.customer(), knight["id"])
        subscription = f"{shop.path}/subscriptions/{order['subscription_id']}"

        answer = await shop.api.post(f"{subscription}/cancel")

        trial, status = await shop.one(order), (await shop.api.get(subscription)).json()["status"]
        assert (answer.status_code, trial["status"], trial["canceled_by"]["type"]) == (204, "canceled", "api_key")
        assert (status, trial["ends_at"] <= trial["canceled_at"]) == ("canceled" if at_once else "created", at_once)
        await shop.later("P8D")
        assert (await shop.api.get(subscription)).json()["status"] == "canceled"
        assert await shop.told() == ["trial_activated", "trial_canceled"]


class TestGetTrial:
    async def test_knows_no_trial_of_another_store(
        self, shop: Trials, client: ClientFactory, other: SeededStore, inside: Inside
    ) -> None:
        theirs = Trials(client(f"APIKey {other.api_key}"), other.id, inside)
        order = await theirs.tried(await theirs.customer(), (await theirs.product())["id"])

        answer = await shop.api.get(f"{shop.path}/trials/{order['lines'][0]['trial_id']}")

        assert (answer.status_code, await shop.listed()) == (404, [])
