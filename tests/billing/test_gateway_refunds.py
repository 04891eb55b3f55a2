"""Refunds that are made in a gateway's dashboard, and refunds whose money comes back: told late, twice, or never."""

from collections import Counter
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.ids import new_id
from sutler.kernel.work.runner import Worker
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import checkout, line, open_checkout
from tests.make.disputes import Case
from tests.make.paypal import FakePayPal, takes_paypal
from tests.make.refunds import assert_that_money_is_in_order
from tests.make.stripe import FakeStripe, signed, takes_cards

BEGINNING = clock.real_now().replace(microsecond=0)
SOLD, KEPT = 1499, 73  # the price, and Stripe's fee for the payment
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
EVENTS = "refund_completed", "refund_reversed"


class Told:
    """A case whose gateway is a stand-in on this machine, and the way in which that one tells of something."""

    def __init__(self, case: Case, visitor: httpx2.AsyncClient, gateway: str) -> None:
        self.case, self._visitor, self._gateway = case, visitor, gateway

    async def tell(self, *messages: tuple[bytes, Any]) -> None:
        """The gateway tells, and everything that follows from it happens."""
        path = f"/v1/gateways/{self._gateway}/{self.case.store_id}/notifications"
        for body, headers in messages:
            assert (await self._visitor.post(path, content=body, headers=headers)).status_code == 200
            await self.case.worker.drain()

    async def later(self, **passed: float) -> None:
        """So much of the store's time after the beginning, everything has happened that was due."""
        async with self.case.inside(self.case.store_id) as context:
            await set_clock(context, BEGINNING + timedelta(**passed))
        await self.case.worker.drain()

    async def states(self) -> tuple[str, str, list[tuple[str, int]]]:
        """How the order stands, its payment, and its refunds."""
        payment = await self.case.payment()
        refunds = [(one["status"], one["amount"]) for one in payment["refunds"]]
        return (await self.case.order())["status"], payment["status"], refunds

    async def items(self) -> set[tuple[str, str | None]]:
        """What has become of what was bought."""
        return {(one["state"], one["revoke_reason"]) for one in await self.case.items()}

    async def papers(self) -> list[tuple[str, int]]:
        """Every document of the order, oldest first, with its total."""
        found = await self.case.shown(f"invoices?order_id={self.case.order_id}&asc=true")
        return [(one["type"], one["total_amount"]) for one in found]

    async def assert_that_all_is_in_order(self) -> None:
        """The money is where it ought to be."""
        async with self.case.inside(self.case.store_id) as context:
            await assert_that_money_is_in_order(context)


@pytest.fixture
async def shop(
    api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside,
    visitor: httpx2.AsyncClient, worker: Worker, stripe: FakeStripe,
) -> Told:  # fmt: skip
    """An order at 14.99 that was paid by card and delivered, in a store whose clock stands."""
    await takes_cards(api, store.id)
    async with inside(store.id) as context:
        await set_clock(context, BEGINNING)
    opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))
    form = {"token": opened["token"], "instrument": "stripe"}
    assert (await visitor.post("/checkout/pay", data=form, headers=SAME_SITE)).status_code == 303
    stripe.pay(stripe.only)
    async with inside(store.id) as context:
        await set_clock(context, BEGINNING + timedelta(minutes=1))
    await worker.drain()
    (order,) = (await api.get(f"/v1/stores/{store.id}/orders")).json()
    return Told(await Case.of(api, store.id, inside, worker, order), visitor, "stripe")


@pytest.fixture
async def paypal_shop(
    api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside,
    visitor: httpx2.AsyncClient, worker: Worker, paypal: FakePayPal,
) -> Told:  # fmt: skip
    """The same, paid with PayPal."""
    await takes_paypal(api, store.id)
    token = str((await open_checkout(api, store.id, checkout(customer.id, line(product.id))))["token"])
    await visitor.post("/checkout/pay", data={"token": token, "instrument": "paypal"}, headers=SAME_SITE)
    paypal.approve(paypal.only)
    body, headers = paypal.notification(paypal.orders[paypal.only])
    await visitor.post(f"/v1/gateways/paypal/{store.id}/notifications", content=body, headers=headers)
    await worker.drain()
    (order,) = (await api.get(f"/v1/stores/{store.id}/orders")).json()
    return Told(await Case.of(api, store.id, inside, worker, order), visitor, "paypal")


def intent(stripe: FakeStripe) -> str:
    """Stripe's name for the only payment."""
    return f"pi_{stripe.only}"


def notice(stripe: FakeStripe, kind: str = "charge.refunded") -> tuple[bytes, Any]:
    """What Stripe tells of a refund made in the dashboard: nothing of ours is in it."""
    thing = {"id": "ch_1", "payment_intent": intent(stripe), "metadata": {}}
    return signed(stripe.refunds.notice(kind, thing))


class TestInTheDashboard:
    @pytest.mark.parametrize("kind", ["charge.refunded", "refund.created"])
    async def test_of_everything_is_that_of_the_whole_order_once(self, shop: Told, stripe: FakeStripe, kind: str) -> None:
        stripe.refunds.by_hand(intent(stripe), SOLD)

        await shop.tell(*[notice(stripe, kind)] * 2)

        assert await shop.states() == ("refunded", "refunded", [("completed", SOLD)])
        assert await shop.items() == {("revoked", "refund")}
        assert await shop.papers() == [("invoice", SOLD), ("credit_note", SOLD)]
        assert await shop.case.events(*EVENTS) == ["refund_completed"]
        assert len(stripe.refunds.made) == 1
        await shop.assert_that_all_is_in_order()

    async def test_in_parts_takes_the_items_with_the_last_of_them(self, shop: Told, stripe: FakeStripe) -> None:
        stripe.refunds.page = 1
        for part in (500, 700):
            stripe.refunds.by_hand(intent(stripe), part)
        await shop.tell(notice(stripe))
        early = await shop.states(), await shop.items()
        stripe.refunds.by_hand(intent(stripe), 299)

        await shop.tell(notice(stripe))

        parts = [("completed", 500), ("completed", 700)]
        assert early == (("completed", "completed", parts), {("used", None)})
        assert await shop.states() == ("refunded", "refunded", [*parts, ("completed", 299)])
        assert await shop.items() == {("revoked", "refund")}
        await shop.assert_that_all_is_in_order()

    @pytest.mark.parametrize("trouble", ["lost", "dead"])
    async def test_is_not_taken_for_one_of_ours_whose_answer_got_lost(
        self, shop: Told, stripe: FakeStripe, trouble: Any
    ) -> None:
        stripe.refunds.troubles = [trouble]
        asked = (await shop.case.refund(amount=1000)).json()
        stripe.refunds.by_hand(intent(stripe), 499 if trouble == "lost" else SOLD)

        await shop.tell(*[notice(stripe)] * 2)
        for minutes in (5, 20):  # what does not fit waits until ours is settled
            await shop.later(minutes=minutes)

        ours = ("completed", 1000) if trouble == "lost" else ("failed", 1000)
        theirs = ("completed", 499 if trouble == "lost" else SOLD)
        assert asked["status"] == "processing"
        assert await shop.states() == ("refunded", "refunded", [ours, theirs])
        await shop.assert_that_all_is_in_order()

    async def test_is_found_when_stripe_refuses_to_give_more_back(self, shop: Told, stripe: FakeStripe) -> None:
        stripe.refunds.by_hand(intent(stripe), 500)

        refused = (await shop.case.refund()).json()
        await shop.case.worker.drain()

        assert refused["status"] == "failed"
        assert await shop.states() == ("completed", "completed", [("failed", SOLD), ("completed", 500)])
        await shop.assert_that_all_is_in_order()

    @pytest.mark.parametrize(("ends", "status"), [("succeeded", "refunded"), ("failed", "refund_failed")])
    async def test_that_takes_its_time_is_asked_about(self, shop: Told, stripe: FakeStripe, ends: str, status: str) -> None:
        stripe.refunds.status = "pending"
        stripe.refunds.by_hand(intent(stripe), SOLD)
        await shop.tell(notice(stripe, "refund.created"))
        early = await shop.states()
        stripe.refunds.decide(ends)

        await shop.later(hours=2)

        order, payment, ((end, _),) = await shop.states()
        assert early == ("completed", "refund_processing", [("processing", SOLD)])
        assert (payment, end) == (status, "completed" if ends == "succeeded" else "failed")
        assert order == ("refunded" if ends == "succeeded" else "completed")
        assert len(stripe.refunds.made) == 1
        await shop.assert_that_all_is_in_order()

    async def test_of_other_shops_in_the_account_is_none_of_ours(self, shop: Told, stripe: FakeStripe) -> None:
        things: list[Any] = [{"payment_intent": "pi_of_another_shop"}, {"payment_intent": None}, {"payment_intent": {}}, {}]

        await shop.tell(*(signed(stripe.refunds.notice("charge.refunded", thing)) for thing in things))

        assert await shop.states() == ("completed", "completed", [])

    async def test_never_comes_to_more_than_a_dispute_has_left(self, shop: Told, stripe: FakeStripe) -> None:
        stripe.disputes.open(intent(stripe), SOLD)
        await shop.case.ask()
        stripe.refunds.by_hand(intent(stripe), SOLD)
        await shop.tell(notice(stripe))
        waiting = await shop.states()
        stripe.disputes.decide("lost")

        await shop.later(days=3)

        assert waiting == await shop.states() == ("chargeback", "chargeback", [])
        await shop.assert_that_all_is_in_order()


class TestAskForRefunds:
    async def test_finds_what_was_never_told(self, shop: Told, stripe: FakeStripe) -> None:
        stripe.refunds.by_hand(intent(stripe), 500)

        answers = [await shop.case.api.post(f"{shop.case.path}/payments/{shop.case.payment_id}/refunds/ask") for _ in "12"]

        listed = [[(one["status"], one["amount"]) for one in answer.json()] for answer in answers]
        assert listed == [[("completed", 500)]] * 2

    async def test_says_when_nobody_answers_and_knows_no_other_payments(self, shop: Told, api: ContractClient) -> None:
        await takes_cards(api, shop.case.store_id, "sk_test_wrong")

        paths = [f"{shop.case.path}/payments/{id}/refunds/ask" for id in (shop.case.payment_id, new_id())]
        answers = [await api.post(path) for path in paths]

        assert [answer.status_code for answer in answers] == [503, 404]
        assert answers[0].json()["code"] == "NotAnswered"


class TestComingBack:
    @pytest.mark.parametrize("asked_by", ["us", "the dashboard"])
    async def test_fails_the_refund_once_and_lets_it_be_made_again(
        self, shop: Told, stripe: FakeStripe, asked_by: str
    ) -> None:
        if asked_by == "us":
            await shop.case.refund()
        else:
            stripe.refunds.by_hand(intent(stripe), SOLD)
        await shop.tell(notice(stripe))
        stripe.refunds.comes_back(stripe.refunds.made[0])

        await shop.tell(*[signed(stripe.refunds.notice("refund.failed", stripe.refunds.made[0] | {"metadata": {}}))] * 2)

        (refund,) = (await shop.case.payment())["refunds"]
        assert await shop.states() == ("completed", "refund_failed", [("failed", SOLD)])
        assert refund["failure_reason"] == "Stripe could not give the money back: expired_or_canceled_card."
        assert None not in (refund["completed_at"], refund["failed_at"])
        assert await shop.items() == {("revoked", "refund")}  # what was taken stays taken
        assert await shop.papers() == [("invoice", SOLD), ("credit_note", SOLD), ("invoice", SOLD)]
        assert await shop.case.events(*EVENTS) == ["refund_completed", "refund_reversed"]
        assert await shop.case.balances() == {"gateway:stripe": SOLD - KEPT, "fees": KEPT, "sales": -SOLD}
        await shop.assert_that_all_is_in_order()

        again = (await shop.case.refund()).json()
        await shop.tell(notice(stripe))

        assert again["status"] == "completed"
        assert await shop.states() == ("refunded", "refunded", [("failed", SOLD), ("completed", SOLD)])
        assert Counter(await shop.papers()) == {("invoice", SOLD): 2, ("credit_note", SOLD): 2}
        await shop.assert_that_all_is_in_order()

    async def test_of_a_part_leaves_the_other_parts_as_they_are(self, shop: Told, stripe: FakeStripe) -> None:
        for amount in (500, 999):
            await shop.case.refund(amount=amount)
        stripe.refunds.comes_back(stripe.refunds.made[0])

        await shop.tell(notice(stripe, "charge.refund.updated"))

        assert await shop.states() == ("completed", "refund_failed", [("failed", 500), ("completed", 999)])
        await shop.assert_that_all_is_in_order()

    async def test_is_told_before_anybody_heard_that_it_was_done(self, shop: Told, stripe: FakeStripe) -> None:
        stripe.refunds.troubles = ["lost"]
        await shop.case.refund()
        stripe.refunds.comes_back(stripe.refunds.made[0])

        await shop.tell(notice(stripe, "refund.failed"), notice(stripe))
        await shop.later(minutes=5)

        assert await shop.states() == ("completed", "refund_failed", [("failed", SOLD)])
        assert await shop.case.events(*EVENTS) == []
        await shop.assert_that_all_is_in_order()

    async def test_credits_an_invoice_that_cannot_be_reissued(self, shop: Told, stripe: FakeStripe) -> None:
        await shop.case.refund(amount=500)
        stripe.refunds.comes_back(stripe.refunds.made[0])
        await shop.tell(notice(stripe))
        *_, answer = await shop.case.shown(f"invoices?order_id={shop.case.order_id}&asc=true")

        path = f"{shop.case.path}/invoices/{answer['id']}/reissue"
        refused = await shop.case.api.post(path, json={"billing_name": "Zoë"})

        assert (answer["type"], refused.status_code, refused.json()["code"]) == ("invoice", 409, "InvoiceCredited")


class TestPayPal:
    async def test_tells_of_refunds_on_its_page_by_what_was_captured(self, paypal_shop: Told, paypal: FakePayPal) -> None:
        given = paypal.give_back("5.00")
        strangers = [
            {"links": [{"rel": "up", "href": f"https://x/v2/payments/captures/{id}"}]} for id in ("3C9", "../1", "")
        ]
        told = [paypal.notification(thing, "PAYMENT.CAPTURE.REFUNDED") for thing in (*strangers, given, {"id": "1R0"})]

        await paypal_shop.tell(*told, *told)

        assert await paypal_shop.states() == ("completed", "completed", [("completed", 500)])
        await paypal_shop.assert_that_all_is_in_order()

    @pytest.mark.parametrize("asked_by", ["us", "its page"])
    async def test_may_call_a_refund_failed_that_was_completed(
        self, paypal_shop: Told, paypal: FakePayPal, asked_by: str
    ) -> None:
        if asked_by == "us":
            await paypal_shop.case.refund()
        given = paypal.give_back("14.99") if asked_by == "its page" else paypal.refunds[0]
        await paypal_shop.tell(paypal.notification(given, "PAYMENT.CAPTURE.REFUNDED"))
        early = await paypal_shop.states()
        paypal.refunds[0].update(status="FAILED", status_details={"reason": "ECHECK"})

        await paypal_shop.tell(*[paypal.notification(given, "PAYMENT.REFUND.FAILED")] * 2)

        assert early == ("refunded", "refunded", [("completed", SOLD)])
        assert await paypal_shop.states() == ("completed", "refund_failed", [("failed", SOLD)])
        assert await paypal_shop.case.events(*EVENTS) == ["refund_completed", "refund_reversed"]
        await paypal_shop.assert_that_all_is_in_order()
