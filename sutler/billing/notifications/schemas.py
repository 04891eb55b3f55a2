"""The parts of a notification of Stripe's that we read: which payment it is about."""

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
