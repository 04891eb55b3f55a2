"""Upsell settings on the wire."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.catalog.products.models import UpsellDiscount, UpsellType
from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int32, Int64, Wire
from sutler.promotions.upsell_settings.models import CheckoutStyle, UpsellSettings

MOST: int = 100


class StoreUpsellRecommendationDto(Wire):
    """A product that is offered to everybody."""

    recommended_product_id: FlakeId
    type: UpsellType
    discount_type: UpsellDiscount
    discount_amount: Int64
    minimum_base_product_quantity: Int32 | None = None
    quantity_to_add: Int32 | None = None
    prefer_as_subscription: bool


Recommendations = Annotated[list[StoreUpsellRecommendationDto], Meta(max_length=MOST)]


class UpdateStoreUpsellSettingsDto(Wire):
    """What changes; what is left out or null stays. Overrides that are given replace those there were."""

    enabled: bool | UnsetType | None = UNSET
    automatic_recommendations_enabled: bool | UnsetType | None = UNSET
    automatic_recommendations_discount_type: UpsellDiscount | UnsetType | None = UNSET
    automatic_recommendations_discount_amount: Int64 | UnsetType | None = UNSET
    recommendation_overrides_enabled: bool | UnsetType | None = UNSET
    recommendation_overrides: Recommendations | UnsetType | None = UNSET
    checkout_style: CheckoutStyle | UnsetType | None = UNSET


class StoreUpsellSettingsDto(Struct):
    """What a store offers beside what its buyers came for."""

    enabled: bool
    automatic_recommendations_enabled: bool
    automatic_recommendations_discount_type: UpsellDiscount
    automatic_recommendations_discount_amount: Int64
    recommendation_overrides_enabled: bool
    recommendation_overrides: list[StoreUpsellRecommendationDto]
    checkout_style: CheckoutStyle
    updated_at: datetime
    updated_by: Actor


def shown(settings: UpsellSettings, moment: datetime, actor: Actor | None) -> StoreUpsellSettingsDto:
    """The settings, with the moment and the actor to name where nobody ever changed them."""
    members = StoreUpsellRecommendationDto.__struct_fields__
    return StoreUpsellSettingsDto(
        enabled=settings.enabled,
        automatic_recommendations_enabled=settings.automatic_recommendations_enabled,
        automatic_recommendations_discount_type=settings.automatic_recommendations_discount_type,
        automatic_recommendations_discount_amount=settings.automatic_recommendations_discount_amount,
        recommendation_overrides_enabled=settings.recommendation_overrides_enabled,
        recommendation_overrides=[
            StoreUpsellRecommendationDto(**{name: getattr(one, name) for name in members})
            for one in settings.recommendation_overrides
        ],
        checkout_style=settings.checkout_style,
        updated_at=settings.updated_at or moment,
        updated_by=settings.updated_by or actor or Actor("internal"),
    )
