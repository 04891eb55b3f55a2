"""Webhook subscriptions on the wire."""

from typing import Annotated, Literal, Self

from msgspec import UNSET, Meta, UnsetType

from sutler.kernel.ids import FlakeId
from sutler.kernel.secrets import sealer
from sutler.kernel.wire import Wire
from sutler.webhooks.endpoints.models import (
    EVENTS_BY_NAME,
    MOST_PER_STORE,
    WebhookEndpoint,
    WebhookEventType,
    WebhookType,
    secret_context,
)

EventName = Annotated[str, Meta(max_length=80, extra_json_schema={"enum": list(EVENTS_BY_NAME)})]
DiscordFormat = Literal["Invalid", "Embed", "Text"]
Secret = Annotated[str, Meta(min_length=8, max_length=200)]


class CreateWebhookDto(Wire):
    """A new subscription: `subscribed_to` names one event, `events` several, each of which becomes one of its own."""

    url: Annotated[str, Meta(examples=["https://example.com/webhooks"])]
    subscribed_to: Annotated[EventName, Meta(examples=["OnOrderCompleted"])] | UnsetType = UNSET
    events: Annotated[list[EventName], Meta(max_length=MOST_PER_STORE)] | UnsetType = UNSET
    type: WebhookType = "json_v1"
    secret: Secret | None = None
    discord_description_template: str | None = None
    discord_title: str | None = None
    discord_color: str | None = None
    discord_format: DiscordFormat = "Invalid"

    def names(self) -> list[str]:
        """The events asked for, each once, by whichever of its names."""
        single = [] if self.subscribed_to is UNSET else [self.subscribed_to]
        return list(dict.fromkeys(single + ([] if self.events is UNSET else self.events)))


class WebhookSubscriptionDto(Wire):
    """A subscription, with the secret that its requests are signed with."""

    id: FlakeId
    url: str
    secret: str
    subscribed_to: WebhookEventType
    type: WebhookType
    discord_description_template: str | None = None
    discord_title: str | None = None
    discord_color: str | None = None
    discord_format: DiscordFormat | UnsetType = UNSET

    @classmethod
    def of(cls, row: WebhookEndpoint) -> Self:
        """What a client sees of a subscription."""
        return cls(
            id=row.id,
            url=row.url,
            secret=sealer().open(row.secret_sealed, secret_context(row.id)),
            subscribed_to=row.subscribed_to,
            type=row.type,
        )
