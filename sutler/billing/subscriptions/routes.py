"""The management API of subscriptions."""

from typing import Annotated

from sutler.billing.subscription_views.queries import shown
from sutler.billing.subscriptions import queries, service
from sutler.billing.subscriptions.models import Subscription
from sutler.billing.subscriptions.schemas import CancelSubscriptionRequestDto, SubscriptionDto, SubscriptionFilter
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/subscriptions", tag="subscriptions")
Reader = Annotated[StoreContext, reads("subscription_read")]
Updater = Annotated[StoreContext, writes("subscription_update")]


@routes.get("", "Subscriptions_GetSubscriptions")
async def list_subscriptions(store: Reader, page: Page, wanted: SubscriptionFilter) -> list[SubscriptionDto]:
    """List subscriptions, newest first. The billing email address is compared without regard to case."""
    return await shown(store, await queries.find(store, page, wanted))


@routes.get("/{subscriptionId}", "Subscriptions_GetSubscriptionById")
async def get_subscription(store: Reader, subscription_id: FlakeId) -> SubscriptionDto:
    """Show one subscription with its lines."""
    (found,) = await shown(store, [await store.get(Subscription, subscription_id)])
    return found


@routes.post("/{subscriptionId}/cancel", "Subscriptions_CancelSubscription", status=204)
async def cancel_subscription(store: Updater, subscription_id: FlakeId, how: CancelSubscriptionRequestDto | None) -> None:
    """Cancel a subscription when the period is over that is paid, or at once with `cancel_at_period_end` false.

    Nothing is given back by itself. Canceling again does not fail.
    """
    at_once = how is not None and how.cancel_at_period_end is False
    subscription = await store.get(Subscription, subscription_id)
    await service.cancel(store, subscription, "store", at_period_end=not at_once)


@routes.post("/{subscriptionId}/stop-pending-cancellation", "Subscriptions_StopPendingSubscriptionCancellation", status=204)
async def stop_pending_cancellation(store: Updater, subscription_id: FlakeId) -> None:
    """Let a subscription go on that was to end with its period."""
    await service.keep_on(store, await store.get(Subscription, subscription_id))
