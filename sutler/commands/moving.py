"""`sutler clock`: what it does and what it says."""

import gc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from sutler.app import calling
from sutler.commands import ground
from sutler.commands.recording import record
from sutler.commands.refusal import Refusal
from sutler.commands.stores import chosen
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.durations import BadDuration, duration
from sutler.kernel.work.advancing import Journey, Tell
from sutler.stores.test_clocks import service
from sutler.stores.test_clocks.schemas import TestClockDto, reachable

FOR_EVER = float("inf")


def later(text: str) -> service.Target:
    """So much later; Refusal for what is no length of time."""
    try:
        wished = duration(text)
    except BadDuration as error:
        raise Refusal("A length of time looks like 40d, 1y6mo, 2w or 12h30min, and is at most 100 years.") from error
    return lambda now: reachable(wished.after(now), now)


def until(text: str) -> service.Target:
    """At that moment; Refusal for what is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"{text!r} is no moment. It looks like 2027-01-31 or 2027-01-31T12:30:00Z.") from error
    return lambda now: reachable(moment if moment.tzinfo else moment.replace(tzinfo=UTC), now)


@asynccontextmanager
async def shop_of(name: str | None, command: str | None = None) -> AsyncIterator[Shop]:
    """The store, in which a command that changes something is written down."""
    async with ground.at_hand() as database, calling():
        async with database.reading() as connection:
            store = await chosen(connection, name)

        async def written(changed: StoreContext) -> None:
            if command is not None:
                await record(changed, command, store.id)

        yield Shop(database, store.id, ground.INTERNAL, written)


async def told(name: str | None) -> str:
    """The store's time in words."""
    async with shop_of(name) as shop, shop.reading() as store:
        return in_words(await service.shown(store))


async def frozen(name: str | None) -> str:
    """Stop the clock, and say where it stands."""
    async with shop_of(name, "clock freeze") as shop:
        await service.freeze(shop)
        async with shop.reading() as store:
            return in_words(await service.shown(store))


async def released(name: str | None) -> str:
    """Let the clock go."""
    async with shop_of(name, "clock release") as shop:
        await service.release(shop)
        async with shop.reading() as store:
            return in_words(await service.shown(store))


async def moved(name: str | None, target: service.Target) -> str:
    """Move the clock, and say what that came to."""
    async with shop_of(name, "clock advance") as shop:
        gc.freeze()  # what was imported stays, so no collection needs to look through it
        with bar() as tell:
            journey = await service.move(shop, target, FOR_EVER, FOR_EVER, tell)
    return f"The clock stands at {journey.stands_at:%Y-%m-%d %H:%M:%S} UTC. Jobs on the way: {journey.ran:,}."


def in_words(shown: TestClockDto) -> str:
    """A store's time as a sentence."""
    moment = f"{shown.now:%Y-%m-%d %H:%M:%S} UTC"
    if not shown.frozen:
        return f"The store lives in real time: {moment}."
    there = f" It is on its way to {shown.advancing_to:%Y-%m-%d %H:%M:%S}." if shown.advancing_to else ""
    return f"The clock stands at {moment}.{there}"


@contextmanager
def bar() -> Iterator[Tell]:
    """A bar on the terminal, which hears how far a clock has come."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True) as progress:
        task, began = progress.add_task("", total=None), list[datetime]()

        def hear(journey: Journey) -> None:
            if not began:
                began.append(journey.stands_at)
            there, all_ = journey.stands_at - began[0], journey.target - began[0]
            progress.update(
                task, description=f"{journey.stands_at:%Y-%m-%d}", completed=there.total_seconds(),
                total=all_.total_seconds(),
            )  # fmt: skip

        yield hear
