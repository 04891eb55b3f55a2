"""Subscribing to events of a store, and unsubscribing."""

from sutler.kernel import tokens
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import Conflict, FieldError, InvalidInput
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.outside.http import Refused, check_url
from sutler.kernel.secrets import sealer
from sutler.settings import settings
from sutler.stores.stores.models import Store
from sutler.webhooks.endpoints.models import (
    EVENTS_BY_NAME,
    MOST_PER_STORE,
    WITHOUT_PAYLOAD,
    WebhookEndpoint,
    WebhookEventType,
    secret_context,
)
from sutler.webhooks.endpoints.schemas import CreateWebhookDto


class TooManyWebhooks(Conflict):
    """A store can have 100 webhook subscriptions; delete one that is not needed any more."""


async def create(store: StoreContext, new: CreateWebhookDto) -> WebhookEndpoint:
    """Subscribe an address to one event or to several, and answer the first subscription.

    Subscriptions made together share their secret, because only the first is shown. What cannot be subscribed to is
    `InvalidInput`; one beyond the hundredth is `TooManyWebhooks`.
    """
    errors = [*_url_errors(new), *_event_errors(new), *_discord_errors(new)]
    if errors:
        raise InvalidInput(errors[0].message, errors)
    events = list(dict.fromkeys(EVENTS_BY_NAME[name] for name in new.names()))
    await store.get(Store, store.store_id)  # its lock lets one request at a time count and add
    if await store.count(store.rows(WebhookEndpoint)) + len(events) > MOST_PER_STORE:
        raise TooManyWebhooks
    secret = new.secret or tokens.webhook_secret()
    endpoints = [_endpoint(new, event, secret) for event in events]
    await store.add_all(endpoints)
    return endpoints[0]


async def delete(store: StoreContext, endpoint_id: FlakeId) -> None:
    """End a subscription; what is still on its way to it is dropped when its turn comes."""
    await store.remove(await store.get(WebhookEndpoint, endpoint_id))


def _endpoint(new: CreateWebhookDto, event: WebhookEventType, secret: str) -> WebhookEndpoint:
    id = new_id()
    sealed = sealer().seal(secret, secret_context(id))
    return WebhookEndpoint(id=id, url=new.url, subscribed_to=event, type=new.type, secret_sealed=sealed)


def _url_errors(new: CreateWebhookDto) -> list[FieldError]:
    try:
        check_url(new.url, allow_private=settings().webhooks_allow_private)
    except Refused as refused:
        return [_error("url", str(refused))]
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


def _discord_errors(new: CreateWebhookDto) -> list[FieldError]:
    errors = []
    if new.type == "discord_v1":
        errors.append(_error("type", "Webhooks of type discord_v1 are not supported yet; use json_v1."))
    given = {name: getattr(new, name) for name in ("discord_description_template", "discord_title", "discord_color")}
    given["discord_format"] = None if new.discord_format == "Invalid" else new.discord_format
    return errors + [
        _error(name, f"{name} is not supported yet; leave it out.") for name, value in given.items() if value is not None
    ]


def _error(path: str, message: str) -> FieldError:
    return FieldError("Invalid", message, path, "value")
