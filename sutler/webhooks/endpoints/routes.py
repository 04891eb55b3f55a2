"""The management API of webhooks: subscriptions and what was sent to them."""

from typing import Annotated

from msgspec import Meta

from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId
from sutler.webhooks.deliveries import jobs as resending
from sutler.webhooks.deliveries import service as deliveries
from sutler.webhooks.deliveries.schemas import WebhookHistoryDto, WebhookState
from sutler.webhooks.endpoints import service
from sutler.webhooks.endpoints.models import WebhookEndpoint
from sutler.webhooks.endpoints.schemas import (
    CreateWebhookDto,
    ResendWebhookDto,
    UpdateWebhookDto,
    WebhookSubscriptionDto,
    WebhookVariablesDto,
)
from sutler.webhooks.variables.service import variables

routes = Routes("/v1/stores/{storeId}/webhooks", tag="webhooks")
Reader = Annotated[StoreContext, reads("webhook_read")]
Creator = Annotated[StoreContext, writes("webhook_create")]
Updater = Annotated[StoreContext, writes("webhook_update")]
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


@routes.get("/variables", "Webhooks_GetVariables")
async def list_variables(_store: Reader) -> list[WebhookVariablesDto]:
    """List what templates of Discord messages can name, event by event."""
    return [WebhookVariablesDto(event_type=event, variables=names) for event, names in variables().items()]


@routes.post("/resend", "Webhooks_Resend")
async def resend(store: Updater, wanted: ResendWebhookDto) -> None:
    """Send a delivery of the history again, or the first 200 that failed at a subscription.

    The event keeps its id; the request is signed anew, and tried as often as one that is sent for the first time.
    """
    await resending.resend(store, wanted.webhook_id)


@routes.patch("/{webhookId}", "Webhooks_UpdateSubscription")
async def update_subscription(store: Updater, webhook_id: FlakeId, changed: UpdateWebhookDto) -> WebhookSubscriptionDto:
    """Change a subscription; what is left out stays.

    With `reset_secret` a new secret is made, with which everything from now on is signed. With `enabled` it is turned
    off and on. A subscription that was paused because nothing arrived for days goes on after any change.
    """
    return WebhookSubscriptionDto.of(await service.update(store, webhook_id, changed))


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
