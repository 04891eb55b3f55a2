"""The game server's table: its token, and where it last linked from."""

from datetime import datetime

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict


class GameServer(StoreRecord, table="game_servers"):
    """A server that runs commands. Its token is shown again, so it is sealed as well as digested."""

    name: str
    enabled: bool
    token_digest: bytes
    token_sealed: bytes
    token_reset_at: datetime | None = None
    linked_at: datetime | None = None
    link_ip: str | None = None
    link_hostname: str | None = None
    link_platform: str | None = None
    link_version: str | None = None
    last_fetched_at: datetime | None = None
    last_fetched_ip: str | None = None
    deleted_at: datetime | None = None  # its token is worthless from then on; what ran on it stays in the books


class GameServerTokenTaken(Conflict):
    """This game-server token is already in use."""


unique(GameServerTokenTaken, GameServer.c.token_digest, name="game_servers_digest")
existing = GameServer.c.deleted_at.is_(None)
"""The servers that are not deleted."""
index("game_servers_newest", GameServer.c.store_id, GameServer.c.id)
