"""The management API of upsell settings."""

from typing import Annotated

from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.promotions.upsell_settings import service
from sutler.promotions.upsell_settings.schemas import StoreUpsellSettingsDto, UpdateStoreUpsellSettingsDto

routes = Routes("/v1/stores/{storeId}/upsell-settings", tag="upsell-settings")
Reader = Annotated[StoreContext, reads("upsell_settings_read")]
Updater = Annotated[StoreContext, writes("upsell_settings_update")]


@routes.get("", "UpsellSettings_GetStoreUpsellSettings")
async def get_settings(store: Reader) -> StoreUpsellSettingsDto:
    """Show what the store offers its buyers beside what they came for."""
    return await service.show(store)


@routes.patch("", "UpsellSettings_UpdateStoreUpsellSettings")
async def update_settings(store: Updater, changes: UpdateStoreUpsellSettingsDto) -> None:
    """Change what the store offers; what is left out stays."""
    await service.update(store, changes)
