"""Setting gateways up, choosing kinds of payment, and paying by bank transfer or in cash."""

from typing import Any

import httpx2
import pytest

from sutler.billing.gateway_accounts.models import GatewayAccount
from sutler.billing.orders.models import Order
from sutler.billing.payments.models import Payment
from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.kernel.work.runner import Worker
from sutler.stores.ledger import service as ledger
from sutler.stores.stores.models import Store
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import attempt, bought
from tests.make.checkout import checkout, line, open_checkout

IBAN = "NL91 ABNA 0417 1643 00\nJ. Doe"
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
async def live(inside: Inside, store: SeededStore) -> None:
    """The store takes real money only."""
    async with inside(store.id) as context:
        await context.change(await context.get(Store, store.id), {"live_mode": True})


@pytest.fixture
async def token(api: ContractClient, store: SeededStore, customer: Customer, product: Product) -> str:
    """The token of an open checkout at 14.99."""
    return str((await open_checkout(api, store.id, checkout(customer.id, line(product.id))))["token"])


async def switched_on(api: ContractClient, store: SeededStore) -> None:
    """The store takes bank transfers and cash."""
    body = {"enabled": True, "settings": {"instructions": IBAN}}
    assert (await api.patch(f"/v1/stores/{store.id}/gateways/manual", json=body)).status_code == 200


async def awaited(visitor: httpx2.AsyncClient, inside: Inside, store: SeededStore, token: str) -> Payment:
    """A payment by transfer that has been announced."""
    answer = await visitor.post("/checkout/pay", data={"token": token, "instrument": "manual"}, headers=SAME_SITE)
    assert answer.status_code == 303
    async with inside(store.id) as context:
        (payment,) = await context.all(context.rows(Payment))
    return payment


async def settled(api: ContractClient, store: SeededStore, payment: Payment, outcome: str) -> httpx2.Response:
    """What the owner says of a payment."""
    return await api.post(f"/v1/stores/{store.id}/payments/{payment.id}/settle", json={"outcome": outcome})


class TestGateways:
    async def test_are_listed_with_what_they_need(self, api: ContractClient, store: SeededStore) -> None:
        answer = await api.get(f"/v1/stores/{store.id}/gateways")

        found = {one["name"]: one for one in answer.json()}
        assert (found["simulator"]["enabled"], found["manual"]["enabled"]) == (True, False)
        (needed,) = found["manual"]["settings"]
        assert (needed["name"], needed["is_set"], needed["value"]) == ("instructions", False, None)

    async def test_keep_what_they_were_told_sealed(
        self, api: ContractClient, store: SeededStore, other: SeededStore, inside: Inside
    ) -> None:
        await switched_on(api, store)

        shown = {one["name"]: one for one in (await api.get(f"/v1/stores/{store.id}/gateways")).json()}
        async with inside(store.id) as context:
            (account,) = await context.all(context.rows(GatewayAccount))
        async with inside(other.id) as context:
            assert not await context.exists(context.rows(GatewayAccount))
        assert shown["manual"]["settings"][0]["value"] == IBAN
        assert b"NL91" not in account.settings_sealed

    @pytest.mark.parametrize(
        ("gateway", "body", "status", "path"),
        [
            ("manual", {"enabled": True}, 400, "settings.instructions"),
            ("manual", {"enabled": True, "settings": {"instructions": " "}}, 400, "settings.instructions"),
            ("manual", {"settings": {"colour": "red"}}, 400, "settings.colour"),
            ("simulator", {"enabled": False}, 400, "enabled"),
            ("cheque", {"enabled": True}, 404, None),
        ],
    )
    async def test_refuse_what_cannot_be(
        self, api: ContractClient, store: SeededStore, gateway: str, body: Any, status: int, path: str | None
    ) -> None:
        before = (await api.get(f"/v1/stores/{store.id}/gateways")).json()

        answer = await api.patch(f"/v1/stores/{store.id}/gateways/{gateway}", json=body)

        assert answer.status_code == status
        assert [error["path"] for error in answer.json().get("errors") or []] == ([path] if path else [])
        assert (await api.get(f"/v1/stores/{store.id}/gateways")).json() == before

    async def test_can_be_switched_off_and_forget(self, api: ContractClient, store: SeededStore) -> None:
        await switched_on(api, store)

        off = await api.patch(f"/v1/stores/{store.id}/gateways/manual", json={"enabled": False})
        blank = await api.patch(f"/v1/stores/{store.id}/gateways/manual", json={"settings": {"instructions": None}})

        assert (off.json()["enabled"], off.json()["settings"][0]["value"]) == (False, IBAN)
        assert blank.json()["settings"][0]["is_set"] is False


class TestTransfer:
    @pytest.mark.usefixtures("live")
    async def test_completes_the_order_once_the_owner_has_the_money(
        self,
        visitor: httpx2.AsyncClient,
        api: ContractClient,
        store: SeededStore,
        token: str,
        inside: Inside,
        worker: Worker,
    ) -> None:
        await switched_on(api, store)
        offer = (await visitor.get("/checkout/", params={"t": token})).text
        payment = await awaited(visitor, inside, store, token)
        waiting = (await visitor.get("/checkout/", params={"t": token})).text

        answers = [await settled(api, store, payment, "received") for _ in range(2)]
        too_late = await settled(api, store, payment, "canceled")
        await worker.drain()

        async with inside(store.id) as context:
            (order,) = await context.all(context.rows(Order))
            assert await ledger.balances(context) == {("gateway:manual", "usd"): 1499, ("sales", "usd"): -1499}
        assert "Pay $14.99 by bank transfer or in cash" in offer
        assert "(test)" not in offer
        assert all(part in waiting for part in (payment.gateway_reference, "NL91 ABNA", "waits for your payment of $14.99"))
        assert [(one.status_code, one.json()["status"]) for one in answers] == [(200, "completed")] * 2
        assert (too_late.status_code, too_late.json()["code"]) == (409, "AlreadySettled")
        assert order.status == "completed"

    async def test_lets_others_pay_when_it_will_not_come(
        self, visitor: httpx2.AsyncClient, api: ContractClient, store: SeededStore, token: str, inside: Inside
    ) -> None:
        await switched_on(api, store)
        payment = await awaited(visitor, inside, store, token)
        meanwhile = await attempt(api, store.id, token)

        await settled(api, store, payment, "canceled")

        assert (meanwhile.status_code, meanwhile.json()["code"]) == (409, "PaymentInProgress")
        assert "Look at the order in a moment" in meanwhile.json()["message"]
        assert (await attempt(api, store.id, token)).json()["status"] == "completed"

    async def test_is_the_only_kind_that_is_settled_by_hand(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        await bought(api, store.id, customer.id, product.id)
        async with inside(store.id) as context:
            (payment,) = await context.all(context.rows(Payment))

        answer = await settled(api, store, payment, "received")

        assert (answer.status_code, answer.json()["code"]) == (409, "NotByHand")

    async def test_is_refused_while_it_is_switched_off(
        self, visitor: httpx2.AsyncClient, token: str, inside: Inside, store: SeededStore
    ) -> None:
        answer = await visitor.post("/checkout/pay", data={"token": token, "instrument": "manual"}, headers=SAME_SITE)

        assert answer.status_code == 303
        async with inside(store.id) as context:
            assert not await context.exists(context.rows(Order))


class TestPaymentMethodTypes:
    async def test_can_be_switched_off_and_on(self, api: ContractClient, store: SeededStore, token: str) -> None:
        path = f"/v1/stores/{store.id}/payment-method-types"

        off = await api.patch(f"{path}/card/toggle", json={"enabled": False})
        refused = await attempt(api, store.id, token)
        listed = {one["id"]: one["enabled"] for one in (await api.get(path)).json()}
        on = await api.patch(f"{path}/card/toggle", json={"enabled": True})

        assert [off.status_code, on.status_code] == [204, 204]
        assert listed == {"card": False, "manual": True, "paypal": True}
        assert (refused.status_code, refused.json()["code"]) == (409, "NoGateway")
        assert (await attempt(api, store.id, token)).json()["status"] == "completed"

    async def test_say_which_can_be_kept_for_renewals(self, api: ContractClient, store: SeededStore) -> None:
        listed = (await api.get(f"/v1/stores/{store.id}/payment-method-types")).json()

        assert {one["id"]: one["subscriptions_supported"] for one in listed} == {
            "card": True,
            "manual": False,
            "paypal": False,
        }

    async def test_need_no_approval(self, api: ContractClient, store: SeededStore) -> None:
        path = f"/v1/stores/{store.id}/payment-method-types"

        known = await api.post(f"{path}/card/request-approval")
        unknown = [await api.post(f"{path}/gold/request-approval")]
        unknown.append(await api.patch(f"{path}/gold/toggle", json={"enabled": True}))

        assert (known.status_code, known.json()["code"]) == (409, "NoApprovalNeeded")
        assert [one.status_code for one in unknown] == [404, 404]


class TestPaymentSettings:
    async def test_are_shown(self, api: ContractClient, store: SeededStore) -> None:
        found = (await api.get(f"/v1/stores/{store.id}/payment-settings")).json()

        assert (found["promo_code_stacking_behavior"], found["max_checkout_amount"]) == ("disabled", 99_999_999)

    async def test_keep_what_is_given(self, api: ContractClient, store: SeededStore) -> None:
        path = f"/v1/stores/{store.id}/payment-settings"
        chosen = {
            "promo_code_stacking_behavior": "gift_cards_only", "store_tax_inclusive_pricing": True,
            "show_all_payment_methods_for_subscriptions": True, "show_adaptive_currency_on_storefront": True,
            "adaptive_currency_enabled": True, "block_prepaid_cards": "trials", "trial_reminder_days": 5,
        }  # fmt: skip
        before = (await api.get(path)).json()

        for member, value in chosen.items():
            assert (await api.patch(path, json={member: value})).status_code == 204
        wrong = await api.patch(path, json={"promo_code_stacking_behavior": "invalid", "store_tax_inclusive_pricing": False})

        assert [error["path"] for error in wrong.json()["errors"]] == ["promo_code_stacking_behavior"]
        assert (await api.get(path)).json() == before | chosen

    async def test_refuse_by_name_what_is_fixed_unless_it_stays(self, api: ContractClient, store: SeededStore) -> None:
        path = f"/v1/stores/{store.id}/payment-settings"
        before = (await api.get(path)).json()
        wrong = {
            "max_checkout_amount": 5_000, "force_3d_secure": True, "chargeback_coverage": "all",
            "chargeback_coverage_max_amount": 1,
        }  # fmt: skip

        same = await api.patch(path, json=before)
        refused = await api.patch(path, json={"adaptive_currency_enabled": True, **wrong})

        assert same.status_code == 204
        assert (refused.status_code, [one["path"] for one in refused.json()["errors"]]) == (400, list(wrong))
        assert (await api.get(path)).json() == before

    @pytest.mark.parametrize("member", ["block_prepaid_cards", "trial_reminder_days"])
    async def test_change_nothing_when_something_does_not_pass(
        self, api: ContractClient, store: SeededStore, member: str
    ) -> None:
        path = f"/v1/stores/{store.id}/payment-settings"
        wrong = {"block_prepaid_cards": "unspecified", "trial_reminder_days": -1}

        answer = await api.patch(path, json={"adaptive_currency_enabled": True, member: wrong[member]})

        assert (answer.status_code, [error["path"] for error in answer.json()["errors"]]) == (400, [member])
        assert (await api.get(path)).json()["adaptive_currency_enabled"] is False
