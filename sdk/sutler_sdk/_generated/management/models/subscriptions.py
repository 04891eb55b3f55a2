"""What operations of `subscriptions` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.management.models.shared import (
    CustomerDto,
    CustomVariableLineItemDto,
    PaymentMethodDto,
    SalesTaxJurisdictionDto,
)
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import (
        ProductSubscriptionIntervalScale,
        ProrationBehaviorDto,
        SubscriptionChangeStatusDto,
        SubscriptionStatusDto,
    )
else:  # a text that is new must not break a client
    ProductSubscriptionIntervalScale = ProrationBehaviorDto = SubscriptionChangeStatusDto = SubscriptionStatusDto = str


class CheckoutPaymentInfoDto(Model, frozen=True, kw_only=True):
    """`CheckoutPaymentInfoDto` of the contract."""

    checkout_url: str | None = None
    decline_message: str | None = None
    declined: bool
    status: str


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


class SubscriptionDto(Model, frozen=True, kw_only=True):
    """`SubscriptionDto` of the contract."""

    active_at: datetime | None = None
    affiliate_id: str | None = None
    attempt_count: int | None = None
    billing_country: str | None = None
    billing_cycle_sequence: int | None = None
    billing_email: str | None = None
    billing_name: str | None = None
    billing_tax_id: str | None = None
    cancel_at_period_end: bool
    cancel_reason: str | None = None
    canceled_at: datetime | None = None
    cancellation_requested_at: datetime | None = None
    checkout_id: str | None = None
    checkout_line_id: str | None = None
    coupon_id: str | None = None
    coupon_ids: list[str]
    coupon_repeating_ends_at: datetime | None = None
    created_at: datetime
    currency: str
    current_period_end: datetime | None = None
    current_period_start: datetime | None = None
    customer: CustomerDto
    customer_ip: str | None = None
    discount_amount: int
    """Minor units."""
    discount_amount_str: str
    fx_rate: str | None = None
    gift: bool
    gift_to_customer: CustomerDto | None = None
    gift_to_customer_id: str | None = None
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
    lines: list[SubscriptionLineDto]
    next_attempt_at: datetime | None = None
    next_billing_amount: SubscriptionBillingAmountDto
    next_billing_presentment_amount: SubscriptionBillingAmountDto
    past_due: bool
    payment_method: PaymentMethodDto | None = None
    payment_method_id: str | None = None
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
    price: int
    """Minor units."""
    price_str: str | None = None
    pricing_region_id: str | None = None
    product_id: str | None = None
    product_image_url: str | None = None
    product_name: str | None = None
    product_version_id: str | None = None
    status: SubscriptionStatusDto
    store_id: str
    subtotal_amount: int
    """Minor units."""
    subtotal_amount_str: str
    tax_amount: int
    """Minor units."""
    tax_amount_str: str
    tax_inclusive: bool
    tax_jurisdictions: list[SalesTaxJurisdictionDto]
    total_amount: int
    """Minor units."""
    total_amount_str: str
    updated_at: datetime | None = None


class SubscriptionLineDto(Model, frozen=True, kw_only=True):
    """`SubscriptionLineDto` of the contract."""

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


class UpdateSubscriptionResponseDto(Model, frozen=True, kw_only=True):
    """`UpdateSubscriptionResponseDto` of the contract."""

    pending_payment: CheckoutPaymentInfoDto | None = None
    subscription_change: SubscriptionChangeDto
