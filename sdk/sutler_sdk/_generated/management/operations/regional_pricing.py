"""Operations of `regional-pricing`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.regional_pricing import ProductPricingRegionDto, ProductPricingRegionGroupDto

if TYPE_CHECKING:
    from sutler_sdk.transport import AsyncTransport, Transport

GET_STORE_PRICING_REGION_GROUPS = Operation(
    "GET", "/v1/stores/{store_id}/products/pricing/region-groups", list[ProductPricingRegionGroupDto]
)
GET_STORE_PRICING_REGIONS = Operation("GET", "/v1/stores/{store_id}/products/pricing/regions", list[ProductPricingRegionDto])
SET_STORE_PRICING_REGION_OVERRIDE = Operation(
    "PATCH", "/v1/stores/{store_id}/products/pricing/regions/{region_id}", type(None)
)
GET_PRODUCT_PRICING_REGIONS = Operation(
    "GET", "/v1/stores/{store_id}/products/{product_id}/pricing/regions", list[ProductPricingRegionDto]
)
SET_PRODUCT_PRICING_REGION_OVERRIDE = Operation(
    "PATCH", "/v1/stores/{store_id}/products/{product_id}/pricing/regions/{region_id}", type(None)
)


class RegionalPricing:
    """Operations of `regional-pricing`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_store_pricing_region_groups(self) -> list[ProductPricingRegionGroupDto]:
        """Get store pricing region groups: `GET /v1/stores/{store_id}/products/pricing/region-groups`."""
        return self._transport.call(GET_STORE_PRICING_REGION_GROUPS)

    def get_store_pricing_regions(self) -> list[ProductPricingRegionDto]:
        """Get store pricing regions: `GET /v1/stores/{store_id}/products/pricing/regions`."""
        return self._transport.call(GET_STORE_PRICING_REGIONS)

    def set_store_pricing_region_override(
        self,
        region_id: str,
        *,
        currency: str | UnsetType | None = UNSET,
        default_price_multiplier: int | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        tax_inclusive: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> None:
        """Set store pricing region override: `PATCH /v1/stores/{store_id}/products/pricing/regions/{region_id}`."""
        return self._transport.call(
            SET_STORE_PRICING_REGION_OVERRIDE,
            path={"region_id": region_id},
            body={
                "currency": currency,
                "default_price_multiplier": default_price_multiplier,
                "enabled": enabled,
                "tax_inclusive": tax_inclusive,
            },
            idempotency_key=idempotency_key,
        )

    def get_product_pricing_regions(self, product_id: str) -> list[ProductPricingRegionDto]:
        """Get product pricing regions: `GET /v1/stores/{store_id}/products/{product_id}/pricing/regions`."""
        return self._transport.call(GET_PRODUCT_PRICING_REGIONS, path={"product_id": product_id})

    def set_product_pricing_region_override(
        self,
        product_id: str,
        region_id: str,
        *,
        currency: str | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        price: int | UnsetType | None = UNSET,
        tax_inclusive: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> None:
        """Set product pricing region override: `PATCH /v1/stores/{store_id}/products/{product_id}/pricing/regions/{region_id}`.

        `price`: minor units.
        """
        return self._transport.call(
            SET_PRODUCT_PRICING_REGION_OVERRIDE,
            path={"product_id": product_id, "region_id": region_id},
            body={"currency": currency, "enabled": enabled, "price": price, "tax_inclusive": tax_inclusive},
            idempotency_key=idempotency_key,
        )


class AsyncRegionalPricing:
    """Operations of `regional-pricing`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_store_pricing_region_groups(self) -> list[ProductPricingRegionGroupDto]:
        """Get store pricing region groups: `GET /v1/stores/{store_id}/products/pricing/region-groups`."""
        return await self._transport.call(GET_STORE_PRICING_REGION_GROUPS)

    async def get_store_pricing_regions(self) -> list[ProductPricingRegionDto]:
        """Get store pricing regions: `GET /v1/stores/{store_id}/products/pricing/regions`."""
        return await self._transport.call(GET_STORE_PRICING_REGIONS)

    async def set_store_pricing_region_override(
        self,
        region_id: str,
        *,
        currency: str | UnsetType | None = UNSET,
        default_price_multiplier: int | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        tax_inclusive: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> None:
        """Set store pricing region override: `PATCH /v1/stores/{store_id}/products/pricing/regions/{region_id}`."""
        return await self._transport.call(
            SET_STORE_PRICING_REGION_OVERRIDE,
            path={"region_id": region_id},
            body={
                "currency": currency,
                "default_price_multiplier": default_price_multiplier,
                "enabled": enabled,
                "tax_inclusive": tax_inclusive,
            },
            idempotency_key=idempotency_key,
        )

    async def get_product_pricing_regions(self, product_id: str) -> list[ProductPricingRegionDto]:
        """Get product pricing regions: `GET /v1/stores/{store_id}/products/{product_id}/pricing/regions`."""
        return await self._transport.call(GET_PRODUCT_PRICING_REGIONS, path={"product_id": product_id})

    async def set_product_pricing_region_override(
        self,
        product_id: str,
        region_id: str,
        *,
        currency: str | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        price: int | UnsetType | None = UNSET,
        tax_inclusive: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> None:
        """Set product pricing region override: `PATCH /v1/stores/{store_id}/products/{product_id}/pricing/regions/{region_id}`.

        `price`: minor units.
        """
        return await self._transport.call(
            SET_PRODUCT_PRICING_REGION_OVERRIDE,
            path={"product_id": product_id, "region_id": region_id},
            body={"currency": currency, "enabled": enabled, "price": price, "tax_inclusive": tax_inclusive},
            idempotency_key=idempotency_key,
        )
