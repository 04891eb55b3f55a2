"""What the simulated bank can be told to do, as an integrator drives it: over HTTP, in the time of the store."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from sutler.billing.orders.models import Order
from sutler.billing.payments.models import Payment
from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.work.runner import Worker
from sutler.stores.ledger import service as ledger
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import checkout, line, open_checkout

Pay = Callable[..., Awaitable[dict[str, Any]]]
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
BEGINNING = clock.real_now().replace(microsecond=0)


@pytest.fixture
async def token(api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside) -> str:
    """The token of an open checkout at 14.99, in a store whose clock stands."""
    async with inside(store.id) as context:
        await set_clock(context, BEGINNING)
    return str((await open_checkout(api, store.id, checkout(customer.id, line(product.id))))["token"])


@pytest.fixture
def pay(api: ContractClient, store: SeededStore, token: str) -> Pay:
    """Pay as the body says; the order that is answered."""

    async def attempt(**body: Any) -> dict[str, Any]:
        answer = await api.post(f"/v1/stores/{store.id}/simulator/checkouts/{token}/pay", json=body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    return attempt


@pytest.fixture
def later(inside: Inside, store: SeededStore, worker: Worker) -> Callable[..., Awaitable[tuple[str, list[str]]]]:
    """What has become of the order and its payments after so much of the store's time."""

    async def look(**passed: float) -> tuple[str, list[str]]:
        async with inside(store.id) as context:
            await set_clock(context, BEGINNING + timedelta(**passed))
        await worker.drain()
        async with inside(store.id) as context:
            (order,) = await context.all(context.rows(Order))
            return order.status, [payment.status for payment in await context.all(context.rows(Payment))]

    return look


Later = Callable[..., Awaitable[tuple[str, list[str]]]]


class TestCards:
    @pytest.mark.parametrize(
        ("number", "code"),
        [
            ("4242 4242 4242 4242", None),
            ("4000000000009995", "insufficient_funds"),
            ("4000000000000069", "expired_card"),
            ("4000000000000119", "processing_error"),
        ],
    )
    async def test_stand_for_an_outcome(self, pay: Pay, number: str, code: str | None) -> None:
        error = (await pay(card_number=number)).get("last_payment_error")

        assert (error["decline_code"] if error else None) == code

    async def test_that_are_not_for_testing_are_refused(
        self, api: ContractClient, store: SeededStore, token: str, inside: Inside
    ) -> None:
        path = f"/v1/stores/{store.id}/simulator/checkouts/{token}/pay"

        answers = [await api.post(path, json={"card_number": number}) for number in ("4111111111111111", "x" * 16)]

        assert [(one.status_code, one.json()["code"]) for one in answers] == [(400, "InvalidInput")] * 2
        async with inside(store.id) as context:
            assert not await context.exists(context.rows(Order))


class TestDecline:
    async def test_gives_the_reason_that_was_asked_for(self, pay: Pay) -> None:
        order = await pay(outcome="decline", decline_code="stolen_card")

        assert order["last_payment_error"] == {
            "decline_code": "stolen_card",
            "message": "The simulated card was declined, as asked: stolen card.",
        }


class TestLater:
    @pytest.mark.parametrize("notices", ["once", "twice", "late", "never"])
    @pytest.mark.parametrize(
        ("outcome", "ends"), [("succeed_later", ("completed", ["completed"])), ("decline_later", ("created", ["failed"]))]
    )
    async def test_is_settled_once_however_often_the_bank_tells(
        self, pay: Pay, later: Later, inside: Inside, store: SeededStore, outcome: str, ends: Any, notices: str
    ) -> None:
        order = await pay(outcome=outcome, after_seconds=600, notices=notices)
        assert order["status"] == "created"
        assert await later(seconds=599) == ("created", ["pending"])

        assert await later(seconds=661) == ends
        assert await later(hours=23) == ends

        async with inside(store.id) as context:
            paid = {("gateway:simulator", "usd"): 1499, ("sales", "usd"): -1499}
            assert await ledger.balances(context) == (paid if ends[0] == "completed" else {})

    async def test_comes_with_the_notice_before_anyone_asks(self, pay: Pay, later: Later) -> None:
        await pay(outcome="succeed_later", after_seconds=600)

        assert (await later(seconds=600))[0] == "completed"

    async def test_keeps_others_from_paying_and_the_checkout_from_expiring(
        self, pay: Pay, later: Later, api: ContractClient, store: SeededStore, token: str
    ) -> None:
        await pay(outcome="succeed_later", after_seconds=2 * 86_400)

        again = await api.post(f"/v1/stores/{store.id}/simulator/checkouts/{token}/pay", json={"outcome": "succeed"})

        assert (again.status_code, again.json()["code"]) == (409, "PaymentInProgress")
        assert await later(days=1, hours=1) == ("created", ["pending"])
        assert await later(days=2, minutes=1) == ("completed", ["completed"])


class TestUnanswered:
    @pytest.mark.parametrize(
        ("outcome", "ends"),
        [("succeed_unanswered", ("completed", ["completed"])), ("decline_unanswered", ("created", ["failed"]))],
    )
    async def test_is_asked_for_after_a_minute(self, pay: Pay, later: Later, outcome: str, ends: Any) -> None:
        order = await pay(outcome=outcome)

        assert order["status"] == "created"
        assert await later(seconds=59) == ("created", ["pending"])
        assert await later(seconds=61) == ends


class TestAuthenticate:
    @pytest.mark.parametrize(
        ("answer", "ends"), [("approve", ("completed", ["completed"])), ("refuse", ("created", ["failed"]))]
    )
    async def test_asks_the_buyer_on_the_banks_page(
        self, visitor: httpx2.AsyncClient, token: str, later: Later, answer: str, ends: Any
    ) -> None:
        fields = {"token": token, "instrument": "succeed", "script": "authenticate"}
        sent = await visitor.post("/checkout/pay", data=fields, headers=SAME_SITE)
        assert sent.status_code == 303
        bank = await visitor.get(sent.headers["location"])
        waiting = await visitor.get("/checkout/", params={"t": token})

        answered = await visitor.post("/checkout/bank", data={"token": token, "answer": answer}, headers=SAME_SITE)
        again = await visitor.post("/checkout/bank", data={"token": token, "answer": "approve"}, headers=SAME_SITE)

        assert "asks for $14.99" in bank.text
        assert "Your bank wants you to confirm this payment." in waiting.text
        assert [one.status_code for one in (answered, again)] == [303, 303]
        assert await later(seconds=1) == ends

    async def test_fails_when_nobody_confirms(self, pay: Pay, later: Later) -> None:
        await pay(outcome="authenticate")

        assert await later(minutes=14) == ("created", ["pending"])
        assert await later(minutes=16) == ("created", ["failed"])

    async def test_can_be_given_up_for_another_way(
        self, visitor: httpx2.AsyncClient, pay: Pay, token: str, later: Later
    ) -> None:
        await pay(outcome="authenticate")

        await visitor.post("/checkout/other", data={"token": token}, headers=SAME_SITE)

        assert await later(seconds=1) == ("created", ["canceled"])
        assert (await pay(outcome="succeed"))["status"] == "completed"

    async def test_is_nothing_that_another_site_can_answer(self, visitor: httpx2.AsyncClient, pay: Pay, token: str) -> None:
        await pay(outcome="authenticate")

        fields = {"token": token, "answer": "approve"}
        answer = await visitor.post("/checkout/bank", data=fields, headers={"Sec-Fetch-Site": "cross-site"})

        assert answer.status_code == 403

    async def test_leads_back_when_there_is_nothing_to_confirm(self, visitor: httpx2.AsyncClient, token: str) -> None:
        answer = await visitor.get("/checkout/bank", params={"t": token})

        assert (answer.status_code, answer.headers["location"]) == (303, f"/checkout/?t={token}")
