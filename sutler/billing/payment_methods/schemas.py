"""What gateways tell about how something was paid, in the form in which it is kept and shown."""

from msgspec import UNSET, UnsetType

from sutler.kernel.wire import Int32, Wire


class CardWalletDto(Wire):
    """The wallet that a card is kept in."""

    type: str


class CardDetailsDto(Wire):
    """What may be known of a card."""

    brand: str
    country: str
    exp_month: Int32
    exp_year: Int32
    fingerprint: str
    funding: str
    last4: str
    bin: str | None = None
    issuer: str | None = None
    description: str | None = None
    wallet: CardWalletDto | UnsetType = UNSET


class CashAppDetailsDto(Wire):
    """A Cash App account."""

    buyer_id: str
    cashtag: str


class PayPalDetailsDto(Wire):
    """A PayPal account."""

    payer_id: str
    payer_email: str
    payer_name: str
    country: str
    vault: bool
    pending_vault_approval: bool | None = None
    standalone_setup: bool | None = None


class LinkDetailsDto(Wire):
    """A Link account."""

    email: str


class CryptoDetailsDto(Wire):
    """A payment in a cryptocurrency."""

    crypto_currency: str
    crypto_amount: str
    total_paid: str
    confirmations: Int32
    transaction_hashes: list[str]


class SteamSkinsInventoryItemDetailsDto(Wire):
    """A Steam item given in payment."""

    id: str
    app_id: Int32
    name: str
    price: Int32


class SteamSkinsDetailsDto(Wire):
    """A payment in Steam items."""

    items: list[SteamSkinsInventoryItemDetailsDto]


class IdealDetailsDto(Wire):
    """An iDEAL payment."""

    bank: str
    bic: str
    iban_last4: str | None = None
    payer_name: str | None = None


class P24DetailsDto(Wire):
    """A Przelewy24 payment."""

    bank: str
    payer_name: str | None = None


class BancontactDetailsDto(Wire):
    """A Bancontact payment."""

    bank: str | None = None
    bank_name: str | None = None
    bic: str | None = None
    iban_last4: str | None = None
    payer_name: str | None = None


class KlarnaDetailsDto(Wire):
    """A Klarna payment."""

    country: str | None = None
    method_category: str | None = None


class AlipayDetailsDto(Wire):
    """An Alipay account."""

    buyer_id: str | None = None
    fingerprint: str | None = None


class PayByBankDetailsDto(Wire):
    """A payment straight from a bank account."""

    bank_name: str | None = None
    bic: str | None = None
    country: str | None = None
    payer_name: str | None = None


class PixDetailsDto(Wire):
    """A Pix payment."""

    bank_name: str | None = None
    bank_account_number: str | None = None
    payer_name: str | None = None


class PaysafeCardDetailsDto(Wire):
    """A paysafecard payment."""

    first_name: str | None = None
    last_name: str | None = None
    psc_id: str | None = None
    association_id: str | None = None


class PaymentMethodDetailsDto(Wire):
    """What was paid with: one of these, or none before the gateway has answered."""

    card: CardDetailsDto | UnsetType = UNSET
    cashapp: CashAppDetailsDto | UnsetType = UNSET
    paypal: PayPalDetailsDto | UnsetType = UNSET
    link: LinkDetailsDto | UnsetType = UNSET
    crypto: CryptoDetailsDto | UnsetType = UNSET
    steamskins: SteamSkinsDetailsDto | UnsetType = UNSET
    ideal: IdealDetailsDto | UnsetType = UNSET
    p24: P24DetailsDto | UnsetType = UNSET
    bancontact: BancontactDetailsDto | UnsetType = UNSET
    klarna: KlarnaDetailsDto | UnsetType = UNSET
    alipay: AlipayDetailsDto | UnsetType = UNSET
    pay_by_bank: PayByBankDetailsDto | UnsetType = UNSET
    pix: PixDetailsDto | UnsetType = UNSET
    paysafecard: PaysafeCardDetailsDto | UnsetType = UNSET
