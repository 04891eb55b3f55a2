"""Cards that the simulated bank keeps, what renewals come to, and rehearsing that."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from sutler.billing.gateways.interface import Answer, Canceled, Charge, Declined, Pending, Succeeded, Unanswered, Vaulted
from sutler.billing.gateways.known import GATEWAYS
from sutler.billing.gateways.scripts import Script
from sutler.billing.gateways.simulator import SIMULATOR
from sutler.billing.orders.models import Order
from sutler.billing.payment_methods.models import PaymentMethod
from sutler.billing.payment_methods.service import kept, shown, vault_of
from sutler.billing.payments.models import Payment
from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import new_id
from sutler.stores.stores.models import Store
from tests.conftest import INTERNAL, ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import kept_card, paid
from tests.make.checkout import checkout, line, open_checkout

NOW = clock.real_now().replace(microsecond=0)


@pytest.fixture
def shop(database: Database, store: SeededStore, inside: Inside) -> Shop:
    """A store in test mode."""
    return Shop(database, store.id, INTERNAL)


def charge(**changes: Any) -> Charge:
    """What is to be paid: 14.99 dollars, unless told otherwise."""
    fields: dict[str, Any] = {
        "payment_id": new_id(), "order_id": "2", "amount": 1499, "currency": "usd", "email": "", "page_url": "http://test/",
    }  # fmt: skip
    return Charge(**(fields | changes))


async def card(shop: Shop, script: Script, **changes: Any) -> Vaulted:
    """A card that was kept as it was paid with."""
    answer = await SIMULATOR.charge(shop, charge(keep=True, **changes), script.instrument)
    assert isinstance(answer, Succeeded)
    assert answer.vaulted is not None
    return answer.vaulted


async def renewed(shop: Shop, vaulted: Vaulted) -> str:
    """What one more charge of a kept card comes to in the end."""
    asked, answer = charge(), None
    try:
        answer = await SIMULATOR.charge_again(shop, asked, vaulted)
    except Unanswered:
        answer = await SIMULATOR.outcome(shop, asked)
    return said(answer)


def said(answer: Answer) -> str:
    """An answer in a word."""
    return answer.error.decline_code if isinstance(answer, Declined) else type(answer).__name__


class TestRenewals:
    @pytest.mark.parametrize(
        ("script", "outcomes"),
        [
            (Script(), ["Succeeded"] * 2),
            (Script(renewal="decline", renewal_decline_code="expired_card"), ["expired_card"] * 2),
            (Script(renewal="authenticate"), ["authentication_required"] * 2),
            (Script(renewal="decline", renewals_first=2), ["Succeeded", "Succeeded", "generic_decline", "generic_decline"]),
            (Script(renewal="succeed_later", renewal_after_seconds=60, renewals_first=1), ["Succeeded", "Pending"]),
            (Script(renewal="succeed_unanswered"), ["Succeeded"]),
            (Script(renewal="decline_unanswered"), ["generic_decline"]),
        ],
    )
    async def test_do_as_the_script_of_the_card_says(self, shop: Shop, script: Script, outcomes: list[str]) -> None:
        vaulted = await card(shop, script)

        assert [await renewed(shop, vaulted) for _ in outcomes] == outcomes

    @pytest.mark.parametrize(("notices", "after"), [("once", [60]), ("twice", [60, 60]), ("late", [86_460]), ("never", [])])
    async def test_that_come_later_are_told_as_often_as_asked(self, shop: Shop, notices: Any, after: list[int]) -> None:
        vaulted = await card(shop, Script(renewal="succeed_later", renewal_after_seconds=60, notices=notices))
        asked = charge()

        with clock.standing_at(NOW):
            early = await SIMULATOR.charge_again(shop, asked, vaulted)
        with clock.standing_at(NOW + timedelta(seconds=60)):
            later = await SIMULATOR.outcome(shop, asked)

        assert isinstance(early, Pending)
        assert early.notices == tuple(NOW + timedelta(seconds=one) for one in after)
        assert isinstance(later, Succeeded)

    async def test_of_one_payment_are_decided_once(self, shop: Shop) -> None:
        vaulted, asked = await card(shop, Script(renewal="decline", renewals_first=1)), charge()

        answers = [said(await SIMULATOR.charge_again(shop, asked, vaulted)) for _ in range(2)]

        assert [*answers, said(await SIMULATOR.outcome(shop, asked))] == ["Succeeded"] * 3
        assert await renewed(shop, vaulted) == "generic_decline"

    async def test_that_never_arrived_are_closed(self, shop: Shop) -> None:
        vaulted, asked = await card(shop, Script()), charge(keep=True)

        closed = await SIMULATOR.outcome(shop, asked)

        assert isinstance(closed, Canceled)
        assert isinstance(await SIMULATOR.charge_again(shop, asked, vaulted), Canceled)

    async def test_with_a_card_that_is_not_kept_are_declined(self, shop: Shop) -> None:
        assert await renewed(shop, Vaulted(customer="simcus_1", reference="simpm_1")) == "authorization_revoked"


class TestKeeping:
    async def test_takes_no_money_where_there_is_nothing_to_pay_yet(self, shop: Shop) -> None:
        vaulted = await card(shop, Script(), amount=0)

        assert await renewed(shop, vaulted) == "Succeeded"

    async def test_waits_until_the_payer_has_confirmed(self, shop: Shop) -> None:
        asked = charge(keep=True)
        await SIMULATOR.charge(shop, asked, "4000 0027 6000 3184")
        await SIMULATOR.confirm(shop, asked.payment_id, approved=True)

        answer = await SIMULATOR.outcome(shop, asked)

        assert isinstance(answer, Succeeded)
        assert answer.vaulted is not None
        assert await renewed(shop, answer.vaulted) == "authentication_required"

    async def test_is_only_done_where_it_was_asked_for(self, shop: Shop) -> None:
        once = await SIMULATOR.charge(shop, charge(), "succeed")
        declined = await SIMULATOR.charge(shop, charge(keep=True), "decline")

        assert isinstance(once, Succeeded)
        assert once.vaulted is None
        assert isinstance(declined, Declined)

    async def test_is_known_to_be_impossible_elsewhere(self, shop: Shop) -> None:
        able = {name: gateway.can_recur for name, gateway in GATEWAYS.items()}
        nothing = Vaulted(customer="", reference="")

        assert able == {"simulator": True, "stripe": True, "manual": False, "paypal": False}
        for name in ("manual", "paypal"):
            assert isinstance(await GATEWAYS[name].charge_again(shop, charge(), nothing), Canceled)


@pytest.fixture
async def method(
    api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
) -> PaymentMethod:
    """A simulated card that is kept for a customer."""
    opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))
    await paid(api, store.id, opened["token"])
    async with inside(store.id) as context:
        (payment,) = await context.all(context.rows(Payment))
        return await kept_card(context, payment.id)


class TestKept:
    async def test_is_one_method_however_often_it_is_told(
        self, store: SeededStore, inside: Inside, method: PaymentMethod
    ) -> None:
        async with inside(store.id) as context:
            (payment,) = await context.all(context.rows(Payment))
            again = await kept(context, payment, vault_of(method))
            other = await kept(context, payment, replace(vault_of(method), reference="simpm_2"))

            assert (again.id, again.method_details) == (method.id, payment.method_details)
            assert len(await context.all(context.rows(PaymentMethod))) == 2
        assert other.id != method.id
        assert shown(method).gateway_entity_identifier == method.gateway_reference


class TestChange:
    async def test_says_what_becomes_of_renewals_from_now_on(
        self, api: ContractClient, store: SeededStore, shop: Shop, method: PaymentMethod
    ) -> None:
        path = f"/v1/stores/{store.id}/simulator/payment-methods/{method.id}"
        before = await renewed(shop, vault_of(method))

        answer = await api.post(path, json={"outcome": "decline", "decline_code": "lost_card", "succeeds_first": 1})

        assert (answer.status_code, answer.json()["id"]) == (200, method.id)
        assert [before, *[await renewed(shop, vault_of(method)) for _ in range(2)]] == [
            "Succeeded",
            "Succeeded",
            "lost_card",
        ]

    async def test_is_refused_in_live_mode_for_other_gateways_and_for_others(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore, shop: Shop, inside: Inside,
        method: PaymentMethod,
    ) -> None:  # fmt: skip
        path = f"/v1/stores/{store.id}/simulator/payment-methods"
        async with inside(store.id) as context:
            real = await context.add(replace(method, id=new_id(), gateway="stripe", gateway_reference="pm_1"))
            assert await context.exists(context.rows(Order))

        theirs = f"/v1/stores/{other.id}/simulator/payment-methods/{method.id}"
        answers = [
            await api.post(f"{path}/{real.id}", json={"outcome": "decline"}),
            await api.post(f"{path}/{new_id()}", json={"outcome": "decline"}),
            await client(f"APIKey {other.api_key}").post(theirs, json={"outcome": "decline"}),
            await api.post(f"{path}/{method.id}", json={"outcome": "explode"}),
        ]
        async with inside(store.id) as context:
            await context.change(await context.get(Store, store.id), {"live_mode": True})
        answers.append(await api.post(f"{path}/{method.id}", json={"outcome": "decline"}))

        assert [one.status_code for one in answers] == [409, 404, 404, 400, 403]
        assert await renewed(shop, vault_of(method)) == "Succeeded"
