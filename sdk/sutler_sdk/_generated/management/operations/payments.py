"""Operations of `payments`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import TYPE_CHECKING

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.payments import PaymentDto
from sutler_sdk.paging import awalk, walk

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import PaymentStatusDto
    from sutler_sdk.transport import AsyncTransport, Transport

GET_PAYMENTS = Operation("GET", "/v1/stores/{store_id}/payments", list[PaymentDto])
GET_PAYMENT_BY_ID = Operation("GET", "/v1/stores/{store_id}/payments/{payment_id}", PaymentDto)


class Payments:
    """Operations of `payments`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_payments(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
        status: Sequence[PaymentStatusDto] | None = None,
        order_id: str | None = None,
        customer_id: str | None = None,
    ) -> list[PaymentDto]:
        """Get payments: `GET /v1/stores/{store_id}/payments`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_PAYMENTS,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "status": status,
                "order_id": order_id,
                "customer_id": customer_id,
            },
        )

    def iterate(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
        status: Sequence[PaymentStatusDto] | None = None,
        order_id: str | None = None,
        customer_id: str | None = None,
    ) -> Iterator[PaymentDto]:
        """Every entry of `get_payments`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport,
            GET_PAYMENTS,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "status": status,
                "order_id": order_id,
                "customer_id": customer_id,
            },
        )

    def get_payment_by_id(self, payment_id: str) -> PaymentDto:
        """Get payment by id: `GET /v1/stores/{store_id}/payments/{payment_id}`."""
        return self._transport.call(GET_PAYMENT_BY_ID, path={"payment_id": payment_id})


class AsyncPayments:
    """Operations of `payments`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_payments(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
        status: Sequence[PaymentStatusDto] | None = None,
        order_id: str | None = None,
        customer_id: str | None = None,
    ) -> list[PaymentDto]:
        """Get payments: `GET /v1/stores/{store_id}/payments`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_PAYMENTS,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "status": status,
                "order_id": order_id,
                "customer_id": customer_id,
            },
        )

    def iterate(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
        status: Sequence[PaymentStatusDto] | None = None,
        order_id: str | None = None,
        customer_id: str | None = None,
    ) -> AsyncIterator[PaymentDto]:
        """Every entry of `get_payments`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport,
            GET_PAYMENTS,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "status": status,
                "order_id": order_id,
                "customer_id": customer_id,
            },
        )

    async def get_payment_by_id(self, payment_id: str) -> PaymentDto:
        """Get payment by id: `GET /v1/stores/{store_id}/payments/{payment_id}`."""
        return await self._transport.call(GET_PAYMENT_BY_ID, path={"payment_id": payment_id})
