"""Regional pricing on the wire."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.kernel.wire import Int64, Wire

HIGHEST_MULTIPLIER = 10_000

Multiplier = Annotated[
    int,
    Meta(
        ge=1,
        le=HIGHEST_MULTIPLIER,
        description="Thousandths of the base price: 1000 leaves it as it is, 500 halves it.",
        extra_json_schema={"format": "int64"},
    ),
]
Currency = Annotated[str, Meta(min_length=3, max_length=3)]


class ProductPricingRegionGroupDto(Struct, frozen=True):
    """Regions where about the same part of a price is asked; the multiplier is in thousandths."""

    id: str
    name: str
    description: str
    recommended_base_price_multiplier: Int64


class ProductPricingRegionDto(Struct, frozen=True, kw_only=True):
    """A region, and what is priced differently there, for the store or for one of its products.

    `local_currency_fx_rate` says how much of the region's currency a unit of the store's is worth; nothing is charged by it.
    `blended_vat_rate` is in percent. Of a product, what it does not say for itself is what the store says.
    """

    id: str
    group_id: str
    local_currency: str
    local_currency_fx_rate: float
    blended_vat_rate: float
    name: str
    country_codes: list[str]
    enabled: bool
    price: Int64 | None
    default_price_multiplier: Int64 | None
    currency: str | None
    tax_inclusive: bool | None
    updated_at: datetime | None


class StorePricingRegionOverrideDto(Wire):
    """What changes for all products in a region: what is left out stays, null clears."""

    default_price_multiplier: Multiplier | UnsetType | None = UNSET
    enabled: bool | UnsetType | None = UNSET
    currency: Currency | UnsetType | None = UNSET
    tax_inclusive: bool | UnsetType | None = UNSET


class ProductPricingRegionOverrideDto(Wire):
    """What changes for one product in a region: what is left out stays, null clears and leaves it to the store."""

    price: Int64 | UnsetType | None = UNSET
    enabled: bool | UnsetType | None = UNSET
    currency: Currency | UnsetType | None = UNSET
    tax_inclusive: bool | UnsetType | None = UNSET
