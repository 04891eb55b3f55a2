"""Subscribing to events of a store, and unsubscribing."""

import re
from typing import Final
from urllib.parse import urlsplit

from msgspec import UNSET

from sutler.kernel import tokens
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import Conflict, FieldError, InvalidInput
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.outside.http import Refused, check_url
from sutler.kernel.secrets import sealer
from sutler.kernel.wire import given
from sutler.settings import settings
from sutler.stores.stores.models import Store
from sutler.webhooks.endpoints.models import (
    EVENTS_BY_NAME,
    MOST_PER_STORE,
    WITHOUT_PAYLOAD,
    DiscordFormat,
    WebhookEndpoint,
    WebhookEventType,
    WebhookType,
    secret_context,
)
from sutler.webhooks.endpoints.schemas import CreateWebhookDto, Format, UpdateWebhookDto

DISCORD_PATH: Final = re.compile(r"/api(/v\d+)?/webhooks/\d+/[\w-]+/?")
DISCORD_TEXTS: Final = ("discord_description_template", "discord_title", "discord_color")


class TooManyWebhooks(Conflict):
    """A store can have 100 webhook subscriptions; delete one that is not needed any more."""


async def create(store: StoreContext, new: CreateWebhookDto) -> WebhookEndpoint:
    """Subscribe an address to one event or to several, and answer the first subscription.

    Subscriptions made together share their secret, because only the first is shown. What cannot be subscribed to is
    `InvalidInput`; one beyond the hundredth is `TooManyWebhooks`.
    """
    _refuse([*_url_errors(new.url, new.type), *_event_errors(new)])
    events = list(dict.fromkeys(EVENTS_BY_NAME[name] for name in new.names()))
    await store.get(Store, store.store_id)  # its lock lets one request at a time count and add
    if await store.count(store.rows(WebhookEndpoint)) + len(events) > MOST_PER_STORE:
        raise TooManyWebhooks
    secret = new.secret or tokens.webhook_secret()
    endpoints = [_endpoint(new, event, secret) for event in events]
    await store.add_all(endpoints)
    return endpoints[0]


async def update(store: StoreContext, endpoint_id: FlakeId, changed: UpdateWebhookDto) -> WebhookEndpoint:
    """Change what is given, and go on with a subscription that was paused unless it is turned off.

    What cannot be subscribed to is `InvalidInput`, a subscription that does not exist `NotFound`.
    """
    endpoint, changes = await store.get(WebhookEndpoint, endpoint_id), given(changed)
    errors = [] if changed.url is UNSET else _url_errors(changed.url, endpoint.type)
    if changed.subscribed_to is not UNSET:
        why = _why_not(changed.subscribed_to)
        errors += [_error("subscribed_to", why)] if why else []
        changes["subscribed_to"] = EVENTS_BY_NAME.get(changed.subscribed_to)
    _refuse(errors)
    if changed.discord_format is not UNSET:
        changes["discord_format"] = _format(changed.discord_format)
    changes |= {name: changes[name] or None for name in DISCORD_TEXTS if name in changes}
    if changes.pop("reset_secret"):
        changes["secret_sealed"] = sealer().seal(tokens.webhook_secret(), secret_context(endpoint.id))
    return await store.change(endpoint, changes | {"failing_since": None, "paused_at": None})


async def delete(store: StoreContext, endpoint_id: FlakeId) -> None:
    """End a subscription; what is still on its way to it is dropped when its turn comes."""
    await store.remove(await store.get(WebhookEndpoint, endpoint_id))


def _endpoint(new: CreateWebhookDto, event: WebhookEventType, secret: str) -> WebhookEndpoint:
    id = new_id()
    return WebhookEndpoint(
        id=id,
        url=new.url,
        subscribed_to=event,
        type=new.type,
        secret_sealed=sealer().seal(secret, secret_context(id)),
        discord_format=_format(new.discord_format),
        enabled=new.enabled,
        discord_title=new.discord_title or None,
        discord_description_template=new.discord_description_template or None,
        discord_color=new.discord_color or None,
    )


def _format(chosen: Format) -> DiscordFormat | None:
    return None if chosen == "Invalid" else chosen


def _refuse(errors: list[FieldError]) -> None:
    if errors:
        raise InvalidInput(errors[0].message, errors)


def _url_errors(url: str, type: WebhookType) -> list[FieldError]:
    try:
        check_url(url, allow_private=settings().webhooks_allow_private)
    except Refused as refused:
        return [_error("url", str(refused))]
    if type == "discord_v1" and not DISCORD_PATH.fullmatch(urlsplit(url).path):
        text = "This is no address of a Discord webhook; one looks like https://discord.com/api/webhooks/123/abc."
        return [_error("url", text)]
    return []


def _event_errors(new: CreateWebhookDto) -> list[FieldError]:
    if not new.names():
        return [_error("subscribed_to", "Name the event to subscribe to, such as OnOrderCompleted.")]
    wrong = [(name, _why_not(name)) for name in new.names()]
    return [_error("subscribed_to" if name == new.subscribed_to else "events", why) for name, why in wrong if why]


def _why_not(name: str) -> str:
    event = EVENTS_BY_NAME.get(name)
    if event is None:
        return f"There is no event {name!r}; subscribe to one such as OnOrderCompleted."
    return f"{name} is never sent; subscribe to another event." if event in WITHOUT_PAYLOAD else ""


def _error(path: str, message: str) -> FieldError:
    return FieldError("Invalid", message, path, "value")
