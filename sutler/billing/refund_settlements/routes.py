"""The API of giving money back by hand, Sutler's own."""

from typing import Annotated

from sutler.billing.refund_settlements.service import settle_by_hand
from sutler.billing.refunds.queries import shown
from sutler.billing.refunds.schemas import RefundDto, SettleRefundDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/refunds", tag="payments")
Settler = Annotated[StoreContext, writes("order_refund")]


@routes.post("/{refundId}/settle", "Refunds_SettleRefund", status=200)
async def settle_refund(store: Settler, refund_id: FlakeId, body: SettleRefundDto) -> RefundDto:
    """Say that money paid by bank transfer or in cash is given back, or will not be. Saying so twice changes nothing."""
    return shown(await settle_by_hand(store, refund_id, returned=body.outcome == "returned"))
