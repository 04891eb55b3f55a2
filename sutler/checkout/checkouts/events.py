"""What happens to checkouts."""

from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import Event


class CheckoutTimedOut(Event, frozen=True):
    """Nobody paid in time; nobody can any more."""

    checkout_id: FlakeId
