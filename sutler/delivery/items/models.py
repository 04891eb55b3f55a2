"""The delivery item's table: one unit in a customer's inventory."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

import msgspec

from sutler.catalog.custom_variables.models import Chosen
from sutler.catalog.products.models import CommandStage
from sutler.kernel.data.records import Actor, StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId

ItemState = Literal["usable", "active", "used", "revoked", "renewed"]


class DeliveryItem(StoreRecord, table="delivery_items"):
    """usable → active → used for what lasts a while; usable → used for what is consumed.

    Each of them can be revoked, but for what ran out by itself. `created_at` is when it was added. What another item took
    over from is `renewed`: the item of a subscription whenever a cycle is paid, in whichever of the first two states it is.
    """

    customer_id: FlakeId
    order_customer_id: FlakeId | None
    checkout_id: FlakeId | None
    checkout_line_id: FlakeId | None
    order_id: FlakeId | None
    order_line_id: FlakeId | None
    quantity_index: int | None
    product_id: FlakeId
    product_version_id: FlakeId
    product_name: str
    product_slug: str
    execute_on_gameserver_id: FlakeId | None
    state: ItemState
    expirable: bool
    gift: bool
    has_commands: bool = False  # whether any command was ever queued for it
    active_at: datetime | None = None
    expires_at: datetime | None = None
    removed_at: datetime | None = None
    revoked_at: datetime | None = None
    revoke_reason: str | None = None
    revoked_by: Actor | None = None
    revoke_note: str | None = None  # what whoever revoked it wrote
    skip_commands: bool = False  # whether it was given without running what runs on purchase
    override_expires_at: datetime | None = None  # when it ends, whatever the product says
    custom_variables: list[Chosen] = msgspec.field(default_factory=list)  # what was answered for it
    subscription_id: FlakeId | None = None  # it lasts as long as the subscription does
    subscription_line_id: FlakeId | None = None
    trial_id: FlakeId | None = None  # the trial that gave it
    stage: CommandStage = "on_purchase"  # whose commands it was given with


TRANSITIONS: Final[Mapping[ItemState, tuple[ItemState, ...]]] = {
    "usable": ("active", "used", "renewed", "revoked"),
    "active": ("used", "renewed", "revoked"),
    "used": ("revoked",),
    "revoked": (),
    "renewed": (),
}


class ItemExists(Conflict):
    """This unit of the order is already in the inventory."""


unique(
    ItemExists, DeliveryItem.c.store_id, DeliveryItem.c.order_line_id, DeliveryItem.c.quantity_index,
    name="delivery_items_unit",
)  # fmt: skip
index("delivery_items_newest", DeliveryItem.c.store_id, DeliveryItem.c.id)
index("delivery_items_customer", DeliveryItem.c.store_id, DeliveryItem.c.customer_id, DeliveryItem.c.id)
index(
    "delivery_items_subscription", DeliveryItem.c.store_id, DeliveryItem.c.subscription_id,
    where=DeliveryItem.c.subscription_id.is_not(None),
)  # fmt: skip
index("delivery_items_version", DeliveryItem.c.store_id, DeliveryItem.c.product_version_id, DeliveryItem.c.id)
index("delivery_items_order", DeliveryItem.c.store_id, DeliveryItem.c.order_id)
