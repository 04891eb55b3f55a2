"""What webhooks of type JSON v1 say about money. Amounts are minor units of `currency`."""

from datetime import datetime

from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Wire
from sutler.webhooks.payloads.schemas import CustomerDTO, PayloadEventType


class PaymentFacts(Wire):
    """What is told of every payment, whatever became of it."""

    id: FlakeId
    store_id: FlakeId
    order_id: FlakeId
    customer: CustomerDTO | None
    gateway: str
    currency: str
    tax_inclusive: bool
    amount: int
    gateway_fee_amount: int
    tax_amount: int
    platform_fee_amount: int
    store_net_amount: int
    status: str


class CompletedPayment(PaymentFacts):
    """A payment that the gateway confirmed."""

    billing_country: str | None
    created_at: datetime
    pending_at: datetime | None
    completed_at: datetime


class FailedPayment(PaymentFacts):
    """A payment that the gateway declined; `failure_code` is one of the contract's `PaymentDeclineCode`."""

    failure_code: str
    created_at: datetime
    pending_at: datetime | None
    failed_at: datetime


class CompletedRefund(PaymentFacts):
    """Money given back. All amounts are those of the payment, but for `store_refund_amount`: what the store gave back."""

    payment_id: FlakeId
    store_refund_amount: int
    created_at: datetime
    approved_at: datetime
    pending_at: datetime
    completed_at: datetime
    billing_email: str


class DisputedPayment(PaymentFacts):
    """A payment that its payer's bank took back, or wanted to."""

    chargeback_status: str
    chargeback_at: datetime


class PaymentCompletedWebhook(Wire):
    """The gateway confirmed a payment."""

    event_type: PayloadEventType = "ON_PAYMENT_COMPLETED"
    event_id: FlakeId
    body: CompletedPayment


class PaymentFailedWebhook(Wire):
    """The gateway declined a payment."""

    event_type: PayloadEventType = "ON_PAYMENT_FAILED"
    event_id: FlakeId
    body: FailedPayment


class RefundWebhook(Wire):
    """Money was given back."""

    event_type: PayloadEventType = "ON_REFUND"
    event_id: FlakeId
    body: CompletedRefund


class ChargebackWebhook(Wire):
    """A payer's bank took a payment back."""

    event_type: PayloadEventType = "ON_CHARGEBACK"
    event_id: FlakeId
    body: DisputedPayment


class ChargebackClosedWebhook(Wire):
    """It is decided who keeps the money of a payment that a payer's bank took back."""

    event_type: PayloadEventType = "ON_CHARGEBACK_CLOSED"
    event_id: FlakeId
    body: DisputedPayment
