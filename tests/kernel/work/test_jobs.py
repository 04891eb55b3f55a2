"""Jobs and events: written with their cause, run after it, once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.records import Actor
from sutler.kernel.data.shop import Shop
from sutler.kernel.data.store_clocks import set_clock, stands_at
from sutler.kernel.errors import InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.kernel.metrics import Watch
from sutler.kernel.work import events
from sutler.kernel.work.events import Event, emit, subscribe
from sutler.kernel.work.jobs import DELAYS, JOBS, LEASE, Again, JobKind, LostLease, claim, finish, job, next_try, outside_job
from sutler.kernel.work.runner import Worker
from sutler.kernel.work.store_time import adopt_stragglers, release_clock
from tests.kernel.tiny import STORE, customer

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
Seen = list[Any]


class Greeted(Event, frozen=True):
    """Somebody said hello."""

    name: str


@pytest.fixture
def kinds() -> Iterator[dict[str, JobKind[Any]]]:
    """The known jobs; those that a test declares are forgotten after it."""
    jobs, handlers = dict(JOBS), {kind: list(known) for kind, known in events._handlers.items()}
    yield JOBS
    JOBS.clear()
    JOBS.update(jobs)
    events._handlers.clear()
    events._handlers.update(handlers)


@pytest.fixture
def hands(open_database: Database, kinds: dict[str, JobKind[Any]]) -> Worker:
    """A worker to be told when to work."""
    return Worker(open_database, kinds, Watch())


@asynccontextmanager
async def writing(database: Database) -> AsyncIterator[StoreContext]:
    """A transaction in the store."""
    async with database.writing() as connection:
        yield StoreContext(connection, STORE, Actor("internal"), writes=True)


async def waiting(database: Database) -> list[tuple[str, int, str | None]]:
    """Kind, attempts and last error of every job."""
    async with database.reading() as connection:
        return [tuple(row) for row in await connection.fetch("SELECT kind, attempts, last_error FROM jobs ORDER BY id", ())]


class TestRetries:
    @pytest.mark.parametrize(
        ("attempts", "wait"), [(1, timedelta(seconds=5)), (3, timedelta(minutes=5)), (11, timedelta(days=1))]
    )
    def test_wait_longer_after_each_failure(self, attempts: int, wait: timedelta) -> None:
        assert next_try(attempts, NOON) == NOON + wait

    def test_give_up_after_five_days(self) -> None:
        assert next_try(len(DELAYS) + 1, NOON) is None
        assert sum(DELAYS, timedelta()) >= timedelta(days=4, hours=20)


class TestRunning:
    async def test_a_job_and_its_effect_are_one_transaction(self, open_database: Database, hands: Worker) -> None:
        @job
        async def greet(store: StoreContext, *, name: str) -> None:
            await store.add(customer(name))

        async with writing(open_database) as store:
            await greet.enqueue(store, name="Alice")
        ran = await hands.drain()

        async with writing(open_database) as store:
            assert [row.name for row in await store.all(store.rows(Customer))] == ["Alice"]
        assert (ran, await waiting(open_database)) == (1, [])

    async def test_a_job_whose_cause_failed_does_not_exist(self, open_database: Database, hands: Worker) -> None:
        @job
        async def never(store: StoreContext) -> None:
            await store.add(customer("never"))

        with pytest.raises(RuntimeError):
            async with writing(open_database) as store:
                await never.enqueue(store)
                raise RuntimeError

        assert await hands.drain() == 0

    async def test_a_failure_undoes_what_the_job_did_and_is_tried_again(
        self, open_database: Database, hands: Worker
    ) -> None:
        @job
        async def fail(store: StoreContext) -> None:
            await store.add(customer("half"))
            raise ValueError("no luck")

        async with writing(open_database) as store:
            await fail.enqueue(store)
        await hands.drain()

        assert await waiting(open_database) == [("fail", 1, "ValueError: no luck")]
        async with writing(open_database) as store:
            assert await store.count(store.rows(Customer)) == 0

    async def test_a_job_can_ask_to_run_again_later(self, open_database: Database, hands: Worker) -> None:
        runs: Seen = []

        @outside_job
        async def twice(shop: Shop) -> Again | None:
            runs.append(shop.store_id)
            return Again(clock.now()) if len(runs) < 2 else None

        async with writing(open_database) as store:
            await twice.enqueue(store)
        await hands.drain()

        assert runs == [STORE, STORE]
        assert await waiting(open_database) == []

    async def test_asking_to_run_again_counts_as_no_failure(self, open_database: Database, hands: Worker) -> None:
        runs: Seen = []

        @outside_job
        async def patient(shop: Shop) -> Again | None:
            runs.append(shop.store_id)
            if len(runs) > len(DELAYS) + 1:
                message = "once, after many rounds"
                raise ValueError(message)
            return Again(clock.now())

        async with writing(open_database) as store:
            await patient.enqueue(store)
        await hands.drain()

        async with open_database.reading() as connection:
            ((failures, run_at),) = await connection.fetch("SELECT failures, run_at FROM jobs", ())
        assert failures == 1
        assert run_at is not None

    async def test_a_job_for_later_waits(self, open_database: Database, hands: Worker) -> None:
        @job
        async def tomorrow(store: StoreContext) -> None:
            await store.add(customer("tomorrow"))

        async with writing(open_database) as store:
            await tomorrow.enqueue_at(store, clock.now() + timedelta(days=1))

        assert await hands.drain() == 0

    async def test_two_workers_never_share_a_job(self, open_database: Database, kinds: dict[str, JobKind[Any]]) -> None:
        @job
        async def count(store: StoreContext, *, number: int) -> None:
            await store.add(customer(str(number)))

        async with writing(open_database) as store:
            for number in range(60):
                await count.enqueue(store, number=number)
        workers = [Worker(open_database, kinds, Watch()) for _ in range(3)]
        await asyncio.gather(*(worker.drain() for worker in workers))

        async with writing(open_database) as store:
            names = [row.name for row in await store.all(store.rows(Customer))]
        assert sorted(int(name or -1) for name in names) == list(range(60))

    async def test_a_dead_workers_job_is_taken_over_and_the_dead_cannot_finish_it(
        self, open_database: Database, kinds: dict[str, JobKind[Any]]
    ) -> None:
        @job
        async def orphan(store: StoreContext) -> None:
            await store.add(customer("orphan"))

        async with writing(open_database) as store:
            await orphan.enqueue(store)
        async with open_database.writing() as connection:
            (lost,) = await claim(connection)
        async with open_database.writing() as connection:
            assert await claim(connection) == []
            await connection.fetch("UPDATE jobs SET leased_until = run_at", ())

        await Worker(open_database, kinds, Watch()).drain()

        async with writing(open_database) as store:
            assert await store.count(store.rows(Customer)) == 1
            with pytest.raises(LostLease):
                await finish(store.connection, lost, None)
        assert timedelta(seconds=10) < LEASE < timedelta(minutes=2)

    async def test_a_running_worker_wakes_at_once(self, open_database: Database, kinds: dict[str, JobKind[Any]]) -> None:
        done = asyncio.Event()

        @outside_job
        async def ring(shop: Shop) -> None:
            done.set()

        worker = Worker(open_database, kinds, Watch())
        open_database.listen("jobs", lambda _: worker.wake())
        running = asyncio.create_task(worker.run())
        await asyncio.sleep(0.1)
        async with writing(open_database) as store:
            await ring.enqueue(store)
        await asyncio.wait_for(done.wait(), 0.9)  # less than the second after which it would look by itself
        running.cancel()
        await asyncio.wait([running])


class TestEvents:
    async def test_reach_every_handler_once_with_their_id(self, open_database: Database, hands: Worker) -> None:
        seen: Seen = []

        async def wave(store: StoreContext, event: Greeted, event_id: FlakeId) -> None:
            seen.append(("wave", store.store_id, event.name, event_id))

        async def nod(store: StoreContext, event: Greeted, event_id: FlakeId) -> None:
            seen.append(("nod", store.store_id, event.name, event_id))

        subscribe(Greeted, wave)
        subscribe(Greeted, nod)
        async with writing(open_database) as store:
            event_id = await emit(store, Greeted(name="Alice"))
        await hands.drain()

        assert sorted(seen) == [("nod", STORE, "Alice", event_id), ("wave", STORE, "Alice", event_id)]

    async def test_one_failing_handler_does_not_stop_another(self, open_database: Database, hands: Worker) -> None:
        seen: Seen = []

        async def stumble(store: StoreContext, event: Greeted, event_id: FlakeId) -> None:
            raise ValueError

        async def stand(store: StoreContext, event: Greeted, event_id: FlakeId) -> None:
            seen.append(event.name)

        subscribe(Greeted, stumble)
        subscribe(Greeted, stand)
        async with writing(open_database) as store:
            await emit(store, Greeted(name="Alice"))
        await hands.drain()

        assert seen == ["Alice"]
        assert [kind for kind, *_ in await waiting(open_database)] == ["greeted.stumble"]


class TestTestTime:
    async def test_jobs_of_a_store_with_a_test_clock_wait_for_that_clock(
        self, open_database: Database, hands: Worker
    ) -> None:
        seen: Seen = []

        @job
        async def bill(store: StoreContext) -> None:
            seen.append(clock.now())

        async with writing(open_database) as store:
            await set_clock(store, NOON)
        with clock.standing_at(NOON):
            async with writing(open_database) as store:
                await bill.enqueue_at(store, NOON + timedelta(days=30))
        assert await hands.drain() == 0

        async with writing(open_database) as store:
            await set_clock(store, NOON + timedelta(days=31))
        await hands.drain()

        assert seen == [NOON + timedelta(days=31)]

    async def test_a_test_clock_never_goes_back(self, open_database: Database) -> None:
        async with writing(open_database) as store:
            await set_clock(store, NOON)
            with pytest.raises(Exception, match="only be moved forward"):
                await set_clock(store, NOON - timedelta(seconds=1))


class TestReleasedClock:
    async def test_lets_what_was_passed_over_run_at_once_and_the_rest_in_real_time(
        self, open_database: Database, hands: Worker
    ) -> None:
        seen: Seen = []

        @job
        async def bill(store: StoreContext, *, name: str) -> None:
            seen.append((name, clock.is_test_time()))

        now = clock.real_now()
        async with writing(open_database) as store:
            await set_clock(store, now - timedelta(days=30))
            with clock.standing_at(now - timedelta(days=30)):
                await bill.enqueue_at(store, now - timedelta(days=1), name="passed over")
                await bill.enqueue_at(store, now + timedelta(days=1), name="still to come")
        assert await hands.drain() == 0

        async with writing(open_database) as store:
            await release_clock(store)
        await hands.drain()

        assert seen == [("passed over", False)]
        async with open_database.reading() as connection:
            assert await stands_at(connection, STORE) is None
            ((due, in_test_time),) = await connection.fetch("SELECT run_at, in_test_time FROM jobs", ())
        assert str(due)[:16].replace("T", " ") == (now + timedelta(days=1)).isoformat(" ")[:16]
        assert not in_test_time

    async def test_stays_while_it_is_ahead_of_real_time(self, open_database: Database) -> None:
        ahead = clock.real_now() + timedelta(hours=1)
        async with writing(open_database) as store:
            await set_clock(store, ahead)
        with pytest.raises(InvalidInput, match="time never goes back"):
            async with writing(open_database) as store:
                await release_clock(store)

        async with open_database.reading() as connection:
            assert await stands_at(connection, STORE) == ahead

    async def test_leaves_a_store_without_one_as_it_is(self, open_database: Database) -> None:
        async with writing(open_database) as store:
            await release_clock(store)

        async with open_database.reading() as connection:
            assert await stands_at(connection, STORE) is None

    async def test_strands_no_job_whose_cause_was_committed_after_it(self, open_database: Database, hands: Worker) -> None:
        seen: Seen = []

        @job
        async def bill(store: StoreContext) -> None:
            seen.append(clock.is_test_time())

        async with writing(open_database) as store:
            with clock.standing_at(NOON):
                await bill.enqueue(store)
        async with open_database.writing() as connection:
            kept = StoreContext(connection, "2", Actor("internal"), writes=True)
            await set_clock(kept, NOON)
            with clock.standing_at(NOON):
                await bill.enqueue_at(kept, NOON + timedelta(days=1))
        assert await hands.drain() == 0

        await adopt_stragglers(open_database)
        await hands.drain()

        assert seen == [False]
        assert len(await waiting(open_database)) == 1
