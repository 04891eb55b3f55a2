"""What happens to delivery items."""

from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import Event


class DeliveryItemAdded(Event):
    """The item entered the inventory."""

    item_id: FlakeId


class DeliveryItemActivated(Event):
    """An item that lasts a while began to run."""

    item_id: FlakeId


class DeliveryItemUsed(Event):
    """The item was consumed, or ran out."""

    item_id: FlakeId


class DeliveryItemExpired(Event):
    """An item that lasts a while ran out."""

    item_id: FlakeId
