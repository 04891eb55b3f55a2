"""What webhooks of type JSON v1 say about subscriptions and trials. Amounts are minor units of `currency`."""

from datetime import datetime

from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Wire
from sutler.webhooks.payloads.schemas import CheckoutDTO, CustomerDTO, PayloadEventType, ProductDTO


class SubscriptionLineDTO(Wire):
    """One product of a subscription. Amounts with `initial` are those of the first order.

    Those with `presentment` are in the currency that its payer sees, and null where that is the store's.
    """

    id: FlakeId
    subscription_id: FlakeId
    checkout_line_id: FlakeId | None
    initial_order_line_id: FlakeId | None
    gift_to_customer_id: FlakeId | None
    gift_to_customer: CustomerDTO | None
    selected_gameserver_id: FlakeId | None
    sale_id: FlakeId | None
    trial_id: FlakeId | None
    product_id: FlakeId
    product_version_id: FlakeId
    product_name: str
    product_image_url: str | None
    product: ProductDTO | None
    tax_inclusive: bool
    price: int
    discount_amount: int
    subtotal_amount: int
    tax_amount: int
    total_amount: int
    initial_discount_amount: int
    initial_subtotal_amount: int
    initial_giftcard_usage_amount: int
    initial_tax_amount: int
    initial_total_amount: int
    currency: str
    presentment_currency: str | None = None
    presentment_subtotal_amount: int | None = None
    presentment_discount_amount: int | None = None
    presentment_tax_amount: int | None = None
    presentment_total_amount: int | None = None
    initial_presentment_discount_amount: int | None = None
    initial_presentment_subtotal_amount: int | None = None
    initial_presentment_giftcard_usage_amount: int | None = None
    initial_presentment_tax_amount: int | None = None
    initial_presentment_total_amount: int | None = None


class SubscriptionFacts(Wire):
    """A subscription, whatever happened to it. The product is that of its first line."""

    id: FlakeId
    store_id: FlakeId
    customer_id: FlakeId
    customer: CustomerDTO
    checkout: CheckoutDTO
    billing_cycle_sequence: int
    billing_email: str
    subtotal_amount: int
    tax_amount: int
    discount_amount: int
    total_amount: int
    currency: str
    interval_value: int
    interval_scale: str
    product_id: FlakeId
    product_version_id: FlakeId
    product_name: str
    product_image_url: str | None
    product: ProductDTO
    billing_country: str
    initial_subtotal_amount: int
    initial_tax_amount: int
    initial_discount_amount: int
    initial_giftcard_usage_amount: int
    initial_total_amount: int
    customer_ip: str
    current_period_start: datetime | None
    current_period_end: datetime | None
    created_at: datetime | None
    active_at: datetime | None
    checkout_id: FlakeId
    checkout_line_id: FlakeId
    status: str
    lines: list[SubscriptionLineDTO]


class RunningSubscription(SubscriptionFacts):
    """A subscription that is paid for."""


class EndedSubscription(SubscriptionFacts):
    """A subscription that gives nothing any more, and why."""

    canceled_at: datetime | None
    cancel_reason: str | None


class TriedProduct(Wire):
    """A trial of a product."""

    id: FlakeId
    store_id: FlakeId
    customer_id: FlakeId
    customer: CustomerDTO
    checkout_id: FlakeId | None
    checkout_line_id: FlakeId | None
    product_id: FlakeId
    product_version_id: FlakeId
    product_name: str
    product_image_url: str | None
    period_value: int
    period_scale: str
    starts_at: datetime | None
    ends_at: datetime | None
    status: str
    created_at: datetime
    canceled_at: datetime | None


class SubscriptionActivatedWebhook(Wire):
    """The first cycle of a subscription was paid."""

    event_type: PayloadEventType = "ON_SUBSCRIPTION_ACTIVATED"
    event_id: FlakeId
    body: RunningSubscription


class SubscriptionRenewedWebhook(Wire):
    """One more cycle of a subscription was paid."""

    event_type: PayloadEventType = "ON_SUBSCRIPTION_RENEWED"
    event_id: FlakeId
    body: RunningSubscription


class SubscriptionCanceledWebhook(Wire):
    """A subscription ended."""

    event_type: PayloadEventType = "ON_SUBSCRIPTION_CANCELED"
    event_id: FlakeId
    body: EndedSubscription


class TrialActivatedWebhook(Wire):
    """A trial began."""

    event_type: PayloadEventType = "ON_TRIAL_ACTIVATED"
    event_id: FlakeId
    body: TriedProduct


class TrialCompletedWebhook(Wire):
    """A trial ended, and its subscription is paid for."""

    event_type: PayloadEventType = "ON_TRIAL_COMPLETED"
    event_id: FlakeId
    body: TriedProduct


class TrialCanceledWebhook(Wire):
    """A trial will not be paid for; `ends_at` says when it is over."""

    event_type: PayloadEventType = "ON_TRIAL_CANCELED"
    event_id: FlakeId
    body: TriedProduct
