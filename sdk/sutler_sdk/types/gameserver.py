"""Every type of the gameserver API, for annotations. Made by `make sdk`; changes are lost."""

from sutler_sdk._generated.gameserver.enums import GameServerEventDto
from sutler_sdk._generated.gameserver.inputs import (
    MarkQueuedCommandAsExecutedInput,
    ReportGameServerEventsEntryInput,
    ReportGameServerEventsEntryPlayerJoinInput,
)
from sutler_sdk._generated.gameserver.models.delivery import (
    LinkGameServerResponseDto,
    PreviousGameServerLinkDto,
    QueuedCommandDto,
    StorefrontGameServerDto,
)

__all__ = [
    "GameServerEventDto",
    "LinkGameServerResponseDto",
    "MarkQueuedCommandAsExecutedInput",
    "PreviousGameServerLinkDto",
    "QueuedCommandDto",
    "ReportGameServerEventsEntryInput",
    "ReportGameServerEventsEntryPlayerJoinInput",
    "StorefrontGameServerDto",
]
