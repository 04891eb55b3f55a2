"""What operations of `payment_settings` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import (
        ChargebackCoverageTypeDto,
        PrepaidCardsBlockingTypeDto,
        StorePromoCodeStackingBehaviorDto,
    )
else:  # a text that is new must not break a client
    ChargebackCoverageTypeDto = PrepaidCardsBlockingTypeDto = StorePromoCodeStackingBehaviorDto = str


class StorePaymentSettingsDto(Model, frozen=True, kw_only=True):
    """`StorePaymentSettingsDto` of the contract."""

    adaptive_currency_enabled: bool
    block_prepaid_cards: PrepaidCardsBlockingTypeDto
    chargeback_coverage: ChargebackCoverageTypeDto
    chargeback_coverage_max_amount: int | None = None
    """Minor units."""
    force_3d_secure: bool
    max_checkout_amount: int
    """Minor units."""
    promo_code_stacking_behavior: StorePromoCodeStackingBehaviorDto
    show_adaptive_currency_on_storefront: bool
    show_all_payment_methods_for_subscriptions: bool
    store_tax_inclusive_pricing: bool
