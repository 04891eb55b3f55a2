"""The storefront API of a customer's own subscriptions."""

from typing import Annotated

from sutler.billing.subscription_views.queries import shown_to_owner
from sutler.billing.subscriptions import queries, service
from sutler.billing.subscriptions.schemas import StorefrontSubscriptionDto, SubscriptionFilter
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import customer_reads, customer_writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/store/customer/subscriptions", tag="subscriptions", api="storefront-api")
SignedIn = Annotated[StoreContext, customer_reads()]
Canceler = Annotated[StoreContext, customer_writes()]


@routes.get("", "StorefrontSubscriptions_GetSubscriptions")
async def list_own_subscriptions(store: SignedIn, page: Page, wanted: SubscriptionFilter) -> list[StorefrontSubscriptionDto]:
    """List the signed-in customer's subscriptions, newest first; only on stores where customers sign in with Steam."""
    return await shown_to_owner(store, await queries.own(store, page, wanted))


@routes.get("/{subscriptionId}", "StorefrontSubscriptions_GetSubscriptionById")
async def get_own_subscription(store: SignedIn, subscription_id: FlakeId) -> StorefrontSubscriptionDto:
    """Show one subscription of the signed-in customer; only on stores where customers sign in with Steam."""
    (found,) = await shown_to_owner(store, [await queries.own_one(store, subscription_id)])
    return found


@routes.delete("/{subscriptionId}", "StorefrontSubscriptions_CancelSubscription")
async def cancel_own_subscription(store: Canceler, subscription_id: FlakeId) -> None:
    """Cancel a subscription of the signed-in customer; what it gave stays until the period is over that is paid."""
    await service.cancel(store, await queries.own_one(store, subscription_id), "customer", at_period_end=True)
