"""Changing how a store takes money."""

from collections.abc import Iterator, Mapping
from typing import Any

from sutler.billing.payment_settings.schemas import FIXED, UpdateStorePaymentSettingsDto, shown
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.wire import given
from sutler.stores.stores.models import Store


async def update(store: StoreContext, changes: UpdateStorePaymentSettingsDto) -> None:
    """Change what is given; null stays as it is. InvalidInput names every member that cannot have its value."""
    values = {name: value for name, value in given(changes).items() if value is not None}
    found = await store.get(Store, store.store_id)
    problems = [*_fixed(found, values), *_problems(values)]
    if problems:
        raise InvalidInput(problems[0].message, problems)
    if "ban_on_chargeback" in values:
        values["ban_on_chargeback"] = list(dict.fromkeys(values["ban_on_chargeback"]))
    kept = {name: value for name, value in values.items() if name not in FIXED}
    if kept:
        await store.change(found, kept)


def _fixed(store: Store, values: Mapping[str, Any]) -> Iterator[FieldError]:
    """What is to be other than it is and cannot."""
    now = shown(store)
    for name, why in FIXED.items():
        if name in values and values[name] != getattr(now, name):
            yield FieldError("Fixed", f"{why}: leave out `{name}`.", name, "fixed")


def _problems(values: Mapping[str, Any]) -> Iterator[FieldError]:
    """What cannot be chosen."""
    if values.get("promo_code_stacking_behavior") == "invalid":
        text = "`promo_code_stacking_behavior` must be disabled, enabled or gift_cards_only."
        yield FieldError("Invalid", text, "promo_code_stacking_behavior", "enum")
    if values.get("block_prepaid_cards") == "unspecified":
        text = "`block_prepaid_cards` must be none, trials or all_recurring."
        yield FieldError("Invalid", text, "block_prepaid_cards", "enum")
    days = values.get("dunning_days", [])
    if days != sorted(set(days)):
        text = "`dunning_days` must come in their order, each once: they count from the first attempt."
        yield FieldError("Invalid", text, "dunning_days", "order")
