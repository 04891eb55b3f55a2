"""Game servers as clients send and see them."""

from datetime import datetime
from typing import Annotated

import structlog
from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId
from sutler.kernel.secrets import CannotUnseal, sealer
from sutler.kernel.wire import Wire
from sutler.servers.game_servers.models import GameServer

log = structlog.get_logger("sutler.game_servers")


class CreateGameServerDto(Wire):
    """A new game server; it may link and fetch commands at once unless it is made disabled."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    enabled: bool = True


class UpdateGameServerDto(Wire):
    """What changes about a game server; what is left out stays, and null, which the contract does not have, is refused."""

    name: Annotated[str, Meta(min_length=1, max_length=100)] | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET


class GameServerLinkDto(Struct):
    """Where a game server last linked from, and when it last fetched commands."""

    ip: str
    hostname: str
    platform: str
    version: str
    saved_at: datetime
    last_fetched_commands_at: datetime | None
    last_fetched_commands_from_ip: str | None


class GameServerDto(Struct):
    """A game server. `updated_by` is whoever made it until someone changes it."""

    id: FlakeId
    store_id: FlakeId
    name: str
    enabled: bool
    token: str | None
    token_reset_at: datetime | None
    linked_to: GameServerLinkDto
    created_at: datetime
    created_by: Actor
    updated_at: datetime | None
    updated_by: Actor


def shown(server: GameServer) -> GameServerDto:
    """A game server with its token, which whoever may read game servers may see."""
    creator = server.created_by or Actor("internal")
    return GameServerDto(
        id=server.id,
        store_id=server.store_id,
        name=server.name,
        enabled=server.enabled,
        token=_token(server),
        token_reset_at=server.token_reset_at,
        linked_to=_link(server),
        created_at=server.created_at,
        created_by=creator,
        updated_at=server.updated_at,
        updated_by=server.updated_by or creator,
    )


def sealed_for(id: FlakeId) -> str:
    """The context in which the token of a game server is sealed."""
    return f"game_server:{id}"


def _token(server: GameServer) -> str | None:
    """The token, or null when this installation's keys do not open it, as after a restore without the key file."""
    try:
        return sealer().open(server.token_sealed, sealed_for(server.id))
    except CannotUnseal as error:
        log.warning("a game server's token cannot be shown; reset it", game_server_id=server.id, reason=str(error))
        return None


def _link(server: GameServer) -> GameServerLinkDto:
    """The contract wants a link in any case: that of a server which never linked is blank and as old as the server."""
    return GameServerLinkDto(
        ip=server.link_ip or "",
        hostname=server.link_hostname or "",
        platform=server.link_platform or "",
        version=server.link_version or "",
        saved_at=server.linked_at or server.created_at,
        last_fetched_commands_at=server.last_fetched_at,
        last_fetched_commands_from_ip=server.last_fetched_ip,
    )
