"""Reading and changing what a store offers beside what its buyers came for."""

from typing import Any

from sutler.catalog.products.service import products
from sutler.catalog.recommendations.service import discount_problems, kept, problems
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.wire import given
from sutler.promotions.upsell_settings.models import UpsellSettings
from sutler.promotions.upsell_settings.schemas import (
    StoreUpsellRecommendationDto,
    StoreUpsellSettingsDto,
    UpdateStoreUpsellSettingsDto,
    shown,
)
from sutler.stores.stores.service import current

OVERRIDES = "recommendation_overrides"


async def settings_of(store: StoreContext) -> UpsellSettings:
    """The store's settings, without a lock; those that every store has until somebody changes them."""
    return await store.peek(store.rows(UpsellSettings)) or UpsellSettings(store_id=store.store_id)


async def show(store: StoreContext) -> StoreUpsellSettingsDto:
    """The settings; nobody changed them since the store was made, until somebody does."""
    shop = await current(store)
    return shown(await settings_of(store), shop.created_at, shop.created_by)


async def update(store: StoreContext, changes: UpdateStoreUpsellSettingsDto) -> None:
    """Change what is given; InvalidInput names everything that does not pass."""
    values = {name: value for name, value in given(changes).items() if value is not None}
    found = await store.first(store.rows(UpsellSettings))
    asked: list[StoreUpsellRecommendationDto] = values.get(OVERRIDES, [])
    wrong = _problems(found or UpsellSettings(), values) + list(problems(asked, OVERRIDES)) + await _unknown(store, asked)
    if wrong:
        raise InvalidInput(wrong[0].message, wrong)
    if OVERRIDES in values:
        values[OVERRIDES] = kept(asked)
    await store.change(found or await store.add(UpsellSettings()), values)


def _problems(before: UpsellSettings, values: dict[str, Any]) -> list[FieldError]:
    kind, amount = (
        values.get(name, getattr(before, name))
        for name in ("automatic_recommendations_discount_type", "automatic_recommendations_discount_amount")
    )
    found = list(discount_problems(kind, amount, "automatic_recommendations_discount"))
    if values.get("checkout_style") == "unknown":
        text = "The `checkout_style` must be inline, inline_and_prepayment_dialog or dedicated_step."
        found.append(FieldError("Invalid", text, "checkout_style", "enum"))
    return found


async def _unknown(store: StoreContext, asked: list[StoreUpsellRecommendationDto]) -> list[FieldError]:
    known = await products(store, [one.recommended_product_id for one in asked])
    text = "There is no product {} in this store."
    return [
        FieldError(
            "InvalidProduct",
            text.format(one.recommended_product_id),
            f"{OVERRIDES}[{number}].recommended_product_id",
            "product",
        )
        for number, one in enumerate(asked)
        if one.recommended_product_id not in known
    ]
