"""How documents are found and shown."""

from sqlalchemy import func

from sutler.billing.invoices.models import Invoice
from sutler.billing.invoices.schemas import InvoiceDto, InvoiceFilter
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.wire import or_unset


async def find(store: StoreContext, page: Page, wanted: InvoiceFilter) -> list[InvoiceDto]:
    """One page of the documents that pass every filter."""
    found = store.rows(Invoice)
    for column, value in (
        (Invoice.c.type, wanted.type), (Invoice.c.customer_id, wanted.customer_id), (Invoice.c.order_id, wanted.order_id),
        (Invoice.c.reference, wanted.reference),
    ):  # fmt: skip
        found = found if value is None else found.where(column == value)
    if wanted.billing_email is not None:
        found = found.where(func.lower(Invoice.c.billing_email) == wanted.billing_email.lower())
    return [shown(invoice) for invoice in await store.page(found, page)]


def shown(invoice: Invoice) -> InvoiceDto:
    """A document as the wire shows it."""
    optional = ("refund_id", "parent_invoice_id")
    values = {name: getattr(invoice, name) for name in InvoiceDto.__struct_fields__}
    return InvoiceDto(**values | {name: or_unset(values[name]) for name in optional})
