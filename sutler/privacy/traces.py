"""Copies of what was said about a person: answers that are kept for repeated requests, and what webhooks sent."""

from collections.abc import AsyncIterator
from typing import Final, TypeVar

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import StoreStatement
from sutler.kernel.data.records import StoreRecord
from sutler.kernel.edge.idempotency import IdempotentAnswer
from sutler.kernel.ids import FlakeId
from sutler.privacy.person import CHECKOUTS, ITEMS, ORDERS, PAYMENTS, SUBSCRIPTIONS
from sutler.webhooks.deliveries.models import WebhookDelivery

R = TypeVar("R", bound=StoreRecord)
BATCH: Final = 200
THEIRS: Final = [StoreStatement(ids) for ids in (CHECKOUTS, ORDERS, ITEMS, PAYMENTS, SUBSCRIPTIONS)]


async def ids(store: StoreContext, person: FlakeId) -> tuple[bytes, ...]:
    """The ids of the person and of all that is theirs, as they stand in JSON: whatever tells of them holds one."""
    found = [person]
    for statement in THEIRS:
        found += [str(row[0]) for row in await store.run(statement, person=person)]
    return tuple(f'"{id}"'.encode() for id in found)


async def deliveries(store: StoreContext, marks: tuple[bytes, ...]) -> AsyncIterator[WebhookDelivery]:
    """What webhooks said about them, oldest first."""
    async for one in _every(store, WebhookDelivery):
        if any(mark in one.payload for mark in marks):
            yield one


async def answers(store: StoreContext, marks: tuple[bytes, ...]) -> AsyncIterator[IdempotentAnswer]:
    """What is kept for requests that may be repeated, oldest first."""
    async for one in _every(store, IdempotentAnswer):
        if any(mark in one.body for mark in marks):
            yield one


async def _every(store: StoreContext, kind: type[R]) -> AsyncIterator[R]:
    """All rows of a kind, in pages."""
    after: FlakeId | None = None
    while page := await store.page(store.rows(kind), Page(limit=BATCH, after=after, asc=True)):
        for row in page:
            yield row
        after = page[-1].id
