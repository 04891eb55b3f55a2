"""Events: facts, written in the transaction that makes them true, and told to their handlers after it."""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar, TypeVar

import msgspec

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.records import StoreRecord, index
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.jobs import JOBS, Again, JobKind, enqueue

E = TypeVar("E", bound="Event")


class EventRow(StoreRecord, table="events"):
    """What happened, for ever."""

    kind: str
    body: dict[str, Any]


index("events_newest", EventRow.c.store_id, EventRow.c.id)


class Event(msgspec.Struct, kw_only=True, frozen=True):
    """A fact about a store; a subclass per kind, its name in snake case is what the table keeps."""

    kind: ClassVar[str] = ""

    def __init_subclass__(cls, **options: Any) -> None:
        """Name the kind after the class."""
        super().__init_subclass__(**options)
        cls.kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


_handlers: dict[str, list[JobKind[Any]]] = {}
_NOBODY = "No handler of any event is known in this process: import the module that subscribes them before emitting."


def subscribe(event: type[E], handler: Callable[[StoreContext, E, FlakeId], Awaitable[None]]) -> None:
    """Let a handler act on every event of a kind, in a transaction of its own that also marks it done.

    The handler gets the store, the event and the event's id, and takes effect exactly once.
    """

    async def handle(store: StoreContext, *, event_id: FlakeId, body: Any) -> Again | None:
        await handler(store, msgspec.convert(body, event), event_id)
        return None

    kind: JobKind[Any] = JobKind(f"{event.kind}.{handler.__name__}", handle, outside=False)
    if kind.name in JOBS:
        message = f"{handler.__name__} is subscribed to {event.kind} twice."
        raise ValueError(message)
    JOBS[kind.name] = kind
    _handlers.setdefault(event.kind, []).append(kind)


def handlers(event: type[Event]) -> list[JobKind[Any]]:
    """Who acts on an event."""
    return _handlers.get(event.kind, [])


async def emit(store: StoreContext, event: Event) -> FlakeId:
    """Record an event and the jobs of its handlers; both exist exactly when their cause does. Returns the event's id."""
    (event_id,) = await emit_all(store, [event])
    return event_id


async def emit_all(store: StoreContext, events: Sequence[Event]) -> list[FlakeId]:
    """Record several events with one statement for all of them and one for all jobs of their handlers.

    RuntimeError in a process that knows no handlers at all: nobody would ever act on the events.
    """
    if not _handlers:
        raise RuntimeError(_NOBODY)
    facts = [EventRow(kind=event.kind, body=msgspec.to_builtins(event)) for event in events]
    await store.add_all(facts)
    now = clock.now()
    await enqueue(
        store,
        [
            kind.row(store.store_id, {"event_id": fact.id, "body": fact.body}, now)
            for event, fact in zip(events, facts, strict=True)
            for kind in handlers(type(event))
        ],
    )
    return [fact.id for fact in facts]
