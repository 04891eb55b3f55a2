"""What operations of `regional_pricing` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime

from sutler_sdk._wire import Model


class ProductPricingRegionDto(Model, frozen=True, kw_only=True):
    """`ProductPricingRegionDto` of the contract."""

    blended_vat_rate: float
    country_codes: list[str]
    currency: str | None = None
    default_price_multiplier: int | None = None
    enabled: bool
    group_id: str
    id: str
    local_currency: str
    local_currency_fx_rate: float
    name: str
    price: int | None = None
    """Minor units."""
    tax_inclusive: bool | None = None
    updated_at: datetime | None = None


class ProductPricingRegionGroupDto(Model, frozen=True, kw_only=True):
    """`ProductPricingRegionGroupDto` of the contract."""

    description: str
    id: str
    name: str
    recommended_base_price_multiplier: int
