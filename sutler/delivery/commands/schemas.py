"""What game servers send and receive."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.delivery.commands.models import CommandAttempt
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Query, SteamId, Wire, or_unset

MOST_PLAYERS = 10_000
Words = Annotated[str, Meta(max_length=500)]
Player = Annotated[str, Meta(max_length=100)]
Players = Annotated[list[Player], Meta(max_length=MOST_PLAYERS)]
SteamPlayers = Annotated[list[Player | Annotated[int, Meta(ge=0, le=2**63 - 1)]], Meta(max_length=MOST_PLAYERS)]


class LinkGameServerRequestDto(Wire):
    """How a server introduces itself; any text will do, since plugins send anything."""

    ip: Words
    hostname: Words
    platform: Words
    version: Words


class PreviousGameServerLinkDto(Struct):
    """The other place from which this token was used before."""

    ip: str
    host_name: str
    last_linked_at: datetime


class StorefrontGameServerDto(Struct):
    """A game server by its name."""

    id: FlakeId
    name: str
    enabled: bool


class LinkGameServerResponseDto(Struct):
    """Who the server is. `previously_linked` is left out, never null: a plugin breaks on null."""

    update_available: bool
    latest_version: str | None
    gameserver: StorefrontGameServerDto
    previously_linked: PreviousGameServerLinkDto | UnsetType = UNSET


class GetQueuedCommandsWithOnlinePlayersRequestDto(Wire):
    """Who is online. Hytale's plugin sends `hytale_uuids`, which are used like Minecraft's."""

    steam_ids: SteamPlayers | None = None
    minecraft_uuids: Players | None = None
    hytale_uuids: Players | None = None
    customer_names: Players | None = None


class Wait(Query):
    """Our own: up to so many seconds the answer waits for a command to come."""

    wait: Annotated[float, Meta(ge=0, le=30)] = 0


class QueuedCommandDto(Struct):
    """A command to run now."""

    attempt_id: FlakeId
    minecraft_uuid: str | None
    customer_name: str | None
    command: str
    online_only: bool
    queued_at: datetime
    steam_id: SteamId | UnsetType = UNSET


class MarkQueuedCommandAsExecutedDto(Wire):
    """A command that was run."""

    attempt_id: FlakeId


Executed = Annotated[list[MarkQueuedCommandAsExecutedDto], Meta(max_length=10_000)]


def shown(attempt: CommandAttempt) -> QueuedCommandDto:
    """A command as the game server gets it."""
    return QueuedCommandDto(
        attempt_id=attempt.id,
        steam_id=or_unset(attempt.steam_id),
        minecraft_uuid=attempt.minecraft_uuid,
        customer_name=attempt.customer_name,
        command=attempt.command,
        online_only=attempt.online_only,
        queued_at=attempt.created_at,
    )
