"""Dictionaries that are sent inside of arguments. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from typing_extensions import NotRequired

    from sutler_sdk._generated.management.enums import (
        BanType,
        CouponDiscountTypeDto,
        CouponDurationDto,
        CustomerMinecraftPlatform,
        CustomerProfilePlatform,
        CustomVariableOptionPriceType,
        DiscordActionExecutionStage,
        DiscordActionRevocationStage,
        DiscordActionType,
        ProductCommandStage,
        ProductRemoveAfterIntervalScale,
        ProductStockTimeScale,
        ProductSubscriptionIntervalScale,
        ProductTaxCode,
        UpsellDiscountTypeDto,
        UpsellTypeDto,
    )


class AbandonedCheckoutStoreConfigurationUpdateCommandInput(TypedDict):
    """`AbandonedCheckoutStoreConfigurationUpdateCommandDto` of the contract."""

    command: str
    online_only: bool


class AddressInput(TypedDict):
    """`AddressDto` of the contract."""

    city: NotRequired[str | None]
    country: NotRequired[str | None]
    line_1: NotRequired[str | None]
    line_2: NotRequired[str | None]
    postal_code: NotRequired[str | None]
    state: NotRequired[str | None]


class AffiliateLinkCommissionAmountStepInput(TypedDict):
    """`AffiliateLinkCommissionAmountStepDto` of the contract."""

    billing_cycle_sequence: int
    commission_amount: int


class BanIdentityInput(TypedDict):
    """`BanIdentityDto` of the contract."""

    ban_type: BanType
    ban_type_value: str


class CheckoutCustomerDetailsInput(TypedDict):
    """`CheckoutCustomerDetailsDto` of the contract."""

    billing_address: NotRequired[AddressInput | None]
    billing_email: NotRequired[str | None]
    billing_name: NotRequired[str | None]
    billing_tax_id: NotRequired[str | None]


class CreateCheckoutSessionLineManagementInput(TypedDict):
    """`CreateCheckoutSessionLineManagementDto` of the contract."""

    custom_variables: NotRequired[Mapping[str, str] | None]
    gift_to: NotRequired[CustomerPlatformAccountInput | None]
    gift_to_customer_id: NotRequired[str | None]
    inline_product: NotRequired[InlineProductCreateInput | None]
    metadata: NotRequired[Mapping[str, str] | None]
    payout_splits: NotRequired[Sequence[CreateCheckoutSessionLineManagementPayoutSplitInput] | None]
    product_id: NotRequired[str | None]
    quantity: int
    selected_gameserver_id: NotRequired[str | None]
    subscription: NotRequired[bool | None]
    trial: NotRequired[bool | None]


class CreateCheckoutSessionLineManagementPayoutSplitInput(TypedDict):
    """`CreateCheckoutSessionLineManagementPayoutSplitDto` of the contract."""

    payout_id: str
    percentage: NotRequired[int | None]
    platform_fee: NotRequired[int | None]


class CustomVariableOptionRequestInput(TypedDict):
    """`CustomVariableOptionRequestDto` of the contract."""

    id: NotRequired[str | None]
    is_default: bool
    name: str
    price: int
    price_type: CustomVariableOptionPriceType
    value: str


class CustomerPlatformAccountInput(TypedDict):
    """`CustomerPlatformAccountDto` of the contract."""

    id: str
    platform: CustomerProfilePlatform


class DeliveryItemAssignmentBulkInput(TypedDict):
    """`DeliveryItemAssignmentBulkDto` of the contract."""

    custom_variables: NotRequired[Mapping[str, str] | None]
    customer_id: str
    execute_on_gameserver_id: NotRequired[str | None]
    override_expires_at: NotRequired[datetime | None]
    product_version_id: NotRequired[str | None]
    quantity: NotRequired[int | None]
    skip_commands: NotRequired[bool | None]
    product_id: NotRequired[str | None]


class InlineProductCreateInput(TypedDict):
    """`InlineProductCreateDto` of the contract."""

    allow_concurrent_active_items: NotRequired[bool | None]
    allow_one_time_purchase: NotRequired[bool | None]
    allow_subscription: NotRequired[bool | None]
    commands: NotRequired[Sequence[ProductCommandInput] | None]
    custom_variable_ids: NotRequired[Sequence[str] | None]
    customer_stock_limit: NotRequired[ProductStockLimitInput | None]
    deliverable_actions: NotRequired[ProductDeliverableActionsInput | None]
    description: NotRequired[str | None]
    enabled_at: NotRequired[datetime | None]
    enabled_until: NotRequired[datetime | None]
    gameservers: NotRequired[Sequence[str] | None]
    is_affiliate_links_disabled: NotRequired[bool | None]
    is_coupons_disabled: NotRequired[bool | None]
    is_gift_cards_disabled: NotRequired[bool | None]
    is_gifting_disabled: NotRequired[bool | None]
    is_hidden: NotRequired[bool | None]
    label: NotRequired[str | None]
    metadata: NotRequired[Mapping[str, str] | None]
    name: NotRequired[str | None]
    payout_splits: NotRequired[Sequence[ProductPayoutSplitInput] | None]
    price: NotRequired[int | None]
    remove_after_enabled: NotRequired[bool | None]
    remove_after_time_scale: NotRequired[ProductRemoveAfterIntervalScale | None]
    remove_after_time_value: NotRequired[int | None]
    required_product_all: NotRequired[bool | None]
    required_product_ids: NotRequired[Sequence[str] | None]
    single_game_server_only: NotRequired[bool | None]
    slug: NotRequired[str | None]
    stock_limit_do_not_include_removed: NotRequired[bool | None]
    store_stock_limit: NotRequired[ProductStockLimitInput | None]
    subscription_interval_scale: NotRequired[ProductSubscriptionIntervalScale | None]
    subscription_interval_value: NotRequired[int | None]
    tags: NotRequired[Sequence[str] | None]
    tax_code: NotRequired[ProductTaxCode | None]
    tier_group_id: NotRequired[str | None]
    trial: NotRequired[UpsertProductTrialConfigurationInput | None]
    upselling: NotRequired[UpsertProductUpsellConfigurationInput | None]


class MarketingCouponConfigurationInput(TypedDict):
    """`MarketingCouponConfigurationDto` of the contract."""

    customer_redeem_limit: int
    customer_redeem_limit_enabled: bool
    discount_amount: int
    discount_apply_before_sales: bool
    discount_only_required_tags_or_products: bool
    discount_type: CouponDiscountTypeDto
    duration: CouponDurationDto
    duration_in_intervals: NotRequired[int | None]
    expires_after: NotRequired[str | None]
    minimum_order_value: int
    required_product_ids: Sequence[str]
    required_tag_ids: Sequence[str]
    usable_on_one_time_purchases: bool
    usable_on_subscriptions: bool


class ProductCommandInput(TypedDict):
    """`ProductCommandDto` of the contract."""

    content: str
    online_only: bool
    override_execute_on_gameserver_ids: NotRequired[Sequence[str] | None]
    stage: ProductCommandStage


class ProductDeliverableActionsInput(TypedDict):
    """`ProductDeliverableActionsDto` of the contract."""

    grant_giftcard: bool


class ProductPayoutSplitInput(TypedDict):
    """`ProductPayoutSplitDto` of the contract."""

    percentage: NotRequired[int | None]
    platform_fee: int
    user_id: str


class ProductStockLimitInput(TypedDict):
    """`ProductStockLimitDto` of the contract."""

    enabled: bool
    include_trials: bool
    quantity: NotRequired[int | None]
    time_scale: ProductStockTimeScale
    time_value: NotRequired[int | None]


class PurchaseFollowUpStoreConfigurationUpdateCommandInput(TypedDict):
    """`PurchaseFollowUpStoreConfigurationUpdateCommandDto` of the contract."""

    command: str
    online_only: bool


class SetDiscordActionInput(TypedDict):
    """`SetDiscordActionDto` of the contract."""

    action_type: DiscordActionType
    channel_id: NotRequired[str | None]
    discord_server_id: str
    execution_stage: DiscordActionExecutionStage
    message: NotRequired[str | None]
    revocation_stages: NotRequired[Sequence[DiscordActionRevocationStage] | None]
    role_id: NotRequired[str | None]


class StoreUpsellRecommendationInput(TypedDict):
    """`StoreUpsellRecommendationDto` of the contract."""

    discount_amount: int
    discount_type: UpsellDiscountTypeDto
    minimum_base_product_quantity: NotRequired[int | None]
    prefer_as_subscription: bool
    quantity_to_add: NotRequired[int | None]
    recommended_product_id: str
    type: UpsellTypeDto


class UpdateNavLinkOrderChangeInput(TypedDict):
    """`UpdateNavLinkOrderChangeDto` of the contract."""

    node_id: str
    order: int


class UpdateSubscriptionLineRequestInput(TypedDict):
    """`UpdateSubscriptionLineRequestDto` of the contract."""

    custom_variables: Mapping[str, str]
    product_id: NotRequired[str | None]
    product_version_id: NotRequired[str | None]
    selected_gameserver_id: NotRequired[str | None]


class UpsertCustomerRequestInput(TypedDict):
    """`UpsertCustomerRequestDto` of the contract."""

    metadata: NotRequired[Mapping[str, str] | None]
    minecraft_platform: NotRequired[CustomerMinecraftPlatform | None]
    minecraft_uuid: NotRequired[str | None]
    name: NotRequired[str | None]
    steam_id: NotRequired[str | None]
    xbox_xuid: NotRequired[str | None]


class UpsertProductTrialConfigurationInput(TypedDict):
    """`UpsertProductTrialConfigurationDto` of the contract."""

    allow_repeat_trials: NotRequired[bool | None]
    enabled: NotRequired[bool | None]
    new_customer_order_lookback_scale: NotRequired[ProductSubscriptionIntervalScale | None]
    new_customer_order_lookback_value: NotRequired[int | None]
    new_customers_only: NotRequired[bool | None]
    period_scale: NotRequired[ProductSubscriptionIntervalScale | None]
    period_value: NotRequired[int | None]
    repeat_trial_cooldown_scale: NotRequired[ProductSubscriptionIntervalScale | None]
    repeat_trial_cooldown_value: NotRequired[int | None]
    revoke_immediately_when_canceled: NotRequired[bool | None]


class UpsertProductUpsellConfigurationInput(TypedDict):
    """`UpsertProductUpsellConfigurationDto` of the contract."""

    enabled: NotRequired[bool | None]
    recommendations: NotRequired[Sequence[UpsertProductUpsellRecommendationInput] | None]


class UpsertProductUpsellRecommendationInput(TypedDict):
    """`UpsertProductUpsellRecommendationDto` of the contract."""

    discount_amount: int
    discount_type: UpsellDiscountTypeDto
    minimum_base_product_quantity: NotRequired[int | None]
    minimum_recommended_product_quantity: NotRequired[int | None]
    prefer_as_subscription: bool
    quantity_to_add: NotRequired[int | None]
    recommended_product_id: str
    type: UpsellTypeDto
