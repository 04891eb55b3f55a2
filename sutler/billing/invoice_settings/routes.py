"""The API of invoice settings, Sutler's own."""

from typing import Annotated

from sutler.billing.invoice_settings import service
from sutler.billing.invoice_settings.schemas import InvoiceSettingsDto, UpdateInvoiceSettingsDto, shown
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes

routes = Routes("/v1/stores/{storeId}/invoice-settings", tag="invoices")
Reader = Annotated[StoreContext, reads("invoice_settings_read")]
Updater = Annotated[StoreContext, writes("invoice_settings_update")]


@routes.get("", "Invoices_GetSettings")
async def get_settings(store: Reader) -> InvoiceSettingsDto:
    """Show what the store's invoices say about the seller, and how they look."""
    return shown(await service.settings_of(store))


@routes.patch("", "Invoices_UpdateSettings")
async def update_settings(store: Updater, changes: UpdateInvoiceSettingsDto) -> InvoiceSettingsDto:
    """Change what later invoices say; what is left out stays, and so does every document that is issued already."""
    return shown(await service.update(store, changes))
