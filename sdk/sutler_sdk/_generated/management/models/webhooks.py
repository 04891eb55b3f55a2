"""What operations of `webhooks` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import WebhookDiscordFormatDto, WebhookEventType, WebhookState, WebhookType
else:  # a text that is new must not break a client
    WebhookDiscordFormatDto = WebhookEventType = WebhookState = WebhookType = str


class ExecutedWebhookDto(Model, frozen=True, kw_only=True):
    """`ExecutedWebhookDto` of the contract."""

    finished_at: datetime | None = None
    id: str
    response: str | None = None
    started_at: datetime
    status_code: int


class QueuedWebhookDto(Model, frozen=True, kw_only=True):
    """`QueuedWebhookDto` of the contract."""

    created_at: datetime
    event: WebhookEventType
    executions: list[ExecutedWebhookDto]
    id: str
    next_retry: datetime | None = None
    payload: object
    state: WebhookState
    webhook_id: str


class WebhookHistoryDto(Model, frozen=True, kw_only=True):
    """`WebhookHistoryDto` of the contract."""

    history: list[QueuedWebhookDto]
    page: int


class WebhookSubscriptionDto(Model, frozen=True, kw_only=True):
    """`WebhookSubscriptionDto` of the contract."""

    discord_color: str | None = None
    discord_description_template: str | None = None
    discord_format: WebhookDiscordFormatDto | None = None
    discord_title: str | None = None
    id: str
    secret: str
    subscribed_to: WebhookEventType
    type: WebhookType
    url: str


class WebhookVariablesDto(Model, frozen=True, kw_only=True):
    """`WebhookVariablesDto` of the contract."""

    event_type: WebhookEventType
    variables: list[str]
