"""The tables of bans: the ban itself, and each identity that it is for, in the form in which it is looked up."""

from datetime import datetime
from typing import Literal

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict, ShopError
from sutler.kernel.ids import FlakeId

BanType = Literal["unknown", "steam", "ip", "customer", "customer_name", "email"]


class Ban(StoreRecord, table="bans"):
    """Refuses checkouts while it is enabled and until it expires."""

    reason: str
    enabled: bool
    expires_at: datetime | None = None


class BanIdentity(StoreRecord, table="ban_identities"):
    """One identity of a ban. `value` is shown, `key` is looked up: the type, a colon and the value in its one form."""

    ban_id: FlakeId
    ban_type: BanType
    value: str
    key: str


class BanIdentityTwice(Conflict):
    """This ban is for that identity already."""


class Banned(ShopError):
    """This customer may not buy in this store."""

    status = 403


index("bans_newest", Ban.c.store_id, Ban.c.id)
unique(BanIdentityTwice, BanIdentity.c.store_id, BanIdentity.c.ban_id, BanIdentity.c.key, name="ban_identities_of_ban")
index("ban_identities_key", BanIdentity.c.store_id, BanIdentity.c.key)
