"""Operations of `payment-method-types`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.payment_method_types import PaymentMethodTypeDto

if TYPE_CHECKING:
    from sutler_sdk.transport import AsyncTransport, Transport

GET_STORE_PAYMENT_METHOD_TYPES = Operation("GET", "/v1/stores/{store_id}/payment-method-types", list[PaymentMethodTypeDto])
REQUEST_STORE_PAYMENT_METHOD_TYPE_APPROVAL = Operation(
    "POST", "/v1/stores/{store_id}/payment-method-types/{payment_method_type_id}/request-approval", type(None)
)
TOGGLE_STORE_PAYMENT_METHOD_TYPE = Operation(
    "PATCH", "/v1/stores/{store_id}/payment-method-types/{payment_method_type_id}/toggle", type(None)
)


class PaymentMethodTypes:
    """Operations of `payment-method-types`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_store_payment_method_types(self) -> list[PaymentMethodTypeDto]:
        """Get store payment method types: `GET /v1/stores/{store_id}/payment-method-types`."""
        return self._transport.call(GET_STORE_PAYMENT_METHOD_TYPES)

    def request_store_payment_method_type_approval(
        self, payment_method_type_id: str, *, idempotency_key: str | None = None
    ) -> None:
        """Request store payment method type approval: `POST /v1/stores/{store_id}/payment-method-types/{payment_method_type_id}/request-approval`."""
        return self._transport.call(
            REQUEST_STORE_PAYMENT_METHOD_TYPE_APPROVAL,
            path={"payment_method_type_id": payment_method_type_id},
            idempotency_key=idempotency_key,
        )

    def toggle_store_payment_method_type(
        self, payment_method_type_id: str, *, enabled: bool, idempotency_key: str | None = None
    ) -> None:
        """Toggle store payment method type: `PATCH /v1/stores/{store_id}/payment-method-types/{payment_method_type_id}/toggle`."""
        return self._transport.call(
            TOGGLE_STORE_PAYMENT_METHOD_TYPE,
            path={"payment_method_type_id": payment_method_type_id},
            body={"enabled": enabled},
            idempotency_key=idempotency_key,
        )


class AsyncPaymentMethodTypes:
    """Operations of `payment-method-types`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_store_payment_method_types(self) -> list[PaymentMethodTypeDto]:
        """Get store payment method types: `GET /v1/stores/{store_id}/payment-method-types`."""
        return await self._transport.call(GET_STORE_PAYMENT_METHOD_TYPES)

    async def request_store_payment_method_type_approval(
        self, payment_method_type_id: str, *, idempotency_key: str | None = None
    ) -> None:
        """Request store payment method type approval: `POST /v1/stores/{store_id}/payment-method-types/{payment_method_type_id}/request-approval`."""
        return await self._transport.call(
            REQUEST_STORE_PAYMENT_METHOD_TYPE_APPROVAL,
            path={"payment_method_type_id": payment_method_type_id},
            idempotency_key=idempotency_key,
        )

    async def toggle_store_payment_method_type(
        self, payment_method_type_id: str, *, enabled: bool, idempotency_key: str | None = None
    ) -> None:
        """Toggle store payment method type: `PATCH /v1/stores/{store_id}/payment-method-types/{payment_method_type_id}/toggle`."""
        return await self._transport.call(
            TOGGLE_STORE_PAYMENT_METHOD_TYPE,
            path={"payment_method_type_id": payment_method_type_id},
            body={"enabled": enabled},
            idempotency_key=idempotency_key,
        )
