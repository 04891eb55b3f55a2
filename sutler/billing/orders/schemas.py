"""What crosses the wire about orders. All amounts are minor units; each `_str` twin shows the same to people."""

from datetime import datetime

from msgspec import UNSET, UnsetType

from sutler.billing.orders.models import DeclineCode, OrderStatus, OrderType
from sutler.catalog.products.models import Interval
from sutler.customers.customers.schemas import CustomerDto
from sutler.kernel.data.pages import Limit, Page
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int32, Int64, Query, Wire

Absent = FlakeId | UnsetType  # an id that is left out where there is none


class OrderPage(Page):
    """Orders come ten at a time unless asked otherwise."""

    limit: Limit = 10


class OrderFilter(Query):
    """Which orders to list; every filter narrows the list."""

    status: list[OrderStatus] | None = None
    order_id: FlakeId | None = None
    customer_id: FlakeId | None = None
    billing_email: str | None = None
    customer_ip: str | None = None
    subscription_id: FlakeId | None = None
    checkout_id: FlakeId | None = None
    is_subscription: bool | None = None
    affiliate_id: FlakeId | None = None
    coupon_id: FlakeId | None = None
    giftcard_id: FlakeId | None = None
    product_id: FlakeId | None = None
    sale_id: FlakeId | None = None


class LastPaymentErrorDto(Wire):
    """Why the newest attempt to pay failed."""

    decline_code: DeclineCode
    message: str


class OrderCouponUsageDto(Wire):
    """What a coupon took off."""

    coupon_id: FlakeId
    coupon_version_id: FlakeId
    usage_amount: Int64


class OrderGiftCardUsageDto(Wire):
    """What a gift card paid."""

    giftcard_id: FlakeId
    usage_amount: Int64


class SalesTaxJurisdictionTaxDto(Wire):
    """One tax of one place."""

    tax_name: str
    taxable_amount: str
    tax_amount: str
    tax_rate: str


class SalesTaxJurisdictionDto(Wire):
    """A place that taxes an order."""

    name: str
    taxes: list[SalesTaxJurisdictionTaxDto]
    not_taxed_reason: str | None = None


class OrderLinePayoutSplitDto(Wire):
    """A share of a line for somebody else."""

    user_id: FlakeId
    percentage: Int64 | None
    platform_fee: Int64


class CustomVariableLineItemDto(Wire):
    """What the buyer chose for a custom variable."""

    id: FlakeId
    identifier: str
    name: str
    description: str
    price: Int64
    value: str


class Amounts(Wire):
    """The amounts that an order and each of its lines have, in the store's currency and as the buyer saw them."""

    subtotal_amount: Int32
    subtotal_amount_str: str
    discount_amount: Int32
    discount_amount_str: str
    giftcard_usage_amount: Int32
    giftcard_usage_amount_str: str
    tax_amount: Int32
    tax_amount_str: str
    total_amount: Int32
    total_amount_str: str
    presentment_subtotal_amount: Int32
    presentment_subtotal_amount_str: str
    presentment_discount_amount: Int32
    presentment_discount_amount_str: str
    presentment_giftcard_usage_amount: Int32
    presentment_giftcard_usage_amount_str: str
    presentment_tax_amount: Int32
    presentment_tax_amount_str: str
    presentment_total_amount: Int32
    presentment_total_amount_str: str


class OrderLineDto(Amounts):
    """One product of an order; `price` is one unit, the other amounts are of the whole line."""

    id: FlakeId
    checkout_line_id: Absent = UNSET
    product_id: FlakeId
    product_version_id: FlakeId
    product_name: str
    product_image_url: str | None
    description: str | None
    created_giftcard_id: str | None
    subscription_id: Absent = UNSET
    subscription_line_id: Absent = UNSET
    subscription_change_line_id: Absent = UNSET
    trial_id: Absent = UNSET
    subscription_interval_value: Int32 | None
    subscription_interval_scale: Interval | UnsetType = UNSET
    gift: bool
    gift_to_customer_id: Absent = UNSET
    gift_to_customer: CustomerDto | UnsetType = UNSET
    sale_id: Absent = UNSET
    sale_version_id: Absent = UNSET
    price: Int32
    price_str: str
    quantity: Int32
    selected_gameserver_id: Absent = UNSET
    tax_inclusive: bool
    payout_splits: list[OrderLinePayoutSplitDto] | None
    pricing_region_id: str | None
    custom_variables: dict[str, CustomVariableLineItemDto] | None


class OrderDto(Amounts):
    """What was bought, by whom, and what became of it."""

    id: FlakeId
    pretty_id: str
    store_id: FlakeId
    customer_id: FlakeId
    customer: CustomerDto
    type: OrderType
    status: OrderStatus
    checkout_id: Absent = UNSET
    checkout_token: str | None
    subscription_id: Absent = UNSET
    is_subscription: bool
    coupon_id: Absent = UNSET
    applied_coupons: list[OrderCouponUsageDto]
    giftcard_id: Absent = UNSET
    applied_giftcards: list[OrderGiftCardUsageDto]
    affiliate_id: Absent = UNSET
    billing_name: str
    billing_email: str
    billing_country: str
    billing_tax_id: str | None
    billing_cycle_sequence: Int32
    customer_ip: str
    currency: str
    presentment_currency: str
    created_at: datetime | None
    completed_at: datetime | None
    lines: list[OrderLineDto]
    tax_jurisdictions: list[SalesTaxJurisdictionDto]
    last_payment_error: LastPaymentErrorDto | UnsetType = UNSET
