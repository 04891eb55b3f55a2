"""Canceling subscriptions, and taking that back."""

from sutler.billing.cycles.service import end
from sutler.billing.subscriptions.events import SubscriptionEnding
from sutler.billing.subscriptions.models import CancelReason, NotRunning, Subscription
from sutler.billing.trials import service as trials
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.work.events import emit


async def cancel(store: StoreContext, subscription: Subscription, reason: CancelReason, *, at_period_end: bool) -> None:
    """End a subscription that this transaction holds, now or when the period is over that is paid.

    One that waits for its renewal to be paid has no such period left, and a trial ends by its own terms, so these may end
    at once. Canceling again changes nothing, but that what was to end later can end at once.
    """
    if subscription.status == "canceled":
        return
    now = clock.now()
    over = subscription.current_period_end is None or subscription.current_period_end <= now
    asked = {"cancellation_requested_at": now, "cancel_reason": reason}
    if not at_period_end or over:
        await end(store, subscription, reason)
        return
    if subscription.cancel_at_period_end:
        return
    held = await store.change(subscription, asked | {"cancel_at_period_end": True})
    if held.status == "created" and await trials.canceled(store, held):
        await end(store, held, reason)
        return
    await emit(store, SubscriptionEnding(subscription_id=held.id))


async def keep_on(store: StoreContext, subscription: Subscription) -> None:
    """Let a subscription go on that was to end with its period; nothing changes for one that was to go on anyway.

    NotRunning when it has ended already, or was canceled during its trial: that is not paid for any more.
    """
    if subscription.status == "canceled":
        raise NotRunning("This subscription has ended, so there is nothing to take back. A new one begins with a checkout.")
    if not subscription.cancel_at_period_end:
        return
    if subscription.status == "created":
        raise NotRunning("The trial of this subscription was canceled and ends with its period; that cannot be taken back.")
    changes = {"cancel_at_period_end": False, "cancellation_requested_at": None, "cancel_reason": None}
    await store.change(subscription, changes)
