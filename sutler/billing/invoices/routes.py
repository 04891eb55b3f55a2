"""The management API of invoices. Reissuing one is Sutler's own."""

from typing import Annotated

from sutler.billing.invoices import service
from sutler.billing.invoices.models import Invoice
from sutler.billing.invoices.queries import find, shown
from sutler.billing.invoices.schemas import InvoiceDownloadUrlResponseDto, InvoiceDto, InvoiceFilter, ReissueInvoiceDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId
from sutler.stores.document_links.service import link_to

routes = Routes("/v1/stores/{storeId}/invoices", tag="invoices")
Reader = Annotated[StoreContext, reads("invoice_read")]
Issuer = Annotated[StoreContext, writes("invoice_create")]


@routes.get("", "StoreInvoices_ListInvoices")
async def list_invoices(store: Reader, page: Page, wanted: InvoiceFilter) -> list[InvoiceDto]:
    """List invoices and credit notes, newest first; every filter narrows the list."""
    return await find(store, page, wanted)


@routes.get("/{invoiceId}/download", "StoreInvoices_DownloadInvoice")
async def download_invoice(store: Reader, invoice_id: FlakeId) -> InvoiceDownloadUrlResponseDto:
    """Tell where the document can be fetched as a PDF: without credentials, for a quarter of an hour."""
    invoice = await store.get(Invoice, invoice_id)
    return InvoiceDownloadUrlResponseDto(download_url=link_to(store, "invoice", invoice.id))


@routes.post("/{invoiceId}/reissue", "Invoices_ReissueInvoice")
async def reissue_invoice(store: Issuer, invoice_id: FlakeId, body: ReissueInvoiceDto) -> InvoiceDto:
    """Issue the invoice anew with what is right about its buyer; a credit note takes the old one back in full."""
    return shown(await service.reissue(store, invoice_id, body))
