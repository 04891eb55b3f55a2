"""Renewals over the time of a store: what is charged, when, how often, and what happens when it cannot be."""

from datetime import timedelta
from typing import Any

import pytest

from sutler.billing.commissions.service import COMMISSIONS
from sutler.billing.orders.models import Order
from sutler.billing.payments.models import Payment
from sutler.billing.subscriptions.jobs import renew
from sutler.catalog.products.models import TrialTerms
from sutler.kernel.data.database import Database
from sutler.kernel.work.runner import Worker
from sutler.stores.ledger.service import posted
from sutler.stores.stores.models import Store
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.backup import complaints
from tests.make.checkout import line
from tests.make.exchange import adaptive, pinned
from tests.make.promotions import made_link
from tests.make.subscriptions import BEGINNING, Club, moment

MONTH = timedelta(days=30)
ON_ONE_FILE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what no database has a say in."""


class TestRenew:
    async def test_charges_every_cycle_once_at_the_price_that_was_agreed(self, club: Club) -> None:
        product_id = await club.product()
        begun = await club.subscribe(product_id)
        await club.api.patch(f"{club.path}/products/{product_id}", json={"price": 5000})

        for _ in range(3):
            await club.after(30)

        found, orders = await club.subscription(begun["id"]), await club.orders(subscription_id=begun["id"])
        assert [one["billing_cycle_sequence"] for one in orders] == [1, 2, 3, 4]
        assert {one["type"] for one in orders[1:]} == {"subscription_renewal"}
        assert {(one["status"], one["total_amount"]) for one in orders} == {("completed", 999)}
        assert moment(found["current_period_start"]) == BEGINNING + 3 * MONTH
        assert moment(found["current_period_end"]) == BEGINNING + 4 * MONTH

    async def test_makes_up_for_what_was_due_while_nobody_worked(self, club: Club) -> None:
        begun = await club.subscribe()

        await club.after(95)

        orders = await club.orders(subscription_id=begun["id"])
        assert [one["billing_cycle_sequence"] for one in orders] == [1, 2, 3, 4]

    async def test_charges_once_when_its_job_comes_twice(self, club: Club) -> None:
        begun = await club.subscribe()
        for _ in range(3):
            async with club.inside(club.store.id) as context:
                await renew.enqueue_at(context, BEGINNING + MONTH, subscription_id=begun["id"], cycle=2)

        await club.after(30)

        assert len(await club.orders(subscription_id=begun["id"])) == 2

    async def test_goes_on_with_what_is_not_sold_any_more(self, club: Club) -> None:
        begun = await club.subscribe()
        for id in club.product_ids:
            assert (await club.api.delete(f"{club.path}/products/{id}")).status_code == 204

        await club.after(30)

        assert [one["status"] for one in await club.orders(subscription_id=begun["id"])] == ["completed"] * 2

    async def test_charges_nothing_early(self, club: Club) -> None:
        begun = await club.subscribe()
        async with club.inside(club.store.id) as context:
            await renew.enqueue(context, subscription_id=begun["id"], cycle=2)

        await club.after(29.9)

        assert len(await club.orders(subscription_id=begun["id"])) == 1

    @ON_ONE_FILE
    @pytest.mark.parametrize("answer", ["succeed_unanswered", "decline_unanswered", "succeed_later"])
    async def test_waits_for_an_answer_before_it_does_anything_else(self, club: Club, answer: str) -> None:
        begun = await club.subscribe(renewal=answer, renewal_after_seconds=600)

        await club.after(30)
        before = await club.subscription(begun["id"])
        await club.after(minutes=30)
        await club.after(minutes=30)

        found = await club.subscription(begun["id"])
        assert (before["billing_cycle_sequence"], before["past_due"]) == (1, False)
        assert (found["billing_cycle_sequence"], found["past_due"]) == ((1, True) if "decline" in answer else (2, False))
        async with club.inside(club.store.id) as context:
            assert await context.count(context.rows(Payment)) == 2

    async def test_reckons_calendar_months_from_the_beginning(
        self, api: ContractClient, store: SeededStore, inside: Inside, worker: Worker
    ) -> None:
        begins = BEGINNING.replace(year=2027, month=1, day=31)
        changed = {"subscription_month_length": "calendar"}
        assert (await api.patch(f"/v1/stores/{store.id}/payment-settings", json=changed)).status_code == 204
        club = await Club(api, store, inside, worker).open(begins)
        begun = await club.subscribe()

        ends = [moment(begun["current_period_end"])]
        for _ in range(2):
            await club.at(ends[-1])
            ends.append(moment((await club.subscription(begun["id"]))["current_period_end"]))

        assert [(end.month, end.day) for end in ends] == [(2, 28), (3, 31), (4, 30)]

    async def test_charges_where_nothing_is_left_to_pay_nothing(self, club: Club) -> None:
        coupon = {"code": "FREE", "discount_type": "percent", "discount_amount": 1000, "duration": "forever"}
        await club.api.post(f"{club.path}/coupons", json=coupon | {"usable_on_subscription": True})
        opened = await club.opened(line(await club.product(), subscription=True), promo_codes=["FREE"])
        order = await club.paid(opened)

        await club.after(60)

        found = await club.subscription(order["subscription_id"])
        assert (found["billing_cycle_sequence"], found["total_amount"], found["payment_method"]["method_type"]) == (
            3,
            0,
            "card",
        )
        assert [one["total_amount"] for one in await club.orders()] == [0, 0, 0]

    async def test_stays_in_the_currency_and_at_the_rate_that_its_payer_was_shown(self, club: Club) -> None:
        await pinned(club.api, club.store.id, "usd", "eur", "0.5")
        await adaptive(club.api, club.store.id)
        at_home = {"customer_details": {"billing_address": {"country": "DE"}}}
        opened = await club.opened(line(await club.product(price=1000), subscription=True), **at_home)
        begun = await club.subscription((await club.paid(opened))["subscription_id"])
        await pinned(club.api, club.store.id, "usd", "eur", "0.9")

        await club.after(30)

        found = await club.subscription(begun["id"])
        seen = [(one["presentment_currency"], one["presentment_total_amount"]) for one in await club.orders()]
        assert seen == [("eur", 500), ("eur", 500)]
        assert (found["total_amount"], found["presentment_total_amount"], found["fx_rate"]) == (1000, 500, "0.5")
        assert found["lines"][0]["initial_presentment_total_amount"] == 500
        assert found["next_billing_presentment_amount"] == begun["next_billing_presentment_amount"]
        assert found["next_billing_presentment_amount"]["total"] == 500


class TestTrial:
    @pytest.mark.parametrize(("renewal", "status"), [("succeed", "active"), ("decline", "created")])
    async def test_is_followed_by_the_first_cycle_that_is_paid(
        self, club: Club, database: Database, renewal: str, status: str
    ) -> None:
        product_id = await club.product(trial=TrialTerms(enabled=True))
        order = await club.paid(await club.opened(line(product_id, trial=True)), renewal=renewal)
        tried = await club.subscription(order["subscription_id"])

        await club.after(7)

        found = await club.subscription(tried["id"])
        assert (order["total_amount"], order["billing_cycle_sequence"]) == (0, 0)
        assert (tried["status"], tried["billing_cycle_sequence"], tried["next_billing_amount"]["total"]) == (
            "created",
            0,
            999,
        )
        assert moment(tried["current_period_end"]) == BEGINNING + timedelta(days=7)
        assert (found["status"], found["past_due"]) == (status, status == "created")
        if status == "active":
            assert moment(found["current_period_end"]) == BEGINNING + timedelta(days=37)
            assert [one["total_amount"] for one in await club.orders()] == [0, 999]
        assert not await complaints(database)

    async def test_that_is_canceled_is_never_paid_for(self, club: Club) -> None:
        product_id = await club.product(trial=TrialTerms(enabled=True))
        order = await club.paid(await club.opened(line(product_id, trial=True)))
        path = f"{club.path}/subscriptions/{order['subscription_id']}"

        canceled = await club.api.post(f"{path}/cancel")
        undone = await club.api.post(f"{path}/stop-pending-cancellation")
        await club.after(7)

        assert (canceled.status_code, undone.status_code) == (204, 409)
        assert (await club.subscription(order["subscription_id"]))["status"] == "canceled"
        assert len(await club.orders()) == 1


class TestOffers:
    @ON_ONE_FILE
    @pytest.mark.parametrize(
        ("duration", "totals", "ends"),
        [
            ({"duration": "once"}, [499, 999, 999, 999], None),
            ({"duration": "repeating", "duration_in_intervals": 2}, [499, 499, 499, 999], 90),
            ({"duration": "forever"}, [499, 499, 499, 499], None),
        ],
    )
    async def test_of_a_coupon_last_as_long_as_it_says(
        self, club: Club, duration: dict[str, Any], totals: list[int], ends: int | None
    ) -> None:
        terms = {"code": "LESS", "discount_type": "amount", "discount_amount": 500, "usable_on_subscription": True}
        limits = {"redeem_limit_store_enabled": True, "redeem_limit_store_amount": 1}
        made = await club.api.post(f"{club.path}/coupons", json=terms | limits | duration)
        opened = await club.opened(line(await club.product(), subscription=True), promo_codes=["LESS"])
        begun = await club.subscription((await club.paid(opened))["subscription_id"])

        promised = []
        for _ in totals[1:]:
            promised.append((await club.subscription(begun["id"]))["next_billing_amount"]["total"])
            await club.after(30)

        assert [one["total_amount"] for one in await club.orders()] == totals
        assert promised == totals[1:]
        assert begun["coupon_ids"] == [made.json()["id"]]
        ending = begun["coupon_repeating_ends_at"]
        assert (moment(ending) - BEGINNING).days == ends if ends else ending is None

    async def test_of_a_sale_last_as_many_cycles_as_it_says(self, club: Club) -> None:
        sale = {"name": "Autumn", "discount_type": "percent", "discount_amount": 100, "duration": "repeating"}
        dates = {"begins_at": (BEGINNING - timedelta(days=1)).isoformat(), "ends_at": (BEGINNING + MONTH / 2).isoformat()}
        made = await club.api.post(f"{club.path}/sales", json=sale | dates | {"duration_in_intervals": 2})
        assert made.status_code in (200, 201), made.text
        begun = await club.subscribe()

        await club.after(60)

        assert [one["total_amount"] for one in await club.orders()] == [900, 900, 999]
        assert begun["lines"][0]["sale_id"] == made.json()["id"]

    async def test_of_a_sale_go_on_after_a_coupon_that_left_it_nothing(self, club: Club) -> None:
        dates = {"begins_at": (BEGINNING - timedelta(days=1)).isoformat()}
        sale = {"name": "Club", "discount_type": "percent", "discount_amount": 200, "duration": "forever"}
        coupon = {"code": "FIRST", "discount_type": "percent", "discount_amount": 1000, "usable_on_subscription": True}
        await club.api.post(f"{club.path}/sales", json=sale | dates)
        await club.api.post(f"{club.path}/coupons", json=coupon | {"duration": "once"})
        opened = await club.opened(line(await club.product(), subscription=True), promo_codes=["FIRST"])
        await club.paid(opened)

        await club.after(60)

        assert [one["total_amount"] for one in await club.orders()] == [0, 800, 800]

    async def test_renews_for_less_than_anything_is_sold_for(self, club: Club) -> None:
        terms = {"code": "TEN", "discount_type": "amount", "discount_amount": 90, "duration": "forever"}
        await club.api.post(f"{club.path}/coupons", json=terms | {"usable_on_subscription": True})
        opened = await club.opened(line(await club.product(price=100), subscription=True), promo_codes=["TEN"])
        await club.paid(opened)

        await club.after(30)

        assert [(one["status"], one["total_amount"]) for one in await club.orders()] == [("completed", 10)] * 2

    async def test_of_an_affiliate_count_once_and_earn_by_the_cycle(self, club: Club) -> None:
        steps = [{"billing_cycle_sequence": 2, "commission_amount": 200}]
        terms: dict[str, Any] = {"discount_type": "percentage", "discount_amount": 100, "commission_amount": 500}
        await made_link(
            club.api, club.store.id, code="ME", apply_for_subscriptions=True, commission_amount_steps=steps, **terms
        )
        opened = await club.opened(line(await club.product(price=1000), subscription=True), affiliate_code="ME")
        await club.paid(opened)

        await club.after(60)

        assert [one["total_amount"] for one in await club.orders()] == [900, 1000, 1000]
        async with club.inside(club.store.id) as context:
            orders = await context.all(context.rows(Order))
            assert [await posted(context, one.id, COMMISSIONS) for one in orders] == [450, 200, 0]


class TestDunning:
    async def test_tries_by_the_schedule_and_ends_after_the_last(self, club: Club) -> None:
        begun = await club.subscribe(renewal="decline")
        seen = []

        for days in (30, 1, 2, 2, 2):
            await club.after(days)
            found = await club.subscription(begun["id"])
            seen.append((found["attempt_count"], found["past_due"], found["status"]))

        assert seen == [
            (1, True, "active"),
            (2, True, "active"),
            (3, True, "active"),
            (4, True, "active"),
            (5, False, "canceled"),
        ]
        assert (found["cancel_reason"], found["billing_cycle_sequence"]) == ("payment_failed", 1)
        _, renewal = await club.orders()
        assert (renewal["status"], renewal["type"]) == ("canceled", "subscription_renewal")
        await club.after(60)
        async with club.inside(club.store.id) as context:
            assert await context.count(context.rows(Payment)) == 6

    async def test_goes_on_from_where_it_was_once_it_is_paid_by_the_link(self, club: Club) -> None:
        begun = await club.subscribe(renewal="decline")
        await club.after(30)
        await club.after(1)
        waits = await club.subscription(begun["id"])
        token = (await club.orders())[1]["checkout_token"]
        nonsense = await club.paid({"token": token}, outcome="decline")

        order = await club.paid({"token": token})
        found = await club.subscription(begun["id"])
        await club.at(BEGINNING + 2 * MONTH)

        assert (waits["attempt_count"], moment(waits["next_attempt_at"]) - BEGINNING) == (2, timedelta(days=33))
        assert (nonsense["status"], order["status"]) == ("created", "completed")
        assert (found["past_due"], found["attempt_count"], found["next_attempt_at"]) == (False, 0, None)
        assert moment(found["current_period_end"]) == BEGINNING + 2 * MONTH
        assert found["payment_method_id"] != begun["payment_method_id"]
        assert (await club.subscription(begun["id"]))["billing_cycle_sequence"] == 3

    async def test_asks_the_payer_where_nothing_was_kept(self, club: Club) -> None:
        settings = {"show_all_payment_methods_for_subscriptions": True, "dunning_days": [3]}
        assert (await club.api.patch(f"{club.path}/payment-settings", json=settings)).status_code == 204
        async with club.inside(club.store.id) as context:
            await context.change(await context.get(Store, club.store.id), {"gateways": ["manual"]})
        begun = await club.subscribe()
        async with club.inside(club.store.id) as context:
            await context.change(await context.get(Store, club.store.id), {"disabled_payment_methods": ["card"]})

        await club.after(30)
        late = await club.subscription(begun["id"])
        await club.after(3)

        assert (late["past_due"], late["attempt_count"]) == (True, 1)
        assert moment(late["next_attempt_at"]) == BEGINNING + timedelta(days=33)
        assert (await club.subscription(begun["id"]))["cancel_reason"] == "payment_failed"
        async with club.inside(club.store.id) as context:
            assert await context.count(context.rows(Payment)) == 1

    async def test_keeps_within_the_cycle_that_is_not_paid(self, club: Club) -> None:
        daily = await club.product(subscription_interval_scale="day")
        begun = await club.subscribe(daily, renewal="decline")

        for _ in range(3):
            await club.after(1)

        found = await club.subscription(begun["id"])
        assert (found["status"], found["attempt_count"]) == ("canceled", 2)

    @ON_ONE_FILE
    @pytest.mark.parametrize("days", [[], [0], [2, 1], [61], list(range(1, 12))])
    async def test_schedule_makes_sense(self, club: Club, days: list[int]) -> None:
        answer = await club.api.patch(f"{club.path}/payment-settings", json={"dunning_days": days})

        assert answer.status_code == (204 if not days else 400)
