"""Operations of `upsell-settings`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.upsell_settings import StoreUpsellSettingsDto

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import StoreUpsellCheckoutStyleDto, UpsellDiscountTypeDto
    from sutler_sdk._generated.management.inputs import StoreUpsellRecommendationInput
    from sutler_sdk.transport import AsyncTransport, Transport

GET_STORE_UPSELL_SETTINGS = Operation("GET", "/v1/stores/{store_id}/upsell-settings", StoreUpsellSettingsDto)
UPDATE_STORE_UPSELL_SETTINGS = Operation("PATCH", "/v1/stores/{store_id}/upsell-settings", type(None))


class UpsellSettings:
    """Operations of `upsell-settings`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_store_upsell_settings(self) -> StoreUpsellSettingsDto:
        """Get store upsell settings: `GET /v1/stores/{store_id}/upsell-settings`."""
        return self._transport.call(GET_STORE_UPSELL_SETTINGS)

    def update_store_upsell_settings(
        self,
        *,
        automatic_recommendations_discount_amount: int | UnsetType | None = UNSET,
        automatic_recommendations_discount_type: UpsellDiscountTypeDto | UnsetType | None = UNSET,
        automatic_recommendations_enabled: bool | UnsetType | None = UNSET,
        checkout_style: StoreUpsellCheckoutStyleDto | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        recommendation_overrides: Sequence[StoreUpsellRecommendationInput] | UnsetType | None = UNSET,
        recommendation_overrides_enabled: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> None:
        """Update store upsell settings: `PATCH /v1/stores/{store_id}/upsell-settings`.

        `automatic_recommendations_discount_amount`: minor units, or a share, as `automatic_recommendations_discount_type` says.
        """
        return self._transport.call(
            UPDATE_STORE_UPSELL_SETTINGS,
            body={
                "automatic_recommendations_discount_amount": automatic_recommendations_discount_amount,
                "automatic_recommendations_discount_type": automatic_recommendations_discount_type,
                "automatic_recommendations_enabled": automatic_recommendations_enabled,
                "checkout_style": checkout_style,
                "enabled": enabled,
                "recommendation_overrides": recommendation_overrides,
                "recommendation_overrides_enabled": recommendation_overrides_enabled,
            },
            idempotency_key=idempotency_key,
        )


class AsyncUpsellSettings:
    """Operations of `upsell-settings`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_store_upsell_settings(self) -> StoreUpsellSettingsDto:
        """Get store upsell settings: `GET /v1/stores/{store_id}/upsell-settings`."""
        return await self._transport.call(GET_STORE_UPSELL_SETTINGS)

    async def update_store_upsell_settings(
        self,
        *,
        automatic_recommendations_discount_amount: int | UnsetType | None = UNSET,
        automatic_recommendations_discount_type: UpsellDiscountTypeDto | UnsetType | None = UNSET,
        automatic_recommendations_enabled: bool | UnsetType | None = UNSET,
        checkout_style: StoreUpsellCheckoutStyleDto | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        recommendation_overrides: Sequence[StoreUpsellRecommendationInput] | UnsetType | None = UNSET,
        recommendation_overrides_enabled: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> None:
        """Update store upsell settings: `PATCH /v1/stores/{store_id}/upsell-settings`.

        `automatic_recommendations_discount_amount`: minor units, or a share, as `automatic_recommendations_discount_type` says.
        """
        return await self._transport.call(
            UPDATE_STORE_UPSELL_SETTINGS,
            body={
                "automatic_recommendations_discount_amount": automatic_recommendations_discount_amount,
                "automatic_recommendations_discount_type": automatic_recommendations_discount_type,
                "automatic_recommendations_enabled": automatic_recommendations_enabled,
                "checkout_style": checkout_style,
                "enabled": enabled,
                "recommendation_overrides": recommendation_overrides,
                "recommendation_overrides_enabled": recommendation_overrides_enabled,
            },
            idempotency_key=idempotency_key,
        )
