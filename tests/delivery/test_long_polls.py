"""`?wait=SECONDS`: the answer comes with the command."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from sutler.delivery.commands.models import OFFER_LEASE
from sutler.delivery.polls.service import QUIET_SECONDS
from sutler.kernel.data.database import Database
from sutler.kernel.edge.asgi import Application
from tests.delivery.conftest import Plugin
from tests.make.delivery import NOON, QUEUE, STEAM_ID, Shop, commands, poll
from tests.make.stores import counted

PATIENCE = 10.0


@asynccontextmanager
async def waiting(mine: Any, method: str = "POST", seconds: float = 20, **online: Any) -> AsyncIterator[asyncio.Task[Any]]:
    """A poll that waits, once it does."""
    body = {} if method == "GET" else {"json": online}
    task = asyncio.create_task(mine.request(method, f"{QUEUE}?wait={seconds}", **body))
    await asyncio.sleep(0.2)
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


class TestWait:
    @pytest.mark.parametrize("method", ["GET", "POST"])
    async def test_is_over_as_soon_as_a_purchase_is_delivered(self, shop: Shop, plugin: Plugin, method: str) -> None:
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("give", servers=[server["id"]])

        async with waiting(plugin(server), method) as task:
            await shop.buy(alice["id"], product["id"])
            delivered = time.monotonic()
            answer = await asyncio.wait_for(task, PATIENCE)

        assert [one["command"] for one in answer.json()] == ["give"]
        assert time.monotonic() - delivered < 1

    async def test_is_none_when_something_waits_already(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()
        await shop.queue(server["id"], "give")

        answer = await asyncio.wait_for(plugin(server).get(f"{QUEUE}?wait=30"), PATIENCE)

        assert len(answer.json()) == 1

    async def test_ends_with_an_empty_answer(self, shop: Shop, plugin: Plugin) -> None:
        server, began = await shop.server(), time.monotonic()

        answer = await plugin(server).post(f"{QUEUE}?wait=0.3", json={})

        assert (answer.status_code, answer.json()) == (200, [])
        assert 0.3 <= time.monotonic() - began < 3

    @pytest.mark.parametrize("wait", ["-1", "30.1", "long", "nan", ""])
    async def test_is_a_number_of_seconds_up_to_thirty(self, shop: Shop, plugin: Plugin, wait: str) -> None:
        answer = await plugin(await shop.server()).get(QUEUE, params={"wait": wait})

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "wait")

    async def test_goes_on_when_only_other_servers_and_absent_players_get_something(
        self, shop: Shop, plugin: Plugin
    ) -> None:
        server, neighbour = await shop.server(), await shop.server("Neighbour")

        async with waiting(plugin(server), steam_ids=["76561197960287999"]) as task:
            await shop.queue(neighbour["id"], "not mine")
            await shop.queue(server["id"], "not here", online_only=True, steam_id=STEAM_ID)
            await asyncio.sleep(0.2)
            still_waits = not task.done()
            await shop.queue(server["id"], "mine")
            answer = await asyncio.wait_for(task, PATIENCE)

        assert still_waits
        assert [one["command"] for one in answer.json()] == ["mine"]

    async def test_hands_a_command_to_one_of_several_polls(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()

        async with waiting(plugin(server)) as first, waiting(plugin(server)) as second:
            await shop.queue(server["id"], "one")
            done, waits = await asyncio.wait({first, second}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
            await shop.queue(server["id"], "two")
            last = await asyncio.wait_for(waits.pop(), PATIENCE)

        assert [one["command"] for one in (*done.pop().result().json(), *last.json())] == ["one", "two"]

    async def test_is_over_when_a_lease_is(self, shop: Shop, plugin: Plugin) -> None:
        await shop.is_at(NOON)
        server = await shop.server()
        await shop.queue(server["id"], "give")
        await poll(plugin(server))

        async with waiting(plugin(server)) as task:
            await shop.is_at(NOON + OFFER_LEASE)
            answer = await asyncio.wait_for(task, PATIENCE)
        (attempt,) = await shop.attempts()

        assert [one["command"] for one in answer.json()] == ["give"]
        assert attempt.offered_until == NOON + 2 * OFFER_LEASE

    async def test_leases_in_the_time_to_which_the_stores_clock_was_moved_meanwhile(
        self, shop: Shop, plugin: Plugin
    ) -> None:
        await shop.is_at(NOON)
        server = await shop.server()

        async with waiting(plugin(server)) as task:
            await shop.is_at(NOON + timedelta(days=1))
            await shop.queue(server["id"], "give")
            await asyncio.wait_for(task, PATIENCE)
        (attempt,) = await shop.attempts()

        assert attempt.offered_until == NOON + timedelta(days=1) + OFFER_LEASE

    @pytest.mark.parametrize("absent", [0, 1])
    async def test_costs_a_few_reads_now_and_then(self, shop: Shop, plugin: Plugin, database: Database, absent: int) -> None:
        server = await shop.server()
        assert await poll(plugin(server)) == []
        await shop.queue(server["id"], *["give"] * absent, online_only=True, steam_id=STEAM_ID)

        async with waiting(plugin(server)) as task:
            with counted(database) as seen:
                await asyncio.sleep(QUIET_SECONDS + 0.3)

            assert not task.done()
        assert len(seen) <= 6


class TestClientThatHangsUp:
    async def test_is_offered_nothing_that_others_would_then_wait_for(
        self, app: Application, shop: Shop, plugin: Plugin
    ) -> None:
        server, gone, sent = await shop.server(), asyncio.Event(), list[Any]()
        headers = [(b"authorization", f"Gameserver {server['token']}".encode())]
        messages = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> dict[str, Any]:
            if messages:
                return messages.pop()
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": "GET", "path": QUEUE, "query_string": b"wait=20", "headers": headers,
            "client": ("127.0.0.1", 1),
        }  # fmt: skip
        request = asyncio.create_task(app(scope, receive, send))
        await asyncio.sleep(0.2)
        gone.set()
        await asyncio.wait_for(request, PATIENCE)

        await shop.queue(server["id"], "give")

        assert sent == []
        assert await commands(plugin(server)) == ["give"]
