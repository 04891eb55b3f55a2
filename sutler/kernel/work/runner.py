"""The loop of a worker: claims due jobs, runs a batch side by side, sleeps until a signal or a second has passed."""

import asyncio
import contextlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.records import Actor
from sutler.kernel.data.shop import Shop
from sutler.kernel.data.store_clocks import stands_at
from sutler.kernel.metrics import Watch
from sutler.kernel.work.jobs import Job, JobKind, LostLease, claim, postpone, run_in_transaction, run_outside

IDLE_SECONDS = 1.0
OUTSIDE_AT_ONCE = 64  # jobs that wait for the world, beside those that only use the database
INTERNAL = Actor("internal")
log = structlog.get_logger("sutler.worker")


class Worker:
    """Runs the jobs of a database until it is cancelled."""

    def __init__(self, database: Database, kinds: Mapping[str, JobKind[Any]], watch: Watch) -> None:
        self._database, self._kinds, self._watch = database, kinds, watch
        self._awake = asyncio.Event()
        self._outside: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Jobs may be waiting."""
        self._awake.set()

    async def run(self) -> None:
        """Work until cancelled; a database that is away is asked again a second later."""
        try:
            while True:
                self._awake.clear()
                if not await self._run_some():
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(IDLE_SECONDS):
                            await self._awake.wait()
        finally:
            for task in self._outside:
                task.cancel()
            await asyncio.gather(*self._outside, return_exceptions=True)

    async def _run_some(self) -> int:
        try:
            return await self.run_due()
        except Exception as error:  # noqa: BLE001 - a worker outlives whatever its database goes through
            log.warning("could not claim jobs", error=f"{type(error).__name__}: {error}")
            return 0

    async def run_due(self) -> int:
        """Run what is due now and return how many jobs that were; calls to the outside go on in the background."""
        if len(self._outside) >= OUTSIDE_AT_ONCE:
            await asyncio.wait(self._outside, return_when=asyncio.FIRST_COMPLETED)
        async with self._database.writing() as connection:
            jobs = await claim(connection)
        inside = []
        for job in jobs:
            if job.kind in self._kinds and self._kinds[job.kind].outside:
                task = asyncio.create_task(self.attempt(job))
                self._outside.add(task)
                task.add_done_callback(self._outside.discard)
            else:
                inside.append(self.attempt(job))
        await asyncio.gather(*inside)
        return len(jobs)

    async def drain(self) -> int:
        """Run until nothing is due, calls to the outside included; returns how many jobs that were."""
        total = 0
        while (count := await self.run_due()) or self._outside:
            total += count
            await asyncio.gather(*self._outside)
        return total

    async def attempt(self, job: Job) -> None:
        """Run one job in its store's time; a failure puts it back for later."""
        with clock.standing_at(await self._test_time(job)):
            try:
                await self._run(self._kinds[job.kind], job)
                self._watch.job(job.kind, "done")
            except LostLease:
                log.info("another worker took the job over", kind=job.kind, job_id=job.id)
            except Exception as error:
                log.warning("job failed", kind=job.kind, job_id=job.id, attempts=job.attempts, exc_info=True)
                await self._put_back(job, error)

    async def _run(self, kind: JobKind[Any], job: Job) -> None:
        if kind.outside:
            await run_outside(kind, job, Shop(self._database, job.store_id, INTERNAL))
            return
        async with self._database.writing() as connection:
            await run_in_transaction(kind, job, StoreContext(connection, job.store_id, INTERNAL, writes=True))

    async def _test_time(self, job: Job) -> datetime | None:
        if not job.in_test_time:
            return None
        async with self._database.reading() as connection:
            return await stands_at(connection, job.store_id)

    async def _put_back(self, job: Job, error: Exception) -> None:
        try:
            async with self._database.writing() as connection:
                again = await postpone(connection, job, error)
            self._watch.job(job.kind, "failed" if again else "gave_up")
        except Exception as second:  # noqa: BLE001 - the lease sees to it
            log.warning("could not put a job back; its lease will run out", job_id=job.id, error=str(second))
