"""What operations of `products` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.storefront.models.shared import (
    CustomerTierGroupDto,
    StorefrontCustomVariableOptionDto,
    StorefrontGameServerDto,
    StorefrontProductPricingDto,
)
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.storefront.enums import (
        CustomVariableType,
        ProductRemoveAfterIntervalScale,
        ProductSubscriptionIntervalScale,
    )
else:  # a text that is new must not break a client
    CustomVariableType = ProductRemoveAfterIntervalScale = ProductSubscriptionIntervalScale = str


class ProductDeliverableActionsDto(Model, frozen=True, kw_only=True):
    """`ProductDeliverableActionsDto` of the contract."""

    grant_giftcard: bool


class ProductTagDto(Model, frozen=True, kw_only=True):
    """`ProductTagDto` of the contract."""

    id: str
    name: str
    slug: str


class StorefrontCustomVariableDto(Model, frozen=True, kw_only=True):
    """`StorefrontCustomVariableDto` of the contract."""

    description: str
    identifier: str
    name: str
    options: list[StorefrontCustomVariableOptionDto]
    type: CustomVariableType
    value_regex: str | None = None


class StorefrontProductDto(Model, frozen=True, kw_only=True):
    """`StorefrontProductDto` of the contract."""

    active_tier_group: CustomerTierGroupDto | None = None
    allow_one_time_purchase: bool
    allow_subscription: bool
    created_at: datetime | None = None
    currency: str
    custom_variables: list[StorefrontCustomVariableDto]
    deliverable_actions: ProductDeliverableActionsDto | None = None
    description: str
    enabled_at: datetime | None = None
    enabled_until: datetime | None = None
    gameservers: list[StorefrontGameServerDto]
    hidden: bool
    id: str
    image_url: str | None = None
    is_affiliate_links_disabled: bool
    is_coupons_disabled: bool
    is_gift_cards_disabled: bool
    is_gifting_disabled: bool
    label: str | None = None
    metadata: dict[str, str] | None = None
    name: str
    price: int
    """Minor units."""
    pricing: StorefrontProductPricingDto | None = None
    remove_after_enabled: bool
    remove_after_time_scale: ProductRemoveAfterIntervalScale
    remove_after_time_value: int
    single_game_server_only: bool
    slug: str
    sort_order: int
    stock: StorefrontProductStockDto | None = None
    store_id: str
    subscription_interval_scale: ProductSubscriptionIntervalScale
    subscription_interval_value: int
    tags: list[ProductTagDto]
    tier_group_id: str | None = None
    trial: StorefrontProductTrialDto
    updated_at: datetime | None = None
    version_id: str


class StorefrontProductStockDto(Model, frozen=True, kw_only=True):
    """`StorefrontProductStockDto` of the contract."""

    available_to_purchase: bool
    customer_available: int


class StorefrontProductTrialDto(Model, frozen=True, kw_only=True):
    """`StorefrontProductTrialDto` of the contract."""

    eligible: bool
    enabled: bool
    period_scale: ProductSubscriptionIntervalScale
    period_value: int
