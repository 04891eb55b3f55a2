"""Subscriptions from their checkout on, over the time of a store: how they begin, are found and end."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from sutler.kernel.data.database import Database
from sutler.privacy.disclosure import everything
from sutler.privacy.erasure import erase
from tests.conftest import ClientFactory
from tests.make.checkout import checkout, line, signed_in
from tests.make.subscriptions import BEGINNING, Club, moment

MONTH = timedelta(days=30)
ON_ONE_FILE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what no database has a say in."""


class TestBegin:
    async def test_makes_a_subscription_that_says_what_was_agreed(self, club: Club) -> None:
        product_id = await club.product()

        order = await club.paid(await club.opened(line(product_id, subscription=True)))

        found = await club.subscription(order["subscription_id"])
        assert (order["type"], order["is_subscription"], order["billing_cycle_sequence"]) == (
            "subscription_initial",
            True,
            1,
        )
        assert (found["status"], found["billing_cycle_sequence"], found["past_due"]) == ("active", 1, False)
        assert moment(found["current_period_end"]) - moment(found["current_period_start"]) == MONTH
        assert (found["total_amount"], found["initial_total_amount"], found["price"]) == (999, 999, 999)
        assert found["next_billing_amount"]["total"] == 999
        assert found["payment_method"]["method_details"]["card"]["last4"] == "4242"
        (its,), (mine,) = order["lines"], found["lines"]
        assert (mine["id"], mine["initial_order_line_id"]) == (its["subscription_line_id"], its["id"])
        assert (its["subscription_id"], its["subscription_interval_scale"]) == (found["id"], "month")

    async def test_mixes_with_what_is_bought_once(self, club: Club) -> None:
        again, once = await club.product(), await club.product(allow_subscription=False, price=500)

        order = await club.paid(await club.opened(line(again, subscription=True), line(once, quantity=3)))

        found = await club.subscription(order["subscription_id"])
        assert (order["type"], order["total_amount"]) == ("mixed", 2499)
        assert (found["initial_total_amount"], found["total_amount"], len(found["lines"])) == (999, 999, 1)
        assert [one.get("subscription_id") for one in order["lines"]] == [found["id"], None]
        assert [one["id"] for one in await club.orders(is_subscription="true", subscription_id=found["id"])] == [order["id"]]

    @ON_ONE_FILE
    @pytest.mark.parametrize(
        ("product", "said", "flag", "renews"),
        [
            ({"allow_one_time_purchase": False}, {}, None, True),
            ({"allow_one_time_purchase": False}, {"subscription": None}, True, True),
            ({}, {}, None, False),
            ({}, {}, True, True),
            ({}, {"subscription": False}, True, False),
            ({"allow_subscription": False}, {}, None, False),
        ],
    )
    async def test_takes_the_way_that_is_possible_when_a_line_does_not_say(
        self, club: Club, product: dict[str, Any], said: dict[str, Any], flag: bool | None, renews: bool
    ) -> None:
        product_id = await club.product(**product)

        order = await club.paid(await club.opened(line(product_id, **said), subscription=flag))

        assert order["is_subscription"] is renews

    @ON_ONE_FILE
    @pytest.mark.parametrize(
        ("product", "said", "code", "path"),
        [
            ({"allow_subscription": False}, {"subscription": True}, "SubscriptionNotAllowed", "subscription"),
            ({"allow_one_time_purchase": False}, {"subscription": False}, "OneTimeNotAllowed", "subscription"),
            ({}, {"subscription": True, "quantity": 2}, "Invalid", "quantity"),
            ({}, {"trial": True}, "TrialNotAllowed", "trial"),
            ({"subscription_interval_scale": "week"}, {"subscription": True}, "IntervalsDiffer", "product_id"),
        ],
    )
    async def test_refuses_what_a_product_does_not_allow_and_names_the_line(
        self, club: Club, product: dict[str, Any], said: dict[str, Any], code: str, path: str
    ) -> None:
        first, second = await club.product(), await club.product(**product)
        body = checkout(club.customer_id, line(first, subscription=True), line(second, **said))

        refused = await club.api.post(f"{club.path}/checkouts", json=body)

        assert refused.status_code == 400
        assert [(one["code"], one["path"]) for one in refused.json()["errors"]] == [(code, f"lines[1].{path}")]

    async def test_goes_through_the_cart_where_it_is_a_line_of_its_own(self, club: Club, client: ClientFactory) -> None:
        product_id, mine = await club.product(), await signed_in(client, club.inside, club.store.id, club.customer_id)

        for flag in ("1", "0"):
            put = await mine.put("/v1/store/cart/lines", params={"product_id": product_id, "subscription": flag})
            assert put.status_code == 204, put.text
        again = {"product_id": product_id, "subscription": "1", "increment": "1"}
        twice = await mine.put("/v1/store/cart/lines", params=again)
        cart = (await mine.get("/v1/store/cart")).json()
        order = await club.paid((await mine.post("/v1/store/cart/checkout", json={})).json())

        assert (twice.status_code, twice.json()["errors"][0]["path"]) == (400, "quantity")
        assert [one["subscription"] for one in cart["lines"]] == [True, False]
        assert order["type"] == "mixed"

    async def test_goes_on_with_a_first_payment_after_a_decline(self, club: Club) -> None:
        opened = await club.opened(line(await club.product(), subscription=True))

        declined = await club.paid(opened, outcome="decline")
        order = await club.paid(opened)

        assert declined["status"] == "created"
        assert declined["subscription_id"] == order["subscription_id"]
        assert (await club.subscription(order["subscription_id"]))["status"] == "active"

    async def test_gives_to_somebody_else_what_its_buyer_pays(self, club: Club) -> None:
        given = line(await club.product(), subscription=True, gift_to={"platform": "steam", "id": "76561198152492643"})

        order = await club.paid(await club.opened(given))
        await club.after(30)

        found = await club.subscription(order["subscription_id"])
        assert (found["gift"], found["customer"]["id"], found["billing_cycle_sequence"]) == (True, club.customer_id, 2)
        assert found["gift_to_customer"]["steam_id"] == "76561198152492643"
        assert (await club.orders())[1]["lines"][0]["gift_to_customer_id"] == found["gift_to_customer_id"]


class TestCancel:
    @ON_ONE_FILE
    @pytest.mark.parametrize("body", [None, {}, {"cancel_at_period_end": True}, {"cancel_at_period_end": None}])
    async def test_ends_with_the_period_that_is_paid(self, club: Club, body: dict[str, Any] | None) -> None:
        begun = await club.subscribe()
        path = f"{club.path}/subscriptions/{begun['id']}/cancel"

        first = await (club.api.post(path) if body is None else club.api.post(path, json=body))
        again = await club.api.post(path, json=body or {})
        waits = await club.subscription(begun["id"])
        await club.after(30)

        found = await club.subscription(begun["id"])
        assert (first.status_code, again.status_code) == (204, 204)
        assert (waits["status"], waits["cancel_at_period_end"], waits["cancel_reason"]) == ("active", True, "store")
        assert moment(waits["cancellation_requested_at"]) == BEGINNING
        assert (found["status"], moment(found["canceled_at"])) == ("canceled", BEGINNING + MONTH)
        assert len(await club.orders()) == 1
        assert (await club.api.post(path)).status_code == 204

    async def test_ends_at_once_when_told_so(self, club: Club) -> None:
        begun = await club.subscribe()
        path = f"{club.path}/subscriptions/{begun['id']}"

        done = await club.api.post(f"{path}/cancel", json={"cancel_at_period_end": False})
        undone = await club.api.post(f"{path}/stop-pending-cancellation")
        await club.after(30)

        assert (done.status_code, undone.status_code) == (204, 409)
        assert (await club.subscription(begun["id"]))["status"] == "canceled"
        assert len(await club.orders()) == 1

    async def test_can_be_taken_back_until_it_ends(self, club: Club) -> None:
        begun = await club.subscribe()
        path = f"{club.path}/subscriptions/{begun['id']}"
        await club.api.post(f"{path}/cancel")

        undone = [(await club.api.post(f"{path}/stop-pending-cancellation")).status_code for _ in range(2)]
        await club.after(30)

        found = await club.subscription(begun["id"])
        assert undone == [204, 204]
        assert (found["billing_cycle_sequence"], found["cancellation_requested_at"], found["cancel_reason"]) == (
            2,
            None,
            None,
        )

    async def test_ends_what_is_past_due_at_once_and_closes_its_page(self, club: Club) -> None:
        begun = await club.subscribe(renewal="decline")
        await club.after(30)
        token = (await club.orders())[1]["checkout_token"]

        await club.api.post(f"{club.path}/subscriptions/{begun['id']}/cancel")
        late = await club.api.post(f"{club.path}/simulator/checkouts/{token}/pay", json={"outcome": "succeed"})

        assert (await club.subscription(begun["id"]))["status"] == "canceled"
        assert (late.status_code, late.json()["code"]) == (409, "CheckoutExpired")

    async def test_by_a_customer_leaves_what_is_paid(self, club: Club, client: ClientFactory) -> None:
        begun = await club.subscribe()
        mine = await signed_in(client, club.inside, club.store.id, club.customer_id)
        path = f"/v1/store/customer/subscriptions/{begun['id']}"

        deleted = await mine.delete(path)
        (shown,) = (await mine.get("/v1/store/customer/subscriptions", params={"status": "active"})).json()

        assert (deleted.status_code, shown["cancel_at_period_end"], shown["cancel_reason"]) == (204, True, "customer")
        assert (await mine.get(path)).json() == shown
        assert "billing_email" not in shown

    async def test_of_somebody_else_is_not_found(self, club: Club, client: ClientFactory) -> None:
        begun = await club.subscribe()
        stranger = await Club(club.api, club.store, club.inside, club.worker, club.now).stranger()
        theirs = await signed_in(client, club.inside, club.store.id, stranger)

        answer = await theirs.delete(f"/v1/store/customer/subscriptions/{begun['id']}")

        assert answer.status_code == 404

    async def test_gives_back_what_was_on_its_way(self, club: Club) -> None:
        begun = await club.subscribe(renewal="succeed_later", renewal_after_seconds=600)
        await club.after(30)
        path = f"{club.path}/subscriptions/{begun['id']}/cancel"

        await club.api.post(path, json={"cancel_at_period_end": False})
        await club.after(minutes=11)

        _, renewal = await club.orders()
        assert renewal["status"] == "refunded"
        assert (await club.subscription(begun["id"]))["billing_cycle_sequence"] == 1


class TestMoneyBack:
    async def test_of_the_newest_cycle_ends_the_subscription(self, club: Club) -> None:
        begun = await club.subscribe()
        await club.after(30)
        first, second = await club.orders()

        await club.api.post(f"{club.path}/orders/{first['id']}/refund")
        await club.worker.drain()
        still = await club.subscription(begun["id"])
        await club.api.post(f"{club.path}/orders/{second['id']}/refund")
        await club.worker.drain()

        found = await club.subscription(begun["id"])
        assert (still["status"], found["status"], found["cancel_reason"]) == ("active", "canceled", "refund")

    async def test_of_its_line_in_a_mixed_order_ends_the_subscription(self, club: Club) -> None:
        again, once = await club.product(), await club.product(allow_subscription=False)
        order = await club.paid(await club.opened(line(again, subscription=True), line(once)))
        its, other = order["lines"]

        seen = []
        for one in (other, its):
            await club.api.post(f"{club.path}/orders/{order['id']}/refund", json={"order_line_id": one["id"]})
            await club.worker.drain()
            seen.append((await club.subscription(order["subscription_id"]))["status"])

        assert seen == ["active", "canceled"]

    async def test_by_the_payers_bank_ends_the_subscription(self, club: Club) -> None:
        begun = await club.subscribe(dispute="pending", dispute_after_seconds=60)

        await club.after(minutes=2)
        await club.after(1)

        found = await club.subscription(begun["id"])
        assert (found["status"], found["cancel_reason"]) == ("canceled", "chargeback")


class TestList:
    async def test_narrows_by_every_filter(self, club: Club) -> None:
        one, two = await club.subscribe(), await club.subscribe()
        await club.api.post(f"{club.path}/subscriptions/{two['id']}/cancel", json={"cancel_at_period_end": False})

        async def ids(**filters: Any) -> list[str]:
            answer = await club.api.get(f"{club.path}/subscriptions", params=filters)
            return [found["id"] for found in answer.json()]

        assert await ids() == [two["id"], one["id"]]
        assert await ids(limit=1, asc="true") == [one["id"]]
        assert await ids(status="active") == [one["id"]]
        assert await ids(status="canceled", customer_id=club.customer_id) == [two["id"]]
        assert await ids(checkout_id=one["checkout_id"]) == await ids(subscription_id=one["id"]) == [one["id"]]
        assert await ids(payment_method_id=two["payment_method_id"]) == [two["id"]]
        assert await ids(billing_email="nobody@example.com") == await ids(trial_id="7") == []


class TestRevenue:
    async def test_adds_up_what_comes_in_thirty_days(self, club: Club) -> None:
        week = await club.product(subscription_interval_scale="week", price=700)
        await club.subscribe()
        ending, late = await club.subscribe(week), await club.subscribe(week, renewal="decline")
        await club.after(7)
        await club.api.post(f"{club.path}/subscriptions/{ending['id']}/cancel")

        found = (await club.api.get(f"{club.path}/recurring-revenue")).json()

        assert found == {
            "currency": "usd",
            "active": {"subscriptions": 1, "amount": 999},
            "ending": {"subscriptions": 1, "amount": 3000},
            "past_due": {"subscriptions": 1, "amount": 3000},
            "trials": {"subscriptions": 0, "amount": 0},
        }
        assert late["status"] == "active"


class TestErasure:
    async def test_of_a_person_ends_what_they_pay_for_and_leaves_no_name(self, club: Club, database: Database) -> None:
        details = {"billing_name": "Alexandra", "billing_email": "alexandra@example.com"}
        opened = await club.opened(line(await club.product(), subscription=True), customer_details=details)
        begun = (await club.paid(opened))["subscription_id"]

        async with club.inside(club.store.id) as context:
            told = msgspec.json.encode(await everything(context, club.customer_id)).decode()
        await erase(database, club.store.id, club.customer_id)
        await club.after(30)

        found = await club.subscription(begun)
        assert f'"{begun}"' in told
        assert (found["status"], found["billing_name"], found["billing_email"]) == ("canceled", "", "")
        assert len(await club.orders()) == 1
