"""What crosses the wire about subscriptions. All amounts are minor units; each `_str` twin shows the same to people."""

from datetime import datetime
from typing import Literal

from msgspec import UNSET, UnsetType

from sutler.billing.orders.schemas import Absent, SalesTaxJurisdictionDto
from sutler.billing.payments.schemas import PaymentMethodDto
from sutler.billing.subscription_changes.schemas import SubscriptionChangeDto
from sutler.billing.subscriptions.models import SubscriptionStatus
from sutler.catalog.products.models import Interval
from sutler.checkout.carts.schemas import StorefrontCustomerDto
from sutler.customers.customers.schemas import CustomerDto
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int32, Int64, Query, Wire

StatusOnTheWire = Literal["invalid", SubscriptionStatus]  # none is ever the first


class SubscriptionFilter(Query):
    """Which subscriptions to list; every filter narrows the list."""

    customer_id: FlakeId | None = None
    subscription_id: FlakeId | None = None
    billing_email: str | None = None
    payment_method_id: FlakeId | None = None
    checkout_id: FlakeId | None = None
    trial_id: FlakeId | None = None
    status: list[StatusOnTheWire] | None = None


class CancelSubscriptionRequestDto(Wire, forbid_unknown_fields=True):
    """When to cancel: at the end of the period that is paid, which is also what happens if nothing is said, or at once."""

    cancel_at_period_end: bool | None = None


class SubscriptionBillingAmountDto(Wire):
    """What the next cycle will cost, as it looks now."""

    currency: str
    subtotal: Int64
    discount: Int64
    tax: Int64
    total: Int64


class Charged(Wire):
    """What a cycle cost when it was last charged, and the first order, in the store's currency and as the payer saw it."""

    currency: str
    discount_amount: Int64
    discount_amount_str: str
    subtotal_amount: Int64
    subtotal_amount_str: str
    tax_amount: Int64
    tax_amount_str: str
    total_amount: Int64
    total_amount_str: str
    initial_discount_amount: Int64
    initial_discount_amount_str: str
    initial_subtotal_amount: Int64
    initial_subtotal_amount_str: str
    initial_giftcard_usage_amount: Int64
    initial_giftcard_usage_amount_str: str
    initial_tax_amount: Int64
    initial_tax_amount_str: str
    initial_total_amount: Int64
    initial_total_amount_str: str
    presentment_currency: str | None
    presentment_subtotal_amount: Int64 | None
    presentment_subtotal_amount_str: str | None
    presentment_discount_amount: Int64 | None
    presentment_discount_amount_str: str | None
    presentment_tax_amount: Int64 | None
    presentment_tax_amount_str: str | None
    presentment_total_amount: Int64 | None
    presentment_total_amount_str: str | None
    initial_presentment_discount_amount: Int64 | None
    initial_presentment_discount_amount_str: str | None
    initial_presentment_subtotal_amount: Int64 | None
    initial_presentment_subtotal_amount_str: str | None
    initial_presentment_giftcard_usage_amount: Int64 | None
    initial_presentment_giftcard_usage_amount_str: str | None
    initial_presentment_tax_amount: Int64 | None
    initial_presentment_tax_amount_str: str | None
    initial_presentment_total_amount: Int64 | None
    initial_presentment_total_amount_str: str | None


class SubscriptionLineDto(Charged):
    """One product of a subscription, as it was bought."""

    id: FlakeId
    store_id: FlakeId
    subscription_id: FlakeId
    checkout_line_id: Absent = UNSET
    initial_order_line_id: Absent = UNSET
    pricing_region_id: str | None
    gift_to_customer_id: Absent = UNSET
    selected_gameserver_id: Absent = UNSET
    sale_id: Absent = UNSET
    sale_version_id: Absent = UNSET
    trial_id: Absent = UNSET
    product_id: FlakeId
    product_version_id: FlakeId
    product_name: str
    product_image_url: str | None
    tax_inclusive: bool
    price: Int64


class StorefrontSubscriptionLineDto(SubscriptionLineDto):
    """One product of a subscription, as its customer sees it."""


class Common(Charged):
    """What managers and customers see alike. `pending_change` is there only while there is one."""

    id: FlakeId
    pretty_id: str
    store_id: FlakeId
    pending_change: SubscriptionChangeDto | UnsetType = UNSET
    next_billing_amount: SubscriptionBillingAmountDto
    next_billing_presentment_amount: SubscriptionBillingAmountDto
    status: StatusOnTheWire
    coupon_ids: list[FlakeId]
    checkout_id: Absent = UNSET
    tax_jurisdictions: list[SalesTaxJurisdictionDto]
    interval_value: Int32
    interval_scale: Interval
    fx_rate: str | None
    current_period_start: datetime | None
    current_period_end: datetime | None
    billing_cycle_sequence: Int32 | None
    next_attempt_at: datetime | None
    attempt_count: Int32 | None
    created_at: datetime
    updated_at: datetime | None
    active_at: datetime | None
    canceled_at: datetime | None
    cancel_reason: str | None
    cancellation_requested_at: datetime | None
    cancel_at_period_end: bool
    past_due: bool


class SubscriptionDto(Common):
    """An agreement that renews. Members that describe one product are those of its first line."""

    customer: CustomerDto
    payment_method_id: Absent = UNSET
    payment_method: PaymentMethodDto | UnsetType = UNSET
    coupon_id: Absent = UNSET
    coupon_repeating_ends_at: datetime | None
    affiliate_id: Absent = UNSET
    checkout_line_id: Absent = UNSET
    billing_name: str | None
    billing_email: str | None
    billing_country: str | None
    billing_tax_id: str | None
    customer_ip: str | None
    gift: bool
    gift_to_customer_id: Absent = UNSET
    gift_to_customer: CustomerDto | UnsetType = UNSET
    product_id: Absent = UNSET
    product_version_id: Absent = UNSET
    product_name: str | None
    product_image_url: str | None
    tax_inclusive: bool
    price: Int64
    price_str: str | None
    pricing_region_id: str | None
    lines: list[SubscriptionLineDto]


class StorefrontSubscriptionDto(Common):
    """An agreement that renews, as its customer sees it: without who pays, from where and how."""

    customer: StorefrontCustomerDto
    lines: list[StorefrontSubscriptionLineDto]
