"""What operations of `shared` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.storefront.enums import (
        CustomerMinecraftPlatform,
        ProrationBehaviorDto,
        SaleDiscountTypeDto,
        SubscriptionChangeStatusDto,
    )
else:  # a text that is new must not break a client
    CustomerMinecraftPlatform = ProrationBehaviorDto = SaleDiscountTypeDto = SubscriptionChangeStatusDto = str


class CreateCheckoutSessionResponseDto(Model, frozen=True, kw_only=True):
    """`CreateCheckoutSessionResponseDto` of the contract."""

    id: str
    token: str
    url: str


class CustomVariableLineItemDto(Model, frozen=True, kw_only=True):
    """`CustomVariableLineItemDto` of the contract."""

    description: str
    id: str
    identifier: str
    name: str
    price: int
    """Minor units."""
    value: str


class CustomerGenericProfileDto(Model, frozen=True, kw_only=True):
    """`CustomerGenericProfileDto` of the contract."""

    avatar_url: str | None = None
    id: str
    name: str
    platform: str


class CustomerTierGroupDto(Model, frozen=True, kw_only=True):
    """`CustomerTierGroupDto` of the contract."""

    active_product_id: str
    currency: str
    next_billing_amount: int
    """Minor units."""
    next_billing_presentment_amount: int
    """Minor units."""
    next_renewal_at: datetime
    pending_change_product_id: str | None = None
    presentment_currency: str
    tier_group_id: str


class SalesTaxEstimateDto(Model, frozen=True, kw_only=True):
    """`SalesTaxEstimateDto` of the contract."""

    country_code: str
    country_name: str
    currency: str
    eservice_rate: float
    eu_member_state: bool
    percentage: float
    tax_number_abbreviation: str | None = None
    tax_number_local_name: str | None = None
    vat_abbreviation: str
    vat_local_name: str


class StorefrontCustomVariableOptionDto(Model, frozen=True, kw_only=True):
    """`StorefrontCustomVariableOptionDto` of the contract."""

    is_default: bool
    name: str
    price: int
    """Minor units."""
    sort_order: int
    value: str


class StorefrontCustomerDto(Model, frozen=True, kw_only=True):
    """`StorefrontCustomerDto` of the contract."""

    id: str
    minecraft: StorefrontCustomerMinecraftProfileDto | None = None
    minecraft_platform: CustomerMinecraftPlatform | None = None
    minecraft_uuid: str | None = None
    name: str | None = None
    profile: CustomerGenericProfileDto | None = None
    steam: StorefrontCustomerSteamProfileDto | None = None
    steam_id: str | None = None
    store_id: str
    xbox_xuid: str | None = None


class StorefrontCustomerMinecraftProfileDto(Model, frozen=True, kw_only=True):
    """`StorefrontCustomerMinecraftProfileDto` of the contract."""

    avatar_url: str
    id: str
    name: str


class StorefrontCustomerSteamProfileDto(Model, frozen=True, kw_only=True):
    """`StorefrontCustomerSteamProfileDto` of the contract."""

    avatar_url: str
    id: str
    name: str


class StorefrontGameServerDto(Model, frozen=True, kw_only=True):
    """`StorefrontGameServerDto` of the contract."""

    enabled: bool
    id: str
    name: str


class StorefrontProductPricingDto(Model, frozen=True, kw_only=True):
    """`StorefrontProductPricingDto` of the contract."""

    active_sale: StorefrontSaleDto | None = None
    price_final: int
    """Minor units."""
    price_original: int
    """Minor units."""
    regional_pricing: StorefrontProductRegionalPricingDto | None = None
    sale_value: int | None = None
    vat_rate: SalesTaxEstimateDto | None = None


class StorefrontProductRegionalPricingDto(Model, frozen=True, kw_only=True):
    """`StorefrontProductRegionalPricingDto` of the contract."""

    base_price: int
    """Minor units."""
    currency: str
    region_id: str
    tax_inclusive: bool


class StorefrontSaleDto(Model, frozen=True, kw_only=True):
    """`StorefrontSaleDto` of the contract."""

    begins_at: datetime
    discount_amount: int
    """Minor units, or a share, as `discount_type` says."""
    discount_type: SaleDiscountTypeDto
    ends_at: datetime | None = None
    id: str
    minimum_order_value: int
    """Minor units."""
    name: str
    version_id: str


class SubscriptionChangeAmountDto(Model, frozen=True, kw_only=True):
    """`SubscriptionChangeAmountDto` of the contract."""

    currency: str
    discount: int
    """Minor units."""
    subtotal: int
    """Minor units."""
    tax: int
    """Minor units."""
    total: int
    """Minor units."""


class SubscriptionChangeDto(Model, frozen=True, kw_only=True):
    """`SubscriptionChangeDto` of the contract."""

    applied_at: datetime | None = None
    created_at: datetime
    id: str
    lines: list[SubscriptionChangeLineDto]
    next_billing_amount: SubscriptionChangeAmountDto
    next_billing_presentment_amount: SubscriptionChangeAmountDto
    off_session: bool
    prorated_amount: SubscriptionChangeProratedAmountDto
    prorated_order_id: str | None = None
    proration_behavior: ProrationBehaviorDto
    status: SubscriptionChangeStatusDto
    subscription_id: str


class SubscriptionChangeLineAmountDto(Model, frozen=True, kw_only=True):
    """`SubscriptionChangeLineAmountDto` of the contract."""

    currency: str
    discount: int
    """Minor units."""
    subtotal: int
    """Minor units."""
    tax: int
    """Minor units."""
    total: int
    """Minor units."""


class SubscriptionChangeLineDto(Model, frozen=True, kw_only=True):
    """`SubscriptionChangeLineDto` of the contract."""

    amount: SubscriptionChangeLineAmountDto
    id: str
    is_deleted: bool
    presentment_amount: SubscriptionChangeLineAmountDto
    price: int
    """Minor units."""
    product: SubscriptionChangeLineProductDto
    prorated_amount: int
    """Minor units."""
    prorated_presentment_amount: int
    """Minor units."""
    remaining_minutes: int
    subscription_line_id: str | None = None
    tax_inclusive: bool
    total_minutes: int


class SubscriptionChangeLineProductDto(Model, frozen=True, kw_only=True):
    """`SubscriptionChangeLineProductDto` of the contract."""

    custom_variables: dict[str, CustomVariableLineItemDto]
    id: str
    image_url: str | None = None
    name: str
    pricing_region_id: str | None = None
    selected_gameserver_id: str | None = None
    version_id: str


class SubscriptionChangeProratedAmountDto(Model, frozen=True, kw_only=True):
    """`SubscriptionChangeProratedAmountDto` of the contract."""

    currency: str
    presentment_currency: str
    presentment_prorated_amount: int
    """Minor units."""
    prorated_amount: int
    """Minor units."""
