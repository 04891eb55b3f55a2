"""Webhook subscriptions on the wire."""

from datetime import datetime
from typing import Annotated, Final, Literal, Self

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

NO_FORMAT: Final = "Invalid"  # how the contract says that no format was chosen
EventName = Annotated[str, Meta(max_length=80, extra_json_schema={"enum": list(EVENTS_BY_NAME)})]
Format = Literal["Invalid", "Embed", "Text"]
Secret = Annotated[str, Meta(min_length=8, max_length=200)]
Template = Annotated[str, Meta(max_length=6000)]
Title = Annotated[str, Meta(max_length=1000)]
Color = Annotated[str, Meta(pattern=r"^(#?[0-9A-Fa-f]{6})?$(?!\n)", examples=["#0b6152"])]


class CreateWebhookDto(Wire):
    """A new subscription: `subscribed_to` names one event, `events` several, each of which becomes one of its own."""

    url: Annotated[str, Meta(max_length=2000, examples=["https://example.com/webhooks"])]
    subscribed_to: Annotated[EventName, Meta(examples=["OnOrderCompleted"])] | UnsetType = UNSET
    events: Annotated[list[EventName], Meta(max_length=MOST_PER_STORE)] | UnsetType = UNSET
    type: WebhookType = "json_v1"
    secret: Secret | None = None
    enabled: bool = True
    discord_description_template: Template | None = None
    discord_title: Title | None = None
    discord_color: Color | None = None
    discord_format: Format = NO_FORMAT

    def names(self) -> list[str]:
        """The events asked for, each once, by whichever of its names."""
        single = [] if self.subscribed_to is UNSET else [self.subscribed_to]
        return list(dict.fromkeys(single + ([] if self.events is UNSET else self.events)))


class UpdateWebhookDto(Wire):
    """What is to change; what is left out stays. Null takes a text of the Discord message away."""

    url: Annotated[str, Meta(max_length=2000)] | UnsetType = UNSET
    subscribed_to: EventName | UnsetType = UNSET
    reset_secret: bool = False
    enabled: bool | UnsetType = UNSET
    discord_description_template: Template | UnsetType | None = UNSET
    discord_title: Title | UnsetType | None = UNSET
    discord_color: Color | UnsetType | None = UNSET
    discord_format: Format | UnsetType = UNSET


class ResendWebhookDto(Wire):
    """What to send again: one delivery by its id, or by the id of a subscription the first 200 that failed there."""

    webhook_id: FlakeId


class WebhookVariablesDto(Wire):
    """What templates for an event can name."""

    event_type: WebhookEventType
    variables: list[str]


class WebhookSubscriptionDto(Wire):
    """A subscription, with the secret that its requests are signed with.

    The last three members are ours: nothing arrived since `failing_since`, and `paused_at` is when that was reason
    enough to stop sending.
    """

    id: FlakeId
    url: str
    secret: str
    subscribed_to: WebhookEventType
    type: WebhookType
    discord_description_template: str | None = None
    discord_title: str | None = None
    discord_color: str | None = None
    discord_format: Format | UnsetType = UNSET
    enabled: bool
    failing_since: datetime | None
    paused_at: datetime | None

    @classmethod
    def of(cls, row: WebhookEndpoint) -> Self:
        """What a client sees of a subscription."""
        return cls(
            id=row.id,
            url=row.url,
            secret=sealer().open(row.secret_sealed, secret_context(row.id)),
            subscribed_to=row.subscribed_to,
            type=row.type,
            discord_description_template=row.discord_description_template,
            discord_title=row.discord_title,
            discord_color=row.discord_color,
            discord_format=row.discord_format or UNSET,
            enabled=row.enabled,
            failing_since=row.failing_since,
            paused_at=row.paused_at,
        )
