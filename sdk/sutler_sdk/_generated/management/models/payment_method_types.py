"""What operations of `payment_method_types` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import PaymentGatewayDto, PaymentMethodTypeApprovalStatusDto
else:  # a text that is new must not break a client
    PaymentGatewayDto = PaymentMethodTypeApprovalStatusDto = str


class PaymentMethodTypeCountryCurrencyMappingDto(Model, frozen=True, kw_only=True):
    """`PaymentMethodTypeCountryCurrencyMappingDto` of the contract."""

    country: str
    currencies: list[str]


class PaymentMethodTypeDto(Model, frozen=True, kw_only=True):
    """`PaymentMethodTypeDto` of the contract."""

    approval_decided_at: datetime | None = None
    approval_decline_reason: str | None = None
    approval_requested_at: datetime | None = None
    approval_required: bool
    approval_status: PaymentMethodTypeApprovalStatusDto | None = None
    b2b_supported: bool
    b2c_supported: bool
    category: str
    checkout_logo_url_dark: str | None = None
    checkout_logo_url_light: str | None = None
    confirmation: str
    country_currency_mapping: list[PaymentMethodTypeCountryCurrencyMappingDto]
    default_monthly_revenue_limit: int | None = None
    enabled: bool
    fee_overrides: list[PaymentMethodTypeFeeOverrideDto]
    gateways: list[PaymentGatewayDto]
    id: str
    kyc_required: bool
    logo_url: str | None = None
    max_transaction_amount: int | None = None
    """Minor units."""
    min_transaction_amount: int | None = None
    """Minor units."""
    monthly_revenue_limit: int | None = None
    name: str
    refunds_supported: bool
    revenue_usage: int
    settlement_time: str | None = None
    subscriptions_supported: bool
    supported_countries: list[str]
    supported_currencies: list[str]
    supported_settlement_currencies: list[str]


class PaymentMethodTypeFeeOverrideDto(Model, frozen=True, kw_only=True):
    """`PaymentMethodTypeFeeOverrideDto` of the contract."""

    countries: list[str]
    fee_cents: int
    fee_percentage: int
