"""Payment settings on the wire. What has only one value here cannot be set to another yet."""

from typing import Literal

from msgspec import Struct

from sutler.checkout.checkouts.service import LARGEST_TOTAL
from sutler.kernel.wire import Int64, Wire

PrepaidCardsBlockingType = Literal["unspecified", "none", "trials", "all_recurring"]
PromoCodeStacking = Literal["invalid", "disabled", "enabled", "gift_cards_only"]
ChargebackCoverage = Literal["unspecified", "none", "fraudulent", "all"]


class StorePaymentSettingsDto(Struct, kw_only=True):
    """How this store takes money. Amounts are minor units of its currency."""

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


class UpdateStorePaymentSettingsDto(Wire):
    """What to change; what is left out stays."""

    show_all_payment_methods_for_subscriptions: bool | None = None
    store_tax_inclusive_pricing: bool | None = None
    block_prepaid_cards: PrepaidCardsBlockingType | None = None
    promo_code_stacking_behavior: PromoCodeStacking | None = None
    adaptive_currency_enabled: bool | None = None
    show_adaptive_currency_on_storefront: bool | None = None
