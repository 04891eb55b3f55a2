"""Sweeps: small clean-ups that every worker repeats. They may run in several processes at once and must not mind."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import NamedTuple

import structlog

from sutler.kernel.data.database import Database

log = structlog.get_logger("sutler.sweeps")


class Sweep(NamedTuple):
    """What to do, and how often."""

    every: timedelta
    run: Callable[[Database], Awaitable[None]]


async def sweep(database: Database, sweeps: Sequence[Sweep]) -> None:
    """Repeat all of them until cancelled."""
    async with asyncio.TaskGroup() as group:
        for one in sweeps:
            group.create_task(_repeat(database, one))


async def _repeat(database: Database, one: Sweep) -> None:
    while True:
        # Spread out, so that processes that started together do not sweep together for ever.
        await asyncio.sleep(one.every.total_seconds() * random.uniform(0.8, 1.2))  # noqa: S311 - not used for security
        try:
            await one.run(database)
        except Exception as error:  # noqa: BLE001 - the next round may do better
            log.warning("a sweep failed", sweep=one.run.__name__, error=f"{type(error).__name__}: {error}")
