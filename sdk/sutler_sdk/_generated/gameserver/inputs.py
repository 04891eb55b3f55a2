"""Dictionaries that are sent inside of arguments. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from typing_extensions import NotRequired

    from sutler_sdk._generated.gameserver.enums import GameServerEventDto


class MarkQueuedCommandAsExecutedInput(TypedDict):
    """`MarkQueuedCommandAsExecutedDto` of the contract."""

    attempt_id: str


class ReportGameServerEventsEntryInput(TypedDict):
    """`ReportGameServerEventsEntryDto` of the contract."""

    event: GameServerEventDto
    player_join: NotRequired[ReportGameServerEventsEntryPlayerJoinInput | None]
    timestamp: datetime


class ReportGameServerEventsEntryPlayerJoinInput(TypedDict):
    """`ReportGameServerEventsEntryPlayerJoinDto` of the contract."""

    ip_address: str
    minecraft_name: NotRequired[str | None]
    minecraft_uuid: NotRequired[str | None]
    steam_id: NotRequired[str | None]
