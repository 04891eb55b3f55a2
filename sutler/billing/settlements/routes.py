"""The API of settling payments by hand, Sutler's own."""

from typing import Annotated, Literal

from sutler.billing.payments import queries
from sutler.billing.payments.models import Payment
from sutler.billing.payments.schemas import PaymentDto
from sutler.billing.settlements.service import settle_by_hand
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Wire

routes = Routes("/v1/stores/{storeId}/payments", tag="payments")
Settler = Annotated[StoreContext, writes("payment_update")]


class SettlePaymentDto(Wire):
    """What became of the money: `received`, or `canceled` when it will not come."""

    outcome: Literal["received", "canceled"]


@routes.post("/{paymentId}/settle", "Payments_SettlePayment", status=200)
async def settle_payment(store: Settler, payment_id: FlakeId, body: SettlePaymentDto) -> PaymentDto:
    """Say that a payment by bank transfer or in cash has arrived, or will not come. Saying so twice changes nothing."""
    await settle_by_hand(store, payment_id, received=body.outcome == "received")
    (payment,) = await queries.shown(store, [await store.get(Payment, payment_id)])
    return payment
