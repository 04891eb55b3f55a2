"""Freezing, moving and releasing the clock of a store in test mode."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.data.store_clocks import StoreClock
from sutler.kernel.errors import Forbidden
from sutler.kernel.work.advancing import Advance, Journey, Tell
from sutler.kernel.work.jobs import JOBS
from sutler.kernel.work.store_time import freeze_clock, release_clock
from sutler.stores.stores.models import Store
from sutler.stores.test_clocks.schemas import MoveTestClockDto, TestClockDto

PATIENCE: Final = 5.0  # seconds of work for one request, and then to the end of the moment that the clock shows
MOST_SECONDS: Final = 15.0  # after which it ends even in the middle of a moment


Target = Callable[[datetime], datetime]  # from where a clock stands to where it is to go


class ClockInLiveMode(Forbidden):
    """This store is in live mode, and time cannot be stopped for real money. Only stores in test mode have test clocks."""


async def shown(store: StoreContext, journey: Journey | None = None) -> TestClockDto:
    """The store's time, and what a call that moved it came to."""
    known = await store.peek(store.rows(StoreClock))
    if known is None:
        return TestClockDto(frozen=False, now=clock.real_now())
    return TestClockDto(
        frozen=True,
        now=known.stands_at,
        advancing=known.leased_until is not None and known.leased_until >= clock.real_now(),
        advancing_to=known.advancing_to,
        done=journey.is_over if journey else known.advancing_to is None,
        jobs=journey.ran if journey else 0,
    )


async def change(shop: Shop, body: MoveTestClockDto) -> TestClockDto:
    """Do what is asked for; InvalidInput for two things at once, ClockInLiveMode, ClockIsMoving."""
    body.checked()
    journey = None
    if body.freeze:
        await freeze(shop)
    elif body.release:
        await release(shop)
    else:
        journey = await move(shop, body.target, PATIENCE, MOST_SECONDS)
    async with shop.reading() as store:
        return await shown(store, journey)


async def freeze(shop: Shop) -> None:
    """Stop the store's clock where it is; ClockInLiveMode when money is real."""
    async with shop.writing() as store:
        await _frozen(store)


async def release(shop: Shop) -> None:
    """Let the store's clock go with real time; InvalidInput if it is ahead of that, ClockIsMoving while it advances."""
    async with shop.writing() as store:
        await release_clock(store)


async def move(shop: Shop, target: Target, patience: float, most: float, tell: Tell = lambda _: None) -> Journey:
    """Freeze the store's clock if need be, and run everything that is due until it stands where `target` says.

    It ends earlier after `patience` seconds, at the end of the moment that the clock then shows, and after `most`
    seconds anyhow. ClockIsMoving while somebody else moves it.
    """
    async with shop.writing() as store:
        stands_at = (await _frozen(store)).stands_at
        advance = Advance(shop.database, JOBS, shop.store_id, Journey(stands_at, target(stands_at)))
        await advance.take_turn(store.connection)
    return await advance.go(patience, most, tell)


async def _frozen(store: StoreContext) -> StoreClock:
    """The clock, there from now on."""
    if (await store.get(Store, store.store_id)).live_mode:  # its lock keeps it from going live meanwhile
        raise ClockInLiveMode
    return await freeze_clock(store)
