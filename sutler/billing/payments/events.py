"""What happens to payments."""

from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import Event


class PaymentCompleted(Event, frozen=True):
    """The gateway confirmed the payment."""

    payment_id: FlakeId


class PaymentFailed(Event, frozen=True):
    """The gateway declined the payment."""

    payment_id: FlakeId
