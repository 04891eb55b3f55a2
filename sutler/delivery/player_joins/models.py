"""The table of players who joined game servers. Rows are only ever added, until they are too old or the person is erased."""

from datetime import datetime, timedelta
from typing import Final

from sutler.kernel.data.records import StoreRecord, index
from sutler.kernel.ids import FlakeId

KEPT: Final = timedelta(days=180)  # longer than cards may be charged back for what was delivered at once


class PlayerJoin(StoreRecord, table="player_joins"):
    """A player joined a game server. `joined_at` is what the server said, `created_at` is when we heard of it."""

    gameserver_id: FlakeId
    player: str  # whichever identity says best who it is: the Steam id, else the UUID, else the name in lower case
    customer_id: FlakeId | None  # whoever had this identity then
    steam_id: str | None
    minecraft_uuid: str | None
    minecraft_name: str | None
    ip: str | None
    joined_at: datetime


index(
    "player_joins_of_server", PlayerJoin.c.store_id, PlayerJoin.c.gameserver_id, PlayerJoin.c.player, PlayerJoin.c.joined_at
)
index("player_joins_player", PlayerJoin.c.store_id, PlayerJoin.c.player)
index("player_joins_customer", PlayerJoin.c.store_id, PlayerJoin.c.customer_id, PlayerJoin.c.id)
index("player_joins_age", PlayerJoin.c.store_id, PlayerJoin.c.created_at)
