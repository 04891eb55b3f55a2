"""The API of evidence, Sutler's own."""

from typing import Annotated

from sutler.billing.payments.models import Payment
from sutler.delivery.evidence import service
from sutler.delivery.evidence.schemas import Evidence, EvidenceDownload
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId
from sutler.stores.document_links.service import link_to

routes = Routes("/v1/stores/{storeId}/payments/{paymentId}/evidence", tag="payments")
Defender = Annotated[StoreContext, reads("payment_dispute")]


@routes.get("", "Payments_GetEvidence")
async def get_evidence(store: Defender, payment_id: FlakeId) -> Evidence:
    """Gather all that is known of a purchase, for a bank: the receipt, the delivery, who joined and from which address."""
    return await service.gather(store, payment_id)


@routes.get("/download", "Payments_DownloadEvidence")
async def download_evidence(store: Defender, payment_id: FlakeId) -> EvidenceDownload:
    """Tell where the evidence can be fetched as a PDF: without credentials, for a quarter of an hour."""
    payment = await store.get(Payment, payment_id)
    return EvidenceDownload(download_url=link_to(store, "evidence", payment.id))
