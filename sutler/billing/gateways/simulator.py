"""The simulated gateway: it takes no money, always decides the same way, and remembers what it decided."""

from typing import Final, Literal

from sutler.billing.gateways.interface import Canceled, Charge, Declined, Outcome, Succeeded
from sutler.billing.orders.models import PaymentError
from sutler.billing.payment_methods.schemas import CardDetailsDto, PaymentMethodDetailsDto
from sutler.billing.simulator.models import Decision, SimulatedCharge
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId

Wish = Literal["succeed", "decline"]
DECLINE: Final = PaymentError(decline_code="generic_decline", message="The simulated card was declined, as asked.")


def card(last4: str) -> PaymentMethodDetailsDto:
    """A card that exists in the simulator only."""
    facts = CardDetailsDto(
        brand="visa", country="US", exp_month=12, exp_year=2099, fingerprint=f"simulated-{last4}",
        funding="credit", last4=last4,
    )  # fmt: skip
    return PaymentMethodDetailsDto(card=facts)


OUTCOMES: Final[dict[Decision, Outcome]] = {
    "succeeded": Succeeded(method_type="card", method_details=card("4242")),
    "declined": Declined(error=DECLINE, method_type="card", method_details=card("0002")),
    "canceled": Canceled(),
}


class Simulator:
    """A gateway for stores that are not in live mode. Instruments: `succeed` and `decline`."""

    name = "simulator"
    method_type = "card"

    def reference(self, payment_id: FlakeId) -> str:
        """The simulator's name for a payment."""
        return f"sim_{payment_id}"

    async def charge(self, shop: Shop, charge: Charge, instrument: str) -> Outcome:
        """Decide as asked, unless this payment was decided before. What is not `succeed` is declined."""
        return await self._decided(shop, charge, "succeeded" if instrument == "succeed" else "declined")

    async def outcome(self, shop: Shop, charge: Charge) -> Outcome:
        """What was decided; a payment that never arrived here is closed now."""
        return await self._decided(shop, charge, "canceled")

    @staticmethod
    async def _decided(shop: Shop, charge: Charge, decision: Decision) -> Outcome:
        """Whoever decides first has decided: the key and the decision are one row, in a transaction of the gateway's own."""
        row = SimulatedCharge(
            payment_id=charge.payment_id, decision=decision, amount=charge.amount, currency=charge.currency
        )
        async with shop.writing() as store:
            if await store.add_new(row, SimulatedCharge.c.payment_id):
                return OUTCOMES[decision]
            (kept,) = await store.all(store.rows(SimulatedCharge).where(SimulatedCharge.c.payment_id == charge.payment_id))
        return OUTCOMES[kept.decision]


SIMULATOR: Final = Simulator()
