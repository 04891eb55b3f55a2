"""What operations of `subscriptions` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.storefront.models.shared import StorefrontCustomerDto, SubscriptionChangeDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.storefront.enums import ProductSubscriptionIntervalScale, SubscriptionStatusDto
else:  # a text that is new must not break a client
    ProductSubscriptionIntervalScale = SubscriptionStatusDto = str


class SalesTaxJurisdictionDto(Model, frozen=True, kw_only=True):
    """`SalesTaxJurisdictionDto` of the contract."""

    name: str
    not_taxed_reason: str | None = None
    taxes: list[SalesTaxJurisdictionTaxDto]


class SalesTaxJurisdictionTaxDto(Model, frozen=True, kw_only=True):
    """`SalesTaxJurisdictionTaxDto` of the contract."""

    tax_amount: str
    tax_name: str
    tax_rate: str
    taxable_amount: str


class StorefrontSubscriptionDto(Model, frozen=True, kw_only=True):
    """`StorefrontSubscriptionDto` of the contract."""

    active_at: datetime | None = None
    attempt_count: int | None = None
    billing_cycle_sequence: int | None = None
    cancel_at_period_end: bool
    cancel_reason: str | None = None
    canceled_at: datetime | None = None
    cancellation_requested_at: datetime | None = None
    checkout_id: str | None = None
    coupon_ids: list[str]
    created_at: datetime
    currency: str
    current_period_end: datetime | None = None
    current_period_start: datetime | None = None
    customer: StorefrontCustomerDto
    discount_amount: int
    """Minor units."""
    discount_amount_str: str
    fx_rate: str | None = None
    id: str
    initial_discount_amount: int
    """Minor units."""
    initial_discount_amount_str: str
    initial_giftcard_usage_amount: int
    """Minor units."""
    initial_giftcard_usage_amount_str: str
    initial_presentment_discount_amount: int | None = None
    """Minor units."""
    initial_presentment_discount_amount_str: str | None = None
    initial_presentment_giftcard_usage_amount: int | None = None
    """Minor units."""
    initial_presentment_giftcard_usage_amount_str: str | None = None
    initial_presentment_subtotal_amount: int | None = None
    """Minor units."""
    initial_presentment_subtotal_amount_str: str | None = None
    initial_presentment_tax_amount: int | None = None
    """Minor units."""
    initial_presentment_tax_amount_str: str | None = None
    initial_presentment_total_amount: int | None = None
    """Minor units."""
    initial_presentment_total_amount_str: str | None = None
    initial_subtotal_amount: int
    """Minor units."""
    initial_subtotal_amount_str: str
    initial_tax_amount: int
    """Minor units."""
    initial_tax_amount_str: str
    initial_total_amount: int
    """Minor units."""
    initial_total_amount_str: str
    interval_scale: ProductSubscriptionIntervalScale
    interval_value: int
    lines: list[StorefrontSubscriptionLineDto]
    next_attempt_at: datetime | None = None
    next_billing_amount: SubscriptionBillingAmountDto
    next_billing_presentment_amount: SubscriptionBillingAmountDto
    past_due: bool
    pending_change: SubscriptionChangeDto | None = None
    presentment_currency: str | None = None
    presentment_discount_amount: int | None = None
    """Minor units."""
    presentment_discount_amount_str: str | None = None
    presentment_subtotal_amount: int | None = None
    """Minor units."""
    presentment_subtotal_amount_str: str | None = None
    presentment_tax_amount: int | None = None
    """Minor units."""
    presentment_tax_amount_str: str | None = None
    presentment_total_amount: int | None = None
    """Minor units."""
    presentment_total_amount_str: str | None = None
    pretty_id: str
    status: SubscriptionStatusDto
    store_id: str
    subtotal_amount: int
    """Minor units."""
    subtotal_amount_str: str
    tax_amount: int
    """Minor units."""
    tax_amount_str: str
    tax_jurisdictions: list[SalesTaxJurisdictionDto]
    total_amount: int
    """Minor units."""
    total_amount_str: str
    updated_at: datetime | None = None


class StorefrontSubscriptionLineDto(Model, frozen=True, kw_only=True):
    """`StorefrontSubscriptionLineDto` of the contract."""

    checkout_line_id: str | None = None
    currency: str
    discount_amount: int
    """Minor units."""
    discount_amount_str: str
    gift_to_customer_id: str | None = None
    id: str
    initial_discount_amount: int
    """Minor units."""
    initial_discount_amount_str: str
    initial_giftcard_usage_amount: int
    """Minor units."""
    initial_giftcard_usage_amount_str: str
    initial_order_line_id: str | None = None
    initial_presentment_discount_amount: int | None = None
    """Minor units."""
    initial_presentment_discount_amount_str: str | None = None
    initial_presentment_giftcard_usage_amount: int | None = None
    """Minor units."""
    initial_presentment_giftcard_usage_amount_str: str | None = None
    initial_presentment_subtotal_amount: int | None = None
    """Minor units."""
    initial_presentment_subtotal_amount_str: str | None = None
    initial_presentment_tax_amount: int | None = None
    """Minor units."""
    initial_presentment_tax_amount_str: str | None = None
    initial_presentment_total_amount: int | None = None
    """Minor units."""
    initial_presentment_total_amount_str: str | None = None
    initial_subtotal_amount: int
    """Minor units."""
    initial_subtotal_amount_str: str
    initial_tax_amount: int
    """Minor units."""
    initial_tax_amount_str: str
    initial_total_amount: int
    """Minor units."""
    initial_total_amount_str: str
    presentment_currency: str | None = None
    presentment_discount_amount: int | None = None
    """Minor units."""
    presentment_discount_amount_str: str | None = None
    presentment_subtotal_amount: int | None = None
    """Minor units."""
    presentment_subtotal_amount_str: str | None = None
    presentment_tax_amount: int | None = None
    """Minor units."""
    presentment_tax_amount_str: str | None = None
    presentment_total_amount: int | None = None
    """Minor units."""
    presentment_total_amount_str: str | None = None
    price: int
    """Minor units."""
    pricing_region_id: str | None = None
    product_id: str
    product_image_url: str | None = None
    product_name: str
    product_version_id: str
    sale_id: str | None = None
    sale_version_id: str | None = None
    selected_gameserver_id: str | None = None
    store_id: str
    subscription_id: str
    subtotal_amount: int
    """Minor units."""
    subtotal_amount_str: str
    tax_amount: int
    """Minor units."""
    tax_amount_str: str
    tax_inclusive: bool
    total_amount: int
    """Minor units."""
    total_amount_str: str
    trial_id: str | None = None


class SubscriptionBillingAmountDto(Model, frozen=True, kw_only=True):
    """`SubscriptionBillingAmountDto` of the contract."""

    currency: str
    discount: int
    """Minor units."""
    subtotal: int
    """Minor units."""
    tax: int
    """Minor units."""
    total: int
    """Minor units."""
