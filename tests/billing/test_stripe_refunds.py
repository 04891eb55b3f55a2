"""Giving back through Stripe what was paid by card, whatever happens on the way; Stripe is a stand-in on this machine."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from sutler.billing.gateways import stripe_sdk
from sutler.billing.payments.models import Payment
from sutler.billing.refunds.models import Refund
from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.work.runner import Worker
from sutler.stores.ledger import service as ledger
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import checkout, line, open_checkout
from tests.make.refunds import refund
from tests.make.stripe import FakeStripe, takes_cards
from tests.make.stripe_refunds import Trouble

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
BEGINNING = clock.real_now().replace(microsecond=0)
Later = Callable[..., Awaitable[tuple[str, list[Refund]]]]


@pytest.fixture
def later(inside: Inside, store: SeededStore, worker: Worker) -> Later:
    """How the payment and its refunds stand after so much of the store's time."""

    async def look(**passed: float) -> tuple[str, list[Refund]]:
        async with inside(store.id) as context:
            await set_clock(context, BEGINNING + timedelta(**passed))
        await worker.drain()
        async with inside(store.id) as context:
            (payment,) = await context.all(context.rows(Payment))
            return payment.status, await context.all(context.rows(Refund))

    return look


@pytest.fixture
async def payment(
    api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, stripe: FakeStripe,
    visitor: httpx2.AsyncClient, later: Later,
) -> Payment:  # fmt: skip
    """A payment of 14.99 by card, of which Stripe has kept 0.73, in a store whose clock stands."""
    await takes_cards(api, store.id)
    async with inside(store.id) as context:
        await set_clock(context, BEGINNING)
    opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))
    form = {"token": opened["token"], "instrument": "stripe"}
    assert (await visitor.post("/checkout/pay", data=form, headers=SAME_SITE)).status_code == 303
    stripe.pay(stripe.only)
    await later(minutes=1)
    async with inside(store.id) as context:
        (found,) = await context.all(context.rows(Payment))
    assert found.status == "completed"
    return found


async def held(inside: Inside, store: SeededStore) -> dict[tuple[str, str], int]:
    """What the accounts hold that hold anything."""
    async with inside(store.id) as context:
        return {account: amount for account, amount in (await ledger.balances(context)).items() if amount}


class TestRefund:
    async def test_gives_a_part_and_then_the_rest_back_but_not_the_fee(
        self, api: ContractClient, store: SeededStore, payment: Payment, stripe: FakeStripe, inside: Inside
    ) -> None:
        answers = [(await refund(api, store.id, payment.order_id, body)).json() for body in ({"amount": 500}, None)]

        assert [(one["status"], one["amount"]) for one in answers] == [("completed", 500), ("completed", 999)]
        assert [one["amount"] for one in stripe.refunds.made] == [500, 999]
        assert stripe.refunds.made[1]["metadata"] == {
            "refund_id": answers[1]["id"], "payment_id": payment.id, "order_id": payment.order_id, "store_id": store.id,
        }  # fmt: skip
        assert list(stripe.refunds.keys) == [one["id"] for one in answers]
        assert await held(inside, store) == {("gateway:stripe", "usd"): -73, ("fees", "usd"): 73}

    @pytest.mark.parametrize("trouble", ["lost", "silent", "dead", "busy", "broken"])
    async def test_is_found_by_its_id_when_the_answer_never_came(
        self, api: ContractClient, store: SeededStore, payment: Payment, stripe: FakeStripe, later: Later, trouble: Trouble,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        monkeypatch.setattr(stripe_sdk, "PATIENCE", 0.3)
        stripe.refunds.troubles = [trouble]

        answer = (await refund(api, store.id, payment.order_id)).json()
        stripe.refunds.keys.clear()  # as it forgets them after a day
        status, (settled,) = await later(minutes=3)

        assert (answer["status"], status, settled.status) == ("processing", "refunded", "completed")
        assert [one["amount"] for one in stripe.refunds.made] == [1499]

    @pytest.mark.parametrize(
        ("decision", "ends"), [("succeeded", ("refunded", "completed")), ("failed", ("refund_failed", "failed"))]
    )
    async def test_that_takes_its_time_is_settled_by_a_notification(
        self, api: ContractClient, visitor: httpx2.AsyncClient, store: SeededStore, payment: Payment, stripe: FakeStripe,
        later: Later, decision: str, ends: tuple[str, str],
    ) -> None:  # fmt: skip
        stripe.refunds.status = "pending"
        await refund(api, store.id, payment.order_id)
        meanwhile, _ = await later(minutes=3)
        stripe.refunds.decide(decision)

        body, headers = stripe.notification(stripe.only, "refund.updated")
        told = await visitor.post(f"/v1/gateways/stripe/{store.id}/notifications", content=body, headers=headers)
        status, (settled,) = await later(minutes=3)

        assert (meanwhile, told.status_code) == ("refund_processing", 200)
        assert (status, settled.status) == ends

    @pytest.mark.parametrize("spoilt", ["given back elsewhere", "another account"])
    async def test_fails_with_the_reason_when_stripe_refuses(
        self, api: ContractClient, store: SeededStore, payment: Payment, stripe: FakeStripe, later: Later, spoilt: str
    ) -> None:
        said: Any = "Refund amount is greater than unrefunded amount on charge."
        if spoilt == "given back elsewhere":
            stripe.refunds.paid = dict.fromkeys(stripe.refunds.paid, 500)
        else:
            await takes_cards(api, store.id, "sk_test_wrong")
            said = "Invalid API Key provided"

        told = (await refund(api, store.id, payment.order_id)).json()

        assert (told["status"], told["failure_reason"]) == ("failed", said)
        assert (await later(minutes=3))[0] == "refund_failed"
        assert stripe.refunds.made == []
