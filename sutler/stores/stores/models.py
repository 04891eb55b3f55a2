"""The store's table. A store is its own store: its `store_id` is its `id`."""

from datetime import datetime

from msgspec import field

from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId

MINECRAFT_PLATFORMS = ("minecraft", "minecraft_offline", "minecraft_geyser")
PLATFORMS = ("steam", *MINECRAFT_PLATFORMS, "hytale", "other")


class Store(StoreRecord, table="stores"):
    """One shop. `currency` is lower case and never changes; only stores that are not in live mode may simulate."""

    owner_id: FlakeId
    slug: str
    name: str
    platform: str
    game: str
    currency: str
    description: str
    live_mode: bool
    website_url: str | None = None
    contact_email: str | None = None
    support_email: str | None = None
    support_url: str | None = None
    integration_type: str | None = None
    logo_url: str | None = None
    logo_square_url: str | None = None
    minecraft_bedrock_username_prefix: str | None = None
    onboarding_completed_at: datetime | None = None
    gateways: list[str] = field(default_factory=list)  # by name, the preferred first; the simulator needs no mention
    disabled_payment_methods: list[str] = field(default_factory=list)
    deleted_at: datetime | None = None  # a deleted store is closed to everybody; what happened in it stays in the books


class StoreSlugTaken(Conflict):
    """Another store already uses this slug."""


unique(StoreSlugTaken, Store.c.slug, name="stores_slug", where=Store.c.deleted_at.is_(None))
