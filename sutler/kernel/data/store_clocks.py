"""Test clocks: a store in test mode can have its own time, which only moves when someone moves it."""

import time
from datetime import datetime

from sqlalchemy import select

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Connection, Statement, param
from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict, InvalidInput
from sutler.kernel.ids import FlakeId

REMEMBERED_SECONDS = 3.0  # how long a process may believe that a store has no test clock
REMEMBERED_STORES = 10_000
MOVED = "store_clocks"  # the signal that a store got a test clock, or that one was moved


class StoreHasClock(Conflict):
    """This store already has a test clock."""


class ClockIsMoving(Conflict):
    """Somebody is advancing this store's clock at this moment. Wait until that is over, then go on from there."""


class StoreClock(StoreRecord, table="store_clocks"):
    """Where a store's test clock stands.

    While somebody advances it, `leased_until` lies ahead in real time; `turn` tells one such lease from the next.
    `advancing_to` is where it was meant to go and has not got to.
    """

    stands_at: datetime
    advancing_to: datetime | None = None
    leased_until: datetime | None = None
    turn: int = 0


unique(StoreHasClock, StoreClock.c.store_id, name="store_clocks_store")
STANDS_AT = Statement(
    select(StoreClock.c.stands_at).where(StoreClock.c.store_id == param("store_id", type_=StoreClock.c.store_id.type))
)


async def set_clock(store: StoreContext, moment: datetime) -> None:
    """Give the store a test clock that stands at this moment, or move the one it has. Time never goes back."""
    clock = await store.first(store.rows(StoreClock))
    store.notify(MOVED)
    if clock is None:
        await store.add(StoreClock(stands_at=moment))
        return
    if moment < clock.stands_at:
        message = f"The store's clock stands at {clock.stands_at.isoformat()} and can only be moved forward."
        raise InvalidInput(message)
    await store.change(clock, {"stands_at": moment})


async def stands_at(connection: Connection, store_id: FlakeId) -> datetime | None:
    """The moment at which a store's test clock stands; None for a store that lives in real time."""
    found = await STANDS_AT.run(connection, store_id=store_id)
    if not found:
        return None
    moment = found[0][0]
    return datetime.fromisoformat(moment) if isinstance(moment, str) else moment


class StoreClocks:
    """What a process knows of test clocks. Only their absence is remembered: a clock can be moved at any moment."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._without: dict[FlakeId, float] = {}

    def forget(self) -> None:
        """A store got a clock: look again."""
        self._without.clear()

    def is_real(self, store_id: FlakeId) -> bool:
        """Whether this store is known to live in real time; no look-up, no waiting."""
        return self._without.get(store_id, 0.0) > time.monotonic()

    async def time_in(self, store_id: FlakeId) -> datetime | None:
        """Where the store's test clock stands, if it has one."""
        async with self._database.reading() as connection:
            moment = await stands_at(connection, store_id)
        if moment is None:
            if len(self._without) >= REMEMBERED_STORES:
                self._without.clear()
            self._without[store_id] = time.monotonic() + REMEMBERED_SECONDS
        return moment
