"""The payment of an order that took no money. On the wire every refund is one of a payment, so such an order gets one then.

It is over zero, belongs to no gateway, and is written when the first refund needs it: nobody has paid anything before.
"""

from typing import Final

from sutler.billing.orders.models import Order
from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto
from sutler.billing.payments.models import Payment
from sutler.billing.refunds.models import AlreadyRefunded
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of

GIFT_CARD: Final = "giftcard"
FREE: Final = "free"
TAKEN: Final = ("completed", "refund_processing", "refund_failed", "refunded", "chargeback")
"""States of a payment that was completed once."""


async def payment_of(store: StoreContext, order: Order) -> Payment | None:
    """The payment of a completed order that took no money, written now; None for an order that is not completed.

    AlreadyRefunded for whoever comes second at the same moment: only one can write it.
    """
    held = await store.get(Order, order.id)  # with it, the lock
    if await store.exists(store.rows(Payment).where(Payment.c.order_id == order.id, one_of(Payment.c.status, TAKEN))):
        raise AlreadyRefunded(f"Order {order.id} is being refunded at this moment; look at it again.")
    if held.status != "completed" or held.total_amount:
        return None
    way = GIFT_CARD if held.giftcard_usage_amount else FREE
    return await store.add(
        Payment(
            order_id=held.id,
            customer_id=held.customer_id,
            gateway=way,
            gateway_reference="",
            method_type=way,
            method_details=PaymentMethodDetailsDto(),
            status="completed",
            currency=held.currency,
            amount=0,
            tax_amount=0,
            gateway_fee_amount=0,
            pending_at=held.completed_at,
            completed_at=held.completed_at,
        )
    )
