"""Asking PayPal past the pages: orders that must be found again, money given back, disputes, and amounts."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from sutler.billing.gateways import paypal_api
from sutler.billing.gateways.interface import (
    Answer,
    Canceled,
    Charge,
    Declined,
    Dispute,
    Pending,
    Refunded,
    RefundFailed,
    RefundPending,
    Repayment,
    Succeeded,
    Unanswered,
)
from sutler.billing.gateways.paypal import PAYPAL
from sutler.billing.gateways.paypal_amounts import Money, minor_units, written
from sutler.billing.gateways.paypal_api import Rejected
from sutler.billing.paypal import service as kept
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import first_id_at, new_id
from tests.conftest import INTERNAL, SeededStore
from tests.contract.client import ContractClient
from tests.make.paypal import FakePayPal, Trouble, takes_paypal


@pytest.fixture
async def shop(api: ContractClient, database: Database, store: SeededStore, paypal: FakePayPal) -> Shop:
    """A store that takes money through PayPal."""
    await takes_paypal(api, store.id)
    return Shop(database, store.id, INTERNAL)


def charge(**changes: Any) -> Charge:
    """What is to be paid: 14.99 dollars, unless told otherwise."""
    fields: dict[str, Any] = {
        "payment_id": new_id(), "order_id": "2", "amount": 1499, "currency": "usd", "email": "",
        "page_url": "http://test/checkout/?t=1",
    }  # fmt: skip
    return Charge(**(fields | changes))


def aged(**age: float) -> Charge:
    """A payment that began so long ago."""
    return charge(payment_id=first_id_at(clock.real_now() - timedelta(**age)))


async def opened(shop: Shop, paypal: FakePayPal, asked: Charge) -> str:
    """PayPal's id of a payment's order, which the payer has agreed to."""
    await kept.remember(shop, asked.payment_id, (await _made(shop, asked)))
    paypal.approve(paypal.only)
    return paypal.only


async def _made(shop: Shop, asked: Charge) -> str:
    young = charge(payment_id=new_id())
    await PAYPAL.charge(shop, young, "paypal")
    row = await kept.find(shop, young.payment_id)
    assert row is not None
    return row.reference


async def paid(shop: Shop, paypal: FakePayPal) -> Charge:
    """A payment whose money was taken."""
    asked = charge()
    await PAYPAL.charge(shop, asked, "paypal")
    paypal.approve(paypal.only)
    assert isinstance(await PAYPAL.outcome(shop, asked), Succeeded)
    return asked


class TestOutcomes:
    async def test_free_the_checkout_of_a_payer_who_never_came_back(self, shop: Shop, paypal: FakePayPal) -> None:
        in_time, late = aged(minutes=34), aged(minutes=36)
        for asked in (in_time, late):
            await kept.remember(shop, asked.payment_id, await _made(shop, asked))

        answers = [await PAYPAL.outcome(shop, asked) for asked in (in_time, late, late)]

        assert [type(answer) for answer in answers] == [Pending, Canceled, Canceled]

    async def test_of_an_order_that_nobody_remembers_are_decided_by_us(self, shop: Shop, paypal: FakePayPal) -> None:
        assert isinstance(await PAYPAL.outcome(shop, aged(minutes=36)), Canceled)
        assert paypal.orders == {}

    @pytest.mark.parametrize(("gone", "expected"), [("expired", Canceled), ("VOIDED", Canceled), ("APPROVED", Succeeded)])
    async def test_follow_what_paypal_knows(self, shop: Shop, paypal: FakePayPal, gone: str, expected: type[Answer]) -> None:
        asked = aged(minutes=50)
        id = await opened(shop, paypal, asked)
        paypal.expire(id) if gone == "expired" else paypal.orders[id].update(status=gone)

        answers = [await PAYPAL.outcome(shop, asked) for _ in range(2)]

        assert [type(answer) for answer in answers] == [expected, expected]

    async def test_need_no_paypal_when_the_money_was_never_asked_for(
        self, shop: Shop, paypal: FakePayPal, api: ContractClient
    ) -> None:
        asked = aged(hours=7)
        await opened(shop, paypal, asked)
        await takes_paypal(api, shop.store_id, secret="wrong")

        assert isinstance(await PAYPAL.outcome(shop, asked), Canceled)

    @pytest.mark.parametrize("issue", ["PAYER_ACTION_REQUIRED", "TRANSACTION_REFUSED"])
    async def test_end_when_the_payer_does_not_agree_again(self, shop: Shop, paypal: FakePayPal, issue: str) -> None:
        young, old = charge(), aged(minutes=36)
        paypal.refuses = [issue] * 2
        found = []
        for asked in (young, old):
            id = await _made(shop, asked)
            paypal.approve(id)
            await kept.remember(shop, asked.payment_id, id)
            found.append(type(await PAYPAL.outcome(shop, asked)))

        assert found == ([Pending, Canceled] if issue == "PAYER_ACTION_REQUIRED" else [Declined, Declined])
        assert paypal.captures == []

    async def test_are_found_by_whoever_comes_after_one_who_died_while_asking(
        self, shop: Shop, paypal: FakePayPal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = charge()
        await PAYPAL.charge(shop, asked, "paypal")
        paypal.approve(paypal.only)
        await kept.claim(shop, asked.payment_id)  # and then its process died, before or after PayPal heard of it

        meanwhile = [await PAYPAL.outcome(shop, asked), await PAYPAL.give_up(shop, asked)]
        later = clock.real_now() + kept.CLAIMED_FOR
        monkeypatch.setattr(clock, "real_now", lambda: later)
        answer = await PAYPAL.outcome(shop, asked)

        assert [type(one) for one in meanwhile] == [Pending, Pending]
        assert isinstance(answer, Succeeded)
        assert len(paypal.captures) == 1

    async def test_are_the_same_for_all_who_ask_at_once(self, shop: Shop, paypal: FakePayPal) -> None:
        asked = charge()
        await asyncio.gather(*[PAYPAL.charge(shop, asked, "paypal") for _ in range(3)])
        paypal.approve(paypal.only)

        answers = await asyncio.gather(*[PAYPAL.outcome(shop, asked) for _ in range(4)])

        assert {type(answer) for answer in answers} <= {Succeeded, Pending}
        assert isinstance(await PAYPAL.outcome(shop, asked), Succeeded)
        assert len(paypal.captures) == 1

    async def test_are_not_known_while_the_credentials_are_wrong(
        self, shop: Shop, paypal: FakePayPal, api: ContractClient
    ) -> None:
        asked = charge()
        await PAYPAL.charge(shop, asked, "paypal")
        paypal.approve(paypal.only)
        await takes_paypal(api, shop.store_id, secret="wrong")

        with pytest.raises(Unanswered):
            await PAYPAL.outcome(shop, asked)

        await takes_paypal(api, shop.store_id)
        assert isinstance(await PAYPAL.outcome(shop, asked), Succeeded)


class TestRefunds:
    async def test_are_paid_back_once_however_often_they_are_asked_for(self, shop: Shop, paypal: FakePayPal) -> None:
        asked = await paid(shop, paypal)
        part = Repayment(refund_id=new_id(), charge=asked, amount=500)
        unknown = await PAYPAL.refund_outcome(shop, part)

        answers = [await PAYPAL.refund(shop, part), await PAYPAL.refund(shop, part), await PAYPAL.refund_outcome(shop, part)]

        (refund,) = paypal.refunds
        assert unknown is None
        assert answers == [Refunded(fee_amount=10)] * 3
        assert refund["amount"] == {"currency_code": "USD", "value": "5.00"}
        assert (refund["custom_id"], refund["invoice_id"]) == (asked.payment_id, part.refund_id)

    @pytest.mark.parametrize("trouble", ["lost", "silent", "dead", "busy", "broken"])
    async def test_are_found_when_the_answer_never_came(
        self, shop: Shop, paypal: FakePayPal, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(paypal_api, "PATIENCE", 0.3)
        all_of_it = Repayment(refund_id=new_id(), charge=await paid(shop, paypal), amount=1499)
        paypal.troubles = [trouble]

        with pytest.raises(Unanswered):
            await PAYPAL.refund(shop, all_of_it)
        known = await PAYPAL.refund_outcome(shop, all_of_it)
        paypal.answers.clear()  # PayPal has forgotten the keys
        again = await PAYPAL.refund(shop, all_of_it)

        assert known == (Refunded(fee_amount=10) if trouble in ("lost", "silent") else None)
        assert again == Refunded(fee_amount=10)
        assert len(paypal.refunds) == 1

    async def test_may_be_refused_or_wait_or_fail(self, shop: Shop, paypal: FakePayPal) -> None:
        asked = await paid(shop, paypal)
        too_much, slow = [Repayment(refund_id=new_id(), charge=asked, amount=amount) for amount in (1500, 700)]
        paypal.refund_as = "PENDING"

        answers = [await PAYPAL.refund(shop, too_much), await PAYPAL.refund(shop, slow)]
        paypal.refunds[0].update(status="FAILED", status_details={"reason": "ECHECK"})
        failed = await PAYPAL.refund_outcome(shop, slow)

        assert [type(answer) for answer in answers] == [RefundFailed, RefundPending]
        assert "REFUND_AMOUNT_EXCEEDED" in str(answers[0])
        assert failed == RefundFailed(reason="PayPal could not pay the money back: ECHECK.")

    async def test_wait_for_the_right_credentials(self, shop: Shop, paypal: FakePayPal, api: ContractClient) -> None:
        part = Repayment(refund_id=new_id(), charge=await paid(shop, paypal), amount=500)
        await takes_paypal(api, shop.store_id, secret="wrong")

        with pytest.raises(Unanswered):
            await PAYPAL.refund(shop, part)


class TestDisputes:
    @pytest.mark.parametrize(
        ("status", "outcome", "stage", "state"),
        [
            ("WAITING_FOR_SELLER_RESPONSE", "", "CHARGEBACK", "pending"),
            ("RESOLVED", "RESOLVED_BUYER_FAVOUR", "CHARGEBACK", "lost"),
            ("RESOLVED", "RESOLVED_SELLER_FAVOUR", "CHARGEBACK", "won"),
            ("RESOLVED", "A_WORD_OF_TOMORROW", "ARBITRATION", "pending"),
            ("OPEN", "", "INQUIRY", None),
            ("RESOLVED", "CANCELED_BY_BUYER", "INQUIRY", None),
            ("RESOLVED", "ACCEPTED", "INQUIRY", "lost"),
        ],
    )
    async def test_stand_as_paypal_says(
        self, shop: Shop, paypal: FakePayPal, status: str, outcome: str, stage: str, state: Any
    ) -> None:
        asked = await paid(shop, paypal)
        before = await PAYPAL.disputes(shop, asked)
        paypal.dispute(status, outcome, stage)

        found = await PAYPAL.disputes(shop, asked)

        expected = Dispute(reference="PP-D-1", state=state, amount=1499, fee_amount=2000, reason="UNAUTHORISED")
        assert before == []
        assert found == ([expected] if state else [])

    async def test_need_money_that_was_taken(self, shop: Shop, paypal: FakePayPal) -> None:
        asked = charge()
        await PAYPAL.charge(shop, asked, "paypal")

        assert await PAYPAL.disputes(shop, asked) == []


class TestAmounts:
    @pytest.mark.parametrize(
        ("amount", "currency", "value"),
        [(1499, "usd", "14.99"), (5, "eur", "0.05"), (500, "jpy", "500"), (50_000, "huf", "500"), (100, "twd", "1")],
    )
    def test_are_in_paypal_s_own_form(self, amount: int, currency: str, value: str) -> None:
        assert written(amount, currency) == {"currency_code": currency.upper(), "value": value}
        assert minor_units(Money(currency.upper(), value), currency) == amount

    @pytest.mark.parametrize(
        ("amount", "currency", "code"),
        [
            (1500, "kwd", "currency_not_supported"),
            (1500, "isk", "currency_not_supported"),
            (50_050, "huf", "invalid_amount"),
        ],
    )
    async def test_that_paypal_cannot_take_are_declined_without_asking(
        self, shop: Shop, paypal: FakePayPal, amount: int, currency: str, code: str
    ) -> None:
        answer = await PAYPAL.charge(shop, charge(amount=amount, currency=currency), "paypal")

        with pytest.raises(Rejected, match="PayPal takes no"):
            written(amount, currency)
        assert isinstance(answer, Declined)
        assert answer.error.decline_code == code
        assert paypal.calls == []
