"""Regions and their groups as managers see them."""

from sutler.catalog.pricing_regions.models import GROUPS, REGIONS, Region
from sutler.catalog.pricing_regions.service import blended_vat_rate, local_currency
from sutler.catalog.products.queries import one
from sutler.catalog.regional_pricing.models import ProductRegion
from sutler.catalog.regional_pricing.schemas import ProductPricingRegionDto, ProductPricingRegionGroupDto
from sutler.catalog.regional_pricing.service import NOTHING
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.models import PricingRegion
from sutler.stores.stores.service import current


def groups() -> list[ProductPricingRegionGroupDto]:
    """The groups, the dearest first."""
    return [ProductPricingRegionGroupDto(one.id, one.name, one.description, one.multiplier) for one in GROUPS]


async def of_store(store: StoreContext) -> list[ProductPricingRegionDto]:
    """All regions, with what the store says of each."""
    seller = await current(store)
    return [_shown(region, seller.currency, seller.pricing_regions.get(region.id, NOTHING)) for region in REGIONS]


async def of_product(store: StoreContext, product_id: FlakeId) -> list[ProductPricingRegionDto]:
    """All regions, with what a product says of each, or else the store; NotFound when there is no such product."""
    product, seller = await one(store, product_id), await current(store)
    rows = await store.all(store.rows(ProductRegion).where(ProductRegion.c.product_id == product.id))
    own = {row.region_id: row for row in rows}
    return [
        _shown(region, seller.currency, seller.pricing_regions.get(region.id, NOTHING), own.get(region.id))
        for region in REGIONS
    ]


def _shown(
    region: Region, currency: str, general: PricingRegion, own: ProductRegion | None = None
) -> ProductPricingRegionDto:
    local, rate = local_currency(region, currency)
    said = {name: getattr(general, name) for name in ("enabled", "currency", "tax_inclusive")}
    if own is not None:
        said |= {name: value for name in said if (value := getattr(own, name)) is not None}
    said["enabled"] = bool(said["enabled"])
    return ProductPricingRegionDto(
        id=region.id,
        group_id=region.group_id,
        local_currency=local,
        local_currency_fx_rate=rate,
        blended_vat_rate=blended_vat_rate(region),
        name=region.name,
        country_codes=list(region.countries),
        price=own.price if own else None,
        default_price_multiplier=general.default_price_multiplier,
        updated_at=(own.updated_at or own.created_at) if own else general.updated_at,
        **said,
    )
