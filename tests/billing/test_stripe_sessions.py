"""Asking Stripe about a payment past the pages: sessions that must be looked for, and amounts."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from sutler.billing.gateways.interface import Canceled, Charge, Declined, Pending, Succeeded
from sutler.billing.gateways.stripe import STRIPE
from sutler.billing.gateways.stripe_objects import Rejected
from sutler.billing.gateways.stripe_sessions import minor_units, request
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import first_id_at, new_id
from tests.conftest import INTERNAL, SeededStore
from tests.contract.client import ContractClient
from tests.make.stripe import FakeStripe, takes_cards


class TestOutcomes:
    @pytest.mark.parametrize("opened", [True, False])
    async def test_are_known_after_stripe_has_forgotten_the_key(
        self, api: ContractClient, database: Database, store: SeededStore, stripe: FakeStripe, opened: bool
    ) -> None:
        await takes_cards(api, store.id)
        old = charge(payment_id=first_id_at(clock.real_now() - timedelta(minutes=8)))
        for payment in [*[charge(payment_id=new_id()) for _ in range(11)], *([old] if opened else [])]:
            asked = request(payment, store.id)
            found = stripe.add(
                {"client_reference_id": payment.payment_id, "line_items[0][price_data][unit_amount]": "1499"}
                | {f"metadata[{name}]": value for name, value in asked["metadata"].items()}
            )
            stripe.pay(found["id"])
        stripe.sessions = dict(reversed(stripe.sessions.items()))  # the one that is looked for is on the second page

        answer = await STRIPE.outcome(Shop(database, store.id, INTERNAL), old)

        assert isinstance(answer, Succeeded if opened else Canceled)

    async def test_are_not_given_up_while_a_session_could_still_be_opened(
        self, api: ContractClient, database: Database, store: SeededStore, stripe: FakeStripe
    ) -> None:
        await takes_cards(api, store.id)
        young = charge(payment_id=first_id_at(clock.real_now() - timedelta(minutes=5, seconds=30)))

        assert isinstance(await STRIPE.outcome(Shop(database, store.id, INTERNAL), young), Pending)

    async def test_are_found_when_we_would_ask_in_other_words(
        self, api: ContractClient, database: Database, store: SeededStore, stripe: FakeStripe
    ) -> None:
        await takes_cards(api, store.id)
        shop, asked = Shop(database, store.id, INTERNAL), charge(payment_id=new_id(), email="alex@example.com")
        first = await STRIPE.charge(shop, asked, "stripe")

        second = await STRIPE.outcome(shop, replace(asked, email=""))

        assert isinstance(first, Pending)
        assert isinstance(second, Pending)
        assert second.continue_url == first.continue_url
        assert len(stripe.sessions) == 1


class TestAmounts:
    async def test_that_are_too_small_are_declined_in_stripe_s_words(
        self, api: ContractClient, database: Database, store: SeededStore, stripe: FakeStripe
    ) -> None:
        await takes_cards(api, store.id)

        answer = await STRIPE.charge(Shop(database, store.id, INTERNAL), charge(payment_id=new_id(), amount=49), "stripe")

        assert isinstance(answer, Declined)
        assert answer.error.message == "It must be at least 50 cents."

    @pytest.mark.parametrize(
        ("amount", "currency", "theirs"),
        [
            (1499, "usd", 1499), (500, "jpy", 500), (500, "isk", 50_000), (500, "ugx", 50_000), (1500, "kwd", 1500),
            (500, "mga", 5), (1501, "kwd", None), (1499, "mga", None),
        ],
    )  # fmt: skip
    def test_are_in_stripe_s_own_units(self, amount: int, currency: str, theirs: int | None) -> None:
        asked = charge(amount=amount, currency=currency)

        if theirs is None:
            with pytest.raises(Rejected, match="fraction"):
                minor_units(asked)
        else:
            assert minor_units(asked) == theirs


def charge(**changes: Any) -> Charge:
    """What is to be paid: 14.99 dollars, unless told otherwise."""
    fields: dict[str, Any] = {
        "payment_id": "1", "order_id": "2", "amount": 1499, "currency": "usd", "email": "", "page_url": "http://test/",
    }  # fmt: skip
    return Charge(**(fields | changes))
