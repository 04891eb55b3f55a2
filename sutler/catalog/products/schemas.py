"""Products as their managers send and see them, and as visitors see them."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.catalog.products.models import CommandStage, Interval, RemoveAfterInterval, TaxCode, UpsellDiscount, UpsellType
from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int32, Int64, Metadata, Moment, Wire

Ids = Annotated[list[FlakeId], Meta(max_length=100)]
Name = Annotated[str, Meta(min_length=1, max_length=42)]
Description = Annotated[str, Meta(max_length=50_000)]
Label = Annotated[str, Meta(max_length=100)]
Url = Annotated[str, Meta(max_length=2_000)]
RawSlug = Annotated[str, Meta(max_length=200)]  # spaces and what a slug cannot hold are still in it


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
    """How customers may try the product. In a change, what is left out stays as it is; null stands for the usual value."""

    enabled: bool | UnsetType | None = UNSET
    period_value: Int32 | UnsetType | None = UNSET
    period_scale: Interval | UnsetType | None = UNSET
    revoke_immediately_when_canceled: bool | UnsetType | None = UNSET
    new_customers_only: bool | UnsetType | None = UNSET
    new_customer_order_lookback_value: Int32 | UnsetType | None = UNSET
    new_customer_order_lookback_scale: Interval | UnsetType | None = UNSET
    allow_repeat_trials: bool | UnsetType | None = UNSET
    repeat_trial_cooldown_value: Int32 | UnsetType | None = UNSET
    repeat_trial_cooldown_scale: Interval | UnsetType | None = UNSET


class ProductUpsellRecommendationDto(Wire):
    """Another product that is offered with this one."""

    recommended_product_id: FlakeId
    type: UpsellType
    discount_type: UpsellDiscount
    discount_amount: Int64
    minimum_base_product_quantity: Int32 | None = None
    minimum_recommended_product_quantity: Int32 | None = None
    quantity_to_add: Int32 | None = None
    prefer_as_subscription: bool


class UpsertProductUpsellConfigurationDto(Wire):
    """What is offered with the product. In a change, what is left out stays as it is; null stands for the usual value."""

    enabled: bool | UnsetType | None = UNSET
    recommendations: Annotated[list[ProductUpsellRecommendationDto], Meta(max_length=100)] | UnsetType | None = UNSET


class UpsertProductRequestDto(Wire):
    """A new product, or what changes about one.

    What a new product leaves out gets its usual value; what a change leaves out stays. Null stands for the usual value.
    """

    slug: RawSlug | UnsetType | None = UNSET
    name: Name | UnsetType | None = UNSET
    description: Description | UnsetType | None = UNSET
    label: Label | UnsetType | None = UNSET
    image_url: Url | UnsetType | None = UNSET
    price: Int64 | UnsetType | None = UNSET
    single_game_server_only: bool | UnsetType | None = UNSET
    allow_one_time_purchase: bool | UnsetType | None = UNSET
    allow_subscription: bool | UnsetType | None = UNSET
    subscription_interval_value: Int32 | UnsetType | None = UNSET
    subscription_interval_scale: Interval | UnsetType | None = UNSET
    trial: UpsertProductTrialConfigurationDto | UnsetType | None = UNSET
    upselling: UpsertProductUpsellConfigurationDto | UnsetType | None = UNSET
    remove_after_enabled: bool | UnsetType | None = UNSET
    remove_after_time_value: Int32 | UnsetType | None = UNSET
    remove_after_time_scale: RemoveAfterInterval | Literal["year"] | UnsetType | None = UNSET
    store_stock_limit: ProductStockLimitDto | UnsetType | None = UNSET
    customer_stock_limit: ProductStockLimitDto | UnsetType | None = UNSET
    stock_limit_do_not_include_removed: bool | UnsetType | None = UNSET
    tags: Ids | UnsetType | None = UNSET
    gameservers: Ids | UnsetType | None = UNSET
    commands: Annotated[list[ProductCommandDto], Meta(max_length=50)] | UnsetType | None = UNSET
    deliverable_actions: ProductDeliverableActionsDto | UnsetType | None = UNSET
    metadata: Metadata | UnsetType | None = UNSET
    payout_splits: Annotated[list[ProductPayoutSplitDto], Meta(max_length=50)] | UnsetType | None = UNSET
    tax_code: TaxCode | UnsetType | None = UNSET
    allow_concurrent_active_items: bool | UnsetType | None = UNSET
    is_hidden: bool | UnsetType | None = UNSET
    is_gifting_disabled: bool | UnsetType | None = UNSET
    enabled_at: Moment | UnsetType | None = UNSET
    enabled_until: Moment | UnsetType | None = UNSET
    required_product_ids: Ids | UnsetType | None = UNSET
    required_product_all: bool | UnsetType | None = UNSET
    custom_variable_ids: Ids | UnsetType | None = UNSET
    is_gift_cards_disabled: bool | UnsetType | None = UNSET
    is_coupons_disabled: bool | UnsetType | None = UNSET
    is_affiliate_links_disabled: bool | UnsetType | None = UNSET
    tier_group_id: FlakeId | UnsetType | None = UNSET


class UpdateProductSortOrderRequestDto(Wire):
    """The order in which products are shown; those that are not named follow in the order they had."""

    product_ids: Annotated[list[FlakeId], Meta(max_length=10_000)]


class ProductTrialConfigurationDto(Struct, frozen=True):
    """How customers may try the product, while that is enabled."""

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
    """What is offered with the product, while it is enabled."""

    enabled: bool = False
    recommendations: list[ProductUpsellRecommendationDto] = []


class ProductStockAvailableDto(Struct, frozen=True):
    """How many units are left, in the store and for a customer who has bought none; zero where nothing limits them."""

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
    """A product as its managers see it. What has a usual value here cannot be set to another yet."""

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
    allow_one_time_purchase: bool
    allow_subscription: bool
    subscription_interval_value: Int32
    subscription_interval_scale: Interval
    trial: ProductTrialConfigurationDto
    upselling: ProductUpsellConfigurationDto
    remove_after_enabled: bool
    remove_after_time_value: Int32
    remove_after_time_scale: RemoveAfterInterval
    stock_available: ProductStockAvailableDto
    store_stock_limit: ProductStockLimitDto
    customer_stock_limit: ProductStockLimitDto
    stock_limit_do_not_include_removed: bool | None
    tags: list[ProductTagDto]
    gameservers: list[ProductGameServerDto]
    commands: list[ProductCommandDto]
    created_by: Actor | UnsetType = UNSET
    created_at: datetime | None
    updated_by: Actor | UnsetType = UNSET
    updated_at: datetime | None
    deliverable_actions: ProductDeliverableActionsDto
    metadata: dict[str, str] | None
    payout_splits: list[ProductPayoutSplitDto] = []
    tax_code: TaxCode
    allow_concurrent_active_items: bool | None
    is_hidden: bool | None
    is_gifting_disabled: bool | None
    enabled_at: datetime | None
    enabled_until: datetime | None
    required_product_ids: list[FlakeId]
    required_product_all: bool | None
    custom_variable_ids: list[FlakeId]
    is_gift_cards_disabled: bool | None
    is_coupons_disabled: bool | None
    is_affiliate_links_disabled: bool | None
    tier_group_id: FlakeId | UnsetType = UNSET
