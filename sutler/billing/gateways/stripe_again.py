"""Charging a card that Stripe keeps, without the payer: how it is asked for, and what the answers mean."""

from typing import Any, Final

from sutler.billing.gateways.interface import Answer, Canceled, Charge, Declined, Vaulted
from sutler.billing.gateways.stripe_objects import Intent, NoEntry, Rejected
from sutler.billing.gateways.stripe_sessions import booked, declined, minor_units, ours, refused, waiting
from sutler.billing.orders.models import PaymentError
from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto
from sutler.kernel.ids import FlakeId, pretty_id

EXPANDED_INTENT: Final = ["latest_charge.balance_transaction"]
UNFINISHED: Final = ("requires_payment_method", "requires_confirmation", "requires_action")
"""States that only a payer could lead on; nobody is there, so such an attempt is closed."""
REMOVED: Final = PaymentError(decline_code="authorization_revoked", message="The card is not kept any more.")
CONFIRM: Final = PaymentError(decline_code="authentication_required", message="The bank wants the payer to confirm.")


def request(charge: Charge, store_id: FlakeId, vaulted: Vaulted) -> dict[str, Any]:
    """The attempt that a payment asks for: always the same for the same payment, as its idempotency key wants it.

    `Rejected` for an amount that Stripe cannot take.
    """
    return {
        "amount": minor_units(charge),
        "currency": charge.currency,
        "customer": vaulted.customer,
        "payment_method": vaulted.reference,
        "payment_method_types": ["card"],
        "off_session": True,
        "confirm": True,
        "capture_method": "automatic",
        "description": f"Order {pretty_id(charge.order_id)}",
        "metadata": ours(charge, store_id),
        "expand": EXPANDED_INTENT,
    }


def meaning(attempt: Intent, charge: Charge) -> Answer:
    """What has become of an attempt. One that is unfinished counts as declined: close it first."""
    if attempt.status == "succeeded":
        return booked(attempt.latest_charge, charge, None)
    if attempt.last_payment_error:
        return declined(attempt.last_payment_error)
    if attempt.status == "canceled":
        return Canceled()
    return _without_details(CONFIRM) if attempt.status in UNFINISHED else waiting(charge)


def refusal(error: Rejected) -> Answer:
    """What it means that Stripe takes no such payment: the card is gone, or it is the store's own affair."""
    if isinstance(error, NoEntry):
        return Canceled()  # not the payer's fault
    return _without_details(REMOVED) if error.about_card else refused(error)


def _without_details(error: PaymentError) -> Declined:
    return Declined(error=error, method_type="card", method_details=PaymentMethodDetailsDto())
