"""What operations of `upsell_settings` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.management.models.shared import ActorDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import StoreUpsellCheckoutStyleDto, UpsellDiscountTypeDto, UpsellTypeDto
else:  # a text that is new must not break a client
    StoreUpsellCheckoutStyleDto = UpsellDiscountTypeDto = UpsellTypeDto = str


class StoreUpsellRecommendationDto(Model, frozen=True, kw_only=True):
    """`StoreUpsellRecommendationDto` of the contract."""

    discount_amount: int
    """Minor units, or a share, as `discount_type` says."""
    discount_type: UpsellDiscountTypeDto
    minimum_base_product_quantity: int | None = None
    prefer_as_subscription: bool
    quantity_to_add: int | None = None
    recommended_product_id: str
    type: UpsellTypeDto


class StoreUpsellSettingsDto(Model, frozen=True, kw_only=True):
    """`StoreUpsellSettingsDto` of the contract."""

    automatic_recommendations_discount_amount: int
    """Minor units, or a share, as `automatic_recommendations_discount_type` says."""
    automatic_recommendations_discount_type: UpsellDiscountTypeDto
    automatic_recommendations_enabled: bool
    checkout_style: StoreUpsellCheckoutStyleDto
    enabled: bool
    recommendation_overrides: list[StoreUpsellRecommendationDto]
    recommendation_overrides_enabled: bool
    updated_at: datetime
    updated_by: ActorDto
