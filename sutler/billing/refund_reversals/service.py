"""Undoing a refund whose gateway said that the money was given back, and later that it could not be.

The money can be given back again. What was taken from the buyer stays taken: nobody knows whether they still want it, and
what has ended or run out in the meantime could not be given again by itself. What gift cards got stays on them, too: it has
arrived.
"""

from typing import Any, Final

import structlog

from sutler.billing.commissions.service import GivenBack, give_up
from sutler.billing.disputes.queries import lost_of
from sutler.billing.orders import service as orders
from sutler.billing.orders.models import Order
from sutler.billing.payments.models import Payment
from sutler.billing.refund_intents.service import without
from sutler.billing.refund_settlements.service import Standing, entries_of, standing_of
from sutler.billing.refunds.events import RefundReversed
from sutler.billing.refunds.models import Refund
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of, param, rows
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.work.events import emit
from sutler.stores.ledger import service as ledger
from sutler.stores.ledger.service import Entry

COMPLETED: Final = rows(Refund).where(Refund.c.id == param("refund_id"), Refund.c.status == "completed")
GIVEN_BACK: Final = rows(Payment).where(
    Payment.c.id == param("payment_id"), one_of(Payment.c.status, ("completed", "refunded"))
)
DISPUTED: Final = ("pending", "lost")
log = structlog.get_logger("sutler.refunds")


async def reverse(store: StoreContext, refund_id: FlakeId, reason: str) -> None:
    """The money is back with the store: the refund has failed, once; one that is not completed stays as it is."""
    standing = await standing_of(store, refund_id)
    movement = new_id()
    changes = {"status": "failed", "failed_at": clock.now(), "failure_reason": reason, "reversal_id": movement}
    for refund in await store.change_all(COMPLETED, changes, refund_id=refund_id):
        log.warning(
            "a refund came back", reason=reason, store_id=store.store_id, refund_id=refund.id, order_id=refund.order_id
        )
        await _stands_again(store, standing)
        sides = [Entry(side.account, -side.amount) for side in entries_of(refund, standing.payment.gateway)]
        await ledger.post(store, movement, refund.currency, sides)
        gone = standing.others_sum() + await lost_of(store, standing.payment.id)
        share = GivenBack(gone + refund.amount, gone, standing.payment.amount)
        await give_up(store, await store.get(Order, refund.order_id), movement, share)
        await emit(store, RefundReversed(refund_id=refund.id))


async def _stands_again(store: StoreContext, standing: Standing) -> None:
    """Payment and order are what they were; only a bank that disputed the payment in the meantime has the money now."""
    payment = standing.payment
    disputed = payment.chargeback_status in DISPUTED
    await store.change(payment, without(payment, standing.refund))
    status: dict[str, Any] = {"status": "chargeback" if disputed else "refund_failed", "refunded_at": None}
    await store.change_all(GIVEN_BACK, status, payment_id=payment.id)
    await orders.refund_reversed(store, payment.order_id, disputed=disputed)
