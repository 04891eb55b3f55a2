"""The API of evidence, Sutler's own."""

from typing import Annotated

from sutler.delivery.evidence import service
from sutler.delivery.evidence.schemas import Evidence
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/payments/{paymentId}/evidence", tag="payments")
Defender = Annotated[StoreContext, reads("payment_dispute")]


@routes.get("", "Payments_GetEvidence")
async def get_evidence(store: Defender, payment_id: FlakeId) -> Evidence:
    """Gather all that is known of a purchase, for a bank: the receipt, the delivery, who joined and from which address."""
    return await service.gather(store, payment_id)
