"""The API of asking gateways about refunds, Sutler's own."""

from typing import Annotated

from sutler.billing.disputes.models import NotAnswered
from sutler.billing.gateway_refunds.service import look
from sutler.billing.gateways.interface import Unanswered
from sutler.billing.payments.models import Payment
from sutler.billing.refunds.queries import of_payments
from sutler.billing.refunds.schemas import RefundDto
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.access import steps
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/payments/{paymentId}/refunds", tag="payments")
Asker = Annotated[Shop, steps("order_refund")]


@routes.post("/ask", "Payments_AskForRefunds", status=200)
async def ask_for_refunds(shop: Asker, payment_id: FlakeId) -> list[RefundDto]:
    """Ask the gateway of a payment about its refunds now, in case its notification got lost, and list them."""
    async with shop.reading() as store:
        await store.get(Payment, payment_id)
    try:
        await look(shop, payment_id)
    except Unanswered as error:
        raise NotAnswered from error
    async with shop.reading() as store:
        return (await of_payments(store, [payment_id])).get(payment_id, [])
