"""The customer's tables: identities, each unique within a store, and tokens for the storefront."""

from datetime import datetime
from typing import Literal

from sqlalchemy import Index, literal_column

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId

MinecraftPlatform = Literal["unknown", "java", "bedrock"]


class Customer(StoreRecord, table="customers"):
    """Whoever buys or receives. UUIDs are kept dashed and in lower case."""

    steam_id: str | None
    steam_name: str | None = None
    steam_avatar_url: str | None = None
    minecraft_uuid: str | None
    minecraft_name: str | None = None
    minecraft_avatar_url: str | None = None
    minecraft_platform: MinecraftPlatform | None
    xbox_xuid: str | None
    name: str | None
    email: str | None = None
    metadata: dict[str, str]


class CustomerToken(StoreRecord, table="customer_tokens"):
    """Signs a customer in to the storefront. Only a digest is kept; deleting the row revokes it."""

    customer_id: FlakeId
    token_digest: bytes
    expires_at: datetime | None = None


class SteamIdTaken(Conflict):
    """Another customer of this store already has this steam_id."""


class MinecraftUuidTaken(Conflict):
    """Another customer of this store already has this minecraft_uuid."""


class XboxXuidTaken(Conflict):
    """Another customer of this store already has this xbox_xuid."""


class CustomerTokenExists(Conflict):
    """This customer token already exists."""


unique(SteamIdTaken, Customer.c.store_id, Customer.c.steam_id, name="customers_steam_id")
unique(MinecraftUuidTaken, Customer.c.store_id, Customer.c.minecraft_uuid, name="customers_minecraft_uuid")
unique(XboxXuidTaken, Customer.c.store_id, Customer.c.xbox_xuid, name="customers_xbox_xuid")
SEARCHED = ("name", "email", "steam_name", "minecraft_name")
"""The columns whose beginnings are searched without regard to case."""

for _name in SEARCHED:  # the operator class lets PostgreSQL compare beginnings byte by byte, whatever its collation
    Index(
        f"customers_search_{_name}", Customer.c.store_id, literal_column(f"lower({_name})"),
        postgresql_ops={f"lower({_name})": "text_pattern_ops"},
    )  # fmt: skip
index("customers_newest", Customer.c.store_id, Customer.c.id)
unique(CustomerTokenExists, CustomerToken.c.token_digest, name="customer_tokens_digest")
index("customer_tokens_customer", CustomerToken.c.store_id, CustomerToken.c.customer_id)
