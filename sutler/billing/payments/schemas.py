"""What crosses the wire about payments. All amounts are minor units of the payment's currency."""

from datetime import datetime

from msgspec import UNSET, UnsetType

from sutler.billing.orders.schemas import LastPaymentErrorDto
from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto
from sutler.billing.payments.models import ChargebackStatus, PaymentStatus
from sutler.billing.refunds.schemas import RefundDto
from sutler.customers.customers.schemas import CustomerDto
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int32, Query, Wire


class PaymentFilter(Query):
    """Which payments to list; every filter narrows the list."""

    status: list[PaymentStatus] | None = None
    order_id: FlakeId | None = None
    customer_id: FlakeId | None = None


class PaymentMethodDto(Wire):
    """How it was paid. Methods are not kept beyond their payment, so its id is the payment's."""

    id: FlakeId
    customer_id: FlakeId
    gateway: str
    gateway_id: str
    gateway_customer_id: str
    gateway_type: str
    method_type: str
    method_details: PaymentMethodDetailsDto
    created_at: datetime
    gateway_entity_identifier: str
    updated_at: datetime | None


class PaymentPayoutSplitRuleSplitDto(Wire):
    """One share of a line."""

    user_id: FlakeId
    percentage: Int32 | None
    platform_fee_percentage: Int32


class PaymentPayoutSplitRuleDto(Wire):
    """How a line was to be shared."""

    line_id: FlakeId
    line_amount_total: Int32
    line_amount_tax: Int32
    splits: list[PaymentPayoutSplitRuleSplitDto]


class PaymentPayoutSplitResultDto(Wire):
    """What somebody got of a line."""

    user_id: FlakeId
    gross_amount: Int32
    tax_amount: Int32
    gateway_fee_amount: Int32
    platform_fee_amount: Int32
    connected_platform_fee_amount: Int32
    net_amount: Int32
    line_id: FlakeId


class PaymentDto(Wire):
    """One attempt to pay an order."""

    id: FlakeId
    store_id: FlakeId
    order_id: FlakeId
    customer_id: FlakeId
    customer: CustomerDto
    refunds: list[RefundDto] | None
    gateway: str
    gateway_entity_identifier: str
    gateway_id: str
    method: PaymentMethodDto
    method_id: FlakeId | UnsetType = UNSET
    status: PaymentStatus
    currency: str
    amount: Int32
    gateway_fee_amount: Int32
    tax_amount: Int32
    platform_fee_amount: Int32
    store_net_amount: Int32
    presentment_currency: str
    presentment_amount: Int32
    fx_rate: float | None
    platform_fee_rate: Int32
    chargeback_status: ChargebackStatus
    chargeback_status_updated_at: datetime | None
    payout_split_rules: list[PaymentPayoutSplitRuleDto] | None
    payout_split_results: list[PaymentPayoutSplitResultDto] | None
    created_at: datetime
    pending_at: datetime | None
    completed_at: datetime | None
    canceled_at: datetime | None
    failed_at: datetime | None
    refunded_at: datetime | None
    chargeback_at: datetime | None
    last_payment_error: LastPaymentErrorDto | UnsetType = UNSET
