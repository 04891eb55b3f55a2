"""What happens to delivery items."""

from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import Event


class DeliveryItemAdded(Event, frozen=True):
    """The item entered the inventory."""

    item_id: FlakeId


class DeliveryItemActivated(Event, frozen=True):
    """An item that lasts a while began to run."""

    item_id: FlakeId


class DeliveryItemUsed(Event, frozen=True):
    """The item was consumed, or ran out."""

    item_id: FlakeId


class DeliveryItemExpired(Event, frozen=True):
    """An item that lasts a while ran out."""

    item_id: FlakeId


class DeliveryItemRenewed(Event, frozen=True):
    """Another item of the same product took over from a running one."""

    item_id: FlakeId


class DeliveryItemRevoked(Event, frozen=True):
    """The item was taken away."""

    item_id: FlakeId
