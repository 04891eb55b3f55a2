"""Operations of `payment-settings`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.payment_settings import StorePaymentSettingsDto

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import PrepaidCardsBlockingTypeDto, StorePromoCodeStackingBehaviorDto
    from sutler_sdk.transport import AsyncTransport, Transport

GET_STORE_PAYMENT_SETTINGS = Operation("GET", "/v1/stores/{store_id}/payment-settings", StorePaymentSettingsDto)
UPDATE_STORE_PAYMENT_SETTINGS = Operation("PATCH", "/v1/stores/{store_id}/payment-settings", type(None))


class PaymentSettings:
    """Operations of `payment-settings`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_store_payment_settings(self) -> StorePaymentSettingsDto:
        """Get store payment settings: `GET /v1/stores/{store_id}/payment-settings`."""
        return self._transport.call(GET_STORE_PAYMENT_SETTINGS)

    def update_store_payment_settings(
        self,
        *,
        adaptive_currency_enabled: bool | UnsetType | None = UNSET,
        block_prepaid_cards: PrepaidCardsBlockingTypeDto | UnsetType | None = UNSET,
        promo_code_stacking_behavior: StorePromoCodeStackingBehaviorDto | UnsetType | None = UNSET,
        show_adaptive_currency_on_storefront: bool | UnsetType | None = UNSET,
        show_all_payment_methods_for_subscriptions: bool | UnsetType | None = UNSET,
        store_tax_inclusive_pricing: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> None:
        """Update store payment settings: `PATCH /v1/stores/{store_id}/payment-settings`."""
        return self._transport.call(
            UPDATE_STORE_PAYMENT_SETTINGS,
            body={
                "adaptive_currency_enabled": adaptive_currency_enabled,
                "block_prepaid_cards": block_prepaid_cards,
                "promo_code_stacking_behavior": promo_code_stacking_behavior,
                "show_adaptive_currency_on_storefront": show_adaptive_currency_on_storefront,
                "show_all_payment_methods_for_subscriptions": show_all_payment_methods_for_subscriptions,
                "store_tax_inclusive_pricing": store_tax_inclusive_pricing,
            },
            idempotency_key=idempotency_key,
        )


class AsyncPaymentSettings:
    """Operations of `payment-settings`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_store_payment_settings(self) -> StorePaymentSettingsDto:
        """Get store payment settings: `GET /v1/stores/{store_id}/payment-settings`."""
        return await self._transport.call(GET_STORE_PAYMENT_SETTINGS)

    async def update_store_payment_settings(
        self,
        *,
        adaptive_currency_enabled: bool | UnsetType | None = UNSET,
        block_prepaid_cards: PrepaidCardsBlockingTypeDto | UnsetType | None = UNSET,
        promo_code_stacking_behavior: StorePromoCodeStackingBehaviorDto | UnsetType | None = UNSET,
        show_adaptive_currency_on_storefront: bool | UnsetType | None = UNSET,
        show_all_payment_methods_for_subscriptions: bool | UnsetType | None = UNSET,
        store_tax_inclusive_pricing: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> None:
        """Update store payment settings: `PATCH /v1/stores/{store_id}/payment-settings`."""
        return await self._transport.call(
            UPDATE_STORE_PAYMENT_SETTINGS,
            body={
                "adaptive_currency_enabled": adaptive_currency_enabled,
                "block_prepaid_cards": block_prepaid_cards,
                "promo_code_stacking_behavior": promo_code_stacking_behavior,
                "show_adaptive_currency_on_storefront": show_adaptive_currency_on_storefront,
                "show_all_payment_methods_for_subscriptions": show_all_payment_methods_for_subscriptions,
                "store_tax_inclusive_pricing": store_tax_inclusive_pricing,
            },
            idempotency_key=idempotency_key,
        )
