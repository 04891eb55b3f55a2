"""What operations of `orders` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.management.models.shared import (
    CustomerDto,
    CustomVariableLineItemDto,
    LastPaymentErrorDto,
    SalesTaxJurisdictionDto,
)
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import OrderStatus, OrderType, ProductSubscriptionIntervalScale
else:  # a text that is new must not break a client
    OrderStatus = OrderType = ProductSubscriptionIntervalScale = str


class OrderCouponUsageDto(Model, frozen=True, kw_only=True):
    """`OrderCouponUsageDto` of the contract."""

    coupon_id: str
    coupon_version_id: str
    usage_amount: int
    """Minor units."""


class OrderDto(Model, frozen=True, kw_only=True):
    """`OrderDto` of the contract."""

    affiliate_id: str | None = None
    applied_coupons: list[OrderCouponUsageDto]
    applied_giftcards: list[OrderGiftCardUsageDto]
    billing_country: str
    billing_cycle_sequence: int
    billing_email: str
    billing_name: str
    billing_tax_id: str | None = None
    checkout_id: str | None = None
    checkout_token: str | None = None
    completed_at: datetime | None = None
    coupon_id: str | None = None
    created_at: datetime | None = None
    currency: str
    customer: CustomerDto
    customer_id: str
    customer_ip: str
    discount_amount: int
    discount_amount_str: str
    giftcard_id: str | None = None
    giftcard_usage_amount: int
    giftcard_usage_amount_str: str
    id: str
    is_subscription: bool
    last_payment_error: LastPaymentErrorDto | None = None
    lines: list[OrderLineDto]
    presentment_currency: str
    presentment_discount_amount: int
    presentment_discount_amount_str: str
    presentment_giftcard_usage_amount: int
    presentment_giftcard_usage_amount_str: str
    presentment_subtotal_amount: int
    presentment_subtotal_amount_str: str
    presentment_tax_amount: int
    presentment_tax_amount_str: str
    presentment_total_amount: int
    presentment_total_amount_str: str
    pretty_id: str
    status: OrderStatus
    store_id: str
    subscription_id: str | None = None
    subtotal_amount: int
    subtotal_amount_str: str
    tax_amount: int
    tax_amount_str: str
    tax_jurisdictions: list[SalesTaxJurisdictionDto]
    total_amount: int
    total_amount_str: str
    type: OrderType


class OrderGiftCardUsageDto(Model, frozen=True, kw_only=True):
    """`OrderGiftCardUsageDto` of the contract."""

    giftcard_id: str
    usage_amount: int
    """Minor units."""


class OrderLineDto(Model, frozen=True, kw_only=True):
    """`OrderLineDto` of the contract."""

    checkout_line_id: str | None = None
    created_giftcard_id: str | None = None
    custom_variables: dict[str, CustomVariableLineItemDto] | None = None
    description: str | None = None
    discount_amount: int
    discount_amount_str: str
    gift: bool
    gift_to_customer: CustomerDto | None = None
    gift_to_customer_id: str | None = None
    giftcard_usage_amount: int
    giftcard_usage_amount_str: str
    id: str
    payout_splits: list[OrderLinePayoutSplitDto] | None = None
    presentment_discount_amount: int
    presentment_discount_amount_str: str
    presentment_giftcard_usage_amount: int
    presentment_giftcard_usage_amount_str: str
    presentment_subtotal_amount: int
    presentment_subtotal_amount_str: str
    presentment_tax_amount: int
    presentment_tax_amount_str: str
    presentment_total_amount: int
    presentment_total_amount_str: str
    price: int
    price_str: str
    pricing_region_id: str | None = None
    product_id: str
    product_image_url: str | None = None
    product_name: str
    product_version_id: str
    quantity: int
    sale_id: str | None = None
    sale_version_id: str | None = None
    selected_gameserver_id: str | None = None
    subscription_change_line_id: str | None = None
    subscription_id: str | None = None
    subscription_interval_scale: ProductSubscriptionIntervalScale | None = None
    subscription_interval_value: int | None = None
    subscription_line_id: str | None = None
    subtotal_amount: int
    subtotal_amount_str: str
    tax_amount: int
    tax_amount_str: str
    tax_inclusive: bool
    total_amount: int
    total_amount_str: str
    trial_id: str | None = None


class OrderLinePayoutSplitDto(Model, frozen=True, kw_only=True):
    """`OrderLinePayoutSplitDto` of the contract."""

    percentage: int | None = None
    platform_fee: int
    """Minor units."""
    user_id: str
