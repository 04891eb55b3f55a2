"""The management API of payments."""

from typing import Annotated

from sutler.billing.payments import queries
from sutler.billing.payments.models import Payment
from sutler.billing.payments.schemas import PaymentDto, PaymentFilter
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import reads
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/payments", tag="payments")
Reader = Annotated[StoreContext, reads("payment_read")]


@routes.get("", "Payments_GetPayments")
async def list_payments(store: Reader, page: Page, wanted: PaymentFilter) -> list[PaymentDto]:
    """List attempts to pay, newest first."""
    return await queries.find(store, page, wanted)


@routes.get("/{paymentId}", "Payments_GetPaymentById")
async def get_payment(store: Reader, payment_id: FlakeId) -> PaymentDto:
    """Show one attempt to pay."""
    (payment,) = await queries.shown(store, [await store.get(Payment, payment_id)])
    return payment
