"""The API of tax settings, Sutler's own."""

from typing import Annotated

from sutler.checkout.taxes import service
from sutler.checkout.taxes.schemas import TaxSettingsDto, UpdateTaxSettingsDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes

routes = Routes("/v1/stores/{storeId}/tax-settings", tag="taxes")
Reader = Annotated[StoreContext, reads("tax_settings_read")]
Updater = Annotated[StoreContext, writes("tax_settings_update")]


@routes.get("", "Taxes_GetTaxSettings")
async def get_settings(store: Reader) -> TaxSettingsDto:
    """Show how the store taxes."""
    return await service.shown(store)


@routes.patch("", "Taxes_UpdateTaxSettings")
async def update_settings(store: Updater, changes: UpdateTaxSettingsDto) -> TaxSettingsDto:
    """Change how the store taxes, for checkouts that are not paid yet too.

    European countries that are new get their standard rate of value-added tax; look at them with the tax rates.
    """
    return service.as_dto(await service.update(store, changes))
