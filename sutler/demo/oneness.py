"""Everything in one transaction: what was begun and not finished has never been, and the disk is waited for once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from sutler.customers.profiles.jobs import refresh_profile
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import StoreStatement, param, reader
from sutler.kernel.data.records import Actor
from sutler.kernel.data.shop import Shop
from sutler.kernel.work.jobs import JOBS, Job, oldest, run_in_transaction, run_outside, taking

# Platforms are not asked about players whom nobody has invented yet; that can wait until somebody serves.
LATER: Final = refresh_profile.name
DUE: Final = taking(
    oldest(
        Job.c.store_id == param("store_id", type_=Job.c.store_id.type), Job.c.in_test_time, Job.c.kind != LATER,
        Job.c.run_at <= param("store_time", type_=Job.c.run_at.type),
    )
)  # fmt: skip
TAKE_DUE: Final = StoreStatement(DUE.statement)


class OneTransaction(Shop):
    """A shop of which all steps are parts of the transaction that its store is in."""

    def __init__(self, database: Database, store: StoreContext) -> None:
        super().__init__(database, store.store_id, store.actor)
        self.store = store

    def acting(self, actor: Actor) -> "OneTransaction":
        """The same, as somebody else."""
        store = StoreContext(self.store.connection, self.store_id, actor, writes=True)
        return OneTransaction(self.database, store)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[StoreContext]:
        """The one transaction."""
        yield self.store

    @asynccontextmanager
    async def reading(self, *, slow: bool = False) -> AsyncIterator[StoreContext]:
        """The same: what is read was perhaps written a moment ago."""
        yield self.store

    async def work(self) -> None:
        """Do what is due at this moment of the store's time, and what follows from it. Nothing may fail."""
        read = reader(Job, self.store.connection.dialect)
        while True:
            now = clock.real_now()
            rows = await self.store.run(TAKE_DUE, now=now, until=now, store_time=clock.now())
            if not rows:
                return
            for job in sorted(map(read, rows), key=lambda job: (job.run_at or now, int(job.id))):
                await self._do(job)

    async def _do(self, job: Job) -> None:
        kind = JOBS[job.kind]
        if kind.outside:
            await run_outside(kind, job, self)
        else:
            await run_in_transaction(kind, job, self.store)
