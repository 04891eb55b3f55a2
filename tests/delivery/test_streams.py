"""The queue as a stream of events: the same commands, leases and acknowledgements as with polls."""

import asyncio
import time
from contextlib import AsyncExitStack
from typing import Any

import pytest

from sutler.delivery.commands.models import MOST_PER_POLL, OFFER_LEASE
from sutler.delivery.streams import service
from sutler.delivery.streams.service import MOST_STREAMS
from sutler.kernel.edge.asgi import Application
from tests.contract.client import ContractClient
from tests.delivery.conftest import Plugin
from tests.make.delivery import NOON, QUEUE, Shop, acknowledge, commands, poll
from tests.make.streams import listening

STREAM = f"{QUEUE}/stream"


class TestStream:
    async def test_sends_what_waits_and_then_what_comes_the_moment_it_does(
        self, app: Application, shop: Shop, plugin: Plugin
    ) -> None:
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("give", servers=[server["id"]])
        await shop.queue(server["id"], "waited", online_only=True)

        async with listening(app, server) as mine:
            await mine.gets(1)
            await shop.buy(alice["id"], product["id"])
            delivered = time.monotonic()
            found = await mine.gets(2)

        assert time.monotonic() - delivered < 1
        assert found == ["waited", "give"]
        assert (mine.status, mine.headers["content-type"]) == (200, "text/event-stream")
        assert (mine.headers["cache-control"], "content-length" in mine.headers) == ("no-store", False)
        assert mine.body.startswith(b"retry: 2000\n\nevent: command\nid: %s\n" % mine.events[0]["attempt_id"].encode())
        await shop.is_at(NOON)
        assert await poll(plugin(server)) == [mine.events[1]]  # the same object, once it is free again

    async def test_offers_again_what_is_not_acknowledged_and_nothing_else(
        self, app: Application, shop: Shop, plugin: Plugin
    ) -> None:
        await shop.is_at(NOON)
        server = await shop.server()
        await shop.queue(server["id"], "done", "lost")

        async with listening(app, server) as mine:
            await mine.gets(2)
            leased = await commands(plugin(server))
            await acknowledge(plugin(server), mine.events[:1])
            await shop.is_at(NOON + OFFER_LEASE)
            await mine.gets(3)

        assert (leased, mine.commands) == ([], ["done", "lost", "lost"])
        assert [one.offers for one in await shop.attempts()] == [1, 2]

    async def test_hands_a_command_to_one_of_several_streams(self, app: Application, shop: Shop) -> None:
        server, neighbour = await shop.server(), await shop.server("Neighbour")

        async with listening(app, server) as first, listening(app, server) as second, listening(app, neighbour) as other:
            await shop.queue(server["id"], *map(str, range(5)))
            await shop.queue(neighbour["id"], "not yours")
            await other.gets(1)
            await asyncio.sleep(0.2)

        assert sorted(first.commands + second.commands) == list("01234")
        assert other.commands == ["not yours"]

    @pytest.mark.parametrize(
        ("end", "status"), [("reset", 401), ("disable", 403), ("delete", 401)]
    )  # fmt: skip
    async def test_is_over_when_the_server_may_no_longer_listen(
        self, app: Application, shop: Shop, plugin: Plugin, api: ContractClient, end: str, status: int
    ) -> None:
        server = await shop.server()
        path = f"/v1/stores/{shop.store_id}/gameservers/{server['id']}"

        async with listening(app, server) as mine:
            if end == "reset":
                answer = await api.post(f"{path}/reset-token")
            else:
                answer = await (api.delete(path) if end == "delete" else api.patch(path, json={"enabled": False}))
            assert answer.is_success, answer.text
            await mine.ends()
        if end == "reset":
            await shop.queue(server["id"], "for the new token only")

        assert mine.commands == []
        assert (await plugin(server).get(STREAM)).status_code == status

    async def test_is_refused_beyond_a_few_for_one_server(self, app: Application, shop: Shop, plugin: Plugin) -> None:
        server, neighbour = await shop.server(), await shop.server("Neighbour")

        async with AsyncExitStack() as open_streams:
            streams = [await open_streams.enter_async_context(listening(app, server)) for _ in range(MOST_STREAMS)]
            refused = await plugin(server).get(STREAM)
            others = await plugin(neighbour).get(STREAM, params={"seconds": 0})
            await streams[0].hangs_up()
            again = await plugin(server).get(STREAM, params={"seconds": 0})

        assert (refused.status_code, refused.json()["code"], "retry-after" in refused.headers) == (
            429, "TooManyRequests", True,
        )  # fmt: skip
        assert (others.status_code, again.status_code) == (200, 200)
        assert service.LISTENERS._streams == {}

    async def test_leases_no_more_than_a_client_takes(self, app: Application, shop: Shop) -> None:
        server = await shop.server()
        await shop.queue(server["id"], *(f"give {number}" for number in range(2 * MOST_PER_POLL)))

        async with listening(app, server, "seconds=0") as mine:
            mine.reads.clear()
            await asyncio.sleep(0.5)
            leased = sum(one.offers for one in await shop.attempts())
            mine.reads.set()
            await mine.ends()

        assert leased <= MOST_PER_POLL
        assert mine.commands == [f"give {number}" for number in range(2 * MOST_PER_POLL)]

    async def test_shows_signs_of_life(self, app: Application, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(service, "HEARTBEAT_SECONDS", 0.1)

        async with listening(app, await shop.server(), "seconds=0.5") as mine:
            await mine.ends()

        assert mine.body.startswith(b"retry: 2000\n\n: still here\n\n: still here\n\n")

    async def test_is_no_stream_for_who_asks_only_for_its_headers(self, app: Application, shop: Shop) -> None:
        server = await shop.server()
        await shop.queue(server["id"], "give")

        async with listening(app, server, method="HEAD") as mine:
            await mine.ends()

        assert (mine.status, mine.headers["content-type"], mine.body) == (200, "text/event-stream", b"")
        assert [one.offers for one in await shop.attempts()] == [0]

    @pytest.mark.parametrize("seconds", ["-1", "86401", "soon"])
    async def test_lasts_for_a_number_of_seconds_up_to_a_day(self, shop: Shop, plugin: Plugin, seconds: str) -> None:
        answer = await plugin(await shop.server()).get(STREAM, params={"seconds": seconds})

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "seconds")

    async def test_is_counted_while_it_is_open(self, app: Application, shop: Shop, api: ContractClient) -> None:
        server = await shop.server()
        before = await shop.shown_server(server["id"])

        async with listening(app, server):
            during = (await api.get("/metrics")).text
        after = (await api.get("/metrics")).text

        name = 'operation="DeliveryCommandQueue_StreamQueuedCommands"'
        seen = (await shop.shown_server(server["id"]))["linked_to"]["last_fetched_commands_at"]
        assert f"sutler_streams{{{name}}} 1.0" in during
        assert f"sutler_streams{{{name}}} 0.0" in after
        assert f'sutler_request_seconds_count{{{name},status="200"}} 1.0' in after
        assert (before["linked_to"]["last_fetched_commands_at"], seen is None) == (None, False)


class TestDocument:
    async def test_says_what_a_stream_is(self, api: ContractClient) -> None:
        document: Any = (await api.get("/swagger/gameserver-api/openapi.json")).json()

        answer = document["paths"][STREAM]["get"]["responses"]["200"]
        assert answer["content"] == {"text/event-stream": {"schema": {"type": "string"}}}
