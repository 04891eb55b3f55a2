"""The subscription's tables. All amounts are minor units of `currency`; a cycle is one paid period."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

import msgspec

from sutler.catalog.custom_variables.models import Chosen
from sutler.catalog.products.models import Interval
from sutler.checkout.checkouts.models import Address, TaxIdCheck
from sutler.checkout.pricing.offers import AffiliateOffer, CouponOffer, LineToPrice, SaleOffer
from sutler.checkout.pricing.presentment import PresentedAmounts
from sutler.checkout.pricing.results import Taxed
from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.exchange import Conversion
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.models import MonthLength

SubscriptionStatus = Literal["created", "active", "canceled"]
TRANSITIONS: Final[Mapping[SubscriptionStatus, tuple[SubscriptionStatus, ...]]] = {
    "created": ("active", "canceled"),
    "active": ("canceled",),
    "canceled": (),
}
CancelReason = Literal["customer", "store", "payment_failed", "refund", "chargeback", "trial_canceled"]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """One offer that a subscription began with: it counts up to and with cycle `until`, for ever when that is None."""

    until: int | None = None
    sale: SaleOffer | None = None
    coupon: CouponOffer | None = None
    affiliate: AffiliateOffer | None = None


class Subscription(StoreRecord, table="subscriptions"):
    """created → active → canceled. It is `created` while a trial runs, and `active` until it really ends.

    Cycles are counted from 1; `billing_cycle_sequence` is the one that is paid and runs, 0 before the first. Periods are
    reckoned from `anchor_at`, the beginning of cycle `anchor_sequence`, so that month ends do not drift. While the newest
    renewal is not paid it is `past_due`; `renewal_order_id` is the order that waits to be paid.
    The amounts without a prefix are of a cycle as it was last charged, those with `initial_` of the first order.
    """

    customer_id: FlakeId
    checkout_id: FlakeId
    order_id: FlakeId
    status: SubscriptionStatus
    currency: str
    interval_value: int
    interval_scale: Interval
    tax_inclusive: bool
    discount_amount: int
    subtotal_amount: int
    tax_amount: int
    total_amount: int
    initial_discount_amount: int
    initial_subtotal_amount: int
    initial_giftcard_usage_amount: int
    initial_tax_amount: int
    initial_total_amount: int
    billing_name: str
    billing_email: str
    billing_country: str
    billing_tax_id: str | None
    customer_ip: str
    month_length: MonthLength = "thirty_days"  # as the store had it when the subscription began
    payment_method_id: FlakeId | None = None  # what renewals are charged to; without one the payer is asked each time
    billing_address: Address | None = None
    tax_id_check: TaxIdCheck | None = None
    affiliate_id: FlakeId | None = None
    offers: list[Standing] = msgspec.field(default_factory=list)
    coupon_ids: list[FlakeId] = msgspec.field(default_factory=list)
    taxes: list[Taxed] = msgspec.field(default_factory=list)
    billing_cycle_sequence: int = 0
    anchor_at: datetime | None = None
    anchor_sequence: int = 1
    current_period_start: datetime | None = None
    current_period_end: datetime | None = None
    active_at: datetime | None = None
    past_due: bool = False
    attempt_count: int = 0
    next_attempt_at: datetime | None = None
    renewal_order_id: FlakeId | None = None
    canceled_at: datetime | None = None
    cancel_reason: CancelReason | None = None
    cancellation_requested_at: datetime | None = None
    cancel_at_period_end: bool = False
    conversion: Conversion | None = None  # to what its payer pays in, frozen; none where that is the store's currency
    presentment: PresentedAmounts | None = None  # the amounts in that currency
    initial_presentment: PresentedAmounts | None = None


class SubscriptionLine(StoreRecord, table="subscription_lines"):
    """One product of a subscription, at the version and price that it was bought at.

    `wanted` is what pricing knows of it: renewals are priced from there, not from what the product costs by then.
    """

    subscription_id: FlakeId
    checkout_line_id: FlakeId
    order_line_id: FlakeId  # the line of the first order
    product_id: FlakeId
    product_version_id: FlakeId
    product_name: str
    product_image_url: str | None
    price: int
    wanted: LineToPrice
    tax_inclusive: bool
    discount_amount: int
    subtotal_amount: int
    tax_amount: int
    total_amount: int
    initial_discount_amount: int
    initial_subtotal_amount: int
    initial_giftcard_usage_amount: int
    initial_tax_amount: int
    initial_total_amount: int
    gift_to_customer_id: FlakeId | None = None
    selected_gameserver_id: FlakeId | None = None
    sale_id: FlakeId | None = None
    sale_version_id: FlakeId | None = None
    trial_id: FlakeId | None = None
    custom_variables: list[Chosen] = msgspec.field(default_factory=list)
    presentment: PresentedAmounts | None = None
    initial_presentment: PresentedAmounts | None = None
    removed_at: datetime | None = None  # when a change took it out; it is charged no more


class SubscriptionExists(Conflict):
    """This order has already begun its subscription."""


class NotRunning(Conflict):
    """This subscription is not active, so there is nothing to cancel, undo or change."""


unique(SubscriptionExists, Subscription.c.store_id, Subscription.c.order_id, name="subscriptions_order")
index("subscriptions_checkout", Subscription.c.store_id, Subscription.c.checkout_id)
index("subscriptions_newest", Subscription.c.store_id, Subscription.c.id)
index("subscriptions_customer", Subscription.c.store_id, Subscription.c.customer_id, Subscription.c.id)
index("subscription_lines_subscription", SubscriptionLine.c.store_id, SubscriptionLine.c.subscription_id)
index("subscription_lines_product", SubscriptionLine.c.store_id, SubscriptionLine.c.product_id)
