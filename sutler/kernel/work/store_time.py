"""Taking a store out of real time and giving it back, each time with everything that waits in it."""

from sqlalchemy import exists, select, update

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Statement, StoreStatement, param
from sutler.kernel.data.store_clocks import MOVED, ClockIsMoving, StoreClock
from sutler.kernel.errors import InvalidInput
from sutler.kernel.work.jobs import FREE, WAITING, Job

IN_REAL_TIME = {"in_test_time": False}
ADOPT = StoreStatement(
    update(Job.table)
    .where(Job.c.store_id == param("store_id", type_=Job.c.store_id.type), Job.c.in_test_time)
    .values(IN_REAL_TIME)
)
ADOPT_FROM_REAL_TIME = StoreStatement(
    update(Job.table)
    .where(Job.c.store_id == param("store_id", type_=Job.c.store_id.type), ~Job.c.in_test_time, FREE)
    .values(in_test_time=True)
)
HAS_CLOCK = exists(select(StoreClock.c.id).where(StoreClock.c.store_id == Job.c.store_id))
ADOPT_STRAGGLERS = Statement(update(Job.table).where(Job.c.in_test_time, ~HAS_CLOCK).values(IN_REAL_TIME))


async def freeze_clock(store: StoreContext) -> StoreClock:
    """Stop a store's time, with everything that waits in it; one that stands still already stays as it is.

    What a worker has begun is finished in real time.
    """
    known = await store.first(store.rows(StoreClock))
    if known is None:
        known = await store.add(StoreClock(stands_at=clock.real_now()))
        store.notify(MOVED)
    await store.run(ADOPT_FROM_REAL_TIME, now=clock.real_now())
    return known


async def release_clock(store: StoreContext) -> None:
    """Take a store's test clock away; a store without one stays as it is.

    From the commit on it is as late there as everywhere. Jobs that wait keep their moments: those that the jump from the
    clock's time to the real one passes over are due at once, the others when real time gets there. InvalidInput when
    the clock is ahead of real time: going back, the store would meet its own past again, and what is due by its clock
    would wait for a day that it has already had. ClockIsMoving while somebody advances it.
    """
    stands = await store.first(store.rows(StoreClock))
    if stands is None:
        return
    if stands.leased_until is not None and stands.leased_until >= clock.real_now():
        raise ClockIsMoving
    if stands.stands_at > clock.real_now():
        message = (
            f"The store's clock stands at {stands.stands_at.isoformat()}, which is still to come, and time never goes back. "
            "Release it once that moment has passed."
        )
        raise InvalidInput(message)
    await store.remove(stands)
    await store.run(ADOPT)
    store.notify(MOVED)
    store.notify(WAITING)


async def adopt_stragglers(database: Database) -> None:
    """Let jobs run whose cause began before their store's clock was released and was committed after it."""
    async with database.writing() as connection:
        await ADOPT_STRAGGLERS.run(connection)
