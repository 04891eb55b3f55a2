"""Giving money back: what is refunded, what is refused, races, bad gateways, and what follows from it."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from sutler.billing.gateways.interface import Refunded, RefundFailed
from sutler.billing.payments.models import Payment
from sutler.billing.payments.service import pay
from sutler.billing.refund_parts.service import Wish
from sutler.billing.refund_settlements.service import ask, settle
from sutler.billing.refunds.models import Refund
from sutler.billing.refunds.service import begin
from sutler.billing.simulator.models import SimulatedRefund
from sutler.kernel.data.database import Database
from sutler.kernel.data.records import Actor
from sutler.kernel.data.shop import Shop as Steps
from sutler.kernel.work.runner import Worker
from sutler.stores.ledger import service as ledger
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.catalog import command
from tests.make.checkout import add_customer, checkout, line, open_checkout
from tests.make.delivery import NOON, Shop
from tests.make.refunds import add_paid_order, refund

MANY = 64
BACK = [command("sorry", stage="on_refund")]
Buy = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def shop(api: ContractClient, store: SeededStore, worker: Worker, inside: Inside) -> Shop:
    """The store that a test is about."""
    return Shop(api, store.id, worker, inside)


@pytest.fixture
async def buy(shop: Shop) -> Buy:
    """The completed order of a customer who bought one product at each of these prices; its refunds go as scripted."""
    customer = await shop.customer()
    server = await shop.server()

    async def sell(*prices: int, **script: Any) -> dict[str, Any]:
        products = [await shop.product("give", servers=[server["id"]], price=price, more_commands=BACK) for price in prices]
        opened = await open_checkout(
            shop.api, shop.store_id, checkout(customer["id"], *(line(product["id"]) for product in products))
        )
        path = f"simulator/checkouts/{opened['token']}/pay"
        return await shop.post(path, {"outcome": "succeed"} | script)

    return sell


async def states(shop: Shop, order: dict[str, Any]) -> tuple[str, str, list[str]]:
    """How the order stands, its payment, and its refunds."""
    shown = (await shop.api.get(f"/v1/stores/{shop.store_id}/orders/{order['id']}")).json()
    (payment,) = (await shop.api.get(f"/v1/stores/{shop.store_id}/payments", params={"order_id": order["id"]})).json()
    return shown["status"], payment["status"], [one["status"] for one in payment["refunds"]]


async def items(shop: Shop, order: dict[str, Any]) -> list[str]:
    """What has become of what was bought."""
    await shop.worker.drain()
    found = await shop.api.get(f"/v1/stores/{shop.store_id}/orders/{order['id']}/delivery/items")
    return [f"{one['state']} {one['revoke_reason'] or ''}".strip() for one in found.json()]


async def held(shop: Shop) -> dict[tuple[str, str], int]:
    """What the accounts hold that hold anything; every movement sums to zero."""
    async with shop.inside(shop.store_id) as store:
        assert await ledger.check(store) == []
        return {account: amount for account, amount in (await ledger.balances(store)).items() if amount}


class TestWhole:
    @pytest.mark.parametrize(
        "body",
        [None, {}, {"refund_from_connected_user_balance": False}, {"amount": 1999, "reason": "Customer requested refund"}],
    )
    async def test_gives_back_all_that_was_paid_and_takes_the_items(self, shop: Shop, buy: Buy, body: Any) -> None:
        order = await buy(1500, 499)
        await shop.worker.drain()

        answer = await refund(shop.api, shop.store_id, order["id"], body)

        told = answer.json()
        assert (answer.status_code, told["status"], told["amount"], told["amount_str"]) == (200, "completed", 1999, "$19.99")
        assert (told["store_refund_amount"], told["store_net_amount"], told["tax_amount"]) == (1999, 1999, 0)
        assert await states(shop, order) == ("refunded", "refunded", ["completed"])
        assert await items(shop, order) == ["revoked refund"] * 2
        assert Counter(one.stage for one in await shop.attempts() if one.unqueued_at is None) == {"on_refund": 2}
        assert await held(shop) == {}
        async with shop.inside(shop.store_id) as store:
            (kept,) = await store.all(store.rows(Refund))
        assert kept.note == (body or {}).get("reason")

    async def test_takes_the_items_even_if_they_were_not_delivered_yet(self, shop: Shop, buy: Buy) -> None:
        order = await buy(1999)

        await refund(shop.api, shop.store_id, order["id"])

        assert await items(shop, order) == ["revoked refund"]

    async def test_happens_once_however_many_ask(self, shop: Shop, buy: Buy) -> None:
        order = await buy(1999)

        answers = await asyncio.gather(*(refund(shop.api, shop.store_id, order["id"]) for _ in range(MANY)))

        assert Counter(one.status_code for one in answers) == {200: 1, 409: MANY - 1}
        assert {one.json()["code"] for one in answers if one.status_code == 409} == {"AlreadyRefunded"}
        assert await states(shop, order) == ("refunded", "refunded", ["completed"])
        assert await held(shop) == {}


class TestLine:
    async def test_gives_back_its_total_once_and_takes_its_items(self, shop: Shop, buy: Buy) -> None:
        order = await buy(1500, 499)
        first, second = order["lines"]

        answers = [
            await refund(shop.api, shop.store_id, order["id"], {"order_line_id": one["id"]}) for one in (first, first)
        ]
        between = await states(shop, order), await items(shop, order), await held(shop)
        last = await refund(shop.api, shop.store_id, order["id"], {"amount": second["total_amount"]})

        assert (answers[0].json()["amount"], answers[0].json()["order_line_id"]) == (1500, first["id"])
        assert (answers[1].status_code, answers[1].json()["code"]) == (409, "LineRefunded")
        assert between[0] == ("completed", "completed", ["completed"])
        assert sorted(between[1]) == ["revoked refund", "usable"]
        assert between[2] == {("gateway:simulator", "usd"): 499, ("sales", "usd"): -499}
        assert last.json()["status"] == "completed"
        assert await states(shop, order) == ("refunded", "refunded", ["completed"] * 2)
        assert await items(shop, order) == ["revoked refund"] * 2

    async def test_is_what_an_amount_means_that_is_that_of_one_line(self, shop: Shop, buy: Buy) -> None:
        order = await buy(1500, 499, 499)

        told = (await refund(shop.api, shop.store_id, order["id"], {"amount": 1500})).json()
        twice = (await refund(shop.api, shop.store_id, order["id"], {"amount": 499})).json()

        assert (told["order_line_id"], "order_line_id" in twice) == (order["lines"][0]["id"], False)
        assert sorted(await items(shop, order)) == ["revoked refund", "usable", "usable"]

    async def test_gives_back_what_is_left_when_that_is_less(self, shop: Shop, buy: Buy) -> None:
        order = await buy(1500, 499)
        await refund(shop.api, shop.store_id, order["id"], {"amount": 1000})

        told = (await refund(shop.api, shop.store_id, order["id"], {"order_line_id": order["lines"][0]["id"]})).json()

        assert told["amount"] == 999
        assert await states(shop, order) == ("refunded", "refunded", ["completed"] * 2)
        assert await items(shop, order) == ["revoked refund"] * 2


class TestMoney:
    async def test_leaves_the_items_until_all_of_it_is_given_back(self, shop: Shop, buy: Buy) -> None:
        order = await buy(1999)

        first = (await refund(shop.api, shop.store_id, order["id"], {"amount": 500})).json()
        between = await states(shop, order), await items(shop, order)
        await refund(shop.api, shop.store_id, order["id"], {"amount": 1000})
        last = (await refund(shop.api, shop.store_id, order["id"])).json()

        assert (first["amount"], last["amount"]) == (500, 499)
        assert between == (("completed", "completed", ["completed"]), ["usable"])
        assert await states(shop, order) == ("refunded", "refunded", ["completed"] * 3)
        assert await items(shop, order) == ["revoked refund"]
        assert await held(shop) == {}


class TestRefusals:
    async def test_say_what_to_do_and_change_nothing(self, shop: Shop, buy: Buy, inside: Inside) -> None:
        order, free = await buy(1999), await buy(0)
        opened = await open_checkout(
            shop.api, shop.store_id, checkout(order["customer_id"], line(order["lines"][0]["product_id"]))
        )
        unpaid = await shop.post(f"simulator/checkouts/{opened['token']}/pay", {"outcome": "decline"})
        cases: list[tuple[dict[str, Any], Any, int, str]] = [
            (order, {"amount": 2000}, 409, "MoreThanPaid"),
            (order, {"amount": 0}, 400, "InvalidInput"),
            (order, {"amount": 500, "order_line_id": order["lines"][0]["id"]}, 400, "InvalidInput"),
            (order, {"refund_from_connected_user_balance": True}, 400, "InvalidInput"),
            (order, {"order_line_id": free["lines"][0]["id"]}, 400, "InvalidInput"),
            (free, {"amount": 5}, 409, "NothingPaid"),
            (unpaid, None, 409, "NotPaid"),
            ({"id": "1"}, None, 404, "NotFound"),
        ]

        answers = [await refund(shop.api, shop.store_id, what["id"], body) for what, body, _, _ in cases]

        assert [(one.status_code, one.json()["code"]) for one in answers] == [(status, code) for *_, status, code in cases]
        assert [error["path"] for error in answers[3].json()["errors"]] == ["refund_from_connected_user_balance"]
        assert await states(shop, order) == ("completed", "completed", [])

    @pytest.mark.parametrize("status", ["chargeback"])
    async def test_keep_what_the_bank_has_taken(self, shop: Shop, buy: Buy, status: str) -> None:
        order = await buy(1999)
        async with shop.inside(shop.store_id) as store:
            (payment,) = await store.all(store.rows(Payment))
            await store.change(payment, {"status": status})

        answer = await refund(shop.api, shop.store_id, order["id"])

        assert (answer.status_code, answer.json()["code"]) == (409, "PaymentDisputed")


class TestGateway:
    @pytest.mark.parametrize(
        ("script", "meanwhile", "ends"),
        [
            ({"refund": "fails"}, "refund_failed", "failed"),
            ({"refund": "succeeds_later", "refund_after_seconds": 600}, "refund_processing", "completed"),
            ({"refund": "fails_later", "refund_after_seconds": 600}, "refund_processing", "failed"),
            ({"refund": "succeeds_unanswered"}, "refund_processing", "completed"),
            ({"refund": "fails_unanswered", "card_number": "4242424242424242"}, "refund_processing", "failed"),
        ],
    )
    async def test_that_refuses_or_is_late_or_silent_is_believed_once(
        self, shop: Shop, buy: Buy, script: Any, meanwhile: str, ends: str
    ) -> None:
        await shop.is_at(NOON)
        order = await buy(1999, **script)

        answer = await refund(shop.api, shop.store_id, order["id"])
        at_once = await states(shop, order)
        for minutes in (1, 11, 12):
            await shop.is_at(NOON + timedelta(minutes=minutes))
            await shop.worker.drain()

        assert answer.status_code == 200
        assert at_once[:2] == ("completed", meanwhile)
        good = ends == "completed"
        assert await states(shop, order) == (("refunded", "refunded") if good else ("completed", "refund_failed")) + (
            [ends],
        )
        assert await items(shop, order) == ["revoked refund" if good else "usable"]
        assert await held(shop) == ({} if good else {("gateway:simulator", "usd"): 1999, ("sales", "usd"): -1999})

    async def test_that_failed_can_be_asked_again(self, shop: Shop, buy: Buy) -> None:
        order = await buy(1500, 499)
        body = {"order_line_id": order["lines"][0]["id"]}
        async with shop.inside(shop.store_id) as store:
            failed = (await begin(store, order["id"], Wish(order_line_id=body["order_line_id"]))).refund
            await settle(store, failed.id, RefundFailed("Not today."))
            await settle(store, failed.id, Refunded())
        between = await states(shop, order)

        again = await refund(shop.api, shop.store_id, order["id"], body)

        assert between == ("completed", "refund_failed", ["failed"])
        assert again.json()["status"] == "completed"
        assert await states(shop, order) == ("completed", "completed", ["failed", "completed"])

    async def test_that_never_heard_of_it_after_a_crash_is_asked_once(
        self, shop: Shop, buy: Buy, database: Database
    ) -> None:
        await shop.is_at(NOON)
        order = await buy(1999)
        async with shop.inside(shop.store_id) as store:
            begun = (await begin(store, order["id"], Wish())).refund  # and then the power is gone

        await shop.is_at(NOON + timedelta(minutes=1))
        await asyncio.gather(
            shop.worker.drain(), *(ask(Steps(database, shop.store_id, Actor("internal")), begun.id) for _ in range(8))
        )

        async with shop.inside(shop.store_id) as store:
            (given,) = await store.all(store.rows(SimulatedRefund))
        assert (given.refund_id, given.amount) == (begun.id, 1999)
        assert await states(shop, order) == ("refunded", "refunded", ["completed"])
        assert await held(shop) == {}


class TestByHand:
    @pytest.fixture
    async def payment(self, shop: Shop, database: Database, inside: Inside) -> Payment:
        """A transfer of 9.99 that has arrived."""
        body = {"enabled": True, "settings": {"instructions": "NL91 ABNA 0417 1643 00"}}
        assert (await shop.api.patch(f"/v1/stores/{shop.store_id}/gateways/manual", json=body)).status_code == 200
        customer, product = await shop.customer(), await shop.product()
        opened = await open_checkout(shop.api, shop.store_id, checkout(customer["id"], line(product["id"])))
        await pay(Steps(database, shop.store_id, Actor("internal")), opened["token"], "", gateway="manual")
        async with inside(shop.store_id) as store:
            (payment,) = await store.all(store.rows(Payment))
        await shop.post(f"payments/{payment.id}/settle", {"outcome": "received"})
        return payment

    @pytest.mark.parametrize(
        ("outcome", "otherwise", "ends"),
        [("returned", "canceled", ("refunded", "completed")), ("canceled", "returned", ("completed", "canceled"))],
    )
    async def test_waits_for_the_owner(
        self, shop: Shop, payment: Payment, outcome: str, otherwise: str, ends: tuple[str, str]
    ) -> None:
        waiting = (await refund(shop.api, shop.store_id, payment.order_id)).json()
        path = f"/v1/stores/{shop.store_id}/refunds/{waiting['id']}/settle"

        answers = [await shop.api.post(path, json={"outcome": said}) for said in (outcome, outcome, otherwise)]

        shown = (await shop.api.get(f"/v1/stores/{shop.store_id}/payments/{payment.id}")).json()
        assert waiting["status"] == "processing"
        assert [one.status_code for one in answers] == [200, 200, 409]
        assert answers[2].json()["code"] == "RefundSettled"
        assert (shown["status"], shown["refunds"][0]["status"]) == ends
        assert (shown["refunded_at"] is None) == (outcome == "canceled")
        assert (await held(shop) == {}) == (outcome == "returned")

    async def test_is_refused_where_a_gateway_gives_it_back(self, shop: Shop, buy: Buy) -> None:
        order = await buy(1999)
        given = (await refund(shop.api, shop.store_id, order["id"])).json()
        path = f"/v1/stores/{shop.store_id}/refunds"

        answers = [
            await shop.api.post(f"{path}/{id}/settle", json={"outcome": "returned"}) for id in (given["id"], order["id"])
        ]

        assert [one.json()["code"] for one in answers] == ["RefundNotByHand", "NotFound"]


class TestFees:
    async def test_are_kept_or_given_back_as_the_gateway_says_and_never_more(
        self, inside: Inside, store: SeededStore
    ) -> None:
        async with inside(store.id) as context:
            customer = await add_customer(context)
            payment = await add_paid_order(context, customer.id, [(1000, 100), (1000, 67)], fee=90)
            for returned in (30, 5000):
                begun = await begin(context, payment.order_id, Wish(amount=700))
                await settle(context, begun.refund.id, Refunded(fee_amount=returned))
            last = (await begin(context, payment.order_id, Wish())).refund
            await settle(context, last.id, Refunded())

            refunds = await context.all(context.rows(Refund))
            left = {account: amount for account, amount in (await ledger.balances(context)).items() if amount}
        assert [one.gateway_fee_amount for one in refunds] == [30, 60, 0]
        assert sum(one.tax_amount for one in refunds) == 167
        assert left == {}
