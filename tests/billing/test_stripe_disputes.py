"""Disputes of what was paid by card: Stripe tells, and is asked; Stripe is a stand-in on this machine."""

import json
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from sutler.billing.gateways.interface import Charge, Dispute
from sutler.billing.gateways.stripe_disputes import Booking, Disputed, disputed, meaning
from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.work.runner import Worker
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import checkout, line, open_checkout
from tests.make.disputes import Case
from tests.make.stripe import FakeStripe, signed, takes_cards

BEGINNING = clock.real_now().replace(microsecond=0)
SOLD, KEPT, FEE = 1499, 73, 1500  # Stripe's fees for the payment and for a dispute


@pytest.fixture
async def case(
    api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, stripe: FakeStripe,
    visitor: httpx2.AsyncClient, worker: Worker,
) -> Case:  # fmt: skip
    """An order at 14.99 that was paid by card and delivered, in a store whose clock stands."""
    await takes_cards(api, store.id)
    async with inside(store.id) as context:
        await set_clock(context, BEGINNING)
    opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))
    form = {"token": opened["token"], "instrument": "stripe"}
    assert (await visitor.post("/checkout/pay", data=form, headers={"Sec-Fetch-Site": "same-origin"})).status_code == 303
    stripe.pay(stripe.only)
    async with inside(store.id) as context:
        await set_clock(context, BEGINNING + timedelta(minutes=1))
    await worker.drain()
    (order,) = (await api.get(f"/v1/stores/{store.id}/orders")).json()
    return await Case.of(api, store.id, inside, worker, order)


async def told(visitor: httpx2.AsyncClient, case: Case, body: bytes) -> int:
    """What is answered to a notification."""
    sent, headers = signed(body)
    path = f"/v1/gateways/stripe/{case.store_id}/notifications"
    return (await visitor.post(path, content=sent, headers=headers)).status_code


class TestDispute:
    @pytest.mark.parametrize(
        ("outcome", "books"),
        [
            ("won", {"gateway:stripe": SOLD - KEPT, "fees": KEPT}),
            ("lost", {"gateway:stripe": -KEPT - FEE, "fees": KEPT + FEE, "chargebacks": SOLD}),
        ],
    )
    async def test_takes_effect_when_stripe_tells_and_is_decided_when_it_is_asked(
        self,
        case: Case,
        visitor: httpx2.AsyncClient,
        stripe: FakeStripe,
        inside: Inside,
        outcome: str,
        books: dict[str, int],
    ) -> None:
        dispute = stripe.disputes.open(f"pi_{stripe.only}", SOLD)
        answers = [await told(visitor, case, stripe.disputes.notice(dispute)) for _ in range(2)]
        await case.worker.drain()
        opened = await case.payment()
        stripe.disputes.decide(outcome)
        async with inside(case.store_id) as context:
            await set_clock(context, BEGINNING + timedelta(days=1, minutes=2))
        await case.worker.drain()

        (found,) = await case.disputes()
        assert answers == [200, 200]
        assert (opened["status"], opened["chargeback_status"]) == ("chargeback", "pending")
        assert (found["reference"], found["state"], found["reason"]) == ("dp_1", outcome, "product not received")
        assert await case.balances() == books | {"sales": -SOLD}
        assert {item["revoke_reason"] for item in await case.items()} == {"chargeback"}

    async def test_is_not_believed_without_stripe_s_own_word(
        self, case: Case, visitor: httpx2.AsyncClient, stripe: FakeStripe
    ) -> None:
        foreign = {"payment_intent": "pi_of_another_shop"}
        said: list[Any] = [{"payment_intent": f"pi_{stripe.only}"}, foreign, {"payment_intent": None}, {}]

        for thing in said:
            body = json.dumps({"type": "charge.dispute.created", "data": {"object": thing}}).encode()
            assert await told(visitor, case, body) == 200
        await case.worker.drain()

        assert (await case.payment())["chargeback_status"] == "none"

    async def test_that_is_only_an_inquiry_changes_nothing(self, case: Case, stripe: FakeStripe) -> None:
        stripe.disputes.open(f"pi_{stripe.only}", SOLD, "warning_needs_response")

        answer = await case.ask()

        assert (answer.status_code, answer.json()) == (200, [])

    async def test_is_not_known_while_stripe_does_not_answer(
        self, case: Case, stripe: FakeStripe, api: ContractClient
    ) -> None:
        await takes_cards(api, case.store_id, "sk_test_wrong")

        answer = await case.ask()

        assert (answer.status_code, answer.json()["code"]) == (503, "NotAnswered")


class TestMeaning:
    @pytest.mark.parametrize(
        ("currency", "theirs", "ours"),
        [("usd", 1499, 1499), ("jpy", 1499, 1499), ("isk", 149_900, 1499), ("kwd", 14_990, 14_990)],
    )
    def test_counts_in_our_units(self, currency: str, theirs: int, ours: int) -> None:
        charge = Charge(payment_id="1", order_id="2", amount=ours, currency=currency, email="", page_url="")
        booked = [Booking(amount=-theirs * 3, fee=30)]
        found = Disputed(id="dp_1", status="lost", amount=theirs, balance_transactions=booked)

        said = meaning(found, charge)

        assert said == Dispute(reference="dp_1", state="lost", amount=ours, fee_amount=said.fee_amount if said else 0)
        assert said is not None
        assert said.fee_amount == round(30 * ours / (3 * theirs))

    @pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"data": {"object": {"payment_intent": {}}}}', b"\xff"])
    def test_is_nothing_for_what_says_nothing(self, body: bytes) -> None:
        assert disputed(body) is None
