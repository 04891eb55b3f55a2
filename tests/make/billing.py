"""Paid and unpaid orders, as tests need them."""

from typing import Any

import httpx2

from sutler.billing.gateways import simulator_cards
from sutler.billing.gateways.scripts import Script
from sutler.billing.payment_methods.models import PaymentMethod
from sutler.billing.payment_methods.service import kept
from sutler.billing.payments.models import Payment
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from tests.contract.client import ContractClient
from tests.make.checkout import checkout, line, open_checkout


async def attempt(api: ContractClient, store_id: FlakeId, token: str, outcome: str = "succeed") -> httpx2.Response:
    """One attempt to pay a checkout with the simulator."""
    return await api.post(f"/v1/stores/{store_id}/simulator/checkouts/{token}/pay", json={"outcome": outcome})


async def paid(api: ContractClient, store_id: FlakeId, token: str, outcome: str = "succeed") -> dict[str, Any]:
    """The order after an attempt to pay that the simulator answered."""
    answer = await attempt(api, store_id, token, outcome)
    assert answer.status_code == 200, answer.text
    order: dict[str, Any] = answer.json()
    return order


async def bought(
    api: ContractClient, store_id: FlakeId, customer_id: FlakeId, product_id: FlakeId, **changes: Any
) -> dict[str, Any]:
    """The order of a customer who bought one line."""
    opened = await open_checkout(api, store_id, checkout(customer_id, line(product_id, **changes)))
    return await paid(api, store_id, opened["token"])


async def kept_card(store: StoreContext, payment_id: FlakeId) -> PaymentMethod:
    """A card of the simulator that is kept as if this payment had brought it; every charge of it succeeds."""
    payment = await store.get(Payment, payment_id)
    reference = simulator_cards.name(payment_id)
    await simulator_cards.keep(store, reference, Script())
    return await kept(store, payment, simulator_cards.vaulted(reference))
