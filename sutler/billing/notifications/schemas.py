"""The parts of a notification of Stripe's that we read: which payment it is about."""

from typing import Final

import msgspec
from msgspec import Struct


class Metadata(Struct):
    """Our own words, as Stripe keeps them with everything that belongs to a payment."""

    payment_id: str = ""
    store_id: str = ""


class Thing(Struct):
    """What a notification is about: a session, a charge, or something else."""

    metadata: Metadata | None = None


class Contents(Struct):
    """What a notification holds."""

    object: Thing


class Notification(Struct):
    """Something has happened in the account."""

    data: Contents


class Kind(Struct):
    """What has happened, in Stripe's words or in PayPal's."""

    type: str = ""
    event_type: str = ""


DISPUTES: Final = ("charge.dispute.", "CUSTOMER.DISPUTE.")
REFUNDS: Final = ("refund.", "charge.refund", "PAYMENT.CAPTURE.REFUNDED", "PAYMENT.REFUND.")


def tells_of_dispute(body: bytes) -> bool:
    """Whether a notification is about a dispute: it comes long after its payment is settled."""
    return _kind(body).startswith(DISPUTES)


def tells_of_refund(body: bytes) -> bool:
    """Whether a notification is about money that was given back, or was to be: by us, or on the gateway's own page."""
    return _kind(body).startswith(REFUNDS)


def _kind(body: bytes) -> str:
    try:
        kind = msgspec.json.decode(body, type=Kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    return kind.type or kind.event_type
