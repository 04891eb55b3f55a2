"""Whoever dies while renewals are due, and whatever a bank tells twice or too late: each cycle is charged and given once."""

import asyncio
import random
from datetime import datetime
from pathlib import Path

import httpx2
import pytest

from sutler.kernel.data.connect import database as database_at
from sutler.kernel.data.database import Database
from sutler.kernel.data.running import opened
from tests.acceptance.members import MONTH, NOBODY_HOLDS, WHILE, Aftermath, due, go_on, move, renewals, subscribe
from tests.acceptance.test_chaos import Installation, installed
from tests.make.demo import DemoStore
from tests.postgres import Cluster
from tests.processes import wait_until

PATIENCE = 60.0  # seconds that a busy machine may need
PAUSE = 0.02
STALLED = 1.0  # seconds without news, after which time passes
LARGE = pytest.param(30, 13, marks=pytest.mark.soak)


async def comes_to(place: Installation, database: Database, goal: int) -> None:
    """Wait until so many cycles are paid. When nothing moves any more, time passes, and leases of the dead run out."""
    loop = asyncio.get_running_loop()
    before, since = -1, loop.time()
    async with asyncio.timeout(PATIENCE):
        while (paid := await renewals(database)) < goal:
            if paid != before:
                before, since = paid, loop.time()
            elif loop.time() - since > STALLED:
                await go_on(database, place.shop.store_id)
                since = loop.time()
            await asyncio.sleep(PAUSE)


async def work_through(place: Installation, database: Database, moment: datetime, few: int) -> None:
    """Make it that late at once: the worker has to see to all that is due, and is killed in the middle of it."""
    done = await renewals(database)
    await move(database, place.shop.store_id, moment)
    await comes_to(place, database, done + few)
    await asyncio.to_thread(place.kill_the_worker)


async def advance_through(place: Installation, database: Database, moment: datetime, few: int) -> None:
    """Let the server advance the clock until then, and kill it in the middle of it; whoever is there goes on."""
    done = await renewals(database)
    advancing = asyncio.create_task(asyncio.to_thread(advance, place.shop.at(place.server.url), moment + WHILE))
    await comes_to(place, database, done + few)
    await asyncio.to_thread(place.kill_the_server)
    await advancing
    await database.script(NOBODY_HOLDS)
    await asyncio.to_thread(insist, place.shop.at(place.server.url), moment + WHILE)


def advance(shop: DemoStore, moment: datetime) -> bool:
    """Ask the server to advance the clock to a moment; whether it said that it stands there."""
    with shop.manager() as manager:
        try:
            answer = manager.post(f"{shop.path}/simulator/clock", json={"to": moment.isoformat()})
        except httpx2.TransportError:
            return False
    assert answer.status_code in (200, 409), answer.text
    return bool(answer.json().get("done"))


def insist(shop: DemoStore, moment: datetime) -> None:
    """Ask again until the clock stands there."""
    wait_until(lambda: advance(shop, moment), "the clock did not get there")


async def renew_through(place: Installation, members: int, months: int) -> Aftermath:
    """Let months pass, in each of which somebody is killed while renewals are charged."""
    begun = await asyncio.to_thread(subscribe, place.shop, members)
    async with opened(database_at(place.url)) as database:
        for month in range(1, months + 1):
            go = work_through if month % 2 else advance_through
            await go(place, database, begun + month * MONTH, random.randint(1, members // 3))
            await comes_to(place, database, members * month)
        await move(database, place.shop.store_id, begun + months * MONTH + WHILE)
        await nothing_is_due(database)
        return await Aftermath.of(database)


async def nothing_is_due(database: Database) -> None:
    """Wait until all that is due is done."""
    async with asyncio.timeout(PATIENCE):
        while await due(database):
            await asyncio.sleep(STALLED)
            await database.script(NOBODY_HOLDS)


class TestEveryCycle:
    @pytest.mark.parametrize(("members", "months"), [(6, 2), LARGE])
    async def test_is_charged_once_while_workers_and_servers_are_killed(
        self, tmp_path: Path, members: int, months: int
    ) -> None:
        with installed(tmp_path) as place:
            found = await renew_through(place, members, months)

        found.assert_that_each_was_charged_and_delivered_once(members, months + 1)

    @pytest.mark.parametrize(("members", "months"), [(6, 1), LARGE])
    async def test_is_charged_once_on_a_database_server(
        self, tmp_path: Path, cluster: Cluster, members: int, months: int
    ) -> None:
        with installed(tmp_path, cluster.create_database(f"renewals_{months}")) as place:
            found = await renew_through(place, members, months)

        found.assert_that_each_was_charged_and_delivered_once(members, months + 1)
