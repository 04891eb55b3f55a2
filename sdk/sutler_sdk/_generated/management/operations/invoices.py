"""Operations of `invoices`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.invoices import InvoiceDownloadUrlResponseDto, InvoiceDto
from sutler_sdk.paging import awalk, walk

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import InvoiceTypeDto
    from sutler_sdk.transport import AsyncTransport, Transport

LIST_INVOICES = Operation("GET", "/v1/stores/{store_id}/invoices", list[InvoiceDto])
DOWNLOAD_INVOICE = Operation("GET", "/v1/stores/{store_id}/invoices/{invoice_id}/download", InvoiceDownloadUrlResponseDto)


class Invoices:
    """Operations of `invoices`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list_invoices(
        self,
        *,
        type: InvoiceTypeDto | None = None,
        customer_id: str | None = None,
        order_id: str | None = None,
        reference: str | None = None,
        billing_email: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[InvoiceDto]:
        """List invoices: `GET /v1/stores/{store_id}/invoices`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            LIST_INVOICES,
            query={
                "type": type,
                "customer_id": customer_id,
                "order_id": order_id,
                "reference": reference,
                "billing_email": billing_email,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    def iterate(
        self,
        *,
        type: InvoiceTypeDto | None = None,
        customer_id: str | None = None,
        order_id: str | None = None,
        reference: str | None = None,
        billing_email: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
    ) -> Iterator[InvoiceDto]:
        """Every entry of `list_invoices`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport,
            LIST_INVOICES,
            query={
                "type": type,
                "customer_id": customer_id,
                "order_id": order_id,
                "reference": reference,
                "billing_email": billing_email,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    def download_invoice(self, invoice_id: str) -> InvoiceDownloadUrlResponseDto:
        """Download invoice: `GET /v1/stores/{store_id}/invoices/{invoice_id}/download`."""
        return self._transport.call(DOWNLOAD_INVOICE, path={"invoice_id": invoice_id})


class AsyncInvoices:
    """Operations of `invoices`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list_invoices(
        self,
        *,
        type: InvoiceTypeDto | None = None,
        customer_id: str | None = None,
        order_id: str | None = None,
        reference: str | None = None,
        billing_email: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[InvoiceDto]:
        """List invoices: `GET /v1/stores/{store_id}/invoices`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            LIST_INVOICES,
            query={
                "type": type,
                "customer_id": customer_id,
                "order_id": order_id,
                "reference": reference,
                "billing_email": billing_email,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    def iterate(
        self,
        *,
        type: InvoiceTypeDto | None = None,
        customer_id: str | None = None,
        order_id: str | None = None,
        reference: str | None = None,
        billing_email: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
    ) -> AsyncIterator[InvoiceDto]:
        """Every entry of `list_invoices`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport,
            LIST_INVOICES,
            query={
                "type": type,
                "customer_id": customer_id,
                "order_id": order_id,
                "reference": reference,
                "billing_email": billing_email,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    async def download_invoice(self, invoice_id: str) -> InvoiceDownloadUrlResponseDto:
        """Download invoice: `GET /v1/stores/{store_id}/invoices/{invoice_id}/download`."""
        return await self._transport.call(DOWNLOAD_INVOICE, path={"invoice_id": invoice_id})
