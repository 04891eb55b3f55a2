"""Delivery items as managers see them."""

from datetime import datetime

from msgspec import UNSET, Struct, UnsetType

from sutler.customers.customers.schemas import CustomerDto
from sutler.delivery.items.models import ItemState
from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int32, SteamId


class DeliveryItemProductDto(Struct):
    """The product as it was when it was bought."""

    id: FlakeId
    name: str
    slug: str
    version_id: str


class CommandAttemptDto(Struct):
    """A rendered command, where it runs and what became of it."""

    id: FlakeId
    store_id: FlakeId
    inventory_item_id: FlakeId
    gameserver_id: FlakeId
    minecraft_uuid: str | None
    customer_name: str | None
    customer_id: FlakeId
    command_stage: str | None
    command: str
    online_only: bool
    rerun: bool
    queued_at: datetime
    executed_at: datetime | None
    executed_by_ip: str | None
    unqueued_at: datetime | None
    steam_id: SteamId | UnsetType = UNSET


class StorefrontDeliveryItemDto(Struct, kw_only=True):
    """One unit in the inventory of the customer who looks at it."""

    id: FlakeId
    store_id: FlakeId
    customer_id: FlakeId
    order_id: FlakeId | UnsetType
    order_line_id: FlakeId | UnsetType
    subscription_id: FlakeId | UnsetType = UNSET
    execute_on_gameserver_id: FlakeId | UnsetType
    quantity_index: Int32 | None
    product: DeliveryItemProductDto
    state: ItemState
    expirable: bool
    gift: bool
    added_at: datetime
    active_at: datetime | None
    expires_at: datetime | None
    override_expires_at: datetime | None
    removed_at: datetime | None
    revoked_at: datetime | None
    revoke_reason: str | None


class DeliveryItemDto(Struct, kw_only=True):
    """One unit in a customer's inventory. What an item given by hand has no order for is left out."""

    id: FlakeId
    store_id: FlakeId
    customer_id: FlakeId
    customer: CustomerDto
    order_customer_id: FlakeId | UnsetType
    order_customer: CustomerDto | UnsetType
    checkout_id: FlakeId | UnsetType
    checkout_line_id: FlakeId | UnsetType
    order_id: FlakeId | UnsetType
    order_line_id: FlakeId | UnsetType
    subscription_id: FlakeId | UnsetType = UNSET
    trial_id: FlakeId | UnsetType = UNSET
    execute_on_gameserver_id: FlakeId | UnsetType = UNSET
    quantity_index: Int32 | None
    product: DeliveryItemProductDto
    state: ItemState
    added_at: datetime
    added_by: Actor | UnsetType = UNSET
    active_at: datetime | None
    expirable: bool
    expires_at: datetime | None
    override_expires_at: datetime | None = None
    removed_at: datetime | None
    revoked_at: datetime | None
    revoke_reason: str | None
    revoked_by: Actor | UnsetType = UNSET
    command_attempts: list[CommandAttemptDto]
    skip_commands: bool = False
    custom_variables: dict[str, str] = {}
    gift: bool
