"""The cards that the simulated bank keeps, and what becomes of charges without the payer."""

from typing import Final

from msgspec.structs import replace

from sutler.billing.gateways.interface import Declined, Vaulted
from sutler.billing.gateways.scripts import Script
from sutler.billing.orders.models import PaymentError
from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto
from sutler.billing.simulator.models import SimulatedCard
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import param, rows
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId

CARD: Final = rows(SimulatedCard).where(SimulatedCard.c.reference == param("reference"))
NOT_KEPT: Final = "The simulated bank does not keep this card, or not any more."
GONE: Final = Declined(
    error=PaymentError(decline_code="authorization_revoked", message=NOT_KEPT),
    method_type="card",
    method_details=PaymentMethodDetailsDto(),
)
"""What is answered for a card that is not kept."""


def name(payment_id: FlakeId) -> str:
    """What the card that a payment brings is called."""
    return f"simpm_{payment_id}"


def vaulted(reference: str) -> Vaulted:
    """A kept card in the words of the interface; the simulator knows every payer by their card."""
    return Vaulted(customer=reference.replace("simpm_", "simcus_"), reference=reference)


async def keep(store: StoreContext, reference: str, script: Script) -> None:
    """Keep the card of a payment, with what its script says of renewals."""
    await store.add_new(
        SimulatedCard(reference=reference, good_for=script.renewals_first, script=script.later), SimulatedCard.c.reference
    )


async def locked(store: StoreContext, reference: str) -> SimulatedCard | None:
    """A kept card, with which nobody else does anything in the meantime."""
    return await store.first(CARD, reference=reference)


async def used(store: StoreContext, card: SimulatedCard) -> Script:
    """What becomes of one more charge of a card that is locked.

    Those that are to succeed before the script says do so at once. `authenticate` declines, as nobody is there.
    """
    if card.good_for > 0:
        await store.change(card, {"good_for": card.good_for - 1})
        return replace(card.script, wish="succeed", after_seconds=0)
    if card.script.wish == "authenticate":
        return replace(card.script, wish="decline", decline_code="authentication_required")
    return card.script


async def change(store: StoreContext, reference: str, script: Script, good_for: int) -> None:
    """From now on so many charges of a kept card succeed, and then the script says; NotFound for one that is not kept."""
    card = await locked(store, reference)
    if card is None:
        raise NotFound(NOT_KEPT)
    await store.change(card, {"script": script, "good_for": good_for})
