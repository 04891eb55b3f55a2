"""What crosses the wire about invoices and credit notes. All amounts are minor units, and positive."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from sutler.billing.invoices.models import InvoiceStatus, InvoiceType
from sutler.checkout.checkouts.models import Address
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int64, Query, Wire

Text = Annotated[str, Meta(max_length=255)]


class InvoiceDto(Wire):
    """An invoice or a credit note."""

    id: FlakeId
    number: Int64
    reference: str
    type: InvoiceType
    status: InvoiceStatus
    store_id: FlakeId
    customer_id: FlakeId
    order_id: FlakeId
    refund_id: FlakeId | UnsetType = UNSET
    parent_invoice_id: FlakeId | UnsetType = UNSET
    currency: str
    discount_amount: Int64
    subtotal_amount: Int64
    tax_amount: Int64
    giftcard_usage_amount: Int64
    total_amount: Int64
    file_key: str | None
    file_size: Int64 | None
    created_at: datetime
    issued_at: datetime


class InvoiceDownloadUrlResponseDto(Wire):
    """Where a document can be fetched, for a quarter of an hour."""

    download_url: str


class InvoiceFilter(Query):
    """Which documents are asked for; all filters have to fit."""

    type: InvoiceType | None = None
    customer_id: FlakeId | None = None
    order_id: FlakeId | None = None
    reference: str | None = None
    billing_email: str | None = None


class ReissuedAddressDto(Wire):
    """The whole address; what is left out is not on the new invoice."""

    country: Annotated[str, Meta(min_length=2, max_length=2)] | None = None
    state: Text | None = None
    city: Text | None = None
    postal_code: Text | None = None
    line_1: Text | None = None
    line_2: Text | None = None

    @property
    def address(self) -> Address:
        """The same as it is kept."""
        return Address(**{name: getattr(self, name) for name in self.__struct_fields__})


class ReissueInvoiceDto(Wire):
    """What is right about the buyer; what is left out stays as it was, and an empty text takes it away."""

    billing_name: Text | UnsetType = UNSET
    billing_email: Text | UnsetType = UNSET
    billing_tax_id: Annotated[str, Meta(max_length=40)] | UnsetType = UNSET
    billing_address: ReissuedAddressDto | UnsetType = UNSET
