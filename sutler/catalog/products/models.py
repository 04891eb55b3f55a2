"""The product's tables: what is for sale now, and every version of it that was ever for sale."""

from datetime import datetime
from typing import Final, Literal

import msgspec

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId, new_id

Interval = Literal["invalid", "day", "week", "month", "year"]
RemoveAfterInterval = Literal["invalid", "day", "week", "month"]
CommandStage = Literal[
    "invalid", "on_purchase", "on_expire", "on_refund", "on_renew", "on_chargeback", "on_trial_start", "on_trial_expire"
]


TaxCode = Literal[
    "unknown", "digital_goods_subscription", "digital_goods_permanent", "saas", "downloaded_software",
    "digital_goods_subscription_gaming", "digital_goods_permanent_gaming", "iaas", "paas", "saas_security", "saas_storage",
]  # fmt: skip


UpsellType = Literal["unknown", "additional", "alternative", "increase_quantity"]
UpsellDiscount = Literal["unknown", "none", "fixed", "percentage"]


class Recommendation(msgspec.Struct, frozen=True, kw_only=True):
    """A product that is offered with another one, or with anything. A discount is minor units or tenths of a percent."""

    recommended_product_id: FlakeId
    type: UpsellType
    discount_type: UpsellDiscount = "none"
    discount_amount: int = 0
    minimum_base_product_quantity: int | None = None
    minimum_recommended_product_quantity: int | None = None
    quantity_to_add: int | None = None
    prefer_as_subscription: bool = False


class Upselling(msgspec.Struct, frozen=True):
    """What is offered with a product, while it is enabled."""

    enabled: bool = False
    recommendations: tuple[Recommendation, ...] = ()


class StockLimit(msgspec.Struct, frozen=True):
    """While enabled, at most `quantity` units in any stretch of `time_value` `time_scale`."""

    enabled: bool = False
    quantity: int = 10
    time_value: int = 1
    time_scale: Interval = "month"
    include_trials: bool = False


class TrialTerms(msgspec.Struct, frozen=True, kw_only=True):
    """How a product may be tried, while that is enabled: for how long, by whom, and what happens to those who stop.

    With `new_customers_only` only by those who ordered nothing in the look-back; again after the cool-down, or never.
    """

    enabled: bool = False
    period_value: int = 7
    period_scale: Interval = "day"
    revoke_immediately_when_canceled: bool = False
    new_customers_only: bool = False
    new_customer_order_lookback_value: int = 1
    new_customer_order_lookback_scale: Interval = "month"
    allow_repeat_trials: bool = False
    repeat_trial_cooldown_value: int = 1
    repeat_trial_cooldown_scale: Interval = "month"


class ProductCommand(msgspec.Struct):
    """A console command, written without a leading slash; placeholders stand in braces."""

    stage: CommandStage
    content: str
    online_only: bool
    override_execute_on_gameserver_ids: list[FlakeId] | None = None


class Product(StoreRecord, table="products"):
    """What is for sale. `price` is in minor units of the store's currency.

    A deleted product keeps its row, because orders and items tell of it; only queries that ask for it see it.
    """

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
    version_id: FlakeId = msgspec.field(default_factory=new_id)
    tag_ids: list[FlakeId] = msgspec.field(default_factory=list)
    custom_variable_ids: list[FlakeId] = msgspec.field(default_factory=list)
    required_product_ids: list[FlakeId] = msgspec.field(default_factory=list)
    required_product_all: bool = False
    store_stock_limit: StockLimit = StockLimit()
    customer_stock_limit: StockLimit = StockLimit()
    stock_limit_do_not_include_removed: bool = False
    allow_concurrent_active_items: bool = True
    is_gifting_disabled: bool = False
    is_gift_cards_disabled: bool = False
    is_coupons_disabled: bool = False
    is_affiliate_links_disabled: bool = False
    tax_code: TaxCode = "unknown"
    grant_giftcard: bool = False  # whether each unit comes with a gift card worth what it costs
    upselling: Upselling = Upselling()
    allow_one_time_purchase: bool = True
    allow_subscription: bool = False
    subscription_interval_value: int = 1
    subscription_interval_scale: Interval = "month"
    trial: TrialTerms = TrialTerms()
    tier_group_id: FlakeId | None = None  # the ladder that it is a step of
    deleted_at: datetime | None = None

    def sold_at(self, moment: datetime) -> bool:
        """Whether the product is published at this moment."""
        begun = self.enabled_at is not None and self.enabled_at <= moment
        return self.deleted_at is None and begun and (self.enabled_until is None or moment < self.enabled_until)


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
    custom_variable_ids: list[FlakeId] = msgspec.field(default_factory=list)
    allow_concurrent_active_items: bool = True
    tax_code: TaxCode = "unknown"
    grant_giftcard: bool = False
    allow_one_time_purchase: bool = True
    allow_subscription: bool = False
    subscription_interval_value: int = 1
    subscription_interval_scale: Interval = "month"
    trial: TrialTerms = TrialTerms()


KEPT: Final = Product.c.deleted_at.is_(None)
"""The products that are not deleted."""


class ProductSlugTaken(Conflict):
    """Another product of this store already uses this slug."""


unique(ProductSlugTaken, Product.c.store_id, Product.c.slug, name="products_slug", where=KEPT)
index("products_tier_group", Product.c.store_id, Product.c.tier_group_id, where=Product.c.tier_group_id.is_not(None))
index("product_versions_product", ProductVersion.c.store_id, ProductVersion.c.product_id)
