"""What operations of `game_servers` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.management.models.shared import ActorDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import (
        GameServerConsoleConnectionStatusDto,
        GameServerConsoleMessageTypeDto,
        GameServerConsoleTypeDto,
    )
else:  # a text that is new must not break a client
    GameServerConsoleConnectionStatusDto = GameServerConsoleMessageTypeDto = GameServerConsoleTypeDto = str


class GameServerConsoleDto(Model, frozen=True, kw_only=True):
    """`GameServerConsoleDto` of the contract."""

    assigned_runner_id: str
    connection_status: GameServerConsoleConnectionStatusDto
    created_at: datetime
    created_by: ActorDto
    enabled: bool
    game_server_id: str
    host: str
    last_heartbeat_at: datetime | None = None
    password: str | None = None
    port: int
    secure: bool
    store_id: str
    type: GameServerConsoleTypeDto
    updated_at: datetime | None = None
    updated_by: ActorDto | None = None


class GameServerConsoleMessageDto(Model, frozen=True, kw_only=True):
    """`GameServerConsoleMessageDto` of the contract."""

    message: str
    time: datetime
    type: GameServerConsoleMessageTypeDto


class GameServerDto(Model, frozen=True, kw_only=True):
    """`GameServerDto` of the contract."""

    created_at: datetime
    created_by: ActorDto
    enabled: bool
    id: str
    linked_to: GameServerLinkDto
    name: str
    store_id: str
    token: str | None = None
    token_reset_at: datetime | None = None
    updated_at: datetime | None = None
    updated_by: ActorDto


class GameServerLinkDto(Model, frozen=True, kw_only=True):
    """`GameServerLinkDto` of the contract."""

    hostname: str
    ip: str
    last_fetched_commands_at: datetime | None = None
    last_fetched_commands_from_ip: str | None = None
    platform: str
    saved_at: datetime
    version: str
