"""Sending events to their subscribers: once for each, again until it arrives, and never one at the expense of another."""

import asyncio
import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import perf_counter
from typing import Final

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId
from sutler.kernel.outside.http import CallFailed, Refused, Reply
from sutler.kernel.outside.installed import outside
from sutler.kernel.secrets import CannotUnseal, sealer
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
from sutler.webhooks.endpoints.models import WebhookEndpoint, WebhookEventType, secret_context

AT_ONCE: Final = 8  # requests in flight to one address
AT_ONCE_AFTER_FAILURE: Final = 1  # an address that fails is asked, not besieged
SHORTEST_PAUSE: Final = timedelta(seconds=1)
LONGEST_PAUSE: Final = timedelta(minutes=5)
PAUSE_IN_TEST_TIME: Final = 0.2  # seconds; a clock that stands still cannot say when to come back


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


@dataclass
class Lane:
    """The traffic to one address."""

    in_flight: int = 0
    failing: bool = False
    seconds: float = 0.5  # how long the last attempt took
    promised: datetime | None = None  # the last turn that was given away

    @property
    def capacity(self) -> int:
        """How many requests it may have in flight."""
        return AT_ONCE_AFTER_FAILURE if self.failing else AT_ONCE

    def next_turn(self, now: datetime) -> datetime:
        """A turn behind those already given away, at the pace at which the address answers."""
        pace = timedelta(seconds=self.seconds / self.capacity)
        turn = max(now + SHORTEST_PAUSE, (self.promised or now) + pace)
        if turn > now + LONGEST_PAUSE:  # so many wait that an exact order is not worth a longer wait
            return now + LONGEST_PAUSE * random.uniform(0.5, 1)  # noqa: S311 - spreads load, guards nothing
        self.promised = turn
        return turn


@dataclass
class Lanes:
    """Keeps a slow address from taking all the places of a worker: what finds its lane full comes back later."""

    _lanes: defaultdict[FlakeId, Lane] = field(default_factory=lambda: defaultdict(Lane))

    def enter(self, endpoint_id: FlakeId) -> bool:
        """Take a place, if one is free."""
        lane = self._lanes[endpoint_id]
        free = lane.in_flight < lane.capacity
        lane.in_flight += free
        return free

    def leave(self, endpoint_id: FlakeId, *, arrived: bool, seconds: float) -> None:
        """Give the place back. A lane in good order that nobody uses is forgotten."""
        lane = self._lanes[endpoint_id]
        lane.in_flight, lane.failing, lane.seconds = lane.in_flight - 1, not arrived, seconds
        if not lane.in_flight and not lane.failing:
            del self._lanes[endpoint_id]

    def turn(self, endpoint_id: FlakeId, now: datetime) -> datetime:
        """When to come back."""
        return self._lanes[endpoint_id].next_turn(now)


LANES = Lanes()


@dataclass(frozen=True)
class Parcel:
    """A delivery and where it goes."""

    delivery: WebhookDelivery
    endpoint: WebhookEndpoint


async def deliver(shop: Shop, delivery_id: FlakeId) -> datetime | None:
    """Make one attempt at a delivery that is due; answers when to try again, None if it is settled.

    The attempt lies between two transactions. A crash there leads to another attempt, which receivers recognise by the
    event's id.
    """
    parcel = await _parcel(shop, delivery_id)
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
        return await _record(store, parcel.delivery, outcome)


async def _parcel(shop: Shop, delivery_id: FlakeId) -> Parcel | None:
    """The delivery, if it is still to be made. One whose subscription was deleted is given up here."""
    async with shop.reading() as store:
        delivery = await store.first(store.rows(WebhookDelivery).where(WebhookDelivery.c.id == delivery_id))
        if delivery is None or delivery.state != "pending":
            return None
        endpoint = await store.first(store.rows(WebhookEndpoint).where(WebhookEndpoint.c.id == delivery.webhook_id))
    if endpoint is not None:
        return Parcel(delivery, endpoint)
    async with shop.writing() as store:
        await _settle(store, delivery, {"state": "failed", "next_retry": None})
    return None


async def _later(endpoint_id: FlakeId, now: datetime) -> datetime:
    if clock.is_test_time():
        await asyncio.sleep(PAUSE_IN_TEST_TIME)
        return now
    return LANES.turn(endpoint_id, now)


async def _attempt(parcel: Parcel) -> Outcome:
    """One request. It is signed in real time, which receivers compare it with, even in a store with a test clock."""
    delivery, endpoint, began = parcel.delivery, parcel.endpoint, clock.now()
    try:
        secret = sealer().open(endpoint.secret_sealed, secret_context(endpoint.id))
        headers = signed_headers(secret, delivery.event_id, delivery.payload, clock.real_now())
        reply = await outside().send("POST", endpoint.url, headers=headers, body=delivery.payload)
    except (CallFailed, CannotUnseal) as failure:
        return Outcome(began, NO_ANSWER, str(failure), final=isinstance(failure, Refused))
    wait = asked_to_wait(reply.headers.get("retry-after", ""), clock.real_now())
    return Outcome(began, reply.status, _text(reply), wait, final=reply.status == GONE)


def _text(reply: Reply) -> str:
    """The beginning of an answer, in a form that a database can keep."""
    return reply.body.decode("utf-8", "replace").replace("\0", "\ufffd")[:MOST_RESPONSE_TEXT]


async def _record(store: StoreContext, delivery: WebhookDelivery, outcome: Outcome) -> datetime | None:
    """Keep the attempt and move the delivery on; answers when to try again, if at all."""
    attempts, now, retry = delivery.attempts + 1, clock.now(), None
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
    moved = await _settle(store, delivery, {"state": state, "attempts": attempts, "next_retry": retry})
    return retry if moved else None


async def _settle(store: StoreContext, delivery: WebhookDelivery, changes: dict[str, object]) -> bool:
    """Move a delivery on, unless another attempt at it already settled it."""
    pending = store.rows(WebhookDelivery).where(WebhookDelivery.c.id == delivery.id, WebhookDelivery.c.state == "pending")
    return bool(await store.change_all(pending, changes))


async def subscribers(store: StoreContext, event: WebhookEventType) -> list[WebhookEndpoint]:
    """Who subscribed to an event."""
    return await store.all(store.rows(WebhookEndpoint).where(WebhookEndpoint.c.subscribed_to == event))


async def keep(
    store: StoreContext, endpoints: list[WebhookEndpoint], event: WebhookEventType, event_id: FlakeId, payload: bytes
) -> list[FlakeId]:
    """Write down a delivery of an event for each address, once; answers the ids of the new ones."""
    new = [
        WebhookDelivery(webhook_id=endpoint.id, event_id=event_id, event=event, payload=payload, state="pending")
        for endpoint in endpoints
    ]
    once = WebhookDelivery.c.webhook_id, WebhookDelivery.c.event_id
    return [delivery.id for delivery in new if await store.add_new(delivery, *once)]


async def history(store: StoreContext, endpoint_id: FlakeId, page: int, state: WebhookState) -> WebhookHistoryDto:
    """One page of what was sent to a subscription, newest first; NotFound for a subscription that does not exist."""
    await store.get(WebhookEndpoint, endpoint_id)
    found = await numbered_page(store, endpoint_id, page, None if state == "all" else state)
    return WebhookHistoryDto(page=page, history=[QueuedWebhookDto.of(delivery, attempts) for delivery, attempts in found])
