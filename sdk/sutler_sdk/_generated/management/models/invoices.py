"""What operations of `invoices` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import InvoiceStatusDto, InvoiceTypeDto
else:  # a text that is new must not break a client
    InvoiceStatusDto = InvoiceTypeDto = str


class InvoiceDownloadUrlResponseDto(Model, frozen=True, kw_only=True):
    """`InvoiceDownloadUrlResponseDto` of the contract."""

    download_url: str


class InvoiceDto(Model, frozen=True, kw_only=True):
    """`InvoiceDto` of the contract."""

    created_at: datetime
    currency: str
    customer_id: str
    discount_amount: int
    """Minor units."""
    file_key: str | None = None
    file_size: int | None = None
    giftcard_usage_amount: int
    """Minor units."""
    id: str
    issued_at: datetime
    number: int
    order_id: str
    parent_invoice_id: str | None = None
    reference: str
    refund_id: str | None = None
    status: InvoiceStatusDto
    store_id: str
    subtotal_amount: int
    """Minor units."""
    tax_amount: int
    """Minor units."""
    total_amount: int
    """Minor units."""
    type: InvoiceTypeDto
