"""Payment settings on the wire. What cannot be chosen has a usual value here."""

from typing import Annotated, Final, Literal, get_args

from msgspec import Meta, Struct, field

from sutler.checkout.checkouts.service import LARGEST_TOTAL
from sutler.kernel.wire import Int64, Wire
from sutler.stores.stores.models import BannedOnChargeback, Store

PrepaidCardsBlockingType = Literal["unspecified", "none", "trials", "all_recurring"]
PromoCodeStacking = Literal["invalid", "disabled", "enabled", "gift_cards_only"]
Bans = Annotated[list[BannedOnChargeback], Meta(max_length=len(get_args(BannedOnChargeback)))]
ChargebackCoverage = Literal["unspecified", "none", "fraudulent", "all"]


class StorePaymentSettingsDto(Struct, kw_only=True):
    """How this store takes money. Amounts are minor units of its currency.

    The last member is ours: what is banned of whoever disputes a payment. Nothing is, until the owner says so.
    """

    show_all_payment_methods_for_subscriptions: bool = False
    store_tax_inclusive_pricing: bool = False
    block_prepaid_cards: PrepaidCardsBlockingType = "none"
    promo_code_stacking_behavior: PromoCodeStacking = "disabled"
    adaptive_currency_enabled: bool = False
    show_adaptive_currency_on_storefront: bool = False
    max_checkout_amount: Int64 = LARGEST_TOTAL
    force_3d_secure: bool = False
    chargeback_coverage: ChargebackCoverage = "none"
    chargeback_coverage_max_amount: Int64 | None = None
    ban_on_chargeback: Bans = field(default_factory=list)


class UpdateStorePaymentSettingsDto(Wire):
    """What to change; what is left out stays."""

    show_all_payment_methods_for_subscriptions: bool | None = None
    store_tax_inclusive_pricing: bool | None = None
    block_prepaid_cards: PrepaidCardsBlockingType | None = None
    promo_code_stacking_behavior: PromoCodeStacking | None = None
    adaptive_currency_enabled: bool | None = None
    show_adaptive_currency_on_storefront: bool | None = None
    ban_on_chargeback: Bans | None = None


KEPT: Final = (
    "show_all_payment_methods_for_subscriptions", "store_tax_inclusive_pricing", "promo_code_stacking_behavior",
    "show_adaptive_currency_on_storefront", "ban_on_chargeback",
)  # fmt: skip
"""What an owner decides; the store keeps it under the same names."""


def shown(store: Store) -> StorePaymentSettingsDto:
    """The settings of a store."""
    return StorePaymentSettingsDto(**{name: getattr(store, name) for name in KEPT})
