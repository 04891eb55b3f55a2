"""The management API of webhooks: subscriptions and what was sent to them."""

from typing import Annotated

from msgspec import Meta

from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId
from sutler.webhooks.deliveries import service as deliveries
from sutler.webhooks.deliveries.schemas import WebhookHistoryDto, WebhookState
from sutler.webhooks.endpoints import service
from sutler.webhooks.endpoints.models import WebhookEndpoint
from sutler.webhooks.endpoints.schemas import CreateWebhookDto, WebhookSubscriptionDto

routes = Routes("/v1/stores/{storeId}/webhooks", tag="webhooks")
Reader = Annotated[StoreContext, reads("webhook_read")]
Creator = Annotated[StoreContext, writes("webhook_create")]
Deleter = Annotated[StoreContext, writes("webhook_delete")]
PageNumber = Annotated[int, Meta(ge=1, le=2**31 - 1, extra_json_schema={"format": "int32"})]


@routes.get("", "Webhooks_GetSubscriptions")
async def list_subscriptions(store: Reader) -> list[WebhookSubscriptionDto]:
    """List the store's webhook subscriptions."""
    return [WebhookSubscriptionDto.of(row) for row in await store.all(store.rows(WebhookEndpoint))]


@routes.post("", "Webhooks_CreateSubscription")
async def create_subscription(store: Creator, new: CreateWebhookDto) -> WebhookSubscriptionDto:
    """Subscribe an address to an event of the store.

    With `events` instead of `subscribed_to`, one subscription is made for each event, all with the same secret, and the
    first is answered. Without `secret`, one is made up.
    """
    return WebhookSubscriptionDto.of(await service.create(store, new))


@routes.delete("/{webhookId}", "Webhooks_DeleteSubscription")
async def delete_subscription(store: Deleter, webhook_id: FlakeId) -> None:
    """End a subscription; what was not delivered yet is dropped."""
    await service.delete(store, webhook_id)


@routes.get("/{webhookId}/history", "Webhooks_GetHistory")
async def get_history(
    store: Reader, webhook_id: FlakeId, page: PageNumber = 1, state: WebhookState = "all"
) -> WebhookHistoryDto:
    """List what was sent to a subscription, newest first, with every attempt.

    A page holds up to 25 deliveries; the first page is 1.
    """
    return await deliveries.history(store, webhook_id, page, state)
