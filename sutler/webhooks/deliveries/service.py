"""Sending events to their subscribers: once for each, again until it arrives, and never one at the expense of another."""

import asyncio
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter
from typing import Final

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import param, rows
from sutler.kernel.data.shop import Shop
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId
from sutler.kernel.outside.http import CallFailed, Refused, Reply
from sutler.kernel.outside.installed import outside
from sutler.kernel.secrets import CannotUnseal, sealer
from sutler.stores.stores.service import current
from sutler.webhooks.deliveries.models import (
    GONE,
    MOST_RESPONSE_TEXT,
    NO_ANSWER,
    DeliveryState,
    WebhookDelivery,
    WebhookExecution,
    next_attempt,
)
from sutler.webhooks.deliveries.queries import numbered_page
from sutler.webhooks.deliveries.schemas import (
    QueuedWebhookDto,
    WebhookHistoryDto,
    WebhookState,
    asked_to_wait,
    signed_headers,
)
from sutler.webhooks.discord.schemas import FOR_GOOD, retry_after
from sutler.webhooks.discord.service import message
from sutler.webhooks.endpoints.models import WebhookEndpoint, WebhookEventType, secret_context
from sutler.webhooks.health.service import note_arrival, note_failure
from sutler.webhooks.lanes.service import LANES

MOST_RESENT: Final = 200  # with one request
PAUSE_IN_TEST_TIME: Final = 0.2  # seconds; a clock that stands still cannot say when to come back

SUBSCRIBERS: Final = rows(WebhookEndpoint).where(
    WebhookEndpoint.c.subscribed_to == param("event", type_=WebhookEndpoint.c.subscribed_to.type), WebhookEndpoint.c.enabled
)


class NothingFailed(NotFound):
    """Nothing failed at this subscription. To send something again that arrived, give its id in the history."""


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt. `final`: trying again would be pointless."""

    began: datetime
    status: int
    response: str
    wait: timedelta = timedelta()
    final: bool = False

    @property
    def arrived(self) -> bool:
        """Whether the receiver took it: any status up to 299. Redirects are not followed."""
        return NO_ANSWER < self.status < 300


@dataclass(frozen=True)
class Parcel:
    """A delivery, where it goes, and the store's currency if it goes to Discord, which is told amounts in words."""

    delivery: WebhookDelivery
    endpoint: WebhookEndpoint
    currency: str


async def deliver(shop: Shop, delivery_id: FlakeId, resend: int) -> datetime | None:
    """Make one attempt at a delivery that is due; answers when to try again, None if it is settled.

    `resend` is how often it had been sent by hand when this was planned. The attempt lies between two transactions. A
    crash there leads to another attempt, which receivers recognise by the event's id.
    """
    parcel = await _parcel(shop, delivery_id, resend)
    if parcel is None:
        return None
    planned, now = parcel.delivery.next_retry, clock.now()
    if planned is not None and planned > now:
        return planned
    if not LANES.enter(parcel.endpoint.id):
        return await _later(parcel.endpoint.id, now)
    outcome, began = None, perf_counter()
    try:
        outcome = await _attempt(parcel)
    finally:
        arrived = outcome is not None and outcome.arrived
        LANES.leave(parcel.endpoint.id, arrived=arrived, seconds=perf_counter() - began)
    async with shop.writing() as store:
        return await _record(store, parcel, outcome)


async def _parcel(shop: Shop, delivery_id: FlakeId, resend: int) -> Parcel | None:
    """The delivery, if it is still to be made.

    Given up here is what goes to a subscription that was deleted, turned off or paused; what is sent by hand goes out
    in the latter two cases all the same.
    """
    async with shop.reading() as store:
        delivery = await store.first(store.rows(WebhookDelivery).where(WebhookDelivery.c.id == delivery_id))
        if delivery is None or delivery.state != "pending" or delivery.resends != resend:
            return None
        endpoint = await store.first(store.rows(WebhookEndpoint).where(WebhookEndpoint.c.id == delivery.webhook_id))
        if endpoint and ((endpoint.enabled and endpoint.paused_at is None) or resend):
            currency = (await current(store)).currency if endpoint.type == "discord_v1" else ""
            return Parcel(delivery, endpoint, currency)
    async with shop.writing() as store:
        await _settle(store, delivery, {"state": "failed", "next_retry": None})
    return None


async def _later(endpoint_id: FlakeId, now: datetime) -> datetime:
    if clock.is_test_time():
        await asyncio.sleep(PAUSE_IN_TEST_TIME)
        return now
    return LANES.turn(endpoint_id, now)


async def _attempt(parcel: Parcel) -> Outcome:
    """One request."""
    began, is_json = clock.now(), parcel.endpoint.type == "json_v1"
    try:
        headers, body = _letter(parcel) if is_json else _message(parcel)
        reply = await outside().send("POST", parcel.endpoint.url, headers=headers, body=body)
    except (CallFailed, CannotUnseal) as failure:
        return Outcome(began, NO_ANSWER, str(failure), final=isinstance(failure, Refused))
    wait, final = asked_to_wait(reply.headers.get("retry-after", ""), clock.real_now()), reply.status == GONE
    if not is_json:
        wait, final = max(wait, timedelta(seconds=retry_after(reply.body))), final or reply.status in FOR_GOOD
    return Outcome(began, reply.status, _text(reply), wait, final=final)


def _letter(parcel: Parcel) -> tuple[dict[str, str], bytes]:
    """JSON v1. It is signed in real time, which receivers compare it with, even in a store with a test clock."""
    delivery, endpoint = parcel.delivery, parcel.endpoint
    secret = sealer().open(endpoint.secret_sealed, secret_context(endpoint.id))
    return signed_headers(secret, delivery.event_id, delivery.payload, clock.real_now()), delivery.payload


def _message(parcel: Parcel) -> tuple[dict[str, str], bytes]:
    """Discord v1. Its templates are those of today, so that a message with a mistake can be mended and sent again."""
    return {"Content-Type": "application/json"}, message(parcel.endpoint, parcel.delivery.payload, parcel.currency)


def _text(reply: Reply) -> str:
    """The beginning of an answer, in a form that a database can keep."""
    return reply.body.decode("utf-8", "replace").replace("\0", "\ufffd")[:MOST_RESPONSE_TEXT]


async def _record(store: StoreContext, parcel: Parcel, outcome: Outcome) -> datetime | None:
    """Keep the attempt and move the delivery on; answers when to try again, if at all."""
    delivery, now, retry = parcel.delivery, clock.now(), None
    attempts = delivery.attempts + 1
    if not outcome.arrived and not outcome.final:
        retry = next_attempt(attempts, now, random.random(), outcome.wait)  # noqa: S311 - spreads load, guards nothing
    state: DeliveryState = "success" if outcome.arrived else "failed" if retry is None else "pending"
    execution = WebhookExecution(
        created_at=outcome.began,
        delivery_id=delivery.id,
        finished_at=now,
        status_code=outcome.status,
        response=outcome.response[:MOST_RESPONSE_TEXT],
    )
    await store.add(execution)
    if outcome.arrived:
        await note_arrival(store, parcel.endpoint)
    else:
        await note_failure(store, parcel.endpoint, given_up=state == "failed")
    moved = await _settle(store, delivery, {"state": state, "attempts": attempts, "next_retry": retry})
    return retry if moved else None


async def _settle(store: StoreContext, delivery: WebhookDelivery, changes: dict[str, object]) -> bool:
    """Move a delivery on, unless another attempt at it already settled it or, at one that failed, it was sent by hand."""
    c = WebhookDelivery.c
    pending = store.rows(WebhookDelivery).where(c.id == delivery.id, c.state == "pending")
    if changes["state"] != "success":
        pending = pending.where(c.resends == delivery.resends)
    return bool(await store.change_all(pending, changes))


async def again(store: StoreContext, id: FlakeId) -> list[WebhookDelivery]:
    """Make a delivery pending once more, or all that failed at a subscription, oldest first and the first 200 of them.

    NotFound when there is nothing of this id, when the subscription was deleted, or when nothing failed there.
    """
    c = WebhookDelivery.c
    one = await store.first(store.rows(WebhookDelivery).where(c.id == id))
    endpoint = await store.get(WebhookEndpoint, one.webhook_id if one else id)
    failed = store.rows(WebhookDelivery).where(c.webhook_id == endpoint.id, c.state == "failed")
    found = [one] if one else await store.page(failed, Page(limit=MOST_RESENT, asc=True))
    if not found:
        raise NothingFailed
    fresh, made = {"state": "pending", "attempts": 0, "next_retry": None}, []
    for delivery in found:  # of two requests at once, one gets it
        mine = store.rows(WebhookDelivery).where(c.id == delivery.id, c.resends == delivery.resends)
        made += await store.change_all(mine, fresh | {"resends": delivery.resends + 1})
    return made


async def subscribers(store: StoreContext, event: WebhookEventType) -> list[WebhookEndpoint]:
    """Who subscribed to an event and has not turned that off."""
    return await store.all(SUBSCRIBERS, event=event)


async def keep(
    store: StoreContext, endpoints: list[WebhookEndpoint], event: WebhookEventType, event_id: FlakeId, payload: bytes
) -> list[FlakeId]:
    """Write down a delivery of an event for each address, once; answers the ids of those to make.

    For a subscription that is paused it is one that failed, which can be sent by hand later.
    """
    once, made = (WebhookDelivery.c.webhook_id, WebhookDelivery.c.event_id), []
    for endpoint in endpoints:
        state: DeliveryState = "failed" if endpoint.paused_at else "pending"
        new = WebhookDelivery(webhook_id=endpoint.id, event_id=event_id, event=event, payload=payload, state=state)
        if await store.add_new(new, *once) and state == "pending":
            made.append(new.id)
    return made


async def history(store: StoreContext, endpoint_id: FlakeId, page: int, state: WebhookState) -> WebhookHistoryDto:
    """One page of what was sent to a subscription, newest first; NotFound for a subscription that does not exist."""
    await store.get(WebhookEndpoint, endpoint_id)
    found = await numbered_page(store, endpoint_id, page, None if state == "all" else state)
    return WebhookHistoryDto(page=page, history=[QueuedWebhookDto.of(delivery, attempts) for delivery, attempts in found])
