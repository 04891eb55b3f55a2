"""What game servers send and receive."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.delivery.commands.models import CommandAttempt
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int64, Query, SteamId, Wire, or_unset

MOST_AT_ONCE = 10_000  # players or acknowledgements; checked by the service, which says so in a sentence
Words = Annotated[str, Meta(max_length=2_000)]
Player = Annotated[str, Meta(max_length=500)]
SteamPlayer = Annotated[str, Meta(max_length=500, extra_json_schema={"format": "steam-id"})]
AttemptId = Annotated[str, Meta(max_length=500, extra_json_schema={"format": "flake-id"})]


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

    steam_ids: list[SteamPlayer | Int64 | None] | None = None
    minecraft_uuids: list[Player | None] | None = None
    hytale_uuids: list[Player | None] | None = None
    customer_names: list[Player | None] | None = None


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

    attempt_id: AttemptId | Int64


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
