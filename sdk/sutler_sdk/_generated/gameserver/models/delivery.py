"""What operations of `delivery` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime

from sutler_sdk._wire import Model


class LinkGameServerResponseDto(Model, frozen=True, kw_only=True):
    """`LinkGameServerResponseDto` of the contract."""

    gameserver: StorefrontGameServerDto
    latest_version: str | None = None
    previously_linked: PreviousGameServerLinkDto | None = None
    update_available: bool


class PreviousGameServerLinkDto(Model, frozen=True, kw_only=True):
    """`PreviousGameServerLinkDto` of the contract."""

    host_name: str
    ip: str
    last_linked_at: datetime


class QueuedCommandDto(Model, frozen=True, kw_only=True):
    """`QueuedCommandDto` of the contract."""

    attempt_id: str
    command: str
    customer_name: str | None = None
    minecraft_uuid: str | None = None
    online_only: bool
    queued_at: datetime
    steam_id: str | None = None


class StorefrontGameServerDto(Model, frozen=True, kw_only=True):
    """`StorefrontGameServerDto` of the contract."""

    enabled: bool
    id: str
    name: str
