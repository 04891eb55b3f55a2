"""The tables of invoices and of the last number of each store. All amounts are minor units of `currency`, and positive."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import func, literal_column

from sutler.billing.invoice_papers.schemas import Paper
from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId

InvoiceType = Literal["invalid", "invoice", "credit_note"]
InvoiceStatus = Literal["invalid", "pending", "generated", "failed"]
TRANSITIONS: Final[Mapping[InvoiceStatus, tuple[InvoiceStatus, ...]]] = {
    "invalid": (),
    "pending": ("generated", "failed"),
    "failed": ("generated",),
    "generated": (),
}


class Invoice(StoreRecord, table="invoices"):
    """One document. What is written on it stands from the beginning; its file is made afterwards, once.

    A credit note's parent is the invoice that it is about. So is that of an invoice that takes another one's place. Where
    the money of a refund came back, there is an invoice over it whose parent is the refund's credit note.
    """

    number: int
    reference: str
    type: InvoiceType
    status: InvoiceStatus = "pending"
    customer_id: FlakeId
    order_id: FlakeId
    refund_id: FlakeId | None = None
    parent_invoice_id: FlakeId | None = None
    currency: str
    subtotal_amount: int
    discount_amount: int
    tax_amount: int
    giftcard_usage_amount: int
    total_amount: int
    billing_email: str
    issued_at: datetime
    paper: Paper
    file_key: str | None = None
    file_size: int | None = None


class InvoiceCounter(StoreRecord, table="invoice_counters"):
    """The last number that a store has given away. Whoever takes the next one holds this row until it is committed."""

    last_number: int = 0


class InvoiceExists(Conflict):
    """This order or refund has its document already."""


class InvoiceNumberTaken(Conflict):
    """This number is given away already; send the request again."""


class InvoiceReissued(Conflict):
    """Another invoice has taken this one's place already. Reissue that one."""


class InvoiceCredited(Conflict):
    """Money of this invoice was given back, and a credit note says so; it can't be reissued any more."""


class NoInvoice(Conflict):
    """This is a credit note; only invoices can be reissued."""


unique(InvoiceNumberTaken, InvoiceCounter.c.store_id, name="invoice_counters_store")
unique(InvoiceNumberTaken, Invoice.c.store_id, Invoice.c.number, name="invoices_number")
unique(
    InvoiceExists, Invoice.c.store_id, Invoice.c.order_id, name="invoices_order_once",
    where=Invoice.c.parent_invoice_id.is_(None),
)  # fmt: skip
unique(
    InvoiceExists, Invoice.c.store_id, Invoice.c.refund_id, name="invoices_refund_once",
    where=Invoice.c.refund_id.is_not(None),
)  # fmt: skip
unique(
    InvoiceReissued, Invoice.c.store_id, Invoice.c.parent_invoice_id, Invoice.c.type, name="invoices_reissued_once",
    where=Invoice.c.refund_id.is_(None) & Invoice.c.parent_invoice_id.is_not(None),
)  # fmt: skip
is_pending = Invoice.c.status == literal_column("'pending'")  # written out, as a partial index needs it
index("invoices_pending", Invoice.c.id, where=is_pending)
index("invoices_newest", Invoice.c.store_id, Invoice.c.id)
index("invoices_order", Invoice.c.store_id, Invoice.c.order_id, Invoice.c.id)
index("invoices_customer", Invoice.c.store_id, Invoice.c.customer_id, Invoice.c.id)
index("invoices_reference", Invoice.c.store_id, Invoice.c.reference, Invoice.c.id)
index("invoices_billing_email", Invoice.c.store_id, func.lower(Invoice.c.billing_email), Invoice.c.id)
