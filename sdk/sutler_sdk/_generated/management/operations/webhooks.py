"""Operations of `webhooks`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.webhooks import WebhookHistoryDto, WebhookSubscriptionDto, WebhookVariablesDto

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import WebhookDiscordFormatDto, WebhookEventType, WebhookType
    from sutler_sdk.transport import AsyncTransport, Transport

GET_SUBSCRIPTIONS = Operation("GET", "/v1/stores/{store_id}/webhooks", list[WebhookSubscriptionDto])
CREATE_SUBSCRIPTION = Operation("POST", "/v1/stores/{store_id}/webhooks", WebhookSubscriptionDto)
RESEND = Operation("POST", "/v1/stores/{store_id}/webhooks/resend", type(None))
GET_VARIABLES = Operation("GET", "/v1/stores/{store_id}/webhooks/variables", list[WebhookVariablesDto])
UPDATE_SUBSCRIPTION = Operation("PATCH", "/v1/stores/{store_id}/webhooks/{webhook_id}", WebhookSubscriptionDto)
DELETE_SUBSCRIPTION = Operation("DELETE", "/v1/stores/{store_id}/webhooks/{webhook_id}", type(None))
GET_HISTORY = Operation("GET", "/v1/stores/{store_id}/webhooks/{webhook_id}/history", WebhookHistoryDto)


class Webhooks:
    """Operations of `webhooks`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_subscriptions(self) -> list[WebhookSubscriptionDto]:
        """Get subscriptions: `GET /v1/stores/{store_id}/webhooks`."""
        return self._transport.call(GET_SUBSCRIPTIONS)

    def create_subscription(
        self,
        *,
        subscribed_to: WebhookEventType,
        type: WebhookType,
        url: str,
        discord_color: str | UnsetType | None = UNSET,
        discord_description_template: str | UnsetType | None = UNSET,
        discord_format: WebhookDiscordFormatDto | UnsetType | None = UNSET,
        discord_title: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> WebhookSubscriptionDto:
        """Create subscription: `POST /v1/stores/{store_id}/webhooks`."""
        return self._transport.call(
            CREATE_SUBSCRIPTION,
            body={
                "discord_color": discord_color,
                "discord_description_template": discord_description_template,
                "discord_format": discord_format,
                "discord_title": discord_title,
                "subscribed_to": subscribed_to,
                "type": type,
                "url": url,
            },
            idempotency_key=idempotency_key,
        )

    def resend(self, *, webhook_id: str, idempotency_key: str | None = None) -> None:
        """Resend: `POST /v1/stores/{store_id}/webhooks/resend`."""
        return self._transport.call(RESEND, body={"webhook_id": webhook_id}, idempotency_key=idempotency_key)

    def get_variables(self) -> list[WebhookVariablesDto]:
        """Get variables: `GET /v1/stores/{store_id}/webhooks/variables`."""
        return self._transport.call(GET_VARIABLES)

    def update_subscription(
        self,
        webhook_id: str,
        *,
        reset_secret: bool,
        subscribed_to: WebhookEventType,
        url: str,
        discord_color: str | UnsetType | None = UNSET,
        discord_description_template: str | UnsetType | None = UNSET,
        discord_format: WebhookDiscordFormatDto | UnsetType | None = UNSET,
        discord_title: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> WebhookSubscriptionDto:
        """Update subscription: `PATCH /v1/stores/{store_id}/webhooks/{webhook_id}`."""
        return self._transport.call(
            UPDATE_SUBSCRIPTION,
            path={"webhook_id": webhook_id},
            body={
                "discord_color": discord_color,
                "discord_description_template": discord_description_template,
                "discord_format": discord_format,
                "discord_title": discord_title,
                "reset_secret": reset_secret,
                "subscribed_to": subscribed_to,
                "url": url,
            },
            idempotency_key=idempotency_key,
        )

    def delete_subscription(self, webhook_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete subscription: `DELETE /v1/stores/{store_id}/webhooks/{webhook_id}`."""
        return self._transport.call(DELETE_SUBSCRIPTION, path={"webhook_id": webhook_id}, idempotency_key=idempotency_key)

    def get_history(self, webhook_id: str, *, page: int | None = None, state: str | None = None) -> WebhookHistoryDto:
        """Get history: `GET /v1/stores/{store_id}/webhooks/{webhook_id}/history`."""
        return self._transport.call(GET_HISTORY, path={"webhook_id": webhook_id}, query={"page": page, "state": state})


class AsyncWebhooks:
    """Operations of `webhooks`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_subscriptions(self) -> list[WebhookSubscriptionDto]:
        """Get subscriptions: `GET /v1/stores/{store_id}/webhooks`."""
        return await self._transport.call(GET_SUBSCRIPTIONS)

    async def create_subscription(
        self,
        *,
        subscribed_to: WebhookEventType,
        type: WebhookType,
        url: str,
        discord_color: str | UnsetType | None = UNSET,
        discord_description_template: str | UnsetType | None = UNSET,
        discord_format: WebhookDiscordFormatDto | UnsetType | None = UNSET,
        discord_title: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> WebhookSubscriptionDto:
        """Create subscription: `POST /v1/stores/{store_id}/webhooks`."""
        return await self._transport.call(
            CREATE_SUBSCRIPTION,
            body={
                "discord_color": discord_color,
                "discord_description_template": discord_description_template,
                "discord_format": discord_format,
                "discord_title": discord_title,
                "subscribed_to": subscribed_to,
                "type": type,
                "url": url,
            },
            idempotency_key=idempotency_key,
        )

    async def resend(self, *, webhook_id: str, idempotency_key: str | None = None) -> None:
        """Resend: `POST /v1/stores/{store_id}/webhooks/resend`."""
        return await self._transport.call(RESEND, body={"webhook_id": webhook_id}, idempotency_key=idempotency_key)

    async def get_variables(self) -> list[WebhookVariablesDto]:
        """Get variables: `GET /v1/stores/{store_id}/webhooks/variables`."""
        return await self._transport.call(GET_VARIABLES)

    async def update_subscription(
        self,
        webhook_id: str,
        *,
        reset_secret: bool,
        subscribed_to: WebhookEventType,
        url: str,
        discord_color: str | UnsetType | None = UNSET,
        discord_description_template: str | UnsetType | None = UNSET,
        discord_format: WebhookDiscordFormatDto | UnsetType | None = UNSET,
        discord_title: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> WebhookSubscriptionDto:
        """Update subscription: `PATCH /v1/stores/{store_id}/webhooks/{webhook_id}`."""
        return await self._transport.call(
            UPDATE_SUBSCRIPTION,
            path={"webhook_id": webhook_id},
            body={
                "discord_color": discord_color,
                "discord_description_template": discord_description_template,
                "discord_format": discord_format,
                "discord_title": discord_title,
                "reset_secret": reset_secret,
                "subscribed_to": subscribed_to,
                "url": url,
            },
            idempotency_key=idempotency_key,
        )

    async def delete_subscription(self, webhook_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete subscription: `DELETE /v1/stores/{store_id}/webhooks/{webhook_id}`."""
        return await self._transport.call(
            DELETE_SUBSCRIPTION, path={"webhook_id": webhook_id}, idempotency_key=idempotency_key
        )

    async def get_history(self, webhook_id: str, *, page: int | None = None, state: str | None = None) -> WebhookHistoryDto:
        """Get history: `GET /v1/stores/{store_id}/webhooks/{webhook_id}/history`."""
        return await self._transport.call(GET_HISTORY, path={"webhook_id": webhook_id}, query={"page": page, "state": state})
