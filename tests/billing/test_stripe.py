"""Paying by card through Stripe, whatever happens on the way; Stripe is a stand-in on this machine."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from sutler.billing.gateways import stripe_sdk
from sutler.billing.orders.models import Order
from sutler.billing.payments.models import Payment
from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.ids import FlakeId, created_at, new_id
from sutler.kernel.work.runner import Worker
from sutler.stores.ledger import service as ledger
from sutler.stores.stores.models import Store
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import checkout, line, open_checkout
from tests.make.stripe import CARD, KEY, LIVE_KEY, SECRET, FakeStripe, Trouble, signed, takes_cards

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
BEGINNING = clock.real_now().replace(microsecond=0)
Look = Callable[..., Awaitable[tuple[str, list[Payment]]]]


@pytest.fixture
async def token(
    api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, stripe: FakeStripe
) -> str:
    """The token of an open checkout at 14.99 in a store that uses Stripe, and whose clock stands."""
    await takes_cards(api, store.id)
    async with inside(store.id) as context:
        await set_clock(context, BEGINNING)
    return str((await open_checkout(api, store.id, checkout(customer.id, line(product.id))))["token"])


async def paying(visitor: httpx2.AsyncClient, token: str, **headers: str) -> str:
    """Where the button for cards leads."""
    form = {"token": token, "instrument": "stripe", "email": "alex@example.com"}
    answer = await visitor.post("/checkout/pay", data=form, headers=SAME_SITE | headers)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def shown(visitor: httpx2.AsyncClient, token: str) -> str:
    """The checkout page."""
    return (await visitor.get("/checkout/", params={"t": token})).text


async def tell(visitor: httpx2.AsyncClient, store_id: FlakeId, message: tuple[bytes, Any]) -> int:
    """What is answered to a notification."""
    body, headers = message
    return (await visitor.post(f"/v1/gateways/stripe/{store_id}/notifications", content=body, headers=headers)).status_code


@pytest.fixture
def later(inside: Inside, store: SeededStore, worker: Worker) -> Look:
    """What has become of the order and its payments after so much of the store's time."""

    async def look(**passed: float) -> tuple[str, list[Payment]]:
        async with inside(store.id) as context:
            await set_clock(context, BEGINNING + timedelta(**passed))
        await worker.drain()
        async with inside(store.id) as context:
            (order,) = await context.all(context.rows(Order))
            return order.status, sorted(await context.all(context.rows(Payment)), key=lambda one: int(one.id))

    return look


class TestGivingUp:
    async def test_lets_the_payer_choose_another_way_at_once(
        self, visitor: httpx2.AsyncClient, token: str, stripe: FakeStripe, later: Look
    ) -> None:
        await paying(visitor, token)
        offer = await shown(visitor, token)

        answers = [
            await visitor.post("/checkout/other", data={"token": token}, headers=SAME_SITE),
            await visitor.post("/checkout/pay", data={"token": token, "instrument": "succeed"}, headers=SAME_SITE),
        ]

        status, (first, second) = await later()
        assert "Pay another way" in offer
        assert [answer.status_code for answer in answers] == [303, 303]
        assert stripe.sessions[stripe.only]["status"] == "expired"
        assert (status, first.status, second.status, second.gateway) == ("completed", "canceled", "completed", "simulator")

    async def test_comes_too_late_when_the_money_is_there(
        self, visitor: httpx2.AsyncClient, token: str, stripe: FakeStripe, later: Look
    ) -> None:
        await paying(visitor, token)
        stripe.pay(stripe.only)

        await visitor.post("/checkout/other", data={"token": token}, headers=SAME_SITE)

        status, (payment,) = await later()
        assert (status, payment.status, payment.gateway) == ("completed", "completed", "stripe")

    async def test_is_for_our_own_page(self, visitor: httpx2.AsyncClient, token: str, later: Look) -> None:
        await paying(visitor, token)

        answer = await visitor.post("/checkout/other", data={"token": token}, headers={"Sec-Fetch-Site": "cross-site"})

        assert answer.status_code == 403
        assert [payment.status for payment in (await later())[1]] == ["pending"]


class TestPaying:
    async def test_leads_to_stripe_and_completes_the_order_when_the_money_is_there(
        self, visitor: httpx2.AsyncClient, api: ContractClient, store: SeededStore, token: str, stripe: FakeStripe,
        later: Look, inside: Inside,
    ) -> None:  # fmt: skip
        offer = await shown(visitor, token)
        address = await paying(visitor, token)
        waiting = await shown(visitor, token)
        stripe.pay(stripe.only, settled=(1380, 64))  # in the currency of the account

        told = await tell(visitor, store.id, stripe.notification(stripe.only))
        status, (payment,) = await later()

        async with inside(store.id) as context:
            assert await ledger.balances(context) == {
                ("gateway:stripe", "usd"): 1429, ("fees", "usd"): 70, ("sales", "usd"): -1499,
            }  # fmt: skip
        dto = (await api.get(f"/v1/stores/{store.id}/payments/{payment.id}")).json()
        assert "Pay $14.99 by card" in offer
        assert address == f"{stripe.url}/pay/{stripe.only}"
        assert address in waiting
        assert (told, status, payment.status, payment.gateway_reference) == (200, "completed", "completed", payment.id)
        assert {name: dto["method"]["method_details"]["card"][name] for name in CARD} == CARD

    async def test_asks_for_the_order_s_own_amount_once(
        self, visitor: httpx2.AsyncClient, store: SeededStore, token: str, stripe: FakeStripe, later: Look
    ) -> None:
        for _ in range(2):
            await paying(visitor, token)

        (asked,) = stripe.asked
        _, (payment,) = await later()
        assert asked["line_items[0][price_data][unit_amount]"] == "1499"
        assert asked["customer_email"] == "alex@example.com"
        assert asked["success_url"] == asked["cancel_url"] == f"http://test/checkout/?t={token}"
        assert asked["metadata[payment_id]"] == asked["payment_intent_data[metadata][payment_id]"] == payment.id
        assert int(asked["expires_at"]) == int((created_at(payment.id) + timedelta(minutes=35)).timestamp())
        assert stripe.headers["Idempotency-Key"] == payment.id
        assert not [name for name in stripe.headers if name.startswith("X-Stripe-Client")]

    async def test_in_a_frame_stays_on_our_page(self, visitor: httpx2.AsyncClient, token: str, stripe: FakeStripe) -> None:
        address = await paying(visitor, token, **{"Sec-Fetch-Dest": "iframe"})

        page = await visitor.get(address, headers={"Sec-Fetch-Dest": "iframe"})

        assert address == f"/checkout/?t={token}"
        assert f'href="{stripe.url}/pay/{stripe.only}" data-external target="_blank"' in page.text

    @pytest.mark.parametrize(("key", "works"), [(LIVE_KEY, True), (KEY, False)])
    async def test_in_live_mode_takes_live_keys_only(
        self, visitor: httpx2.AsyncClient, api: ContractClient, store: SeededStore, token: str, stripe: FakeStripe,
        inside: Inside, later: Look, key: str, works: bool,
    ) -> None:  # fmt: skip
        await takes_cards(api, store.id, key)
        async with inside(store.id) as context:
            await context.change(await context.get(Store, store.id), {"live_mode": True})

        await paying(visitor, token)

        for id in stripe.sessions:
            stripe.pay(id)
        status, (payment,) = await later(minutes=2)
        assert (len(stripe.sessions), status, payment.status) == (
            (1, "completed", "completed") if works else (0, "created", "failed")
        )

    async def test_is_refused_for_good_when_stripe_takes_no_such_payment(
        self, visitor: httpx2.AsyncClient, api: ContractClient, store: SeededStore, token: str, stripe: FakeStripe
    ) -> None:
        await takes_cards(api, store.id, "sk_test_wrong")
        await paying(visitor, token)
        refused = await shown(visitor, token)

        await takes_cards(api, store.id)
        address = await paying(visitor, token)

        assert "cannot take cards at the moment" in refused
        assert "API Key" not in refused
        assert address.startswith(stripe.url)

    async def test_is_listed_as_a_way_to_pay_by_card(self, api: ContractClient, store: SeededStore) -> None:
        path = f"/v1/stores/{store.id}/payment-method-types"
        before = {one["id"]: one["gateways"] for one in (await api.get(path)).json()}

        await takes_cards(api, store.id)

        after = {one["id"]: one["gateways"] for one in (await api.get(path)).json()}
        assert (before["card"], after["card"], after["manual"]) == ([], ["stripe"], [])


class TestOutcomes:
    async def test_free_the_checkout_when_nobody_pays(
        self, visitor: httpx2.AsyncClient, token: str, stripe: FakeStripe, later: Look
    ) -> None:
        first = await paying(visitor, token)
        before, _ = await later(minutes=10)
        stripe.expire(stripe.only)

        after, (payment,) = await later(minutes=40)

        assert (before, after, payment.status) == ("created", "created", "canceled")
        assert await paying(visitor, token) not in (first, f"/checkout/?t={token}")

    async def test_leave_a_declined_payer_time_for_another_card(
        self, visitor: httpx2.AsyncClient, store: SeededStore, token: str, stripe: FakeStripe, later: Look
    ) -> None:
        await paying(visitor, token)
        stripe.decline(stripe.only, "insufficient_funds")
        await tell(visitor, store.id, stripe.notification(stripe.only, "payment_intent.payment_failed"))
        _, (declined,) = await later()
        stripe.pay(stripe.only)

        status, (payment,) = await later(minutes=10)

        assert (declined.status, status, payment.status) == ("pending", "completed", "completed")

    async def test_name_the_reason_when_the_payer_gives_up(
        self, visitor: httpx2.AsyncClient, token: str, stripe: FakeStripe, later: Look
    ) -> None:
        await paying(visitor, token)
        stripe.decline(stripe.only, "insufficient_funds")
        stripe.expire(stripe.only)

        _, (payment,) = await later(minutes=40)

        assert payment.status == "failed"
        assert payment.last_payment_error is not None
        assert payment.last_payment_error.decline_code == "insufficient_funds"

    @pytest.mark.parametrize("trouble", ["lost", "silent", "dead", "busy", "broken"])
    async def test_are_found_when_the_answer_never_came(
        self, visitor: httpx2.AsyncClient, token: str, stripe: FakeStripe, later: Look, trouble: Trouble,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        monkeypatch.setattr(stripe_sdk, "PATIENCE", 0.3)
        stripe.troubles = [trouble]
        address = await paying(visitor, token)
        _, (unknown,) = await later(minutes=2)
        stripe.pay(stripe.only)

        status, (payment,) = await later(minutes=10)

        assert address == f"/checkout/?t={token}"
        assert (unknown.status, unknown.continue_url) == ("pending", f"{stripe.url}/pay/{stripe.only}")
        assert (status, payment.status, payment.gateway_fee_amount) == ("completed", "completed", 73)

    async def test_wait_for_the_fee(self, visitor: httpx2.AsyncClient, token: str, stripe: FakeStripe, later: Look) -> None:
        await paying(visitor, token)
        stripe.pay(stripe.only, settled=None)
        _, (early,) = await later(minutes=2)
        stripe.pay(stripe.only)

        _, (payment,) = await later(minutes=10)

        assert (early.status, payment.status, payment.gateway_fee_amount) == ("pending", "completed", 73)


class TestNotifications:
    async def test_may_come_before_the_answer(
        self, visitor: httpx2.AsyncClient, store: SeededStore, token: str, stripe: FakeStripe, worker: Worker, later: Look
    ) -> None:
        async def at_once(id: str) -> None:
            stripe.before_answering = None
            stripe.pay(id)
            assert await tell(visitor, store.id, stripe.notification(id)) == 200
            await worker.drain()

        stripe.before_answering = at_once
        await paying(visitor, token)

        status, (payment,) = await later()

        assert (status, payment.status) == ("completed", "completed")
        assert "Thank you" in await shown(visitor, token)

    async def test_that_come_twice_late_and_out_of_order_change_nothing_twice(
        self, visitor: httpx2.AsyncClient, store: SeededStore, token: str, stripe: FakeStripe, later: Look, inside: Inside
    ) -> None:
        await paying(visitor, token)
        early = stripe.notification(stripe.only, "payment_intent.created")
        stripe.pay(stripe.only)
        paid = stripe.notification(stripe.only)

        answers = [await tell(visitor, store.id, message) for message in (paid, paid)]
        await later()
        asked = stripe.calls
        answers += [await tell(visitor, store.id, message) for message in (early, paid)]
        status, (payment,) = await later()

        async with inside(store.id) as context:
            assert (await ledger.balances(context))["sales", "usd"] == -1499
        assert (answers, status, payment.status) == ([200] * 4, "completed", "completed")
        assert stripe.calls == asked

    async def test_must_be_signed_by_stripe_for_this_store(
        self,
        visitor: httpx2.AsyncClient,
        api: ContractClient,
        store: SeededStore,
        token: str,
        stripe: FakeStripe,
        later: Look,
    ) -> None:
        await paying(visitor, token)
        await takes_cards(api, store.id, secret="whsec_2")
        stripe.pay(stripe.only)
        body, headers = stripe.notification(stripe.only, secret="whsec_2")
        forged = [
            stripe.notification(stripe.only, secret=SECRET),
            stripe.notification(stripe.only, secret="whsec_2", age=301),
            (body, {}),
            (body.replace(b"evt_1", b"evt_2"), headers),
            (b"\xff", headers),
            (body, {"Stripe-Signature": b"t=1,v1=\xfc"}),
        ]

        answers = [await tell(visitor, store.id, message) for message in forged]

        _, (payment,) = await later()
        assert (answers, payment.status) == ([400] * len(forged), "pending")

    async def test_of_other_things_are_heard_and_left(
        self, visitor: httpx2.AsyncClient, store: SeededStore, other: SeededStore, token: str, stripe: FakeStripe
    ) -> None:
        await paying(visitor, token)
        strangers = [
            {"data": {"object": {"metadata": {"payment_id": new_id(), "store_id": store.id}}}},
            {"data": {"object": {"metadata": {"payment_id": "Robert'); --", "store_id": store.id}}}},
            {"data": {"object": {"metadata": stripe.sessions[stripe.only]["metadata"] | {"store_id": other.id}}}},
            {"data": {"object": {"object": "payout"}}},
            ["nothing of the kind"],
        ]
        before = stripe.calls

        assert [await tell(visitor, store.id, signed(json.dumps(one).encode())) for one in strangers] == [200] * 5
        assert stripe.calls == before

    async def test_for_stores_that_do_not_use_it_find_nobody(
        self, visitor: httpx2.AsyncClient, api: ContractClient, store: SeededStore, other: SeededStore, token: str
    ) -> None:
        await api.patch(f"/v1/stores/{store.id}/gateways/stripe", json={"enabled": False})

        answers = [await tell(visitor, id, signed(b"{}")) for id in (store.id, other.id, new_id(), "9" * 19, "me")]

        assert answers == [404] * 5
