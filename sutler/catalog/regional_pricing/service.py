"""What products cost in the region where somebody is, and changing that."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct, structs

from sutler.catalog.pricing_regions.models import UNCHANGED
from sutler.catalog.pricing_regions.service import region, region_of
from sutler.catalog.product_rules.service import FREE, HIGHEST_PRICE, LOWEST_PRICE
from sutler.catalog.products.queries import one
from sutler.catalog.regional_pricing.models import ProductRegion
from sutler.catalog.regional_pricing.schemas import ProductPricingRegionOverrideDto, StorePricingRegionOverrideDto
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import round_half_up
from sutler.kernel.wire import given
from sutler.stores.stores.models import PricingRegion, Store

NOTHING: Final = PricingRegion()


class Regional(Struct, frozen=True, kw_only=True):
    """What one unit costs in a region, in minor units, before options, offers and tax.

    `tax_inclusive` says whether buyers there see and pay prices that contain their tax; None leaves that to the store.
    """

    region_id: str
    price: int
    tax_inclusive: bool | None


async def regional_prices(
    store: StoreContext, seller: Store, prices: Mapping[FlakeId, int], country: str | None
) -> Mapping[FlakeId, Regional]:
    """What products cost in a country, by product, from their base prices, as far as they are priced by region there.

    It takes one statement if single products have prices of their own in that region, otherwise none.
    """
    found = region_of(country)
    if found is None or found.id not in seller.pricing_regions or not prices:
        return {}
    general = seller.pricing_regions[found.id]
    own = await _own(store, found.id, prices) if general.has_products else {}
    priced = {id: regional(found.id, general, own.get(id), price) for id, price in prices.items()}
    return {id: one for id, one in priced.items() if one is not None}


async def _own(store: StoreContext, region_id: str, prices: Mapping[FlakeId, int]) -> dict[FlakeId, ProductRegion]:
    these = one_of_ids(ProductRegion.c.product_id, sorted(prices))
    rows = await store.all(store.rows(ProductRegion).where(ProductRegion.c.region_id == region_id, these))
    return {row.product_id: row for row in rows}


def regional(region_id: str, general: PricingRegion, own: ProductRegion | None, base: int) -> Regional | None:
    """What a product costs in a region, unless nothing is priced by region for it there.

    A price of its own goes before the multiplier; without either it costs what it does elsewhere.
    """
    enabled, price, tax_inclusive = (own.enabled, own.price, own.tax_inclusive) if own else (None, None, None)
    if not (general.enabled if enabled is None else enabled):
        return None
    return Regional(
        region_id=region_id,
        price=multiplied(base, general.default_price_multiplier) if price is None else price,
        tax_inclusive=general.tax_inclusive if tax_inclusive is None else tax_inclusive,
    )


def multiplied(base: int, multiplier: int | None) -> int:
    """A price times a multiplier in thousandths, rounded to the nearest minor unit, within what products may cost.

    What costs nothing goes on costing nothing, and nothing else comes to cost nothing.
    """
    if base == FREE or multiplier in (None, UNCHANGED):
        return base
    return min(max(round_half_up(base * multiplier, UNCHANGED), LOWEST_PRICE), HIGHEST_PRICE)


async def set_for_store(store: StoreContext, region_id: str, changes: StorePricingRegionOverrideDto) -> None:
    """Change how all products are priced in a region. NotFound for an unknown one, InvalidInput for a foreign currency."""
    wanted, seller = region(region_id), await store.get(Store, store.store_id)
    values = _checked(given(changes), seller.currency)
    if values:
        await _keep(store, seller, wanted.id, values | {"updated_at": clock.now()})


async def set_for_product(
    store: StoreContext, product_id: FlakeId, region_id: str, changes: ProductPricingRegionOverrideDto
) -> None:
    """Change how one product is priced in a region.

    NotFound for an unknown product or region; InvalidInput for a price that products cannot have, or a foreign currency.
    """
    product, wanted = await one(store, product_id), region(region_id)
    seller = await store.get(Store, store.store_id)
    values = _checked(given(changes), seller.currency)
    if not values:
        return
    mine = ProductRegion.c.product_id == product.id, ProductRegion.c.region_id == wanted.id
    if not await store.change_all(store.rows(ProductRegion).where(*mine), values):
        await store.add(ProductRegion(product_id=product.id, region_id=wanted.id, **values))
    if not seller.pricing_regions.get(wanted.id, NOTHING).has_products:
        await _keep(store, seller, wanted.id, {"has_products": True})


async def _keep(store: StoreContext, seller: Store, region_id: str, values: dict[str, Any]) -> None:
    changed = structs.replace(seller.pricing_regions.get(region_id, NOTHING), **values)
    await store.change(seller, {"pricing_regions": seller.pricing_regions | {region_id: changed}})


def _checked(values: dict[str, Any], currency: str) -> dict[str, Any]:
    """The values in the form in which they are kept."""
    problems = []
    if values.get("currency") is not None:
        values["currency"] = values["currency"].lower()
        if values["currency"] != currency:
            text = f"Prices in other currencies are not supported yet; leave `currency` out or send {currency}."
            problems.append(FieldError("NotSupported", text, "currency", "supported"))
    price = values.get("price")
    if price is not None and price != FREE and not LOWEST_PRICE <= price <= HIGHEST_PRICE:
        text = f"The price must be 0, or {LOWEST_PRICE} to {HIGHEST_PRICE} in minor units."
        problems.append(FieldError("Invalid", text, "price", "range"))
    if problems:
        raise InvalidInput(problems[0].message, problems)
    return values
