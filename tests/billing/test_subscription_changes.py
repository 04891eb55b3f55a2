"""Changes of subscriptions: what they cost for the rest of a period, when they take effect, and what stands against them."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from sutler.billing.subscription_changes.models import SubscriptionChange
from sutler.billing.subscriptions.models import Subscription
from sutler.catalog.products.models import Product, StockLimit
from sutler.kernel.data.context import StoreContext
from sutler.kernel.exchange import Conversion
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.runner import Worker
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.changes import change, items, ladder, page, to, token_in
from tests.make.checkout import checkout, line
from tests.make.subscriptions import Club, moment


@pytest.fixture
async def club(api: ContractClient, store: SeededStore, inside: Inside, worker: Worker) -> Club:
    """A store whose clock stands, with a customer in it."""
    return await Club(api, store, inside, worker).open()


class TestPreview:
    async def test_shows_what_the_change_then_does(self, club: Club) -> None:
        begun, _, gold = await ladder(club)

        seen = (await change(club, begun["id"], to(gold), preview=True))["subscription_change"]
        untouched = await club.subscription(begun["id"])
        done = (await change(club, begun["id"], to(gold)))["subscription_change"]

        assert (seen["status"], seen["prorated_amount"]["prorated_amount"]) == ("pending_payment", 500)
        assert (seen["lines"][0]["remaining_minutes"], seen["lines"][0]["total_minutes"]) == (21_600, 43_200)
        assert seen["next_billing_amount"]["total"] == 2000
        assert untouched["lines"][0]["product_name"] == "Silver"
        assert "pending_change" not in untouched
        assert done["prorated_amount"] == seen["prorated_amount"]
        assert [one["prorated_amount"] for one in done["lines"]] == [one["prorated_amount"] for one in seen["lines"]]


class TestImmediate:
    async def test_charges_the_difference_of_the_rest_and_takes_effect_with_it(self, club: Club) -> None:
        begun, _, gold = await ladder(club)

        answer = await change(club, begun["id"], to(gold))

        now, orders = await club.subscription(begun["id"]), await club.orders(subscription_id=begun["id"])
        assert answer["subscription_change"]["status"] == "applied"
        assert [(one["type"], one["total_amount"], one["status"]) for one in orders] == [
            ("subscription_initial", 1000, "completed"),
            ("subscription_proration", 500, "completed"),
        ]
        assert answer["subscription_change"]["prorated_order_id"] == orders[1]["id"]
        assert (now["product_name"], now["total_amount"], now["billing_cycle_sequence"]) == ("Gold", 2000, 1)
        assert now["current_period_end"] == begun["current_period_end"]
        assert await items(club) == [("Silver", "used"), ("Gold", "active")]

        await club.after(15)

        orders = await club.orders(subscription_id=begun["id"])
        assert (orders[2]["type"], orders[2]["total_amount"]) == ("subscription_renewal", 2000)
        assert await items(club) == [("Silver", "used"), ("Gold", "renewed"), ("Gold", "active")]

    async def test_happens_once_in_a_period(self, club: Club) -> None:
        begun, silver, gold = await ladder(club)
        await change(club, begun["id"], to(gold))

        refused = await change(club, begun["id"], to(silver), status=409)

        assert refused["code"] == "AlreadyProrated"

    async def test_charges_nothing_below_fifty_and_sets_it_against_the_next(self, club: Club) -> None:
        silver, gold = await club.product(price=1000, name="Silver"), await club.product(price=1098, name="Gold")
        ruby = await club.product(price=1200, name="Ruby")
        begun = await club.subscribe(silver)
        await club.after(15)

        little = await change(club, begun["id"], to(gold))
        more = await change(club, begun["id"], to(ruby))

        assert (little["subscription_change"]["status"], "pending_payment" in little) == ("applied", False)
        assert little["subscription_change"]["prorated_amount"]["prorated_amount"] == 0
        assert more["subscription_change"]["prorated_amount"]["prorated_amount"] == 100
        assert await items(club) == [("Silver", "used"), ("Gold", "used"), ("Ruby", "active")]

    async def test_to_something_cheaper_counts_for_the_way_back(self, club: Club) -> None:
        begun, silver, gold = await ladder(club)
        await change(club, begun["id"], to(gold, behavior="none"))

        down = await change(club, begun["id"], to(silver))
        up = await change(club, begun["id"], to(gold))

        assert [one["subscription_change"]["status"] for one in (down, up)] == ["applied", "applied"]
        assert len(await club.orders(subscription_id=begun["id"])) == 1

    @pytest.mark.parametrize("renewal", ["decline", "authenticate"])
    async def test_that_the_bank_declines_waits_for_its_payer(self, club: Club, renewal: str) -> None:
        begun, _, gold = await ladder(club, renewal=renewal)

        answer = await change(club, begun["id"], to(gold))
        waits, mid = answer["pending_payment"], await club.subscription(begun["id"])
        await club.paid(token_in(waits["checkout_url"]))

        now = await club.subscription(begun["id"])
        assert (answer["subscription_change"]["status"], waits["declined"]) == ("pending_payment", True)
        assert (mid["product_name"], mid["pending_change"]["status"]) == ("Silver", "pending_payment")
        assert mid["past_due"] is False
        assert (now["product_name"], now["past_due"], "pending_change" in now) == ("Gold", False, False)

    async def test_that_nobody_pays_is_given_up_after_a_day(self, club: Club) -> None:
        begun, _, gold = await ladder(club, renewal="decline")
        await change(club, begun["id"], to(gold))

        await club.after(1.1)

        assert "pending_change" not in await club.subscription(begun["id"])
        assert await items(club) == [("Silver", "active")]

    async def test_that_is_paid_after_its_subscription_went_on_gives_the_money_back(self, club: Club) -> None:
        begun, _, gold = await ladder(club)
        await club.at(moment(begun["current_period_end"]) - timedelta(hours=2))
        async with club.inside(club.store.id) as context:
            await context.change(await context.get(Subscription, begun["id"]), {"payment_method_id": None})
        answer = await change(club, begun["id"], to(gold, await club.product(price=90_000)))
        late = {"outcome": "succeed_later", "after_seconds": 3 * 3600}

        order = await club.paid(token_in(answer["pending_payment"]["checkout_url"]), **late)
        await club.after(days=1)

        now = await club.subscription(begun["id"])
        orders = {one["id"]: one["status"] for one in await club.orders(subscription_id=begun["id"])}
        assert (now["product_name"], orders[order["id"]]) == ("Silver", "refunded")

    async def test_ends_with_its_subscription(self, club: Club) -> None:
        begun, _, gold = await ladder(club, renewal="decline")
        answer = await change(club, begun["id"], to(gold))

        await club.api.post(f"{club.path}/subscriptions/{begun['id']}/cancel", json={"cancel_at_period_end": False})
        await club.worker.drain()

        page = f"{club.path}/simulator/checkouts/{token_in(answer['pending_payment']['checkout_url'])['token']}/pay"
        assert (await club.api.post(page, json={"outcome": "succeed"})).status_code == 409
        async with club.inside(club.store.id) as context:
            assert (await one_change(context, begun["id"])).status == "canceled"

    async def test_is_charged_in_the_currency_of_the_payer(self, club: Club) -> None:
        begun, _, gold = await ladder(club)
        async with club.inside(club.store.id) as context:
            known = await context.get(Subscription, begun["id"])
            await context.change(known, {"conversion": Conversion("jpy", "150")})

        seen = (await change(club, begun["id"], to(gold), preview=True))["subscription_change"]
        done = (await change(club, begun["id"], to(gold)))["subscription_change"]

        assert seen["prorated_amount"] == done["prorated_amount"]
        assert (seen["prorated_amount"]["presentment_currency"], seen["prorated_amount"]["prorated_amount"]) == ("jpy", 500)
        assert seen["prorated_amount"]["presentment_prorated_amount"] == 750
        assert (await club.orders(subscription_id=begun["id"]))[1]["presentment_total_amount"] == 750


async def one_change(context: StoreContext, subscription_id: FlakeId) -> SubscriptionChange:
    """The only change of a subscription."""
    mine = context.rows(SubscriptionChange).where(SubscriptionChange.c.subscription_id == subscription_id)
    (found,) = await context.all(mine)
    return found


class TestNextBillingPeriod:
    async def test_waits_for_the_renewal_and_is_charged_with_it(self, club: Club) -> None:
        silver, gold = await club.product(price=1000, name="Silver"), await club.product(price=2000, name="Gold")
        begun = await club.subscribe(gold)

        answer = await change(club, begun["id"], to(silver, behavior="next_billing_period"))
        mid = await club.subscription(begun["id"])
        await club.after(30)

        now, orders = await club.subscription(begun["id"]), await club.orders(subscription_id=begun["id"])
        assert answer["subscription_change"]["status"] == "pending_renewal"
        assert (mid["product_name"], mid["next_billing_amount"]["total"]) == ("Gold", 1000)
        assert mid["pending_change"]["lines"][0]["product"]["name"] == "Silver"
        assert (now["product_name"], now["total_amount"], "pending_change" in now) == ("Silver", 1000, False)
        assert [(one["type"], one["total_amount"]) for one in orders[1:]] == [("subscription_renewal", 1000)]
        assert await items(club) == [("Gold", "used"), ("Silver", "active")]

    async def test_takes_effect_only_once_the_renewal_is_paid(self, club: Club) -> None:
        begun, _, gold = await ladder(club, renewal="decline")
        await change(club, begun["id"], to(gold, behavior="next_billing_period"))

        await club.after(15.5)
        late, orders = await club.subscription(begun["id"]), await club.orders(subscription_id=begun["id"])
        await club.paid(await page(club, orders[1]))

        now = await club.subscription(begun["id"])
        assert (late["past_due"], late["product_name"]) == (True, "Silver")
        assert (now["past_due"], now["product_name"], now["billing_cycle_sequence"]) == (False, "Gold", 2)

    async def test_is_taken_back_by_asking_for_what_there_is(self, club: Club) -> None:
        begun, silver, gold = await ladder(club)
        await change(club, begun["id"], to(gold, behavior="next_billing_period"))

        other = await change(club, begun["id"], to(gold), status=409)
        back = await change(club, begun["id"], to(silver))
        again = await change(club, begun["id"], to(silver), status=400)

        assert (other["code"], back["subscription_change"]["status"]) == ("ChangePending", "canceled")
        assert again["code"] == "NothingChanges"
        assert "pending_change" not in await club.subscription(begun["id"])


class TestNone:
    async def test_takes_effect_at_once_and_charges_nothing(self, club: Club) -> None:
        begun, silver, gold = await ladder(club)
        extra = await club.product(price=300, name="Pet")

        await change(club, begun["id"], to(silver, extra, behavior="none"))
        both = await club.subscription(begun["id"])
        await change(club, begun["id"], to(gold, behavior="none"))

        now = await club.subscription(begun["id"])
        assert [one["product_name"] for one in both["lines"]] == ["Silver", "Pet"]
        assert [one["product_name"] for one in now["lines"]] == ["Gold"]
        assert len(await club.orders(subscription_id=begun["id"])) == 1
        assert await items(club) == [("Silver", "used"), ("Pet", "used"), ("Gold", "active")]

        await club.after(15)

        assert (await club.orders(subscription_id=begun["id"]))[1]["total_amount"] == 2000
        assert await items(club) == [("Silver", "used"), ("Pet", "used"), ("Gold", "renewed"), ("Gold", "active")]


class TestRefusals:
    async def test_name_the_member(self, club: Club) -> None:
        begun, silver, _ = await ladder(club)
        yearly = await club.product(subscription_interval_scale="year", name="Yearly")
        once = await club.product(allow_subscription=False, name="Once")
        gone = await club.product(enabled_at=club.now + timedelta(days=9))

        for wanted, path in (
            (to(silver, yearly), "lines[1].product_id"),
            (to(once), "lines[0].subscription"),
            (to(gone), "lines[0].product_id"),
            (to("1"), "lines[0].product_id"),
            (to(silver, product_version_id="1"), "lines[0].product_version_id"),
            (to(silver, selected_gameserver_id="1"), "lines[0].selected_gameserver_id"),
            (to(silver, custom_variables={"color": "red"}), "lines[0].custom_variables.color"),
            (to(silver, behavior="invalid"), "proration_behavior"),
            (to(), "lines"),
        ):
            refused = await change(club, begun["id"], wanted, status=400)
            assert [one["path"] for one in refused["errors"]] == [path]

    async def test_say_why_it_cannot_be_now(self, club: Club) -> None:
        begun, _, gold = await ladder(club)
        path = f"{club.path}/subscriptions/{begun['id']}"

        await club.api.post(f"{path}/cancel")
        ending = await change(club, begun["id"], to(gold), status=409)
        await club.api.post(f"{path}/stop-pending-cancellation")
        await club.at(moment(begun["current_period_end"]) - timedelta(minutes=59))
        late = await change(club, begun["id"], to(gold), preview=True, status=409)

        assert (ending["code"], late["code"]) == ("NotRunning", "ChangeTooLate")

    async def test_come_to_all_but_one_of_those_that_ask_at_once(self, club: Club) -> None:
        begun, _, gold = await ladder(club)
        path, wanted = f"{club.path}/subscriptions/{begun['id']}/change", to(gold)

        answers = await asyncio.gather(*(club.api.post(path, json=wanted) for _ in range(3)))

        assert min(answer.status_code for answer in answers) == 200
        assert sum(answer.status_code == 200 for answer in answers) == 1
        assert len(await club.orders(subscription_id=begun["id"])) == 2

    async def test_do_not_find_those_of_other_stores(self, club: Club, other: SeededStore, client: Any) -> None:
        begun, _, gold = await ladder(club)

        answer = await client(f"APIKey {other.api_key}").post(
            f"/v1/stores/{other.id}/subscriptions/{begun['id']}/change", json=to(gold)
        )

        assert answer.status_code == 404


class TestLimits:
    """What a checkout could not buy cannot be changed to either."""

    async def test_take_a_unit_of_what_is_new_when_the_change_is_asked_for(self, club: Club) -> None:
        begun, silver, gold = await ladder(club)
        await limit(club, gold, store_stock_limit=1)
        await limit(club, silver, store_stock_limit=1, gone_count=False)
        stranger = await club.stranger()

        seen = await change(club, begun["id"], to(gold, behavior="next_billing_period"), preview=True)
        waits = await change(club, begun["id"], to(gold, behavior="next_billing_period"))
        sold_out = await club.api.post(f"{club.path}/checkouts", json=checkout(stranger, line(gold, subscription=True)))
        too_many = await change(club, begun["id"], to(silver, silver), status=400)
        await club.after(15)
        renewed = await club.subscription(begun["id"])
        left = await club.api.post(f"{club.path}/checkouts", json=checkout(stranger, line(silver, subscription=True)))

        assert [one["subscription_change"]["status"] for one in (seen, waits)] == ["pending_renewal"] * 2
        assert (sold_out.status_code, sold_out.json()["code"]) == (400, "OutOfStock")
        assert (too_many["code"], too_many["errors"][0]["path"]) == ("OutOfStock", "lines[1].product_id")
        assert renewed["product_name"] == "Gold"
        assert left.status_code == 200  # the limit does not count what nobody has any more

    @pytest.mark.parametrize("given_up", ["asked", "late"])
    async def test_give_the_unit_back_when_the_change_is_given_up(self, club: Club, given_up: str) -> None:
        begun, silver, gold = await ladder(club, renewal="decline")
        await limit(club, gold, store_stock_limit=1)
        waits = await change(club, begun["id"], to(gold))
        held = await club.api.post(f"{club.path}/checkouts", json=checkout(club.customer_id, line(gold, subscription=True)))

        if given_up == "asked":
            await change(club, begun["id"], to(silver))
        else:
            await club.after(1)
        freed = await club.api.post(f"{club.path}/checkouts", json=checkout(club.customer_id, line(gold, subscription=True)))

        assert waits["subscription_change"]["status"] == "pending_payment"
        assert (held.status_code, freed.status_code) == (400, 200)

    async def test_refuse_what_is_sold_out_or_used_up_or_only_for_others(self, club: Club) -> None:
        begun, silver, gold = await ladder(club)
        ruby = await club.product(name="Ruby", required_product_ids=[gold], required_product_all=True)
        pet = await club.product(name="Pet")
        refusals = list[Any]()

        for preview in (True, False):
            await limit(club, gold, store_stock_limit=0)
            refusals.append(await change(club, begun["id"], to(silver, gold), preview=preview, status=400))
            await limit(club, gold)
            await limit(club, pet, customer_stock_limit=0)
            refusals.append(await change(club, begun["id"], to(silver, pet), preview=preview, status=400))
            refusals.append(await change(club, begun["id"], to(silver, ruby), preview=preview, status=400))

        assert [one["code"] for one in refusals] == ["OutOfStock", "PurchaseLimitReached", "RequirementNotMet"] * 2
        assert {one["errors"][0]["path"] for one in refusals} == {"lines[1].product_id"}
        assert len(await club.orders()) == 1

    @pytest.mark.parametrize("many", [4, pytest.param(32, marks=pytest.mark.soak)])
    async def test_hold_however_many_change_at_once(self, club: Club, many: int) -> None:
        silver, gold = await club.product(price=1000, name="Silver"), await club.product(price=2000, name="Gold")
        begun = [await club.subscribe(silver) for _ in range(many)]
        await limit(club, gold, store_stock_limit=many // 2)

        paths = [f"{club.path}/subscriptions/{one['id']}/change" for one in begun]
        answers = await asyncio.gather(*(club.api.post(path, json=to(gold, behavior="none")) for path in paths))

        assert sorted(answer.status_code for answer in answers) == [200] * (many // 2) + [400] * (many // 2)

    async def test_let_nobody_subscribe_twice_on_a_ladder(self, club: Club) -> None:
        group = (await club.api.post(f"{club.path}/tier-groups", json={"name": "Ranks"})).json()["id"]
        steps = [await club.product(price=price, tier_group_id=group) for price in (500, 1000)]
        pet = await club.product(name="Pet")
        ranked, begun = await club.subscribe(steps[0]), await club.subscribe(pet)

        beside = await change(club, begun["id"], to(pet, steps[1]), status=400)
        double = await change(club, ranked["id"], to(*steps), status=400)
        await club.api.post(f"{club.path}/subscriptions/{ranked['id']}/cancel", json={"cancel_at_period_end": False})
        await change(club, begun["id"], to(pet, steps[1], behavior="next_billing_period"))
        waiting = await club.api.post(
            f"{club.path}/checkouts", json=checkout(club.customer_id, line(steps[0], subscription=True))
        )

        assert [one["code"] for one in (beside, double, waiting.json())] == ["StepOwned"] * 3
        assert beside["errors"][0]["path"] == "lines[1].product_id"


async def limit(club: Club, product_id: FlakeId, *, gone_count: bool = True, **quantities: int) -> None:
    """Let the store, or each customer, have so many units of a product in a month; without any, as many as they like."""
    kinds = ("store_stock_limit", "customer_stock_limit")
    off = StockLimit(enabled=False, quantity=0, time_value=1, time_scale="month")
    limits = {kind: replace(off, enabled=kind in quantities, quantity=quantities.get(kind, 0)) for kind in kinds}
    async with club.inside(club.store.id) as context:
        product = await context.get(Product, product_id)
        await context.change(product, limits | {"stock_limit_do_not_include_removed": not gone_count})


class TestSubscribedLine:
    async def test_keeps_its_price_when_another_is_added(self, club: Club) -> None:
        silver, pet = await club.product(price=1000, name="Silver"), await club.product(price=3000, name="Pet")
        order = await club.paid(await club.opened(line(silver, subscription=True)))
        await club.api.patch(f"{club.path}/products/{silver}", json={"price": 9000})
        await club.after(15)

        answer = await change(club, order["subscription_id"], to(silver, pet))

        now = await club.subscription(order["subscription_id"])
        assert answer["subscription_change"]["prorated_amount"]["prorated_amount"] == 1500
        assert [one["total_amount"] for one in now["lines"]] == [1000, 3000]
        assert await items(club) == [("Silver", "active"), ("Pet", "active")]
