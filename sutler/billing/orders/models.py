"""The order's tables. Names, prices and tax are frozen at purchase. All amounts are minor units of `currency`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

import msgspec
from sqlalchemy import func, literal_column

from sutler.catalog.custom_variables.models import Chosen
from sutler.catalog.products.models import Interval, UpsellType
from sutler.checkout.pricing.presentment import PresentedAmounts, Presentment
from sutler.checkout.pricing.results import NO_DETAILS, Details, Taxed, Used
from sutler.kernel.data.queries import param, rows
from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId

OrderStatus = Literal["created", "completed", "canceled", "refunded", "chargeback"]
TRANSITIONS: Final[Mapping[OrderStatus, tuple[OrderStatus, ...]]] = {
    "created": ("completed", "canceled"),
    "completed": ("refunded", "chargeback"),
    "canceled": (),
    "refunded": ("completed", "chargeback"),  # the money came back to the store
    "chargeback": ("refunded",),  # once the store has won
}
OrderType = Literal["one_time", "subscription_initial", "subscription_renewal", "subscription_proration", "mixed"]

DeclineCode = Literal[
    "unknown", "generic_decline", "call_issuer", "authentication_required", "currency_not_supported",
    "duplicate_transaction", "expired_card", "fraudulent", "incorrect_number", "incorrect_cvc", "incorrect_pin",
    "incorrect_zip", "insufficient_funds", "invalid_account", "invalid_amount", "invalid_expiry_month",
    "invalid_expiry_year", "issuer_not_available", "lost_card", "merchant_blacklist",
    "new_account_information_available", "no_action_taken", "pickup_card", "pin_try_exceeded", "restricted_card",
    "stolen_card", "testmode_decline", "try_again_later", "security_violation", "card_velocity_exceeded", "do_not_honor",
    "processing_error", "card_not_supported", "transaction_not_allowed", "authorization_revoked", "store_blocked",
]  # fmt: skip


class PaymentError(msgspec.Struct):
    """Why the newest attempt to pay failed."""

    decline_code: DeclineCode
    message: str


class Order(StoreRecord, table="orders"):
    """What was bought, by whom and on whose bill. `last_payment_error` stands while the newest attempt has failed."""

    customer_id: FlakeId
    checkout_id: FlakeId
    checkout_token_sealed: bytes
    type: OrderType
    status: OrderStatus
    currency: str
    subtotal_amount: int
    discount_amount: int
    tax_amount: int
    total_amount: int
    giftcard_usage_amount: int
    tax_inclusive: bool
    billing_name: str
    billing_email: str
    billing_country: str
    billing_tax_id: str | None
    customer_ip: str
    completed_at: datetime | None = None
    last_payment_error: PaymentError | None = None
    affiliate_id: FlakeId | None = None
    coupons: list[Used] = msgspec.field(default_factory=list)
    gift_cards: list[Used] = msgspec.field(default_factory=list)
    taxes: list[Taxed] = msgspec.field(default_factory=list)
    presentment: Presentment | None = None  # what the buyer saw and pays; none where that is the store's currency
    visitor_country: str | None = None  # where the connection was that it was paid from, as evidence
    subscription_id: FlakeId | None = None  # what it begins, renews or changes; begun ones are there once it is completed
    billing_cycle_sequence: int | None = None  # the cycle of the subscription that it pays for
    subscription_change_id: FlakeId | None = None  # the change that it pays for


class OrderLine(StoreRecord, table="order_lines"):
    """One product of an order. `price` is one unit; the other amounts are of the whole line.

    `details` say which offers and taxes they come from.
    """

    order_id: FlakeId
    checkout_line_id: FlakeId
    product_id: FlakeId
    product_version_id: FlakeId
    product_name: str
    product_image_url: str | None
    price: int
    quantity: int
    subtotal_amount: int
    discount_amount: int
    tax_amount: int
    total_amount: int
    giftcard_usage_amount: int
    tax_inclusive: bool
    gift_to_customer_id: FlakeId | None
    selected_gameserver_id: FlakeId | None
    metadata: dict[str, str]
    custom_variables: list[Chosen] = msgspec.field(default_factory=list)  # each with what it adds to one unit
    details: Details = NO_DETAILS
    created_giftcard_id: FlakeId | None = None  # the first card that the line brought
    presentment: PresentedAmounts | None = None
    subscription_line_id: FlakeId | None = None
    subscription_interval_value: int | None = None  # how often it renews; None for what is bought once
    subscription_interval_scale: Interval | None = None
    trial_id: FlakeId | None = None  # the trial that it begins, there once the order is completed
    upsell_of: FlakeId | None = None  # the product that it was offered with at the checkout, if it was
    upsell_type: UpsellType | None = None


LINES_OF: Final = rows(OrderLine).where(OrderLine.c.order_id == param("order_id"))
"""The lines of one order."""


class CheckoutHasOrder(Conflict):
    """This checkout already has an order."""


unique(CheckoutHasOrder, Order.c.store_id, Order.c.checkout_id, name="orders_checkout")
# Written out, for a partial index serves only a query that says the same; refunded orders are neither.
is_completed = Order.c.status == literal_column("'completed'")
is_paid = is_completed & (Order.c.total_amount > literal_column("0"))
index(
    "orders_subscription", Order.c.store_id, Order.c.subscription_id, Order.c.id, where=Order.c.subscription_id.is_not(None)
)
index("orders_completed", Order.c.store_id, Order.c.completed_at, Order.c.id, where=is_completed)
index(
    "orders_paid", Order.c.store_id, Order.c.completed_at, Order.c.id, Order.c.customer_id, Order.c.total_amount,
    Order.c.tax_amount, where=is_paid,
)  # fmt: skip
index("orders_newest", Order.c.store_id, Order.c.id)
index("orders_customer", Order.c.store_id, Order.c.customer_id, Order.c.id)
index("orders_billing_email", Order.c.store_id, func.lower(Order.c.billing_email), Order.c.id)
index("orders_customer_ip", Order.c.store_id, Order.c.customer_ip, Order.c.id)
index("order_lines_product", OrderLine.c.store_id, OrderLine.c.product_id, OrderLine.c.order_id)
index("order_lines_order", OrderLine.c.store_id, OrderLine.c.order_id)
