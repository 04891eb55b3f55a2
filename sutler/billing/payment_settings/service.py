"""Changing how a store takes money."""

from sutler.billing.payment_settings.schemas import KEPT, StorePaymentSettingsDto, UpdateStorePaymentSettingsDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.wire import given
from sutler.stores.stores.models import Store


async def update(store: StoreContext, changes: UpdateStorePaymentSettingsDto) -> None:
    """Change what is given; null stays as it is. InvalidInput names every member that cannot have its value."""
    values = {name: value for name, value in given(changes).items() if value is not None}
    usual = StorePaymentSettingsDto()
    problems = [
        FieldError("NotSupported", f"`{name}` cannot be set to {value!r} yet; leave it out.", name, "supported")
        for name, value in values.items()
        if name not in KEPT and value != getattr(usual, name)
    ]
    if values.get("promo_code_stacking_behavior") == "invalid":
        text = "`promo_code_stacking_behavior` must be disabled, enabled or gift_cards_only."
        problems.append(FieldError("Invalid", text, "promo_code_stacking_behavior", "enum"))
    if problems:
        raise InvalidInput(problems[0].message, problems)
    wanted = {name: value for name, value in values.items() if name in KEPT}
    if "ban_on_chargeback" in wanted:
        wanted["ban_on_chargeback"] = list(dict.fromkeys(wanted["ban_on_chargeback"]))
    if wanted:
        await store.change(await store.get(Store, store.store_id), wanted)
