"""What disputes, refunds and late payments mean for subscriptions: handlers of their events."""

from sutler.billing.cycles.service import end
from sutler.billing.disputes.events import ChargebackOpened
from sutler.billing.orders.models import LINES_OF, Order
from sutler.billing.refunds.events import RefundCompleted
from sutler.billing.subscription_changes.events import ChangePaidTooLate
from sutler.billing.subscription_endings.jobs import TOO_LATE_FOR_CHANGE, give_back
from sutler.billing.subscriptions.events import RenewalPaidTooLate
from sutler.billing.subscriptions.models import CancelReason, Subscription
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.ids import FlakeId


async def end_disputed(store: StoreContext, event: ChargebackOpened, _event_id: FlakeId) -> None:
    """A payer took back the money of any order of a subscription: it ends at once; subscribed to `ChargebackOpened`."""
    order: Order | None = await store.peek(by_id(Order), id=event.order_id)
    if order is not None and order.subscription_id is not None:
        await _end(store, order.subscription_id, "chargeback")


async def end_refunded(store: StoreContext, event: RefundCompleted, _event_id: FlakeId) -> None:
    """What the newest cycle gave is taken back: its subscription ends at once; subscribed to `RefundCompleted`.

    That is so when nothing is left of its order, or when all lines of the subscription were refunded together.
    """
    order: Order | None = await store.peek(by_id(Order), id=event.order_id)
    if order is None or order.subscription_id is None or order.type == "subscription_proration":
        return
    lines = await store.all(LINES_OF, order_id=order.id)
    renewing = {line.id for line in lines if line.subscription_line_id is not None}
    if order.status != "refunded" and not renewing <= set(event.order_line_ids):
        return
    subscription: Subscription | None = await store.peek(by_id(Subscription), id=order.subscription_id)
    if subscription is not None and order.billing_cycle_sequence == subscription.billing_cycle_sequence:
        await _end(store, subscription.id, "refund")


async def _end(store: StoreContext, subscription_id: FlakeId, reason: CancelReason) -> None:
    subscription = await store.first(store.rows(Subscription).where(Subscription.c.id == subscription_id))
    if subscription is not None:
        await end(store, subscription, reason)


async def give_back_late(store: StoreContext, event: RenewalPaidTooLate, _event_id: FlakeId) -> None:
    """A cycle was paid of a subscription that had ended: give the money back; subscribed to `RenewalPaidTooLate`."""
    await give_back.enqueue(store, order_id=event.order_id)


async def give_back_change(store: StoreContext, event: ChangePaidTooLate, _event_id: FlakeId) -> None:
    """A change was paid that could not take effect any more: give the money back; subscribed to `ChangePaidTooLate`."""
    await give_back.enqueue(store, order_id=event.order_id, note=TOO_LATE_FOR_CHANGE)
