"""What becomes of a subscription's items when it goes on for longer, and when it ends."""

from typing import Final

from sutler.billing.orders.events import OrderCompleted
from sutler.billing.subscriptions.events import SubscriptionActivated, SubscriptionCanceled, SubscriptionRenewed
from sutler.billing.subscriptions.models import Subscription
from sutler.delivery.expiries.service import use_up
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.queries import LIVING
from sutler.delivery.items.service import deliver_order
from sutler.delivery.renewals.service import undelivered
from sutler.delivery.revocations.service import take_back
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.queries import Rows, one_of, param, rows
from sutler.kernel.ids import FlakeId

ENDING_OTHERWISE: Final = rows(DeliveryItem).where(
    DeliveryItem.c.subscription_id == param("subscription_id"),
    DeliveryItem.c.state == "active",
    DeliveryItem.c.expires_at.is_distinct_from(param("end", type_=DeliveryItem.c.expires_at.type)),
)


async def show_end(store: StoreContext, event: SubscriptionActivated | SubscriptionRenewed, _event_id: FlakeId) -> None:
    """Let running items show until when their subscription is paid by now.

    Subscribed to `SubscriptionActivated` and `SubscriptionRenewed`.
    """
    subscription: Subscription | None = await store.peek(by_id(Subscription), id=event.subscription_id)
    if subscription is None or subscription.current_period_end is None:
        return
    end = subscription.current_period_end
    await store.change_all(ENDING_OTHERWISE, {"expires_at": end}, subscription_id=event.subscription_id, end=end)


async def end_items(store: StoreContext, event: SubscriptionCanceled, event_id: FlakeId) -> None:
    """End what a subscription gave; said again it changes nothing. Subscribed to `SubscriptionCanceled`.

    Orders that were paid and not delivered yet are delivered first, so that nothing comes later. Where the subscription
    ended because its money is gone, its items are taken back for that reason.
    """
    subscription: Subscription | None = await store.peek(by_id(Subscription), id=event.subscription_id)
    if subscription is None:
        return
    if owed := await undelivered(store, subscription.id):
        await deliver_order(store, OrderCompleted(order_id=owed[-1].id), event_id)
    items = await store.all(_living(store, subscription.id))
    if subscription.cancel_reason in ("refund", "chargeback"):
        await take_back(store, items, subscription.cancel_reason)
    else:
        await use_up(store, items)


def _living(store: StoreContext, subscription_id: FlakeId) -> Rows[DeliveryItem]:
    theirs = DeliveryItem.c.subscription_id == subscription_id
    return store.rows(DeliveryItem).where(theirs, one_of(DeliveryItem.c.state, LIVING))
