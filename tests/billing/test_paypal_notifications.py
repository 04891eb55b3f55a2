"""What PayPal tells: believed only when PayPal says that it was PayPal, and then only a reason to ask."""

from typing import Any

import httpx2
import pytest

from sutler.billing.payments.models import Payment
from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.work.runner import Worker
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import checkout, line, open_checkout
from tests.make.paypal import FakePayPal, takes_paypal

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
async def payment_id(
    api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, paypal: FakePayPal,
    visitor: httpx2.AsyncClient,
) -> str:  # fmt: skip
    """A payment that waits for its payer, who has agreed."""
    await takes_paypal(api, store.id)
    token = str((await open_checkout(api, store.id, checkout(customer.id, line(product.id))))["token"])
    await visitor.post("/checkout/pay", data={"token": token, "instrument": "paypal"}, headers=SAME_SITE)
    paypal.approve(paypal.only)
    async with inside(store.id) as context:
        (payment,) = await context.all(context.rows(Payment))
    return payment.id


async def tell(visitor: httpx2.AsyncClient, store_id: FlakeId, message: tuple[bytes, Any]) -> int:
    """What is answered to a notification."""
    body, headers = message
    return (await visitor.post(f"/v1/gateways/paypal/{store_id}/notifications", content=body, headers=headers)).status_code


async def status_of(inside: Inside, store: SeededStore, payment_id: FlakeId) -> str:
    """What has become of the payment."""
    async with inside(store.id) as context:
        return (await context.get(Payment, payment_id)).status


class TestNotifications:
    async def test_take_the_money_at_once_and_once(
        self, visitor: httpx2.AsyncClient, store: SeededStore, payment_id: str, paypal: FakePayPal, worker: Worker,
        inside: Inside,
    ) -> None:  # fmt: skip
        approved = paypal.notification(paypal.orders[paypal.only])

        answers = [await tell(visitor, store.id, approved) for _ in range(2)]
        await worker.drain()
        captured = paypal.notification(paypal.captures[0], "PAYMENT.CAPTURE.COMPLETED")
        answers += [await tell(visitor, store.id, message) for message in (captured, approved)]
        await worker.drain()

        assert (answers, await status_of(inside, store, payment_id)) == ([200] * 4, "completed")
        assert len(paypal.captures) == 1

    async def test_of_disputes_are_followed_though_the_payment_is_settled(
        self, visitor: httpx2.AsyncClient, store: SeededStore, payment_id: str, paypal: FakePayPal, worker: Worker,
        inside: Inside,
    ) -> None:  # fmt: skip
        await tell(visitor, store.id, paypal.notification(paypal.orders[paypal.only]))
        await worker.drain()
        paypal.dispute()
        disputed = {"dispute_id": "PP-D-1", "disputed_transactions": [{"custom": payment_id}]}

        answer = await tell(visitor, store.id, paypal.notification(disputed, "CUSTOMER.DISPUTE.CREATED"))
        await worker.drain()

        async with inside(store.id) as context:
            payment = await context.get(Payment, payment_id)
        assert (answer, payment.chargeback_status) == (200, "pending")

    async def test_must_be_paypal_s_own_and_for_this_webhook(
        self, visitor: httpx2.AsyncClient, store: SeededStore, payment_id: str, paypal: FakePayPal, worker: Worker,
        inside: Inside,
    ) -> None:  # fmt: skip
        body, headers = paypal.notification(paypal.orders[paypal.only])
        asked = "POST /v1/notifications/verify-webhook-signature"
        refused_by_paypal = [
            paypal.notification(paypal.orders[paypal.only], webhook="ANOTHER"),
            (body.replace(b"WH-1", b"WH-2"), headers),
            (body, headers | {"PayPal-Transmission-Sig": "sig|forged"}),
        ]
        never_asked_about = [
            (body, {}),
            (body, headers | {"PayPal-Transmission-Sig": "x" * 501}),
            (body, headers | {"PayPal-Transmission-Id": b"\xfc"}),
            (b"\xff", headers),
            (body + b',"webhook_id":"ANOTHER"}', headers),
            (b"[1]", headers),
            (b'{"a":"' + b"x" * 300_000 + b'"}', headers),
        ]

        answers = [await tell(visitor, store.id, message) for message in refused_by_paypal]
        questions = paypal.calls.count(asked)
        answers += [await tell(visitor, store.id, message) for message in never_asked_about]
        too_large = await tell(visitor, store.id, (b"x" * 3_000_000, headers))

        await worker.drain()
        assert answers == [400] * 10
        assert too_large == 413
        assert (questions, paypal.calls.count(asked)) == (3, 3)
        assert await status_of(inside, store, payment_id) == "pending"

    async def test_of_other_things_are_heard_and_left(
        self, visitor: httpx2.AsyncClient, api: ContractClient, store: SeededStore, other: SeededStore, client: Any,
        payment_id: str, paypal: FakePayPal, worker: Worker, inside: Inside,
    ) -> None:  # fmt: skip
        await takes_paypal(client(f"APIKey {other.api_key}"), other.id)
        strangers: list[dict[str, Any]] = [
            {"custom_id": new_id()}, {"custom_id": "Robert'); --"}, {"id": "PAYOUT"}, {"custom_id": 5},
        ]  # fmt: skip
        told = [(store.id, paypal.notification(one)) for one in strangers]
        told += [(other.id, paypal.notification(paypal.orders[paypal.only]))]

        answers = [await tell(visitor, store_id, message) for store_id, message in told]

        await worker.drain()
        assert answers == [200] * 5
        assert await status_of(inside, store, payment_id) == "pending"

    async def test_are_to_be_sent_again_when_paypal_cannot_be_asked(
        self, visitor: httpx2.AsyncClient, api: ContractClient, store: SeededStore, payment_id: str, paypal: FakePayPal
    ) -> None:
        await takes_paypal(api, store.id, secret="wrong")

        assert await tell(visitor, store.id, paypal.notification(paypal.orders[paypal.only])) == 503

    async def test_for_stores_that_do_not_use_it_find_nobody(
        self, visitor: httpx2.AsyncClient, store: SeededStore, other: SeededStore, paypal: FakePayPal
    ) -> None:
        answers = [await tell(visitor, id, paypal.notification({})) for id in (store.id, other.id, new_id(), "me")]

        assert (answers, paypal.calls) == ([404] * 4, [])
