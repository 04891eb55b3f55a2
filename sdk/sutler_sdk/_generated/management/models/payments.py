"""What operations of `payments` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.management.models.shared import CustomerDto, LastPaymentErrorDto, PaymentMethodDto, RefundDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import PaymentChargebackStatusDto, PaymentStatusDto
else:  # a text that is new must not break a client
    PaymentChargebackStatusDto = PaymentStatusDto = str


class PaymentDto(Model, frozen=True, kw_only=True):
    """`PaymentDto` of the contract."""

    amount: int
    canceled_at: datetime | None = None
    chargeback_at: datetime | None = None
    chargeback_status: PaymentChargebackStatusDto
    chargeback_status_updated_at: datetime | None = None
    completed_at: datetime | None = None
    created_at: datetime
    currency: str
    customer: CustomerDto
    customer_id: str
    failed_at: datetime | None = None
    fx_rate: float | None = None
    gateway: str
    gateway_entity_identifier: str
    gateway_fee_amount: int
    gateway_id: str
    id: str
    last_payment_error: LastPaymentErrorDto | None = None
    method: PaymentMethodDto
    method_id: str | None = None
    order_id: str
    payout_split_results: list[PaymentPayoutSplitResultDto] | None = None
    payout_split_rules: list[PaymentPayoutSplitRuleDto] | None = None
    pending_at: datetime | None = None
    platform_fee_amount: int
    platform_fee_rate: int
    presentment_amount: int
    presentment_currency: str
    refunded_at: datetime | None = None
    refunds: list[RefundDto] | None = None
    status: PaymentStatusDto
    store_id: str
    store_net_amount: int
    tax_amount: int


class PaymentPayoutSplitResultDto(Model, frozen=True, kw_only=True):
    """`PaymentPayoutSplitResultDto` of the contract."""

    connected_platform_fee_amount: int
    gateway_fee_amount: int
    gross_amount: int
    line_id: str
    net_amount: int
    platform_fee_amount: int
    tax_amount: int
    user_id: str


class PaymentPayoutSplitRuleDto(Model, frozen=True, kw_only=True):
    """`PaymentPayoutSplitRuleDto` of the contract."""

    line_amount_tax: int
    line_amount_total: int
    line_id: str
    splits: list[PaymentPayoutSplitRuleSplitDto]


class PaymentPayoutSplitRuleSplitDto(Model, frozen=True, kw_only=True):
    """`PaymentPayoutSplitRuleSplitDto` of the contract."""

    percentage: int | None = None
    platform_fee_percentage: int
    user_id: str
