"""The management API of payment settings."""

from typing import Annotated

from sutler.billing.payment_settings import service
from sutler.billing.payment_settings.schemas import StorePaymentSettingsDto, UpdateStorePaymentSettingsDto, shown
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.stores.stores.service import current

routes = Routes("/v1/stores/{storeId}/payment-settings", tag="payment-settings")
Reader = Annotated[StoreContext, reads("payment_settings_read")]
Updater = Annotated[StoreContext, writes("payment_settings_update")]


@routes.get("", "PaymentsSettings_GetStorePaymentSettings")
async def get_settings(store: Reader) -> StorePaymentSettingsDto:
    """Show how the store takes money."""
    return shown(await current(store))


@routes.patch("", "PaymentsSettings_UpdateStorePaymentSettings")
async def update_settings(store: Updater, changes: UpdateStorePaymentSettingsDto) -> None:
    """Change how the store takes money. What is not there yet is refused by name."""
    await service.update(store, changes)
