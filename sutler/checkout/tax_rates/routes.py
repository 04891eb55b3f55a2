"""The API of tax rates, Sutler's own."""

from typing import Annotated

from sutler.checkout.tax_rates import service
from sutler.checkout.tax_rates.schemas import CreateTaxRateDto, TaxRateDto, TaxRateFilter
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/tax-rates", tag="taxes")
Reader = Annotated[StoreContext, reads("tax_settings_read")]
Updater = Annotated[StoreContext, writes("tax_settings_update")]


@routes.get("", "Taxes_GetTaxRates")
async def list_rates(store: Reader, wanted: TaxRateFilter) -> list[TaxRateDto]:
    """List the store's tax rates, those of the past and of the future included."""
    return [service.shown(rate) for rate in await service.rates(store, wanted.country)]


@routes.post("", "Taxes_CreateTaxRate")
async def create_rate(store: Updater, new: CreateTaxRateDto) -> TaxRateDto:
    """Add a tax rate, from now on or from the moment that it names; a later rate of the same tax takes its place then."""
    return service.shown(await service.create(store, new))


@routes.delete("/{taxRateId}", "Taxes_DeleteTaxRate")
async def delete_rate(store: Updater, tax_rate_id: FlakeId) -> None:
    """Delete a tax rate. What was sold keeps the tax that it was sold with."""
    await service.delete(store, tax_rate_id)
