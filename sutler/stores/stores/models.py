"""The store's table. A store is its own store: its `store_id` is its `id`."""

from datetime import datetime
from typing import Literal

from msgspec import Struct, field

from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId

BannedOnChargeback = Literal["customer", "identity", "email", "ip"]
"""The customer, the account on their platform, the e-mail address of the bill, the address that they bought from."""
PromoCodeStacking = Literal["disabled", "enabled", "gift_cards_only"]
"""How many codes one order takes: one, any, or one coupon and any gift cards."""
MINECRAFT_PLATFORMS = ("minecraft", "minecraft_offline", "minecraft_geyser")
PLATFORMS = ("steam", *MINECRAFT_PLATFORMS, "hytale", "other")


PrepaidCardsBlocked = Literal["unspecified", "none", "trials", "all_recurring"]
"""For which purchases cards are not taken that may be empty when they are charged again."""
PricesShown = Literal["without_tax", "with_tax"]
MonthLength = Literal["thirty_days", "calendar"]
"""How long a month of a subscription is: always thirty days, or up to the same day of the next month."""
DUNNING_DAYS = (1, 3, 5, 7)
"""When a declined renewal is tried again, in days after the first attempt, unless a store says otherwise."""


class TaxSettings(Struct, frozen=True, kw_only=True):
    """How a store taxes: for buyers of which countries, and whether prices that are entered without tax are shown with it.

    With `tax_gift_cards` the whole sale is taxed, and gift cards pay for the tax, too.
    """

    enabled: bool = False
    home_country: str | None = None
    countries: list[str] = field(default_factory=list)
    prices_shown: PricesShown = "without_tax"
    tax_gift_cards: bool = False


class PricingRegion(Struct, frozen=True, kw_only=True):
    """How a store prices in a region of the world, as far as it says; the multiplier is in thousandths of the base price.

    `has_products` is set as soon as a product says something for itself there.
    """

    default_price_multiplier: int | None = None
    enabled: bool | None = None
    currency: str | None = None
    tax_inclusive: bool | None = None
    has_products: bool = False
    updated_at: datetime | None = None


class Store(StoreRecord, table="stores"):
    """One shop. `currency` is lower case and never changes; only stores that are not in live mode may simulate."""

    owner_id: FlakeId
    slug: str
    name: str
    platform: str
    game: str
    currency: str
    description: str
    live_mode: bool
    website_url: str | None = None
    contact_email: str | None = None
    support_email: str | None = None
    support_url: str | None = None
    integration_type: str | None = None
    logo_url: str | None = None
    logo_square_url: str | None = None
    minecraft_bedrock_username_prefix: str | None = None
    onboarding_completed_at: datetime | None = None
    gateways: list[str] = field(default_factory=list)  # by name, the preferred first; the simulator needs no mention
    disabled_payment_methods: list[str] = field(default_factory=list)
    ban_on_chargeback: list[BannedOnChargeback] = field(default_factory=list)  # of whoever disputes
    promo_code_stacking_behavior: PromoCodeStacking = "disabled"
    tax: TaxSettings | None = None
    store_tax_inclusive_pricing: bool = False  # whether prices are entered with their tax
    show_all_payment_methods_for_subscriptions: bool = False
    adaptive_currency_enabled: bool = False  # buyers pay in the currency of where they are
    show_adaptive_currency_on_storefront: bool = False
    pricing_regions: dict[str, PricingRegion] = field(default_factory=dict)  # by id, those of which something was ever said
    subscription_month_length: MonthLength = "thirty_days"
    dunning_days: list[int] | None = None  # after a renewal was first declined; None: `DUNNING_DAYS`
    trial_reminder_days: int = 3  # before a trial ends, customers are told; 0: never
    block_prepaid_cards: PrepaidCardsBlocked = "none"
    deleted_at: datetime | None = None  # a deleted store is closed to everybody; what happened in it stays in the books


class StoreSlugTaken(Conflict):
    """Another store already uses this slug."""


unique(StoreSlugTaken, Store.c.slug, name="stores_slug", where=Store.c.deleted_at.is_(None))
