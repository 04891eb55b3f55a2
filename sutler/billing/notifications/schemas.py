"""The parts of a notification of Stripe's that we read: which payment it is about."""

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


def tells_of_dispute(body: bytes) -> bool:
    """Whether a notification is about a dispute: it comes long after its payment is settled."""
    try:
        kind = msgspec.json.decode(body, type=Kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return kind.type.startswith("charge.dispute.") or kind.event_type.startswith("CUSTOMER.DISPUTE.")
