"""Cards that Stripe keeps, and charging them without the payer, whatever happens on the way."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec import UNSET

from sutler.billing.gateways import stripe_sdk
from sutler.billing.gateways.interface import (
    Answer,
    Canceled,
    Charge,
    Declined,
    Pending,
    Refunded,
    Repayment,
    Succeeded,
    Unanswered,
    Vaulted,
)
from sutler.billing.gateways.stripe import STRIPE
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import first_id_at, new_id
from tests.conftest import INTERNAL, SeededStore
from tests.contract.client import ContractClient
from tests.make.stripe import FakeStripe, takes_cards
from tests.make.stripe_attempts import Trouble

KEPT = Vaulted(customer="cus_1", reference="pm_1")


@pytest.fixture
async def shop(api: ContractClient, database: Database, store: SeededStore, stripe: FakeStripe) -> Shop:
    """A store that uses Stripe, where one card is kept."""
    await takes_cards(api, store.id)
    stripe.attempts.keep("1")
    return Shop(database, store.id, INTERNAL)


def charge(**changes: Any) -> Charge:
    """What is to be paid: 14.99 dollars, unless told otherwise."""
    fields: dict[str, Any] = {
        "payment_id": new_id(), "order_id": "2", "amount": 1499, "currency": "usd", "email": "a@example.com",
        "page_url": "http://test/",
    }  # fmt: skip
    return Charge(**(fields | changes))


class TestKeeping:
    @pytest.mark.parametrize("amount", [1499, 0])
    async def test_leaves_a_card_that_can_be_charged_again(self, shop: Shop, stripe: FakeStripe, amount: int) -> None:
        first = charge(amount=amount, keep=True)
        opened = await STRIPE.charge(shop, first, "stripe")
        stripe.pay(stripe.only)

        paid = await STRIPE.outcome(shop, first)

        assert isinstance(opened, Pending)
        assert isinstance(paid, Succeeded)
        assert paid.vaulted == Vaulted(customer=f"cus_{stripe.only}", reference=f"pm_{stripe.only}")
        assert paid.method_details.card is not UNSET
        assert (paid.method_details.card.last4, paid.method_details.card.funding) == ("4444", "debit")
        assert isinstance(await STRIPE.charge_again(shop, charge(), paid.vaulted), Succeeded)

    async def test_is_asked_for_only_where_the_payer_agrees_to_renewals(self, shop: Shop, stripe: FakeStripe) -> None:
        for one in (charge(), charge(keep=True), charge(keep=True, amount=0)):
            await STRIPE.charge(shop, one, "stripe")

        once, kept, set_up = stripe.asked
        future = "payment_intent_data[setup_future_usage]"
        assert (once.get(future), kept.get(future)) == (None, "off_session")
        assert [asked.get("customer_creation") for asked in stripe.asked] == [None, "always", "always"]
        assert (set_up["mode"], [name for name in set_up if name.startswith(("line_items", "payment_intent"))]) == (
            "setup",
            [],
        )
        assert set_up["setup_intent_data[metadata][payment_id]"] == set_up["client_reference_id"]

    async def test_of_a_card_alone_ends_when_nobody_gives_one(self, shop: Shop, stripe: FakeStripe) -> None:
        asked = charge(amount=0, keep=True)
        await STRIPE.charge(shop, asked, "stripe")
        stripe.expire(stripe.only)

        assert isinstance(await STRIPE.outcome(shop, asked), Canceled)
        assert await STRIPE.disputes(shop, asked) == ()


class TestChargingAgain:
    async def test_takes_the_money_once(self, shop: Shop, stripe: FakeStripe) -> None:
        asked = charge()

        answers = [await STRIPE.charge_again(shop, asked, KEPT) for _ in range(2)]
        answers += [await STRIPE.outcome(shop, asked), await STRIPE.give_up(shop, asked)]

        (sent,) = stripe.attempts.asked
        assert {type(answer) for answer in answers} == {Succeeded}
        assert {answer.fee_amount for answer in answers if isinstance(answer, Succeeded)} == {73}
        assert (sent["off_session"], sent["confirm"], sent["customer"], sent["payment_method"]) == (
            "true", "true", "cus_1", "pm_1",
        )  # fmt: skip
        assert list(stripe.attempts.keys) == [asked.payment_id] == [sent["metadata[payment_id]"]]
        assert not stripe.sessions

    @pytest.mark.parametrize("code", ["authentication_required", "expired_card", "insufficient_funds"])
    async def test_says_why_the_bank_declines_and_closes_it(self, shop: Shop, stripe: FakeStripe, code: str) -> None:
        stripe.attempts.decline = code
        asked = charge()

        answers = [await STRIPE.charge_again(shop, asked, KEPT), await STRIPE.outcome(shop, asked)]

        assert [answer.error.decline_code for answer in answers if isinstance(answer, Declined)] == [code, code]
        assert [one["status"] for one in stripe.attempts.made.values()] == ["canceled"]

    async def test_says_that_a_card_is_not_kept_any_more(self, shop: Shop, stripe: FakeStripe) -> None:
        stripe.attempts.cards.clear()

        answer = await STRIPE.charge_again(shop, charge(), KEPT)

        assert isinstance(answer, Declined)
        assert answer.error.decline_code == "authorization_revoked"

    async def test_is_not_counted_against_the_payer_when_the_store_s_key_is_wrong(
        self, api: ContractClient, store: SeededStore, shop: Shop
    ) -> None:
        await takes_cards(api, store.id, "sk_test_wrong")

        assert isinstance(await STRIPE.charge_again(shop, charge(), KEPT), Canceled)

    @pytest.mark.parametrize("trouble", ["lost", "silent", "dead", "busy", "broken"])
    async def test_is_looked_for_when_the_answer_never_came(
        self, shop: Shop, stripe: FakeStripe, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(stripe_sdk, "PATIENCE", 0.3)
        stripe.attempts.troubles = [trouble]
        asked = charge(payment_id=first_id_at(clock.real_now() - timedelta(minutes=4)))
        with pytest.raises(Unanswered):
            await STRIPE.charge_again(shop, asked, KEPT)
        monkeypatch.undo()

        early = await STRIPE.outcome(shop, asked)
        with clock.standing_at(clock.real_now()):
            later: list[Answer] = [await STRIPE.charge_again(shop, asked, KEPT), await STRIPE.outcome(shop, asked)]

        assert isinstance(early, Succeeded if trouble in ("lost", "silent") else Pending)
        assert {type(answer) for answer in later} == {Succeeded}
        assert len(stripe.attempts.made) == 1

    @pytest.mark.parametrize("reached", [True, False])
    async def test_is_never_asked_for_again_after_stripe_may_have_forgotten_the_key(
        self, shop: Shop, stripe: FakeStripe, reached: bool
    ) -> None:
        old = charge(payment_id=first_id_at(clock.real_now() - timedelta(days=2)))
        if reached:
            await STRIPE.charge_again(shop, charge(), KEPT)
            (made,) = stripe.attempts.made.values()
            made["metadata"]["payment_id"] = old.payment_id
        before = len(stripe.attempts.asked)

        answers = [await STRIPE.charge_again(shop, old, KEPT), await STRIPE.outcome(shop, old)]

        assert {type(answer) for answer in answers} == {Succeeded if reached else Canceled}
        assert len(stripe.attempts.asked) == before

    @pytest.mark.parametrize(("minutes", "answer"), [(1, Pending), (7, Canceled)])
    async def test_that_nobody_got_to_opens_no_page(
        self, shop: Shop, stripe: FakeStripe, minutes: int, answer: type[Answer]
    ) -> None:
        asked = charge(payment_id=first_id_at(clock.real_now() - timedelta(minutes=minutes)), off_session=True)

        answers = [await STRIPE.outcome(shop, asked), await STRIPE.give_up(shop, asked)]

        assert [type(one) for one in answers] == [answer, answer]
        assert not stripe.sessions


class TestAfterwards:
    async def test_money_can_be_given_back_and_disputed(self, shop: Shop, stripe: FakeStripe) -> None:
        asked = charge()
        await STRIPE.charge_again(shop, asked, KEPT)
        (intent,) = stripe.attempts.made
        repayment = Repayment(refund_id=new_id(), charge=asked, amount=500)

        refunds = [await STRIPE.refund(shop, repayment), await STRIPE.refund_outcome(shop, repayment)]
        stripe.disputes.open(intent, 999)

        assert [type(one) for one in refunds] == [Refunded, Refunded]
        assert stripe.refunds.made[0]["payment_intent"] == intent
        assert [one.amount for one in await STRIPE.disputes(shop, asked)] == [999]
        assert await STRIPE.payment_of(shop, intent) == asked.payment_id
