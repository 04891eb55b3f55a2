"""Advancing a store's test clock: from one due job to the next, in order, and everything that follows from each."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from time import perf_counter
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import or_, update

from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Connection, Statement, param
from sutler.kernel.data.records import Timestamp
from sutler.kernel.data.store_clocks import ClockIsMoving, StoreClock
from sutler.kernel.ids import FlakeId
from sutler.kernel.metrics import Watch
from sutler.kernel.outside.leaving import CallsOutside
from sutler.kernel.work.jobs import (
    LEASE,
    NOW,
    WAITING,
    JobKind,
)
from sutler.kernel.work.joined import StepFailed
from sutler.kernel.work.runner import Worker
from sutler.kernel.work.slices import MY_TURN, OF_STORE, UNTIL, Alone, Slice, Turn

BREATH: Final = 0.001  # seconds between two, in which another process can get its turn to write
PAUSE: Final = 0.02  # seconds between two looks at a job that a worker had begun

TAKE_TURN = Statement(
    update(StoreClock.table)
    .where(OF_STORE, or_(StoreClock.c.leased_until.is_(None), StoreClock.c.leased_until < NOW))
    .values(turn=StoreClock.c.turn + 1, leased_until=UNTIL, advancing_to=param("target", type_=Timestamp()))
    .returning(StoreClock.c.turn)
)
STOP = Statement(
    update(StoreClock.table)
    .where(*MY_TURN)
    .values(leased_until=None, advancing_to=param("target", type_=Timestamp()))
    .returning(StoreClock.c.id)
)


class Journey(Struct):
    """How far a clock has come, and how many jobs ran on the way."""

    stands_at: datetime
    target: datetime
    ran: int = 0

    @property
    def is_over(self) -> bool:
        """Whether the clock stands where it was to go."""
        return self.stands_at >= self.target


Tell = Callable[[Journey], None]


class Advance:
    """One turn with a store's clock. What is done is done: when a turn is cut short, the next goes on from there."""

    def __init__(
        self, database: Database, kinds: Mapping[str, JobKind[Any]], store_id: FlakeId, journey: Journey
    ) -> None:  # fmt: skip
        self._database, self._kinds, self._turn = database, kinds, Turn(store_id, 0)
        self._worker = Worker(database, kinds, Watch())  # runs what is not to share a transaction with others
        self._alone = Alone()
        self.journey = journey

    async def take_turn(self, connection: Connection) -> None:
        """Begin, in the caller's transaction; ClockIsMoving while it is somebody else's turn."""
        now, target = clock.real_now(), self.journey.target
        found = await TAKE_TURN.run(connection, store_id=self._turn.store_id, now=now, until=now + LEASE, target=target)
        if not found:
            raise ClockIsMoving
        self._turn = self._turn._replace(number=int(found[0][0]))

    async def go(self, patience: float, most: float, tell: Tell = lambda _: None) -> Journey:
        """Run everything due up to the target, for about `patience` seconds, and then to the end of the moment that it is.

        After `most` seconds it ends even in the middle of a moment. TurnIsLost when somebody else took over.
        """
        began = perf_counter()
        try:
            while (spent := perf_counter() - began) < most:
                goes_on = await self._some(self.journey.target if spent < patience else self.journey.stands_at)
                tell(self.journey)
                if not goes_on:
                    break
        finally:
            await self._stop()
        return self.journey

    async def _some(self, limit: datetime) -> bool:
        """Run for a moment, in one transaction, what is due up to `limit`; False when the clock stands there by now."""
        piece = Slice(self._database, self._kinds, self._turn, self._alone, self.journey.stands_at)
        try:
            async with self._database.writing() as connection:
                await piece.run(connection, limit)
        except (Exception, StepFailed, CallsOutside, BaseExceptionGroup) as error:
            if piece.current is None:
                raise
            self._alone.learn(piece.current, error)
            return True
        self.journey.stands_at = piece.moment
        self.journey.ran += piece.ran
        if piece.lent is not None:
            self._alone.jobs.discard(piece.lent.id)
            await self._worker.attempt(piece.lent)
            self.journey.ran += 1
        else:
            await asyncio.sleep(PAUSE if piece.waits else BREATH)
        return not piece.is_empty

    async def _stop(self) -> None:
        """Let the workers have the store back."""
        target = None if self.journey.is_over else self.journey.target
        async with self._database.writing() as connection:
            await STOP.run(connection, store_id=self._turn.store_id, mine=self._turn.number, target=target)
            connection.notify(WAITING)
