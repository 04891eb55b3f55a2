"""The management API of changes of subscriptions."""

from typing import Annotated

from sutler.billing.subscription_changes import service
from sutler.billing.subscription_changes.schemas import UpdateSubscriptionRequestDto, UpdateSubscriptionResponseDto
from sutler.billing.subscriptions.models import Subscription
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.access import reads, steps
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/subscriptions", tag="subscriptions")
Reader = Annotated[StoreContext, reads("subscription_read")]
Changer = Annotated[Shop, steps("subscription_update")]


@routes.post("/{subscriptionId}/change", "Subscriptions_UpdateSubscription", status=200)
async def change_subscription(
    shop: Changer, subscription_id: FlakeId, wanted: UpdateSubscriptionRequestDto
) -> UpdateSubscriptionResponseDto:
    """Change what a subscription is for: at once, paying for the rest of the period, or with its next renewal.

    The lines say all that it is for afterwards. If those are the ones it has, the change that waits is taken back.
    """
    async with shop.writing() as store:
        subscription = await store.get(Subscription, subscription_id)
        behavior = service.behavior_of(wanted.proration_behavior)
        begun = await service.start(store, subscription, wanted.lines, behavior)
    return await service.finish(shop, begun)


@routes.post("/{subscriptionId}/change/preview", "Subscriptions_PreviewSubscriptionChange", status=200)
async def preview_change(
    store: Reader, subscription_id: FlakeId, wanted: UpdateSubscriptionRequestDto
) -> UpdateSubscriptionResponseDto:
    """Show what a change of a subscription would do and cost at this moment; nothing is written or charged."""
    subscription = await store.get(Subscription, subscription_id)
    return await service.preview(store, subscription, wanted.lines, service.behavior_of(wanted.proration_behavior))
