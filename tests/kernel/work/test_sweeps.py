"""Sweeps: small clean-ups that are repeated."""

import asyncio
from datetime import timedelta

import httpx2

from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.edge.idempotency import KEPT, forget_old
from sutler.kernel.ids import first_id_at
from sutler.kernel.work.sweeps import Sweep, sweep
from tests.kernel.tiny import STORE

TINY = f"/v1/stores/{STORE}/tiny"


async def kept(database: Database) -> int:
    """How many idempotent answers there are."""
    async with database.reading() as connection:
        return int((await connection.fetch("SELECT count(*) FROM idempotent_answers", ()))[0][0])


class TestSweep:
    async def test_is_repeated_though_it_fails(self, open_database: Database) -> None:
        third, runs = asyncio.Event(), list[int]()

        async def stumble(_database: Database) -> None:
            runs.append(1)
            if len(runs) == 3:
                third.set()
            raise RuntimeError

        sweeping = asyncio.create_task(sweep(open_database, [Sweep(timedelta(milliseconds=5), stumble)]))
        await asyncio.wait_for(third.wait(), 30)
        sweeping.cancel()
        await asyncio.wait([sweeping])

        assert sweeping.cancelled()


class TestForgetOld:
    async def test_drops_answers_after_a_day_and_none_before(
        self, caller: httpx2.AsyncClient, open_database: Database
    ) -> None:
        await caller.post(TINY, json={"name": "Alice"}, headers={"Idempotency-Key": "old"})
        await caller.post(TINY, json={"name": "Bob"}, headers={"Idempotency-Key": "new"})
        await forget_old(open_database)
        assert await kept(open_database) == 2

        too_old = first_id_at(clock.real_now() - KEPT - timedelta(minutes=1))
        async with open_database.writing() as connection:
            await connection.fetch(
                f"UPDATE idempotent_answers SET id = {too_old} WHERE id = (SELECT min(id) FROM idempotent_answers)", ()
            )
        await forget_old(open_database)

        assert await kept(open_database) == 1
        again = await caller.post(TINY, json={"name": "Alice"}, headers={"Idempotency-Key": "old"})
        assert "idempotent-replayed" not in again.headers
