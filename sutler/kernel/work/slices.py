"""What a test clock does in one transaction while it is advanced: jobs in their order, from moment to moment."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from time import perf_counter
from typing import Any, Final, NamedTuple

import structlog
from sqlalchemy import select, update

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database, WritingConnection
from sutler.kernel.data.queries import Statement, literal_limit, param, reader
from sutler.kernel.data.records import Timestamp
from sutler.kernel.data.store_clocks import ClockIsMoving, StoreClock
from sutler.kernel.ids import FlakeId
from sutler.kernel.outside.leaving import CallsOutside, staying
from sutler.kernel.work.jobs import FREE, LEASE, THIS_LEASE, Job, JobKind, run_in_transaction, run_outside, taking
from sutler.kernel.work.joined import JoinedShop
from sutler.kernel.work.runner import INTERNAL

SLICE: Final = 0.04  # seconds of one transaction: others want to write, too
BATCH: Final = 8
log = structlog.get_logger("sutler.clock")

OF_STORE = StoreClock.c.store_id == param("store_id", type_=StoreClock.c.store_id.type)
UNTIL = param("until", type_=Timestamp())
MY_TURN = (
    OF_STORE,
    StoreClock.c.turn == param("mine", type_=StoreClock.c.turn.type),
    StoreClock.c.leased_until.is_not(None),
)
MOVE = Statement(
    update(StoreClock.table)
    .where(*MY_TURN)
    .values(stands_at=param("moment", type_=Timestamp()), leased_until=UNTIL)
    .returning(StoreClock.c.id)
)
DUE = Statement(
    select(Job.table)
    .where(
        Job.c.store_id == param("store_id", type_=Job.c.store_id.type),
        Job.c.in_test_time,
        Job.c.run_at <= param("target", type_=Timestamp()),
    )
    .order_by(Job.c.run_at, Job.c.id)
    .limit(literal_limit(BATCH))
    .with_for_update()
)
LEND = taking(select(Job.c.id).where(*THIS_LEASE, FREE).with_for_update())


class TurnIsLost(ClockIsMoving):
    """Somebody else advances this clock by now, or has released it, because nothing was heard of this turn for too long."""


class Turn(NamedTuple):
    """A lease of a store's clock; its number tells it from all others."""

    store_id: FlakeId
    number: int


class Alone:
    """What must not share a transaction with other jobs: kinds that call the outside, and jobs that failed among others."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()
        self.jobs: set[FlakeId] = set()

    def __contains__(self, job: Job) -> bool:
        return job.kind in self.kinds or job.id in self.jobs

    def learn(self, job: Job, error: BaseException) -> None:
        """Why the job ended the transaction that it was in."""
        if isinstance(error, CallsOutside):
            self.kinds.add(job.kind)
            return
        log.info("a job failed among others and is tried by itself", kind=job.kind, job_id=job.id, error=repr(error))
        self.jobs.add(job.id)


class Slice:
    """What runs in one transaction: jobs one after the other, from moment to moment, that do not call the outside.

    It ends with its time, or before a job that must be by itself: `lent` is leased to us then and not yet run, and with
    `waits` a worker still has it. `current` is the job that made the transaction fail.
    """

    def __init__(
        self, database: Database, kinds: Mapping[str, JobKind[Any]], turn: Turn, alone: Alone, moment: datetime
    ) -> None:  # fmt: skip
        self._database, self._kinds, self._turn, self._alone = database, kinds, turn, alone
        self.moment, self.ran = moment, 0
        self.current: Job | None = None
        self.lent: Job | None = None
        self.waits = self.is_empty = False

    async def run(self, connection: WritingConnection, limit: datetime) -> None:
        """Run what is due up to `limit`, and move the clock along."""
        over, moved_to = perf_counter() + SLICE, None
        while perf_counter() < over:
            due = await self._due(connection, limit)
            first = due[0] if due else None
            if first is not None and first.leased_until is not None and first.leased_until >= clock.real_now():
                self.waits = True
                return
            self.moment = limit if first is None else max(self.moment, first.run_at or self.moment)
            if moved_to != self.moment:
                await self._move(connection)
                moved_to = self.moment
            if first is None:
                self.is_empty = True
                return
            if first.kind not in self._kinds or first in self._alone:
                await self._lend(connection, first)
                return
            await self._run(connection, due, over)

    async def _due(self, connection: WritingConnection, limit: datetime) -> list[Job]:
        """The first jobs up to `limit`, as far as they are of one moment."""
        read, due = reader(Job, connection.dialect), list[Job]()
        for row in await DUE.run(connection, store_id=self._turn.store_id, target=limit):
            job = read(row)
            if due and job.run_at != due[0].run_at:
                break
            due.append(job)
        return due

    async def _move(self, connection: WritingConnection) -> None:
        until = clock.real_now() + LEASE
        store_id, mine = self._turn
        if not await MOVE.run(connection, store_id=store_id, mine=mine, moment=self.moment, until=until):
            raise TurnIsLost

    async def _lend(self, connection: WritingConnection, job: Job) -> None:
        """Lease a job to ourselves, as a worker does; it runs after this transaction."""
        now = clock.real_now()
        rows = await LEND.run(connection, job_id=job.id, lease=job.attempts, now=now, until=now + LEASE)
        self.lent = reader(Job, connection.dialect)(rows[0])

    async def _run(self, connection: WritingConnection, due: Sequence[Job], over: float) -> None:
        """Run the first jobs of one moment, until one has to wait for something."""
        store = StoreContext(connection, self._turn.store_id, INTERNAL, writes=True)
        with clock.standing_at(self.moment), staying():
            for job in due:
                is_alone = job.leased_until is not None or job.kind not in self._kinds or job in self._alone
                if is_alone or perf_counter() > over:
                    return
                self.current, kind = job, self._kinds[job.kind]
                if kind.outside:
                    await run_outside(kind, job, JoinedShop(self._database, store))
                else:
                    await run_in_transaction(kind, job, store)
                self.current, self.ran = None, self.ran + 1
