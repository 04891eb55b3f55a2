"""What products cost visitors at this moment, before any code: with the sales that run."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import UNSET
from msgspec.structs import replace

from sutler.catalog.products.models import Product
from sutler.catalog.storefront import queries as storefront
from sutler.catalog.storefront.schemas import (
    SalesTaxEstimateDto,
    StorefrontProductDto,
    StorefrontProductPricingDto,
    StorefrontProductRegionalPricingDto,
    StorefrontSaleDto,
)
from sutler.checkout.choices.service import to_price
from sutler.checkout.display.service import display
from sutler.checkout.ladders.service import on_ladders, rented
from sutler.checkout.pricing.offers import LineToPrice, Offers
from sutler.checkout.pricing.price import price
from sutler.checkout.pricing.results import PricedCart, PricedLine
from sutler.checkout.pricing.units import tax_rate
from sutler.checkout.regions.service import as_in
from sutler.checkout.tax_rates.service import PUBLIC
from sutler.checkout.taxes.service import Place, taxed
from sutler.checkout.totals.service import sale_offer
from sutler.checkout.trial_rules.service import verdicts
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.promotions.sales.models import Sale
from sutler.promotions.sales.queries import active_sales
from sutler.stores.stores.service import current

Sales = Mapping[FlakeId, Sale]


async def shown(
    store: StoreContext, products: Sequence[Product], currency: str | None, country: str | None
) -> list[StorefrontProductDto]:
    """Products as visitors of a country see them, each with the price of one unit."""
    seller = await current(store)
    local = await as_in(store, seller, [to_price(one.id, one, 1, ()) for one in products], country)
    visitors = [
        store.actor.id if store.actor.type == "customer" and one.allow_one_time_purchase else None for one in products
    ]
    local = await on_ladders(store, seller, local, visitors, country)
    shown_in = await display(store, seller, currency, country)
    found = await storefront.shown(store, seller, products, {line.key: price_in_region(line) for line in local})
    sales = await sales_now(store)
    lines = await taxed(store, seller, local, Place(country=country))
    for line, dto in zip(lines, found, strict=True):
        (priced,) = on_sale([line], sales, dto.currency).lines
        dto.pricing = unit_pricing(priced, sales, country, dto.currency)
    await _tell_who_may_try(store, products, found)
    standing = await rented(store, products)
    for dto in found:
        dto.active_tier_group = standing.get(dto.tier_group_id or "", UNSET)
    return [shown_in.product(dto) for dto in found]


async def _tell_who_may_try(store: StoreContext, products: Sequence[Product], found: Sequence[StorefrontProductDto]) -> None:
    """Whether the customer who asks may try each product; of somebody who is not signed in nobody knows."""
    if store.actor.type != "customer" or store.actor.id is None or not any(one.trial.enabled for one in products):
        return
    may = await verdicts(store, store.actor.id, products)
    for dto in found:
        dto.trial = replace(dto.trial, eligible=may[dto.id].eligible)


async def one(store: StoreContext, id_or_slug: str, currency: str | None, country: str | None) -> StorefrontProductDto:
    """The same for one product, hidden or not; NotFound when it is not for sale."""
    (found,) = await shown(store, [await storefront.one(store, id_or_slug)], currency, country)
    return found


async def sales_now(store: StoreContext) -> Sales:
    """The sales that are on."""
    return {sale.id: sale for sale in await active_sales(store, clock.now())}


def on_sale(lines: Iterable[LineToPrice], sales: Sales, currency: str) -> PricedCart:
    """What lines cost with the sales that run, and without any code."""
    return price(list(lines), currency, Offers(sales=tuple(sale_offer(sale) for sale in sales.values())))


def price_in_region(line: LineToPrice) -> int:
    """What one unit costs where the visitor is, before what is chosen for it, offers and tax."""
    return line.price if line.regional_price is None else line.regional_price


def unit_pricing(line: PricedLine, sales: Sales, country: str | None, currency: str) -> StorefrontProductPricingDto:
    """What one unit of a line costs before and after its sale. A sale takes the same off each unit.

    Tax is in both where prices contain it; where it comes on top, it is in neither.
    """
    off = line.sale.amount // line.quantity if line.sale else 0
    return StorefrontProductPricingDto(
        price_original=line.price,
        price_final=line.price - off,
        sale_value=off if line.sale else None,
        active_sale=_sale(sales[line.sale.id]) if line.sale else UNSET,
        vat_rate=_vat_rate(country, tax_rate(line.wanted)) if line.wanted.taxes and country in PUBLIC else UNSET,
        regional_pricing=_regional(line, currency) if line.wanted.region_id else UNSET,
    )


def _regional(line: PricedLine, currency: str) -> StorefrontProductRegionalPricingDto:
    return StorefrontProductRegionalPricingDto(
        region_id=line.wanted.region_id or "",
        currency=currency,
        tax_inclusive=line.wanted.tax_mode != "on_top" or bool(line.wanted.region_tax_inclusive),
        base_price=price_in_region(line.wanted),
    )


def _vat_rate(country: str, basis_points: int) -> SalesTaxEstimateDto:
    """The tax where the visitor is, for a country with value-added tax whose names are public."""
    facts, percent = PUBLIC[country], basis_points / 100
    return SalesTaxEstimateDto(
        country_code=country,
        country_name=facts["country"],
        currency=facts["currency"].lower(),
        vat_abbreviation=facts["vat_abbr"],
        vat_local_name=facts["vat_name"],
        tax_number_abbreviation=None,
        tax_number_local_name=None,
        eu_member_state=facts["eu_member"],
        eservice_rate=percent,
        percentage=percent,
    )


def _sale(sale: Sale) -> StorefrontSaleDto:
    return StorefrontSaleDto(
        id=sale.id,
        version_id=sale.sale_version_id,
        name=sale.name,
        discount_type=sale.discount_type,
        discount_amount=sale.discount_amount,
        minimum_order_value=sale.minimum_order_value,
        begins_at=sale.begins_at,
        ends_at=sale.ends_at,
    )
