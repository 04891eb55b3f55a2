"""What happens to orders."""

from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import Event


class OrderCompleted(Event, frozen=True):
    """The order is paid, or there was nothing to pay."""

    order_id: FlakeId
