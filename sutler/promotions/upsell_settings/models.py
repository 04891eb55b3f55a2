"""The table of upsell settings: one row for each store that ever changed them."""

from typing import Literal

from sutler.catalog.products.models import Recommendation, UpsellDiscount
from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict

CheckoutStyle = Literal["unknown", "inline", "inline_and_prepayment_dialog", "dedicated_step"]


class UpsellSettings(StoreRecord, table="upsell_settings"):
    """What is offered at the checkout. Discounts are minor units or tenths of a percent."""

    enabled: bool = False
    automatic_recommendations_enabled: bool = False
    automatic_recommendations_discount_type: UpsellDiscount = "none"
    automatic_recommendations_discount_amount: int = 0
    recommendation_overrides_enabled: bool = False
    recommendation_overrides: tuple[Recommendation, ...] = ()
    checkout_style: CheckoutStyle = "inline"


class UpsellSettingsTwice(Conflict):
    """This store has upsell settings already; send the change again."""


unique(UpsellSettingsTwice, UpsellSettings.c.store_id, name="upsell_settings_store")
