"""How disputes are found, and what is left of a payment that they could take."""

from sqlalchemy import func, select

from sutler.billing.disputes.models import PaymentDispute
from sutler.billing.payments.models import Payment
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import StoreStatement, param
from sutler.kernel.ids import FlakeId

DISPUTE = PaymentDispute.c
DISPUTED = StoreStatement(
    select(func.sum(DISPUTE.amount)).where(
        DISPUTE.store_id == param("store_id"), DISPUTE.payment_id == param("payment_id"), DISPUTE.state != "won"
    )
)

LOST = StoreStatement(
    select(func.sum(DISPUTE.amount)).where(
        DISPUTE.store_id == param("store_id"), DISPUTE.payment_id == param("payment_id"), DISPUTE.state == "lost"
    )
)


async def lost_of(store: StoreContext, payment_id: FlakeId) -> int:
    """What disputes have taken of a payment for good."""
    ((lost,),) = await store.run(LOST, payment_id=payment_id)
    return int(lost or 0)


async def rest_of(store: StoreContext, payment: Payment) -> int:
    """What neither refunds, made or on their way, nor other disputes have taken of a payment; at least nothing."""
    ((disputed,),) = await store.run(DISPUTED, payment_id=payment.id)
    return max(payment.amount - payment.refunded_amount - int(disputed or 0), 0)


async def of_payment(store: StoreContext, payment_id: FlakeId) -> list[PaymentDispute]:
    """Every dispute over a payment, oldest first."""
    return await store.all(store.rows(PaymentDispute).where(DISPUTE.payment_id == payment_id))
