"""The tables of profiles: what a platform said of a player, and every name that a customer went by."""

from datetime import datetime

from sqlalchemy import Index, literal_column

from sutler.customers.player_lookups.service import Platform
from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId


class PlayerProfile(StoreRecord, table="player_profiles"):
    """An answer about a player, kept for a while. `fetched_at` is real time, whatever the store's clock says.

    `player_id` is a SteamID64, a dashed UUID or an XUID. Without one it says that on this platform nobody has the name.
    """

    platform: Platform
    player_id: str | None
    name: str
    avatar_url: str | None = None
    fetched_at: datetime


class CustomerName(StoreRecord, table="customer_names"):
    """A name that a customer had on a platform, and when it was seen first."""

    customer_id: FlakeId
    platform: str
    name: str
    seen_at: datetime


class PlayerProfileExists(Conflict):
    """This player's profile is already known."""


class CustomerNameExists(Conflict):
    """This name of the customer is already known."""


unique(
    PlayerProfileExists,
    PlayerProfile.c.store_id,
    PlayerProfile.c.platform,
    PlayerProfile.c.player_id,
    name="player_profiles_player",
)
Index("player_profiles_name", PlayerProfile.c.store_id, PlayerProfile.c.platform, literal_column("lower(name)"))
Index("player_profiles_fetched", PlayerProfile.c.fetched_at)
unique(
    CustomerNameExists,
    CustomerName.c.store_id,
    CustomerName.c.customer_id,
    CustomerName.c.platform,
    CustomerName.c.name,
    name="customer_names_once",
)
