"""Regions and their groups as managers see them."""

from sutler.catalog.pricing_regions.models import GROUPS, REGIONS, Region
from sutler.catalog.pricing_regions.service import blended_vat_rate, local_currency
from sutler.catalog.products.queries import one
from sutler.catalog.regional_pricing.models import ProductRegion
from sutler.catalog.regional_pricing.schemas import ProductPricingRegionDto, ProductPricingRegionGroupDto
from sutler.catalog.regional_pricing.service import NOTHING
from sutler.kernel.data.context import StoreContext
from sutler.kernel.exchange import rate_text
from sutler.kernel.ids import FlakeId
from sutler.stores.exchange_rates.service import Rates, rates
from sutler.stores.stores.models import PricingRegion
from sutler.stores.stores.service import current


def groups() -> list[ProductPricingRegionGroupDto]:
    """The groups, the dearest first."""
    return [ProductPricingRegionGroupDto(one.id, one.name, one.description, one.multiplier) for one in GROUPS]


async def of_store(store: StoreContext) -> list[ProductPricingRegionDto]:
    """All regions, with what the store says of each."""
    seller, known = await current(store), await rates(store)
    return [
        _shown(region, _local(region, seller.currency, known), seller.pricing_regions.get(region.id, NOTHING))
        for region in REGIONS
    ]


async def of_product(store: StoreContext, product_id: FlakeId) -> list[ProductPricingRegionDto]:
    """All regions, with what a product says of each, or else the store; NotFound when there is no such product."""
    product, seller, known = await one(store, product_id), await current(store), await rates(store)
    rows = await store.all(store.rows(ProductRegion).where(ProductRegion.c.product_id == product.id))
    own = {row.region_id: row for row in rows}
    return [
        _shown(
            region,
            _local(region, seller.currency, known),
            seller.pricing_regions.get(region.id, NOTHING),
            own.get(region.id),
        )
        for region in REGIONS
    ]


def _local(region: Region, currency: str, known: Rates) -> tuple[str, float]:
    """The region's currency and what a unit of the store's is worth in it: by the store's own rates, if it has any."""
    rate = known.between(currency, region.currency)
    return (region.currency, float(rate_text(rate))) if rate else local_currency(region, currency)


def _shown(
    region: Region, local: tuple[str, float], general: PricingRegion, own: ProductRegion | None = None
) -> ProductPricingRegionDto:
    said = {name: getattr(general, name) for name in ("enabled", "currency", "tax_inclusive")}
    if own is not None:
        said |= {name: value for name in said if (value := getattr(own, name)) is not None}
    said["enabled"] = bool(said["enabled"])
    return ProductPricingRegionDto(
        id=region.id,
        group_id=region.group_id,
        local_currency=local[0],
        local_currency_fx_rate=local[1],
        blended_vat_rate=blended_vat_rate(region),
        name=region.name,
        country_codes=list(region.countries),
        price=own.price if own else None,
        default_price_multiplier=general.default_price_multiplier,
        updated_at=(own.updated_at or own.created_at) if own else general.updated_at,
        **said,
    )
