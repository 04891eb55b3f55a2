"""The management API of payment settings."""

from typing import Annotated

from sutler.billing.payment_settings.schemas import StorePaymentSettingsDto, UpdateStorePaymentSettingsDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.errors import FieldError, InvalidInput

routes = Routes("/v1/stores/{storeId}/payment-settings", tag="payment-settings")
Reader = Annotated[StoreContext, reads("payment_settings_read")]
Updater = Annotated[StoreContext, writes("payment_settings_update")]


@routes.get("", "PaymentsSettings_GetStorePaymentSettings")
async def get_settings(_store: Reader) -> StorePaymentSettingsDto:
    """Show how the store takes money."""
    return StorePaymentSettingsDto()


@routes.patch("", "PaymentsSettings_UpdateStorePaymentSettings")
async def update_settings(_store: Updater, changes: UpdateStorePaymentSettingsDto) -> None:
    """Change how the store takes money. What is not there yet is refused by name."""
    usual = StorePaymentSettingsDto()
    wanted = {name: getattr(changes, name) for name in changes.__struct_fields__}
    problems = [
        FieldError("NotSupported", f"`{name}` cannot be set to {value!r} yet; leave it out.", name, "supported")
        for name, value in wanted.items()
        if value is not None and value != getattr(usual, name)
    ]
    if problems:
        raise InvalidInput(problems[0].message, problems)
