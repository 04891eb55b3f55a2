"""Putting the prices of a region on lines, before anything else changes what they cost."""

from collections.abc import Sequence

from msgspec.structs import replace

from sutler.catalog.regional_pricing.service import regional_prices
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.pricing.offers import LineToPrice
from sutler.checkout.taxes.service import place_of
from sutler.checkout.totals.service import wanted
from sutler.kernel.data.context import StoreContext
from sutler.stores.stores.models import Store


async def as_in(store: StoreContext, seller: Store, lines: Sequence[LineToPrice], country: str | None) -> list[LineToPrice]:
    """The lines at the prices of a country; as they are where nothing is priced by region."""
    prices = {line.product_id: line.price for line in lines if line.product_id is not None}
    found = await regional_prices(store, seller, prices, country)
    if not found:
        return list(lines)
    return [
        replace(line, regional_price=one.price, region_id=one.region_id, region_tax_inclusive=one.tax_inclusive)
        if (one := found.get(line.product_id or ""))
        else line
        for line in lines
    ]


async def keep_prices(store: StoreContext, seller: Store, checkout: Checkout, lines: Sequence[CheckoutLine]) -> None:
    """Give the lines of a new checkout the prices of where its buyer is known to be now, for good.

    Buyers who say later that they are elsewhere owe the tax of that place, and still get these prices.
    """
    local = await as_in(store, seller, [wanted(line) for line in lines], place_of(checkout).country)
    for line, there in zip(lines, local, strict=True):
        line.wanted = there
