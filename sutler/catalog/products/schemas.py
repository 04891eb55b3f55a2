"""Products as their managers send and see them, and as visitors see them."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from sutler.catalog.products.models import CommandStage, Interval, RemoveAfterInterval
from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int32, Int64, Metadata, Moment, Wire

Ids = Annotated[list[FlakeId], Meta(max_length=100)]
Name = Annotated[str, Meta(min_length=1, max_length=42)]
Description = Annotated[str, Meta(max_length=50_000)]
Label = Annotated[str, Meta(max_length=100)]
Url = Annotated[str, Meta(max_length=2_000)]
RawSlug = Annotated[str, Meta(max_length=200)]  # spaces and what a slug cannot hold are still in it
TaxCode = Literal[
    "unknown", "digital_goods_subscription", "digital_goods_permanent", "saas", "downloaded_software",
    "digital_goods_subscription_gaming", "digital_goods_permanent_gaming", "iaas", "paas", "saas_security", "saas_storage",
]  # fmt: skip


class ProductCommandDto(Wire):
    """A console command. Without servers of its own it runs on those of the product, or on the one that was picked."""

    stage: CommandStage
    content: Annotated[str, Meta(min_length=1, max_length=1_000)]
    online_only: bool = False
    override_execute_on_gameserver_ids: Ids | None = None


class ProductStockLimitDto(Wire):
    """At most `quantity` units in any `time_value` `time_scale`."""

    enabled: bool
    quantity: Int32 | None = 10
    time_value: Int32 | None = 1
    time_scale: Interval = "month"
    include_trials: bool = False


class ProductDeliverableActionsDto(Wire):
    """What a unit gives besides running commands."""

    grant_giftcard: bool = False


class ProductPayoutSplitDto(Wire):
    """A share of the revenue for somebody else, in basis points."""

    user_id: FlakeId
    percentage: Int64 | None = None
    platform_fee: Int64 = 0


class UpsertProductTrialConfigurationDto(Wire):
    """How customers may try the product."""

    enabled: bool | None = None
    period_value: Int32 | None = None
    period_scale: Interval | None = None
    revoke_immediately_when_canceled: bool | None = None
    new_customers_only: bool | None = None
    new_customer_order_lookback_value: Int32 | None = None
    new_customer_order_lookback_scale: Interval | None = None
    allow_repeat_trials: bool | None = None
    repeat_trial_cooldown_value: Int32 | None = None
    repeat_trial_cooldown_scale: Interval | None = None


class ProductUpsellRecommendationDto(Wire):
    """Another product that is offered with this one."""

    recommended_product_id: FlakeId
    type: Literal["unknown", "additional", "alternative", "increase_quantity"]
    discount_type: Literal["unknown", "none", "fixed", "percentage"]
    discount_amount: Int64
    minimum_base_product_quantity: Int32 | None = None
    minimum_recommended_product_quantity: Int32 | None = None
    quantity_to_add: Int32 | None = None
    prefer_as_subscription: bool


class UpsertProductUpsellConfigurationDto(Wire):
    """What is offered with the product."""

    enabled: bool | None = None
    recommendations: Annotated[list[ProductUpsellRecommendationDto], Meta(max_length=100)] | None = None


class UpsertProductRequestDto(Wire):
    """A product as its manager describes it; what is left out or null gets its usual value."""

    slug: RawSlug | None = None
    name: Name | None = None
    description: Description | None = None
    label: Label | None = None
    image_url: Url | None = None
    price: Int64 | None = None
    single_game_server_only: bool | None = None
    allow_one_time_purchase: bool | None = None
    allow_subscription: bool | None = None
    subscription_interval_value: Int32 | None = None
    subscription_interval_scale: Interval | None = None
    trial: UpsertProductTrialConfigurationDto | None = None
    upselling: UpsertProductUpsellConfigurationDto | None = None
    remove_after_enabled: bool | None = None
    remove_after_time_value: Int32 | None = None
    remove_after_time_scale: RemoveAfterInterval | Literal["year"] | None = None
    store_stock_limit: ProductStockLimitDto | None = None
    customer_stock_limit: ProductStockLimitDto | None = None
    stock_limit_do_not_include_removed: bool | None = None
    tags: Ids | None = None
    gameservers: Ids | None = None
    commands: Annotated[list[ProductCommandDto], Meta(max_length=50)] | None = None
    deliverable_actions: ProductDeliverableActionsDto | None = None
    metadata: Metadata | None = None
    payout_splits: Annotated[list[ProductPayoutSplitDto], Meta(max_length=50)] | None = None
    tax_code: TaxCode | None = None
    allow_concurrent_active_items: bool | None = None
    is_hidden: bool | None = None
    is_gifting_disabled: bool | None = None
    enabled_at: Moment | None = None
    enabled_until: Moment | None = None
    required_product_ids: Ids | None = None
    required_product_all: bool | None = None
    custom_variable_ids: Ids | None = None
    is_gift_cards_disabled: bool | None = None
    is_coupons_disabled: bool | None = None
    is_affiliate_links_disabled: bool | None = None
    tier_group_id: FlakeId | None = None


class ProductTrialConfigurationDto(Struct, frozen=True):
    """How customers may try the product; nobody may yet."""

    enabled: bool = False
    period_value: Int32 = 7
    period_scale: Interval = "day"
    revoke_immediately_when_canceled: bool = False
    new_customers_only: bool = False
    new_customer_order_lookback_value: Int32 = 1
    new_customer_order_lookback_scale: Interval = "month"
    allow_repeat_trials: bool = False
    repeat_trial_cooldown_value: Int32 = 1
    repeat_trial_cooldown_scale: Interval = "month"


class ProductUpsellConfigurationDto(Struct, frozen=True):
    """What is offered with the product; nothing may be yet."""

    enabled: bool = False
    recommendations: list[ProductUpsellRecommendationDto] = []


class ProductStockAvailableDto(Struct, frozen=True):
    """How many units are left; zero where nothing limits them."""

    store_available: Int32 = 0
    customer_available: Int32 = 0


class ProductTagDto(Struct):
    """A tag that a product carries."""

    id: FlakeId
    slug: str
    name: str


class ProductGameServerDto(Struct):
    """A game server that a product is delivered to."""

    id: FlakeId
    name: str
    enabled: bool


class ProductDto(Struct, kw_only=True):
    """A product as its managers see it. What has a value here cannot be set to another yet."""

    id: FlakeId
    store_id: FlakeId
    version_id: FlakeId
    image_url: str | None
    slug: str
    name: str
    description: str
    label: str | None
    sort_order: Int32
    price: Int64
    single_game_server_only: bool
    allow_one_time_purchase: bool = True
    allow_subscription: bool = False
    subscription_interval_value: Int32 = 1
    subscription_interval_scale: Interval = "month"
    trial: ProductTrialConfigurationDto = ProductTrialConfigurationDto()
    upselling: ProductUpsellConfigurationDto = ProductUpsellConfigurationDto()
    remove_after_enabled: bool
    remove_after_time_value: Int32
    remove_after_time_scale: RemoveAfterInterval
    stock_available: ProductStockAvailableDto = ProductStockAvailableDto()
    store_stock_limit: ProductStockLimitDto = field(default_factory=lambda: ProductStockLimitDto(enabled=False))
    customer_stock_limit: ProductStockLimitDto = field(default_factory=lambda: ProductStockLimitDto(enabled=False))
    stock_limit_do_not_include_removed: bool | None = False
    tags: list[ProductTagDto] = []
    gameservers: list[ProductGameServerDto]
    commands: list[ProductCommandDto]
    created_by: Actor | UnsetType = UNSET
    created_at: datetime | None
    updated_by: Actor | UnsetType = UNSET
    updated_at: datetime | None
    deliverable_actions: ProductDeliverableActionsDto = field(default_factory=ProductDeliverableActionsDto)
    metadata: dict[str, str] | None
    payout_splits: list[ProductPayoutSplitDto] = []
    tax_code: TaxCode = "unknown"
    allow_concurrent_active_items: bool | None = True
    is_hidden: bool | None
    is_gifting_disabled: bool | None = False
    enabled_at: datetime | None
    enabled_until: datetime | None
    required_product_ids: list[FlakeId] = []
    required_product_all: bool | None = False
    custom_variable_ids: list[FlakeId] = []
    is_gift_cards_disabled: bool | None = False
    is_coupons_disabled: bool | None = False
    is_affiliate_links_disabled: bool | None = False
    tier_group_id: FlakeId | UnsetType = UNSET
