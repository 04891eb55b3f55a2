"""What operations of `delivery` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.management.models.shared import ActorDto, CustomerDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import DeliveryItemStateDto
else:  # a text that is new must not break a client
    DeliveryItemStateDto = str


class CommandAttemptDto(Model, frozen=True, kw_only=True):
    """`CommandAttemptDto` of the contract."""

    command: str
    command_stage: str | None = None
    customer_id: str | None = None
    customer_name: str | None = None
    executed_at: datetime | None = None
    executed_by_ip: str | None = None
    gameserver_id: str
    id: str
    inventory_item_id: str | None = None
    minecraft_uuid: str | None = None
    online_only: bool
    queued_at: datetime
    rerun: bool
    steam_id: str | None = None
    store_id: str
    unqueued_at: datetime | None = None


class DeliveryItemDto(Model, frozen=True, kw_only=True):
    """`DeliveryItemDto` of the contract."""

    active_at: datetime | None = None
    added_at: datetime
    added_by: ActorDto | None = None
    checkout_id: str | None = None
    checkout_line_id: str | None = None
    command_attempts: list[CommandAttemptDto]
    custom_variables: dict[str, str]
    customer: CustomerDto
    customer_id: str
    execute_on_gameserver_id: str | None = None
    expirable: bool
    expires_at: datetime | None = None
    gift: bool
    id: str
    order_customer: CustomerDto | None = None
    order_customer_id: str | None = None
    order_id: str | None = None
    order_line_id: str | None = None
    override_expires_at: datetime | None = None
    product: DeliveryItemProductDto
    quantity_index: int | None = None
    removed_at: datetime | None = None
    revoke_reason: str | None = None
    revoked_at: datetime | None = None
    revoked_by: ActorDto | None = None
    skip_commands: bool
    state: DeliveryItemStateDto
    store_id: str
    subscription_id: str | None = None
    trial_id: str | None = None


class DeliveryItemProductDto(Model, frozen=True, kw_only=True):
    """`DeliveryItemProductDto` of the contract."""

    id: str
    name: str
    slug: str
    version_id: str


class ResendCommandsForGameServerResponseDto(Model, frozen=True, kw_only=True):
    """`ResendCommandsForGameServerResponseDto` of the contract."""

    enqueued_commands_count: int


class UnqueueCommandsResponseDto(Model, frozen=True, kw_only=True):
    """`UnqueueCommandsResponseDto` of the contract."""

    unqueued_count: int
