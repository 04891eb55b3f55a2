"""The API of exchange rates, Sutler's own."""

from typing import Annotated

from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.stores.exchange_rates import queries, service
from sutler.stores.exchange_rates.schemas import (
    ExchangePinDto,
    ExchangeRatesDto,
    ImportExchangeRatesDto,
    PinExchangeRateDto,
)

routes = Routes("/v1/stores/{storeId}/exchange-rates", tag="payment-settings")
Reader = Annotated[StoreContext, reads("payment_settings_read")]
Updater = Annotated[StoreContext, writes("payment_settings_update")]


@routes.get("", "ExchangeRates_GetExchangeRates")
async def get_rates(store: Reader) -> ExchangeRatesDto:
    """Show what the store knows of other currencies: the newest published rates, and those that are pinned."""
    return await queries.shown(store)


@routes.post("/import", "ExchangeRates_ImportExchangeRates")
async def import_rates(store: Updater, file: ImportExchangeRatesDto) -> ExchangeRatesDto:
    """Take in a file of the European Central Bank's reference rates; the same file twice changes nothing."""
    await service.take_in(store, file.content.encode())
    return await queries.shown(store)


@routes.put("/pins", "ExchangeRates_PinExchangeRate")
async def pin_rate(store: Updater, wanted: PinExchangeRateDto) -> ExchangePinDto:
    """Fix what one currency is worth in another, whatever is imported, in both directions."""
    return queries.shown_pin(await service.pin(store, wanted.base, wanted.currency, wanted.rate))


@routes.delete("/pins/{base}/{currency}", "ExchangeRates_UnpinExchangeRate")
async def unpin_rate(store: Updater, base: str, currency: str) -> None:
    """Let published rates count again between two currencies."""
    await service.unpin(store, base, currency)
