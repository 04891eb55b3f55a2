"""Payment method types on the wire."""

from datetime import datetime
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from sutler.kernel.wire import Int32, Int64, Wire

PaymentGateway = Literal[
    "invalid", "stripe", "paypal", "forumpay", "steamskins", "nuvei", "pagseguro", "tazapay", "paysafe", "checkoutcom"
]
ApprovalStatus = Literal["invalid", "pending", "approved", "rejected"]


class PaymentMethodTypeFeeOverrideDto(Struct):
    """What this type costs elsewhere than usual."""

    fee_percentage: Int32
    fee_cents: Int32
    countries: list[str]


class PaymentMethodTypeCountryCurrencyMappingDto(Struct):
    """The currencies of a country in which this type works there."""

    country: str
    currencies: list[str]


class PaymentMethodTypeDto(Struct, kw_only=True):
    """A kind of payment. Empty lists of countries and currencies mean all of them; there is no platform to approve it."""

    id: str
    name: str
    logo_url: str | None = None
    checkout_logo_url_light: str | None = None
    checkout_logo_url_dark: str | None = None
    category: str
    confirmation: str
    enabled: bool
    refunds_supported: bool = True
    subscriptions_supported: bool = False
    kyc_required: bool = False
    supported_currencies: list[str] = []
    supported_settlement_currencies: list[str] = []
    supported_countries: list[str] = []
    gateways: list[PaymentGateway] = []
    fee_overrides: list[PaymentMethodTypeFeeOverrideDto] = []
    country_currency_mapping: list[PaymentMethodTypeCountryCurrencyMappingDto] = []
    revenue_usage: Int64 = 0
    monthly_revenue_limit: Int64 | None = None
    default_monthly_revenue_limit: Int64 | None = None
    settlement_time: str | None = None
    min_transaction_amount: Int64 | None = None
    max_transaction_amount: Int64 | None = None
    b2c_supported: bool = True
    b2b_supported: bool = True
    approval_required: bool = False
    approval_status: ApprovalStatus | UnsetType = UNSET
    approval_decline_reason: str | None = None
    approval_requested_at: datetime | None = None
    approval_decided_at: datetime | None = None


class ToggleStorePaymentMethodTypeRequestDto(Wire):
    """Whether buyers may choose it."""

    enabled: bool
