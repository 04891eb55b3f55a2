"""Payment settings on the wire. What no store can choose has a usual value here."""

from typing import Annotated, Final, Literal, get_args

from msgspec import Meta, Struct, field

from sutler.checkout.checkouts.service import LARGEST_TOTAL
from sutler.kernel.wire import Int64, Wire
from sutler.stores.stores.models import DUNNING_DAYS, BannedOnChargeback, MonthLength, PrepaidCardsBlocked, Store

ReminderDays = Annotated[int, Meta(ge=0, le=60, extra_json_schema={"format": "int32"})]
PromoCodeStacking = Literal["invalid", "disabled", "enabled", "gift_cards_only"]
Bans = Annotated[list[BannedOnChargeback], Meta(max_length=len(get_args(BannedOnChargeback)))]
Dunning = Annotated[list[Annotated[int, Meta(ge=1, le=60)]], Meta(max_length=10)]
ChargebackCoverage = Literal["unspecified", "none", "fraudulent", "all"]


class StorePaymentSettingsDto(Struct, kw_only=True):
    """How this store takes money. Amounts are minor units of its currency.

    The last members are ours: what is banned of whoever disputes a payment (nothing is, until the owner says so), how many
    days before a trial ends its customer is told, how long the months of new subscriptions are, and how many days after
    the first attempt a declined renewal is tried again.
    """

    show_all_payment_methods_for_subscriptions: bool = False
    store_tax_inclusive_pricing: bool = False
    block_prepaid_cards: PrepaidCardsBlocked = "none"
    promo_code_stacking_behavior: PromoCodeStacking = "disabled"
    adaptive_currency_enabled: bool = False
    show_adaptive_currency_on_storefront: bool = False
    max_checkout_amount: Int64 = LARGEST_TOTAL
    force_3d_secure: bool = False
    chargeback_coverage: ChargebackCoverage = "none"
    chargeback_coverage_max_amount: Int64 | None = None
    ban_on_chargeback: Bans = field(default_factory=list)
    trial_reminder_days: ReminderDays = 3
    subscription_month_length: MonthLength = "thirty_days"
    dunning_days: Dunning = field(default_factory=lambda: list(DUNNING_DAYS))


class UpdateStorePaymentSettingsDto(Wire):
    """What to change; what is left out stays. The last members cannot be chosen here and may only be given as they are."""

    show_all_payment_methods_for_subscriptions: bool | None = None
    store_tax_inclusive_pricing: bool | None = None
    block_prepaid_cards: PrepaidCardsBlocked | None = None
    promo_code_stacking_behavior: PromoCodeStacking | None = None
    adaptive_currency_enabled: bool | None = None
    show_adaptive_currency_on_storefront: bool | None = None
    ban_on_chargeback: Bans | None = None
    trial_reminder_days: ReminderDays | None = None
    subscription_month_length: MonthLength | None = None
    dunning_days: Dunning | None = None
    max_checkout_amount: Int64 | None = None
    force_3d_secure: bool | None = None
    chargeback_coverage: ChargebackCoverage | None = None
    chargeback_coverage_max_amount: Int64 | None = None


KEPT: Final = (
    "show_all_payment_methods_for_subscriptions", "store_tax_inclusive_pricing", "promo_code_stacking_behavior",
    "adaptive_currency_enabled", "show_adaptive_currency_on_storefront", "ban_on_chargeback",
    "subscription_month_length", "dunning_days",
    "block_prepaid_cards", "trial_reminder_days",
)  # fmt: skip
"""What an owner decides; the store keeps it under the same names."""

FIXED: Final = {
    "max_checkout_amount": "The largest checkout is the same for all stores",
    "force_3d_secure": "Whether cards need 3-D Secure is decided at the gateway",
    "chargeback_coverage": "Nobody covers chargebacks here",
    "chargeback_coverage_max_amount": "Nobody covers chargebacks here",
}
"""What no store can choose, and why."""


def shown(store: Store) -> StorePaymentSettingsDto:
    """The settings of a store."""
    kept = {name: getattr(store, name) for name in KEPT}
    return StorePaymentSettingsDto(**kept | {"dunning_days": dunning_days(store)})


def dunning_days(store: Store) -> list[int]:
    """When a declined renewal is tried again, in days after the first attempt."""
    return list(DUNNING_DAYS) if store.dunning_days is None else store.dunning_days
