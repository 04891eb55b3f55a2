"""What operations of `orders` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.storefront.models.shared import CustomVariableLineItemDto, StorefrontCustomerDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.storefront.enums import OrderStatus, OrderType
else:  # a text that is new must not break a client
    OrderStatus = OrderType = str


class StorefrontOrderDto(Model, frozen=True, kw_only=True):
    """`StorefrontOrderDto` of the contract."""

    billing_cycle_sequence: int | None = None
    canceled_at: datetime | None = None
    checkout_id: str | None = None
    completed_at: datetime | None = None
    created_at: datetime | None = None
    currency: str
    customer: StorefrontCustomerDto
    customer_id: str
    discount_amount: int
    discount_amount_str: str
    giftcard_usage_amount: int
    giftcard_usage_amount_str: str
    id: str
    is_subscription: bool
    lines: list[StorefrontOrderLineDto]
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
    total_amount: int
    total_amount_str: str
    type: OrderType


class StorefrontOrderLineDto(Model, frozen=True, kw_only=True):
    """`StorefrontOrderLineDto` of the contract."""

    checkout_line_id: str
    custom_variables: dict[str, CustomVariableLineItemDto] | None = None
    discount_amount: int
    discount_amount_str: str
    gift: bool
    gift_to_customer: StorefrontCustomerDto | None = None
    gift_to_customer_id: str | None = None
    giftcard_usage_amount: int
    giftcard_usage_amount_str: str
    id: str
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
    product_image_url: str
    product_name: str
    product_version_id: str
    quantity: int
    selected_gameserver_id: str | None = None
    subscription_interval_scale: str | None = None
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
