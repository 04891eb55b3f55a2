"""Background work: rows written with their cause, claimed by workers, tried again when they fail."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, ParamSpec

from msgspec import field, structs
from sqlalchemy import Index, delete, insert, or_, select, update

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.prepared import prepared
from sutler.kernel.data.queries import Connection, Statement, literal_limit, param, reader
from sutler.kernel.data.records import Record, Timestamp, unique
from sutler.kernel.data.shop import Shop
from sutler.kernel.data.store_clocks import StoreClock
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId

LEASE = timedelta(seconds=30)  # a worker that dies lets its lease run out
BATCH = 20
WAITING = "jobs"  # the signal that jobs are waiting
DELAYS = [timedelta(seconds=s) for s in (5, 30, 300, 1800, 7200, 21_600, 43_200, 86_400, 86_400, 86_400, 86_400)]
P = ParamSpec("P")


class JobExists(Conflict):
    """This job is already waiting."""


class Job(Record, table="jobs"):
    """Work to do after the commit that made it necessary. `run_at` is empty once it was given up."""

    store_id: FlakeId
    kind: str
    arguments: dict[str, Any]
    run_at: datetime | None
    in_test_time: bool = field(default_factory=clock.is_test_time)
    leased_until: datetime | None = None
    attempts: int = 0  # how often it was taken, which tells one lease from the next
    failures: int = 0  # in a row
    last_error: str | None = None
    dedupe_key: str | None = None


Index("jobs_due", Job.c.run_at, sqlite_where=~Job.c.in_test_time, postgresql_where=~Job.c.in_test_time)
Index(
    "jobs_due_in_test_time",
    Job.c.store_id,
    Job.c.run_at,
    sqlite_where=Job.c.in_test_time,
    postgresql_where=Job.c.in_test_time,
)
unique(JobExists, Job.c.store_id, Job.c.dedupe_key, name="jobs_dedupe_key")

NOW = param("now", type_=Timestamp())
FREE = or_(Job.c.leased_until.is_(None), Job.c.leased_until < NOW)


def oldest(*conditions: Any) -> Any:
    """The ids of the next jobs to run, passing over those that another worker is taking."""
    chosen = select(Job.c.id).where(*conditions, FREE).order_by(Job.c.run_at)
    return chosen.limit(literal_limit(BATCH)).with_for_update(skip_locked=True, of=Job.table)


def taking(ids: Any) -> Statement:
    """Lease these jobs; the number of attempts is what tells one lease from the next."""
    lease = {"leased_until": param("until", type_=Timestamp()), "attempts": Job.c.attempts + 1}
    return Statement(update(Job.table).where(Job.c.id.in_(ids)).values(lease).returning(*Job.table.c))


CLAIM = taking(oldest(Job.c.run_at <= NOW, ~Job.c.in_test_time))
NOBODY_ADVANCES = or_(StoreClock.c.leased_until.is_(None), StoreClock.c.leased_until < NOW)  # who does runs the jobs
STORE_TIME = select(StoreClock.c.stands_at).where(StoreClock.c.store_id == Job.c.store_id, NOBODY_ADVANCES).scalar_subquery()
CLAIM_IN_TEST_TIME = taking(oldest(Job.c.in_test_time, Job.c.run_at <= STORE_TIME))
ANY_STORE_CLOCK = Statement(select(StoreClock.c.id).limit(literal_limit(BATCH)))
ADD = Statement(insert(Job.table))
THIS_LEASE = (Job.c.id == param("job_id", type_=Job.c.id.type), Job.c.attempts == param("lease", type_=Job.c.attempts.type))
DONE = Statement(delete(Job.table).where(*THIS_LEASE).returning(Job.c.id))
POSTPONE = Statement(
    update(Job.table)
    .where(*THIS_LEASE)
    .values(
        run_at=param("next", type_=Timestamp()),
        leased_until=None,
        failures=param("failed", type_=Job.c.failures.type),
        last_error=param("error", type_=Job.c.last_error.type),
    )
    .returning(Job.c.id)
)


class LostLease(Exception):
    """Another worker took this job over; what this one did is rolled back."""


@dataclass(frozen=True)
class Again:
    """What a job returns that is not finished: when to run it next. It counts as no failure."""

    at: datetime


@dataclass(frozen=True)
class JobName(Generic[P]):
    """A kind of job as those know it who put it in; what it does may be in a module that they cannot import."""

    name: str

    async def enqueue(self, store: StoreContext, *_: P.args, **arguments: P.kwargs) -> None:
        """Run it as soon as this transaction is committed."""
        await enqueue(store, [self.row(store.store_id, arguments, clock.now())])

    async def enqueue_at(self, store: StoreContext, moment: datetime, *_: P.args, **arguments: P.kwargs) -> None:
        """Run it at this moment of the store's time."""
        await enqueue(store, [self.row(store.store_id, arguments, moment)])

    def row(self, store_id: FlakeId, arguments: Any, run_at: datetime) -> Job:
        """The row of one run."""
        return Job(store_id=store_id, kind=self.name, arguments=dict(arguments), run_at=run_at)


@dataclass(frozen=True)
class JobKind(JobName[P]):
    """One kind of job and what it does. `outside` jobs talk to the world and open their own transactions."""

    function: Callable[..., Awaitable[Again | None]]
    outside: bool


JOBS: dict[str, JobKind[Any]] = {}


def job(function: Callable[..., Awaitable[Again | None]]) -> JobKind[Any]:
    """A job that works in one transaction, committed together with its removal: it takes effect exactly once."""
    return _declared(function, outside=False)


def outside_job(function: Callable[..., Awaitable[Again | None]]) -> JobKind[Any]:
    """A job that calls the outside between transactions of its own; it may run twice and must not mind."""
    return _declared(function, outside=True)


def _declared(function: Callable[..., Awaitable[Again | None]], *, outside: bool) -> JobKind[Any]:
    kind: JobKind[Any] = JobKind(function.__name__, function, outside)
    if kind.name in JOBS:
        message = f"There are two jobs called {kind.name}."
        raise ValueError(message)
    JOBS[kind.name] = kind
    return kind


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many failures; never again once the delays are used up."""
    return now + DELAYS[attempts - 1] if attempts <= len(DELAYS) else None


async def enqueue(store: StoreContext, new: Sequence[Job]) -> None:
    """Write jobs in the current transaction, and wake the workers when it is committed."""
    if not new:
        return
    ready = prepared(id(ADD), store.connection.dialect, lambda: ADD.statement)
    rows = [ready.arguments(structs.asdict(one)) for one in new]
    if len(rows) == 1:
        await store.connection.fetch(ready.sql, rows[0])
    else:
        await store.connection.run_many(ready.sql, rows)
    now = clock.now()
    if any(one.run_at is not None and one.run_at <= now for one in new):
        store.notify(WAITING)


async def claim(connection: Connection) -> list[Job]:
    """Take the oldest due jobs for a while, those of stores with a test clock included."""
    now = clock.real_now()
    read = reader(Job, connection.dialect)
    rows = [read(row) for row in await CLAIM.run(connection, now=now, until=now + LEASE)]
    if await ANY_STORE_CLOCK.run(connection):
        rows += [read(row) for row in await CLAIM_IN_TEST_TIME.run(connection, now=now, until=now + LEASE)]
    return rows


async def run_in_transaction(kind: JobKind[Any], taken: Job, store: StoreContext) -> None:
    """Run a job and remove it, in one transaction."""
    await finish(store.connection, taken, await kind.function(store, **taken.arguments))


async def run_outside(kind: JobKind[Any], taken: Job, shop: Shop) -> None:
    """Run a job that talks to the world, then remove it."""
    outcome = await kind.function(shop, **taken.arguments)
    async with shop.writing() as store:
        await finish(store.connection, taken, outcome)


async def finish(connection: Connection, taken: Job, outcome: Again | None) -> None:
    """Remove a job that is done, or put it back for later; only the holder of the lease can."""
    lease = {"job_id": taken.id, "lease": taken.attempts}
    if outcome is None:
        kept = await DONE.run(connection, **lease)
    else:
        kept = await POSTPONE.run(connection, **lease, next=outcome.at, failed=0, error=None)
    if not kept:
        raise LostLease


async def postpone(connection: Connection, taken: Job, error: BaseException) -> bool:
    """Put a failed job back for later; says whether there will be another try."""
    failures, text = taken.failures + 1, f"{type(error).__name__}: {error}"[:2000]
    when = next_try(failures, clock.now())
    await POSTPONE.run(connection, job_id=taken.id, lease=taken.attempts, next=when, failed=failures, error=text)
    return when is not None
