"""Operations of `checkout`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.checkout import CreateCheckoutSessionResponseDto

if TYPE_CHECKING:
    from sutler_sdk._generated.management.inputs import (
        CheckoutCustomerDetailsInput,
        CreateCheckoutSessionLineManagementInput,
    )
    from sutler_sdk.transport import AsyncTransport, Transport

CREATE_CHECKOUT_SESSION = Operation("POST", "/v1/stores/{store_id}/checkouts", CreateCheckoutSessionResponseDto)


class Checkout:
    """Operations of `checkout`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create_checkout_session(
        self,
        *,
        customer_id: str,
        lines: Sequence[CreateCheckoutSessionLineManagementInput],
        affiliate_code: str | UnsetType | None = UNSET,
        auto_redirect: bool | UnsetType | None = UNSET,
        cancel_url: str | UnsetType | None = UNSET,
        coupon_id: str | UnsetType | None = UNSET,
        customer_details: CheckoutCustomerDetailsInput | UnsetType | None = UNSET,
        metadata: Mapping[str, str] | UnsetType | None = UNSET,
        promo_codes: Sequence[str] | UnsetType | None = UNSET,
        return_url: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> CreateCheckoutSessionResponseDto:
        """Create checkout session: `POST /v1/stores/{store_id}/checkouts`."""
        return self._transport.call(
            CREATE_CHECKOUT_SESSION,
            body={
                "affiliate_code": affiliate_code,
                "auto_redirect": auto_redirect,
                "cancel_url": cancel_url,
                "coupon_id": coupon_id,
                "customer_details": customer_details,
                "customer_id": customer_id,
                "lines": lines,
                "metadata": metadata,
                "promo_codes": promo_codes,
                "return_url": return_url,
            },
            idempotency_key=idempotency_key,
        )


class AsyncCheckout:
    """Operations of `checkout`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create_checkout_session(
        self,
        *,
        customer_id: str,
        lines: Sequence[CreateCheckoutSessionLineManagementInput],
        affiliate_code: str | UnsetType | None = UNSET,
        auto_redirect: bool | UnsetType | None = UNSET,
        cancel_url: str | UnsetType | None = UNSET,
        coupon_id: str | UnsetType | None = UNSET,
        customer_details: CheckoutCustomerDetailsInput | UnsetType | None = UNSET,
        metadata: Mapping[str, str] | UnsetType | None = UNSET,
        promo_codes: Sequence[str] | UnsetType | None = UNSET,
        return_url: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> CreateCheckoutSessionResponseDto:
        """Create checkout session: `POST /v1/stores/{store_id}/checkouts`."""
        return await self._transport.call(
            CREATE_CHECKOUT_SESSION,
            body={
                "affiliate_code": affiliate_code,
                "auto_redirect": auto_redirect,
                "cancel_url": cancel_url,
                "coupon_id": coupon_id,
                "customer_details": customer_details,
                "customer_id": customer_id,
                "lines": lines,
                "metadata": metadata,
                "promo_codes": promo_codes,
                "return_url": return_url,
            },
            idempotency_key=idempotency_key,
        )
