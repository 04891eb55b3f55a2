"""The product's tables: what is for sale now, and every version of it that was ever for sale."""

from datetime import datetime
from typing import Literal

import msgspec

from sutler.kernel.data.records import StoreRecord, VersionedRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId

Interval = Literal["invalid", "day", "week", "month", "year"]
RemoveAfterInterval = Literal["invalid", "day", "week", "month"]
CommandStage = Literal[
    "invalid", "on_purchase", "on_expire", "on_refund", "on_renew", "on_chargeback", "on_trial_start", "on_trial_expire"
]


class ProductCommand(msgspec.Struct):
    """A console command, written without a leading slash; placeholders stand in braces."""

    stage: CommandStage
    content: str
    online_only: bool
    override_execute_on_gameserver_ids: list[FlakeId] | None = None


class Product(VersionedRecord, table="products"):
    """What is for sale. `price` is in minor units of the store's currency."""

    slug: str
    name: str
    description: str
    label: str | None
    image_url: str | None
    price: int
    sort_order: int
    gameserver_ids: list[FlakeId]
    commands: list[ProductCommand]
    single_game_server_only: bool
    metadata: dict[str, str]
    is_hidden: bool
    enabled_at: datetime | None
    enabled_until: datetime | None
    remove_after_enabled: bool
    remove_after_time_value: int
    remove_after_time_scale: RemoveAfterInterval

    def sold_at(self, moment: datetime) -> bool:
        """Whether the product is published at this moment."""
        begun = self.enabled_at is not None and self.enabled_at <= moment
        return begun and (self.enabled_until is None or moment < self.enabled_until)


class ProductVersion(StoreRecord, table="product_versions"):
    """A product as it was when this version was for sale; its id is the version id. Never changed."""

    product_id: FlakeId
    slug: str
    name: str
    description: str
    image_url: str | None
    price: int
    gameserver_ids: list[FlakeId]
    commands: list[ProductCommand]
    single_game_server_only: bool
    remove_after_enabled: bool
    remove_after_time_value: int
    remove_after_time_scale: RemoveAfterInterval


class ProductSlugTaken(Conflict):
    """Another product of this store already uses this slug."""


unique(ProductSlugTaken, Product.c.store_id, Product.c.slug, name="products_slug")
index("product_versions_product", ProductVersion.c.store_id, ProductVersion.c.product_id)
