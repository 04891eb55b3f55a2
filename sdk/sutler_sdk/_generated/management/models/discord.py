"""What operations of `discord` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import (
        DiscordActionExecutionStage,
        DiscordActionRevocationStage,
        DiscordActionType,
        QueuedDiscordActionExecutionStatus,
        QueuedDiscordActionStatus,
    )
else:  # a text that is new must not break a client
    DiscordActionExecutionStage = DiscordActionRevocationStage = DiscordActionType = QueuedDiscordActionExecutionStatus = (
        QueuedDiscordActionStatus
    ) = str


class DiscordActionDto(Model, frozen=True, kw_only=True):
    """`DiscordActionDto` of the contract."""

    action_type: DiscordActionType
    channel_id: str | None = None
    discord_server_id: str
    execution_stage: DiscordActionExecutionStage
    id: str
    message: str | None = None
    product_id: str
    product_version_id: str
    revocation_stages: list[DiscordActionRevocationStage]
    role_id: str | None = None
    store_id: str


class DiscordProfileDto(Model, frozen=True, kw_only=True):
    """`DiscordProfileDto` of the contract."""

    avatar_hash: str
    discord_id: str
    username: str


class DiscordServerChannelDto(Model, frozen=True, kw_only=True):
    """`DiscordServerChannelDto` of the contract."""

    category: str
    id: str
    name: str


class DiscordServerLinkDto(Model, frozen=True, kw_only=True):
    """`DiscordServerLinkDto` of the contract."""

    created_at: datetime
    linked_at: datetime | None = None
    server_icon_url: str | None = None
    server_id: str | None = None
    server_name: str | None = None
    store_id: str
    token: str


class DiscordServerRoleDto(Model, frozen=True, kw_only=True):
    """`DiscordServerRoleDto` of the contract."""

    id: str
    name: str


class QueuedDiscordActionDto(Model, frozen=True, kw_only=True):
    """`QueuedDiscordActionDto` of the contract."""

    action_type: DiscordActionType
    channel_id: str | None = None
    checkout_id: str | None = None
    checkout_line_id: str | None = None
    delivery_item_id: str
    discord_server_id: str
    discord_user_id: str | None = None
    enqueued_at: datetime
    execution_stage: DiscordActionExecutionStage
    executions: list[QueuedDiscordActionExecutionDto]
    finalised_at: datetime | None = None
    id: int
    message: str | None = None
    order_id: str | None = None
    product_id: str
    product_version_id: str
    revocation_stages: list[DiscordActionRevocationStage]
    role_id: str | None = None
    status: QueuedDiscordActionStatus
    store_id: str


class QueuedDiscordActionExecutionDto(Model, frozen=True, kw_only=True):
    """`QueuedDiscordActionExecutionDto` of the contract."""

    executed_at: datetime
    execution_status: QueuedDiscordActionExecutionStatus
    id: int
    message: str | None = None
    queue_id: int
    trace_id: str | None = None
