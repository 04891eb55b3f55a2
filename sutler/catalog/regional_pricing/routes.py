"""The management API of regional pricing."""

from typing import Annotated

from sutler.catalog.regional_pricing import queries, service
from sutler.catalog.regional_pricing.schemas import (
    ProductPricingRegionDto,
    ProductPricingRegionGroupDto,
    ProductPricingRegionOverrideDto,
    StorePricingRegionOverrideDto,
)
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/products", tag="regional-pricing")
Reader = Annotated[StoreContext, reads("product_read")]
Updater = Annotated[StoreContext, writes("product_update")]


@routes.get("/pricing/regions", "ProductsPricing_GetStorePricingRegions")
async def list_regions(store: Reader) -> list[ProductPricingRegionDto]:
    """List the regions of the world, with how the store prices in each."""
    return await queries.of_store(store)


@routes.get("/pricing/region-groups", "ProductsPricing_GetStorePricingRegionGroups")
async def list_groups(store: Reader) -> list[ProductPricingRegionGroupDto]:
    """List the groups of regions, each with the multiplier that is recommended there."""
    return queries.groups()


@routes.patch("/pricing/regions/{regionId}", "ProductsPricing_SetStorePricingRegionOverride")
async def set_for_store(store: Updater, region_id: str, changes: StorePricingRegionOverrideDto) -> None:
    """Change how all products are priced in a region, for checkouts that are opened from now on.

    Nothing has an effect there until `enabled` is true. Without a multiplier prices stay as they are.
    """
    await service.set_for_store(store, region_id, changes)


@routes.get("/{productId}/pricing/regions", "ProductsPricing_GetProductPricingRegions")
async def list_product_regions(store: Reader, product_id: FlakeId) -> list[ProductPricingRegionDto]:
    """List the regions of the world, with how one product is priced in each.

    `price` is what it costs there by its own, if anything; otherwise the multiplier counts.
    """
    return await queries.of_product(store, product_id)


@routes.patch("/{productId}/pricing/regions/{regionId}", "ProductsPricing_SetProductPricingRegionOverride")
async def set_for_product(
    store: Updater, product_id: FlakeId, region_id: str, changes: ProductPricingRegionOverrideDto
) -> None:
    """Give one product a price of its own in a region, or leave it out there, or take it in."""
    await service.set_for_product(store, product_id, region_id, changes)
