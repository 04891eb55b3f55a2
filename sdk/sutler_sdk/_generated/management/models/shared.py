"""What operations of `shared` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import (
        CustomerMinecraftPlatform,
        PaymentDeclineCode,
        PayNowActorType,
        RefundStatus,
    )
else:  # a text that is new must not break a client
    CustomerMinecraftPlatform = PayNowActorType = PaymentDeclineCode = RefundStatus = str


class ActorDto(Model, frozen=True, kw_only=True):
    """`ActorDto` of the contract."""

    id: str | None = None
    type: PayNowActorType


class AlipayDetailsDto(Model, frozen=True, kw_only=True):
    """`AlipayDetailsDto` of the contract."""

    buyer_id: str | None = None
    fingerprint: str | None = None


class BancontactDetailsDto(Model, frozen=True, kw_only=True):
    """`BancontactDetailsDto` of the contract."""

    bank: str | None = None
    bank_name: str | None = None
    bic: str | None = None
    iban_last4: str | None = None
    payer_name: str | None = None


class CardDetailsDto(Model, frozen=True, kw_only=True):
    """`CardDetailsDto` of the contract."""

    bin: str | None = None
    brand: str
    country: str
    description: str | None = None
    exp_month: int
    exp_year: int
    fingerprint: str
    funding: str
    issuer: str | None = None
    last4: str
    wallet: CardWalletDto | None = None


class CardWalletDto(Model, frozen=True, kw_only=True):
    """`CardWalletDto` of the contract."""

    type: str


class CashAppDetailsDto(Model, frozen=True, kw_only=True):
    """`CashAppDetailsDto` of the contract."""

    buyer_id: str
    cashtag: str


class CryptoDetailsDto(Model, frozen=True, kw_only=True):
    """`CryptoDetailsDto` of the contract."""

    confirmations: int
    crypto_amount: str
    crypto_currency: str
    total_paid: str
    transaction_hashes: list[str]


class CustomVariableLineItemDto(Model, frozen=True, kw_only=True):
    """`CustomVariableLineItemDto` of the contract."""

    description: str
    id: str
    identifier: str
    name: str
    price: int
    """Minor units."""
    value: str


class CustomerDto(Model, frozen=True, kw_only=True):
    """`CustomerDto` of the contract."""

    created_at: datetime
    id: str
    metadata: dict[str, str]
    minecraft: CustomerMinecraftProfileDto | None = None
    minecraft_platform: CustomerMinecraftPlatform | None = None
    minecraft_uuid: str | None = None
    name: str | None = None
    profile: CustomerGenericProfileDto | None = None
    steam: CustomerSteamProfileDto | None = None
    steam_id: str | None = None
    store_id: str
    updated_at: datetime | None = None
    xbox_xuid: str | None = None


class CustomerGenericProfileDto(Model, frozen=True, kw_only=True):
    """`CustomerGenericProfileDto` of the contract."""

    avatar_url: str | None = None
    id: str
    name: str
    platform: str


class CustomerMinecraftProfileDto(Model, frozen=True, kw_only=True):
    """`CustomerMinecraftProfileDto` of the contract."""

    avatar_url: str
    id: str
    name: str


class CustomerSteamProfileDto(Model, frozen=True, kw_only=True):
    """`CustomerSteamProfileDto` of the contract."""

    avatar_url: str
    id: str
    name: str


class IdealDetailsDto(Model, frozen=True, kw_only=True):
    """`IdealDetailsDto` of the contract."""

    bank: str
    bic: str
    iban_last4: str | None = None
    payer_name: str | None = None


class KlarnaDetailsDto(Model, frozen=True, kw_only=True):
    """`KlarnaDetailsDto` of the contract."""

    country: str | None = None
    method_category: str | None = None


class LastPaymentErrorDto(Model, frozen=True, kw_only=True):
    """`LastPaymentErrorDto` of the contract."""

    decline_code: PaymentDeclineCode
    message: str


class LinkDetailsDto(Model, frozen=True, kw_only=True):
    """`LinkDetailsDto` of the contract."""

    email: str


class P24DetailsDto(Model, frozen=True, kw_only=True):
    """`P24DetailsDto` of the contract."""

    bank: str
    payer_name: str | None = None


class PayByBankDetailsDto(Model, frozen=True, kw_only=True):
    """`PayByBankDetailsDto` of the contract."""

    bank_name: str | None = None
    bic: str | None = None
    country: str | None = None
    payer_name: str | None = None


class PayPalDetailsDto(Model, frozen=True, kw_only=True):
    """`PayPalDetailsDto` of the contract."""

    country: str
    payer_email: str
    payer_id: str
    payer_name: str
    pending_vault_approval: bool | None = None
    standalone_setup: bool | None = None
    vault: bool


class PaymentMethodDetailsDto(Model, frozen=True, kw_only=True):
    """`PaymentMethodDetailsDto` of the contract."""

    alipay: AlipayDetailsDto | None = None
    bancontact: BancontactDetailsDto | None = None
    card: CardDetailsDto | None = None
    cashapp: CashAppDetailsDto | None = None
    crypto: CryptoDetailsDto | None = None
    ideal: IdealDetailsDto | None = None
    klarna: KlarnaDetailsDto | None = None
    link: LinkDetailsDto | None = None
    p24: P24DetailsDto | None = None
    pay_by_bank: PayByBankDetailsDto | None = None
    paypal: PayPalDetailsDto | None = None
    paysafecard: PaysafeCardDetailsDto | None = None
    pix: PixDetailsDto | None = None
    steamskins: SteamSkinsDetailsDto | None = None


class PaymentMethodDto(Model, frozen=True, kw_only=True):
    """`PaymentMethodDto` of the contract."""

    created_at: datetime
    customer_id: str
    gateway: str
    gateway_customer_id: str
    gateway_entity_identifier: str
    gateway_id: str
    gateway_type: str
    id: str
    method_details: PaymentMethodDetailsDto
    method_type: str
    updated_at: datetime | None = None


class PaysafeCardDetailsDto(Model, frozen=True, kw_only=True):
    """`PaysafeCardDetailsDto` of the contract."""

    association_id: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    psc_id: str | None = None


class PixDetailsDto(Model, frozen=True, kw_only=True):
    """`PixDetailsDto` of the contract."""

    bank_account_number: str | None = None
    bank_name: str | None = None
    payer_name: str | None = None


class RefundDto(Model, frozen=True, kw_only=True):
    """`RefundDto` of the contract."""

    amount: int
    """Minor units."""
    amount_str: str
    approved_at: datetime | None = None
    canceled_at: datetime | None = None
    completed_at: datetime | None = None
    created_at: datetime
    currency: str
    customer_id: str
    failed_at: datetime | None = None
    failure_reason: str | None = None
    fx_rate: str | None = None
    gateway_fee_amount: int
    """Minor units."""
    gateway_fee_amount_str: str
    id: str
    order_line_id: str | None = None
    payment_id: str
    pending_at: datetime | None = None
    platform_fee_amount: int
    """Minor units."""
    platform_fee_amount_str: str
    presentment_amount: int | None = None
    """Minor units."""
    presentment_currency: str | None = None
    refund_from_connected_user_balance: bool
    status: RefundStatus
    store_id: str
    store_net_amount: int
    """Minor units."""
    store_net_amount_str: str
    store_refund_amount: int
    """Minor units."""
    store_refund_amount_str: str
    tax_amount: int
    """Minor units."""
    tax_amount_str: str


class SalesTaxJurisdictionDto(Model, frozen=True, kw_only=True):
    """`SalesTaxJurisdictionDto` of the contract."""

    name: str
    not_taxed_reason: str | None = None
    taxes: list[SalesTaxJurisdictionTaxDto]


class SalesTaxJurisdictionTaxDto(Model, frozen=True, kw_only=True):
    """`SalesTaxJurisdictionTaxDto` of the contract."""

    tax_amount: str
    tax_name: str
    tax_rate: str
    taxable_amount: str


class SteamSkinsDetailsDto(Model, frozen=True, kw_only=True):
    """`SteamSkinsDetailsDto` of the contract."""

    items: list[SteamSkinsInventoryItemDetailsDto]


class SteamSkinsInventoryItemDetailsDto(Model, frozen=True, kw_only=True):
    """`SteamSkinsInventoryItemDetailsDto` of the contract."""

    app_id: int
    id: str
    name: str
    price: int
