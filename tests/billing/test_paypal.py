"""Paying through PayPal on the checkout page, whatever happens on the way; PayPal is a stand-in on this machine."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx2
import pytest

from sutler.billing.gateways import paypal_api
from sutler.billing.orders.models import Order
from sutler.billing.payments.models import Payment
from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.work.runner import Worker
from sutler.stores.ledger import service as ledger
from sutler.stores.stores.models import Store
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import checkout, line, open_checkout
from tests.make.paypal import FakePayPal, Trouble, takes_paypal

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
BEGINNING = clock.real_now().replace(microsecond=0)
Look = Callable[..., Awaitable[tuple[str, list[Payment]]]]


@pytest.fixture
async def token(
    api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, paypal: FakePayPal
) -> str:
    """The token of an open checkout at 14.99 in a store that uses PayPal, and whose clock stands."""
    await takes_paypal(api, store.id)
    async with inside(store.id) as context:
        await set_clock(context, BEGINNING)
    return str((await open_checkout(api, store.id, checkout(customer.id, line(product.id))))["token"])


async def paying(visitor: httpx2.AsyncClient, token: str) -> str:
    """Where the button for PayPal leads."""
    form = {"token": token, "instrument": "paypal", "email": "alex@example.com"}
    answer = await visitor.post("/checkout/pay", data=form, headers=SAME_SITE)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def shown(visitor: httpx2.AsyncClient, token: str) -> str:
    """The checkout page."""
    return (await visitor.get("/checkout/", params={"t": token})).text


async def coming_back(visitor: httpx2.AsyncClient, paypal: FakePayPal, id: str) -> None:
    """The payer comes back from PayPal, which adds what it likes to the address."""
    address = paypal.orders[id]["context"]["return_url"]
    answer = await visitor.get(f"{address}&token={id}&PayerID=QYR5")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        address.removesuffix("&returned=1")[len("http://test") :],
    )


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


class TestPaying:
    async def test_leads_to_paypal_and_completes_the_order_when_the_payer_comes_back(
        self, visitor: httpx2.AsyncClient, api: ContractClient, store: SeededStore, token: str, paypal: FakePayPal,
        later: Look, inside: Inside,
    ) -> None:  # fmt: skip
        offer = await shown(visitor, token)
        address = await paying(visitor, token)
        waiting = await shown(visitor, token)
        paypal.approve(paypal.only)

        for _ in range(2):
            await coming_back(visitor, paypal, paypal.only)
        thanks = await shown(visitor, token)

        status, (payment,) = await later()
        async with inside(store.id) as context:
            assert await ledger.balances(context) == {
                ("gateway:paypal", "usd"): 1417, ("fees", "usd"): 82, ("sales", "usd"): -1499,
            }  # fmt: skip
        dto = (await api.get(f"/v1/stores/{store.id}/payments/{payment.id}")).json()
        unit = paypal.orders[paypal.only]["purchase_units"][0]
        assert "Pay $14.99 with PayPal" in offer
        assert address == f"{paypal.url}/checkoutnow?token={paypal.only}"
        assert "on a page of PayPal’s" in waiting
        assert address in waiting
        assert "Thank you" in thanks
        assert (status, payment.status, len(paypal.captures), len(paypal.tokens)) == ("completed", "completed", 1, 1)
        assert unit["amount"] == {"currency_code": "USD", "value": "14.99"}
        assert unit["custom_id"] == unit["invoice_id"] == payment.id == payment.gateway_reference
        assert payment.method_type == "paypal"
        assert dto["method"]["method_details"]["paypal"] == {
            "payer_id": "QYR5", "payer_email": "alex@example.com", "payer_name": "Alex Doe", "country": "DE", "vault": False,
            "pending_vault_approval": None, "standalone_setup": None,
        }  # fmt: skip

    async def test_is_offered_as_a_type_of_its_own_that_can_be_switched_off(
        self, visitor: httpx2.AsyncClient, api: ContractClient, store: SeededStore, token: str
    ) -> None:
        path = f"/v1/stores/{store.id}/payment-method-types"
        listed = {one["id"]: (one["name"], one["gateways"]) for one in (await api.get(path)).json()}

        await api.patch(f"{path}/paypal/toggle", json={"enabled": False})

        assert listed["paypal"] == ("PayPal", ["paypal"])
        assert "PayPal" not in await shown(visitor, token)
        assert await paying(visitor, token) == f"/checkout/?t={token}"

    async def test_in_live_mode_is_asked_where_only_live_credentials_work(
        self, visitor: httpx2.AsyncClient, store: SeededStore, token: str, paypal: FakePayPal, inside: Inside, later: Look
    ) -> None:
        async with inside(store.id) as context:
            await context.change(await context.get(Store, store.id), {"live_mode": True})

        await paying(visitor, token)

        assert ((await later())[1][0].status, paypal.calls) == ("pending", [])  # nobody is there in tests

    async def test_is_refused_for_good_when_the_credentials_are_wrong(
        self, visitor: httpx2.AsyncClient, api: ContractClient, store: SeededStore, token: str, paypal: FakePayPal
    ) -> None:
        await takes_paypal(api, store.id, secret="wrong")
        await paying(visitor, token)
        refused = await shown(visitor, token)

        await takes_paypal(api, store.id)

        assert "cannot take payments by PayPal at the moment" in refused
        assert "invalid_client" not in refused
        assert (await paying(visitor, token)).startswith(paypal.url)


class TestGivingUp:
    async def test_lets_the_payer_choose_another_way_and_never_asks_for_the_money(
        self, visitor: httpx2.AsyncClient, token: str, paypal: FakePayPal, later: Look
    ) -> None:
        await paying(visitor, token)
        id = paypal.only

        await visitor.post("/checkout/other", data={"token": token}, headers=SAME_SITE)
        paypal.approve(id)
        await coming_back(visitor, paypal, id)
        again = await paying(visitor, token)

        _, (first, second) = await later(minutes=10)
        assert (first.status, second.status, paypal.captures) == ("canceled", "pending", [])
        assert again.startswith(paypal.url)
        assert again != f"{paypal.url}/checkoutnow?token={id}"

    async def test_comes_too_late_when_the_money_was_asked_for(
        self, visitor: httpx2.AsyncClient, token: str, paypal: FakePayPal, later: Look
    ) -> None:
        await paying(visitor, token)
        paypal.approve(paypal.only)
        paypal.troubles = ["lost"]
        await coming_back(visitor, paypal, paypal.only)

        await visitor.post("/checkout/other", data={"token": token}, headers=SAME_SITE)

        status, (payment,) = await later()
        assert (status, payment.status, len(paypal.captures)) == ("completed", "completed", 1)


class TestOutcomes:
    async def test_say_why_when_paypal_declines_and_leave_the_payer_another_try(
        self, visitor: httpx2.AsyncClient, token: str, paypal: FakePayPal, later: Look
    ) -> None:
        await paying(visitor, token)
        first = paypal.only
        paypal.approve(first)
        paypal.refuses = ["INSTRUMENT_DECLINED"]
        await coming_back(visitor, paypal, first)
        declined = await shown(visitor, token)

        await paying(visitor, token)
        (second,) = set(paypal.orders) - {first}
        paypal.approve(second)
        await coming_back(visitor, paypal, second)

        status, (failed, payment) = await later()
        assert "Choose another one." in declined
        assert failed.last_payment_error is not None
        assert failed.last_payment_error.decline_code == "do_not_honor"
        assert (failed.status, status, payment.status, len(paypal.captures)) == ("failed", "completed", "completed", 1)

    @pytest.mark.parametrize("trouble", ["lost", "silent", "dead", "busy", "broken", "signed_out"])
    @pytest.mark.parametrize("capturing", [False, True])
    async def test_are_found_when_an_answer_never_came(
        self, visitor: httpx2.AsyncClient, token: str, paypal: FakePayPal, later: Look, trouble: Trouble, capturing: bool,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        monkeypatch.setattr(paypal_api, "PATIENCE", 0.3)
        paypal.troubles = [] if capturing else [trouble]
        await paying(visitor, token)
        await later(minutes=2)
        paypal.approve(paypal.only)
        paypal.troubles = [trouble] if capturing else []
        await coming_back(visitor, paypal, paypal.only)

        status, (payment,) = await later(minutes=10)

        assert (status, payment.status, payment.gateway_fee_amount) == ("completed", "completed", 82)
        assert (len(paypal.orders), len(paypal.captures)) == (1, 1)

    async def test_of_money_that_paypal_looks_at_first_are_awaited(
        self, visitor: httpx2.AsyncClient, token: str, paypal: FakePayPal, later: Look
    ) -> None:
        paypal.capture_as = "PENDING"
        await paying(visitor, token)
        paypal.approve(paypal.only)
        await coming_back(visitor, paypal, paypal.only)
        _, (early,) = await later(minutes=2)
        offer = await shown(visitor, token)
        paypal.complete(paypal.only)

        status, (payment,) = await later(minutes=10)

        assert (early.status, early.continue_url) == ("pending", None)
        assert "being confirmed" in offer
        assert (status, payment.status, len(paypal.captures)) == ("completed", "completed", 1)
