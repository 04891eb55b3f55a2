"""What happens to disputes."""

from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import Event


class ChargebackOpened(Event, frozen=True):
    """A payer's bank took money of a payment back, until it is decided who keeps it."""

    dispute_id: FlakeId
    payment_id: FlakeId
    order_id: FlakeId


class ChargebackClosed(Event, frozen=True):
    """It is decided who keeps disputed money."""

    dispute_id: FlakeId
    payment_id: FlakeId
