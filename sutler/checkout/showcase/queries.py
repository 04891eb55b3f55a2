"""What products cost visitors at this moment, before any code: with the sales that run."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import UNSET

from sutler.catalog.products.models import Product
from sutler.catalog.storefront import queries as storefront
from sutler.catalog.storefront.schemas import StorefrontProductDto, StorefrontProductPricingDto, StorefrontSaleDto
from sutler.checkout.choices.service import to_price
from sutler.checkout.pricing.offers import LineToPrice, Offers
from sutler.checkout.pricing.price import price
from sutler.checkout.pricing.results import PricedCart, PricedLine
from sutler.checkout.totals.service import sale_offer
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.promotions.sales.models import Sale
from sutler.promotions.sales.queries import active_sales

Sales = Mapping[FlakeId, Sale]


async def shown(store: StoreContext, products: Sequence[Product], currency: str | None) -> list[StorefrontProductDto]:
    """Products as visitors see them, each with the price of one unit."""
    found = await storefront.shown(store, products, currency)
    sales = await sales_now(store)
    for product, dto in zip(products, found, strict=True):
        (line,) = on_sale([to_price(product.id, product, 1, ())], sales, dto.currency).lines
        dto.pricing = unit_pricing(line, sales)
    return found


async def one(store: StoreContext, id_or_slug: str, currency: str | None) -> StorefrontProductDto:
    """The same for one product, hidden or not; NotFound when it is not for sale."""
    (found,) = await shown(store, [await storefront.one(store, id_or_slug)], currency)
    return found


async def sales_now(store: StoreContext) -> Sales:
    """The sales that are on."""
    return {sale.id: sale for sale in await active_sales(store, clock.now())}


def on_sale(lines: Iterable[LineToPrice], sales: Sales, currency: str) -> PricedCart:
    """What lines cost with the sales that run, and without any code."""
    return price(list(lines), currency, Offers(sales=tuple(sale_offer(sale) for sale in sales.values())))


def unit_pricing(line: PricedLine, sales: Sales) -> StorefrontProductPricingDto:
    """What one unit of a line costs before and after its sale. A sale takes the same off each unit."""
    off = line.sale.amount // line.quantity if line.sale else 0
    return StorefrontProductPricingDto(
        price_original=line.price,
        price_final=line.price - off,
        sale_value=off if line.sale else None,
        active_sale=_sale(sales[line.sale.id]) if line.sale else UNSET,
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
