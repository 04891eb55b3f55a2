"""Stripe's disputes: the parts that we read, and what they mean."""

from typing import Final

import msgspec
from msgspec import Struct, field

from sutler.billing.gateways.interface import Charge, Dispute, DisputeState
from sutler.billing.gateways.stripe_sessions import our_units
from sutler.kernel.money import round_half_up

STATES: Final[dict[str, DisputeState]] = {
    "needs_response": "pending",
    "under_review": "pending",
    "won": "won",
    "lost": "lost",
}
"""Of Stripe's states. The others are of inquiries, which take no money; most never become disputes."""


class Booking(Struct):
    """What a dispute takes from the account or brings back, in its own currency, and what Stripe charges for it."""

    amount: int
    fee: int


class Disputed(Struct):
    """A dispute."""

    id: str
    status: str
    amount: int
    reason: str = ""
    balance_transactions: list[Booking] = field(default_factory=list)


class Page(Struct):
    """Disputes over a payment; there are never so many that a second page follows."""

    data: list[Disputed]


class Thing(Struct):
    """What a notification about a dispute is about."""

    payment_intent: str | None = None


class Contents(Struct):
    """What such a notification holds."""

    object: Thing


class Notification(Struct):
    """Something has happened to a dispute."""

    data: Contents


def disputed(body: bytes) -> str | None:
    """Which attempt to pay a notification of a dispute is about, in Stripe's own words; None when it does not say."""
    try:
        return msgspec.json.decode(body, type=Notification).data.object.payment_intent
    except msgspec.DecodeError:
        return None


def meaning(found: Disputed, charge: Charge) -> Dispute | None:
    """A dispute in our words; None for an inquiry."""
    state = STATES.get(found.status)
    if state is None:
        return None
    amount = our_units(found.amount, charge.currency)
    reason = found.reason.replace("_", " ")
    return Dispute(reference=found.id, state=state, amount=amount, fee_amount=_fee(found, amount), reason=reason)


def _fee(found: Disputed, amount: int) -> int:
    """What Stripe charges in all, in the currency of the payment, at the rate at which the money left the account."""
    taken = next((-one.amount for one in found.balance_transactions if one.amount < 0), 0)
    fee = sum(one.fee for one in found.balance_transactions)
    return round_half_up(fee * amount, taken) if taken else 0
