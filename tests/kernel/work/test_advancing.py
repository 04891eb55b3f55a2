"""Advancing a test clock: everything due happens in its order, once, and nothing that is not."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.records import Actor
from sutler.kernel.data.shop import Shop
from sutler.kernel.data.store_clocks import ClockIsMoving, StoreClock, set_clock, stands_at
from sutler.kernel.metrics import Watch
from sutler.kernel.outside.leaving import leave
from sutler.kernel.work import advancing
from sutler.kernel.work.advancing import Advance, Journey
from sutler.kernel.work.jobs import JOBS, LEASE, Again, JobKind, claim, job, outside_job
from sutler.kernel.work.runner import Worker
from sutler.kernel.work.slices import TurnIsLost
from sutler.kernel.work.store_time import freeze_clock, release_clock
from tests.kernel.tiny import STORE, customer

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
Seen = list[Any]


@pytest.fixture
def kinds() -> Iterator[dict[str, JobKind[Any]]]:
    """The known jobs; those that a test declares are forgotten after it."""
    jobs = dict(JOBS)
    yield JOBS
    JOBS.clear()
    JOBS.update(jobs)


class Hand:
    """Moves the clock of the store, which stands at noon in the beginning."""

    def __init__(self, database: Database, kinds: dict[str, JobKind[Any]]) -> None:
        self.database, self.kinds = database, kinds
        self.shop = Shop(database, STORE, Actor("internal"))

    async def turn(self, target: datetime) -> Advance:
        """The beginning of an advance."""
        async with self.shop.writing() as store:
            (known,) = await store.all(store.rows(StoreClock))
            advance = Advance(self.database, self.kinds, STORE, Journey(known.stands_at, target))
            await advance.take_turn(store.connection)
        return advance

    async def advances(self, target: datetime, patience: float = 60, most: float = 60) -> Journey:
        """Move the clock there, or as far as patience goes."""
        return await (await self.turn(target)).go(patience, most)

    async def stands(self) -> datetime | None:
        """Where the clock is."""
        async with self.database.reading() as connection:
            return await stands_at(connection, STORE)

    async def waiting(self) -> int:
        """How many jobs there are."""
        async with self.database.reading() as connection:
            return int((await connection.fetch("SELECT count(*) FROM jobs WHERE run_at IS NOT NULL", ()))[0][0])


@pytest.fixture
async def hand(open_database: Database, kinds: dict[str, JobKind[Any]]) -> Hand:
    """A store whose clock stands at noon."""
    hand = Hand(open_database, kinds)
    async with hand.shop.writing() as store:
        await set_clock(store, NOON)
    return hand


class TestAdvancing:
    async def test_runs_everything_at_its_moment_and_what_follows_from_it_before_the_next(self, hand: Hand) -> None:
        seen: Seen = []

        @job
        async def bill(store: StoreContext, *, day: int) -> None:
            seen.append(("bill", day, clock.now()))
            await mail.enqueue(store, day=day)
            if day < 3:
                await bill.enqueue_at(store, clock.now() + DAY, day=day + 1)

        @outside_job
        async def mail(shop: Shop, *, day: int) -> None:
            seen.append(("mail", day, clock.now()))

        with clock.standing_at(NOON):
            async with hand.shop.writing() as store:
                await bill.enqueue_at(store, NOON + 9 * DAY, day=9)
                await bill.enqueue_at(store, NOON + DAY, day=1)
        journey = await hand.advances(NOON + 5 * DAY)

        assert seen == [(what, day, NOON + day * DAY) for day in (1, 2, 3) for what in ("bill", "mail")]
        assert (journey.is_over, journey.ran) == (True, 6)
        assert await hand.stands() == NOON + 5 * DAY
        assert await hand.waiting() == 1

    async def test_runs_what_is_due_at_one_moment_in_the_order_in_which_it_was_planned(self, hand: Hand) -> None:
        seen: Seen = []

        @job
        async def note(store: StoreContext, *, number: int) -> None:
            seen.append(number)

        @outside_job
        async def call(shop: Shop, *, number: int) -> None:
            await asyncio.sleep(0)
            seen.append(number)

        with clock.standing_at(NOON):
            async with hand.shop.writing() as store:
                for number in range(90):
                    await (call if number % 7 == 3 else note).enqueue_at(store, NOON + DAY, number=number)
        await hand.advances(NOON + DAY)

        assert seen == list(range(90))

    async def test_tries_what_fails_again_in_its_own_time_and_stops_nothing_else(self, hand: Hand) -> None:
        seen: Seen = []

        @job
        async def stumble(store: StoreContext) -> None:
            await store.add(customer("never"))
            seen.append(clock.now())
            raise ValueError

        @job
        async def walk(store: StoreContext, *, name: str) -> None:
            await store.add(customer(name))

        with clock.standing_at(NOON):
            async with hand.shop.writing() as store:
                await walk.enqueue_at(store, NOON + DAY, name="before")
                await stumble.enqueue_at(store, NOON + DAY)
                await walk.enqueue_at(store, NOON + DAY, name="after")
        await hand.advances(NOON + DAY + timedelta(seconds=5))

        # Among others it was undone with them, and tried by itself; five seconds later it was the only one.
        assert seen == [NOON + DAY, NOON + DAY, NOON + DAY + timedelta(seconds=5), NOON + DAY + timedelta(seconds=5)]
        async with hand.shop.reading() as store:
            assert [row.name for row in await store.all(store.rows(Customer))] == ["before", "after"]
        assert await hand.waiting() == 1

    async def test_lets_jobs_share_a_transaction_until_one_calls_the_outside(self, hand: Hand) -> None:
        seen: Seen = []

        @outside_job
        async def sell(shop: Shop, *, name: str) -> None:
            async with shop.writing() as store:
                await store.add(customer(name))
            if name != "nobody calls":
                leave()  # as the HTTP client does
            async with shop.reading() as store:
                seen.append([row.name for row in await store.all(store.rows(Customer))])

        with clock.standing_at(NOON):
            async with hand.shop.writing() as store:
                for name in ("nobody calls", "first call", "second call"):
                    await sell.enqueue_at(store, NOON + DAY, name=name)
        await hand.advances(NOON + DAY)

        # The first was undone with the second, whose transactions were its own when it was tried again.
        alone, both = ["nobody calls"], ["nobody calls", "first call"]
        assert seen == [alone, alone, both, [*both, "second call"]]

    async def test_undoes_all_of_a_job_whose_step_failed_where_others_shared_its_transaction(self, hand: Hand) -> None:
        @outside_job
        async def sell(shop: Shop) -> None:
            async with shop.writing() as store:
                await store.add(customer("kept"))
            with suppress(ValueError):
                async with shop.writing() as store:
                    await store.add(customer("undone"))
                    raise ValueError
            async with shop.writing() as store:
                await store.add(customer("kept, too"))

        with clock.standing_at(NOON):
            async with hand.shop.writing() as store:
                await sell.enqueue(store)
        assert (await hand.advances(NOON + DAY)).ran == 1

        async with hand.shop.reading() as store:
            assert [row.name for row in await store.all(store.rows(Customer))] == ["kept", "kept, too"]

    async def test_comes_back_when_a_job_says_so(self, hand: Hand) -> None:
        seen: Seen = []

        @job
        async def look(store: StoreContext) -> Again | None:
            seen.append(clock.now())
            return Again(clock.now() + DAY) if len(seen) < 3 else None

        with clock.standing_at(NOON):
            async with hand.shop.writing() as store:
                await look.enqueue(store)
        await hand.advances(NOON + 10 * DAY)

        assert seen == [NOON, NOON + DAY, NOON + 2 * DAY]


class TestTurns:
    async def test_end_with_the_moment_when_patience_does_and_go_on_from_there(self, hand: Hand) -> None:
        seen: Seen = []

        @job
        async def tick(store: StoreContext) -> Again:
            seen.append(clock.now())
            return Again(clock.now() + DAY)

        with clock.standing_at(NOON):
            async with hand.shop.writing() as store:
                await tick.enqueue(store)
        first = await hand.advances(NOON + 20 * DAY, patience=0)
        second = await hand.advances(NOON + 20 * DAY)

        assert not first.is_over
        assert second.is_over
        assert seen == [NOON + day * DAY for day in range(21)]

    async def test_are_one_at_a_time(self, hand: Hand, open_database: Database) -> None:
        advance = await hand.turn(NOON + DAY)

        with pytest.raises(ClockIsMoving):
            await hand.turn(NOON + DAY)
        with pytest.raises(ClockIsMoving):
            async with hand.shop.writing() as store:
                await release_clock(store)
        await advance.go(60, 60)

        assert (await hand.advances(NOON + 2 * DAY)).is_over

    async def test_that_were_cut_short_are_taken_over_and_do_nothing_more(
        self, hand: Hand, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        @job
        async def bill(store: StoreContext) -> None:
            await store.add(customer("Alice"))

        with clock.standing_at(NOON):
            async with hand.shop.writing() as store:
                await bill.enqueue_at(store, NOON + DAY)
        monkeypatch.setattr(advancing, "LEASE", -LEASE)  # as if nothing had been heard of it for half a minute
        lost = await hand.turn(NOON + 2 * DAY)
        monkeypatch.undo()
        assert (await hand.advances(NOON + 2 * DAY)).is_over
        with pytest.raises(TurnIsLost):
            await lost.go(60, 60)

        async with hand.shop.reading() as store:
            assert await store.count(store.rows(Customer)) == 1

    async def test_keep_the_workers_away_and_wait_for_what_they_have_begun(
        self, hand: Hand, open_database: Database
    ) -> None:
        seen: Seen = []

        @job
        async def note(store: StoreContext, *, name: str) -> None:
            seen.append((name, clock.now()))

        worker = Worker(open_database, hand.kinds, Watch())
        with clock.standing_at(NOON):
            async with hand.shop.writing() as store:
                await note.enqueue(store, name="begun")
                await note.enqueue_at(store, NOON + DAY, name="due")
        async with open_database.writing() as connection:
            (begun,) = await claim(connection)
        going = asyncio.create_task(hand.advances(NOON + DAY))
        await asyncio.sleep(0.1)
        assert (seen, await worker.drain(), await hand.stands()) == ([], 0, NOON)
        await worker.attempt(begun)
        await going

        assert seen == [("begun", NOON), ("due", NOON + DAY)]


class TestFreezing:
    async def test_takes_what_waits_in_real_time_along(
        self, open_database: Database, kinds: dict[str, JobKind[Any]]
    ) -> None:
        seen: Seen = []

        @job
        async def bill(store: StoreContext) -> None:
            seen.append(clock.is_test_time())

        hand, now = Hand(open_database, kinds), clock.real_now()
        async with hand.shop.writing() as store:
            await bill.enqueue_at(store, now + DAY)
            frozen = await freeze_clock(store)
            assert (await freeze_clock(store)).stands_at == frozen.stands_at >= now
        await hand.advances(now + 2 * DAY)

        assert seen == [True]
