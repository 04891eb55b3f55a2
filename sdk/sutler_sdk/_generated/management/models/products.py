"""What operations of `products` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.management.models.shared import ActorDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import (
        ProductCommandStage,
        ProductRemoveAfterIntervalScale,
        ProductStockTimeScale,
        ProductSubscriptionIntervalScale,
        ProductTaxCode,
        UpsellDiscountTypeDto,
        UpsellTypeDto,
    )
else:  # a text that is new must not break a client
    ProductCommandStage = ProductRemoveAfterIntervalScale = ProductStockTimeScale = ProductSubscriptionIntervalScale = (
        ProductTaxCode
    ) = UpsellDiscountTypeDto = UpsellTypeDto = str


class ProductCommandDto(Model, frozen=True, kw_only=True):
    """`ProductCommandDto` of the contract."""

    content: str
    online_only: bool
    override_execute_on_gameserver_ids: list[str] | None = None
    stage: ProductCommandStage


class ProductDeliverableActionsDto(Model, frozen=True, kw_only=True):
    """`ProductDeliverableActionsDto` of the contract."""

    grant_giftcard: bool


class ProductDto(Model, frozen=True, kw_only=True):
    """`ProductDto` of the contract."""

    allow_concurrent_active_items: bool | None = None
    allow_one_time_purchase: bool
    allow_subscription: bool
    commands: list[ProductCommandDto]
    created_at: datetime | None = None
    created_by: ActorDto | None = None
    custom_variable_ids: list[str]
    customer_stock_limit: ProductStockLimitDto
    deliverable_actions: ProductDeliverableActionsDto | None = None
    description: str
    enabled_at: datetime | None = None
    enabled_until: datetime | None = None
    gameservers: list[ProductGameServerDto]
    id: str
    image_url: str | None = None
    is_affiliate_links_disabled: bool | None = None
    is_coupons_disabled: bool | None = None
    is_gift_cards_disabled: bool | None = None
    is_gifting_disabled: bool | None = None
    is_hidden: bool | None = None
    label: str | None = None
    metadata: dict[str, str] | None = None
    name: str
    payout_splits: list[ProductPayoutSplitDto]
    price: int
    """Minor units."""
    remove_after_enabled: bool
    remove_after_time_scale: ProductRemoveAfterIntervalScale
    remove_after_time_value: int
    required_product_all: bool | None = None
    required_product_ids: list[str]
    single_game_server_only: bool
    slug: str
    sort_order: int
    stock_available: ProductStockAvailableDto
    stock_limit_do_not_include_removed: bool | None = None
    store_id: str
    store_stock_limit: ProductStockLimitDto
    subscription_interval_scale: ProductSubscriptionIntervalScale
    subscription_interval_value: int
    tags: list[ProductTagDto]
    tax_code: ProductTaxCode | None = None
    tier_group_id: str | None = None
    trial: ProductTrialConfigurationDto
    updated_at: datetime | None = None
    updated_by: ActorDto | None = None
    upselling: ProductUpsellConfigurationDto
    version_id: str


class ProductGameServerDto(Model, frozen=True, kw_only=True):
    """`ProductGameServerDto` of the contract."""

    enabled: bool
    id: str
    name: str


class ProductPayoutSplitDto(Model, frozen=True, kw_only=True):
    """`ProductPayoutSplitDto` of the contract."""

    percentage: int | None = None
    platform_fee: int
    """Minor units."""
    user_id: str


class ProductStockAvailableDto(Model, frozen=True, kw_only=True):
    """`ProductStockAvailableDto` of the contract."""

    customer_available: int
    store_available: int


class ProductStockLimitDto(Model, frozen=True, kw_only=True):
    """`ProductStockLimitDto` of the contract."""

    enabled: bool
    include_trials: bool
    quantity: int | None = None
    time_scale: ProductStockTimeScale
    time_value: int | None = None


class ProductTagDto(Model, frozen=True, kw_only=True):
    """`ProductTagDto` of the contract."""

    id: str
    name: str
    slug: str


class ProductTrialConfigurationDto(Model, frozen=True, kw_only=True):
    """`ProductTrialConfigurationDto` of the contract."""

    allow_repeat_trials: bool
    enabled: bool
    new_customer_order_lookback_scale: ProductSubscriptionIntervalScale
    new_customer_order_lookback_value: int
    new_customers_only: bool
    period_scale: ProductSubscriptionIntervalScale
    period_value: int
    repeat_trial_cooldown_scale: ProductSubscriptionIntervalScale
    repeat_trial_cooldown_value: int
    revoke_immediately_when_canceled: bool


class ProductUpsellConfigurationDto(Model, frozen=True, kw_only=True):
    """`ProductUpsellConfigurationDto` of the contract."""

    enabled: bool
    recommendations: list[ProductUpsellRecommendationDto]


class ProductUpsellRecommendationDto(Model, frozen=True, kw_only=True):
    """`ProductUpsellRecommendationDto` of the contract."""

    discount_amount: int
    """Minor units, or a share, as `discount_type` says."""
    discount_type: UpsellDiscountTypeDto
    minimum_base_product_quantity: int | None = None
    minimum_recommended_product_quantity: int | None = None
    prefer_as_subscription: bool
    quantity_to_add: int | None = None
    recommended_product_id: str
    type: UpsellTypeDto
