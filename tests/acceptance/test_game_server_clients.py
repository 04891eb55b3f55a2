"""A whole conversation with each published plugin, from its start to the end of a purchase, with what goes wrong between."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from sutler.delivery.commands.models import OFFER_LEASE
from sutler.delivery.player_joins.models import PlayerJoin
from sutler.kernel.work.runner import Worker
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.delivery import FOR_A_MONTH, NOON, STEAM_ID, UUID, Shop
from tests.make.game_server_clients import ALL, Official, Speaker

EACH = pytest.mark.parametrize("official", ALL, ids=lambda one: one.name)
RETRIES = 10  # of the client that tries hardest


@pytest.fixture
def shop(api: ContractClient, store: SeededStore, worker: Worker, inside: Inside) -> Shop:
    """The store of the conversation."""
    return Shop(api, store.id, worker, inside)


async def polled(mine: Speaker, body: bytes | None = None) -> list[dict[str, Any]]:
    """What a poll brings, answered as every client needs it."""
    answer = await mine.poll(body)
    assert (answer.status_code, answer.history) == (200, [])
    found = answer.json()
    assert type(found) is list
    return found


class TestConversation:
    @EACH
    async def test_takes_a_purchase_to_its_end(self, shop: Shop, client: ClientFactory, official: Official) -> None:
        await shop.is_at(NOON)
        server = await shop.server()
        mine = Speaker(client(f"Gameserver {server['token']}"), official)
        player = await shop.customer(steam_id=STEAM_ID, minecraft_uuid=UUID, name="jeb_")
        commands = [{"stage": "on_expire", "content": "take", "online_only": False}]
        product = await shop.product("give", servers=[server["id"]], online_only=True, more_commands=commands, **FOR_A_MONTH)

        linked = await mine.link()
        quiet = [await polled(mine), await polled(mine, official.player)]
        nothing = await mine.acknowledge([])
        await shop.buy(player["id"], product["id"])
        absent = await polled(mine)
        first = await polled(mine, official.player)
        at_once = await polled(mine, official.player)
        await shop.is_at(NOON + OFFER_LEASE)  # the acknowledgement was lost
        second = await polled(mine, official.player)
        said = [await mine.acknowledge([second[0]["attempt_id"]] * 2) for _ in range(RETRIES)]
        await shop.is_at(NOON + 3 * OFFER_LEASE)
        after = await polled(mine, official.player)

        assert (linked.status_code, nothing.status_code, quiet) == (200, 204, [[], []])
        assert (absent, [one["command"] for one in first], at_once, second, after) == ([], ["give"], [], first, [])
        assert [answer.status_code for answer in said] == [204] * RETRIES
        (item,) = await shop.items(player["id"])
        assert (item["state"], item["active_at"]) == ("active", "2030-01-01T12:00:30Z")
        await shop.is_at(NOON + OFFER_LEASE + timedelta(days=30))
        await shop.worker.drain()
        assert [one["command"] for one in await polled(mine)] == ["take"]

    @EACH
    async def test_reports_joins_until_it_hears_that_they_arrived(
        self, shop: Shop, client: ClientFactory, official: Official
    ) -> None:
        server = await shop.server()
        mine = Speaker(client(f"Gameserver {server['token']}"), official)
        player = await shop.customer(steam_id=STEAM_ID, minecraft_uuid=UUID, name="jeb_")

        answers = [(await mine.report()).status_code for _ in range(2)] if official.events else []
        async with shop.inside(shop.store_id) as context:
            joins = await context.all(context.rows(PlayerJoin))

        moments = [datetime.fromisoformat(f"2026-03-01T10:00:0{second}Z") for second in (5, 6)]
        expected = [(player["id"], None, moments[0]), (player["id"], "192.0.2.7", moments[1])]
        assert answers == ([204, 204] if official.events else [])
        assert [(one.customer_id, one.ip, one.joined_at) for one in joins] == (expected if official.events else [])

    @EACH
    async def test_waits_while_its_server_is_disabled_and_goes_on_afterwards(
        self, shop: Shop, client: ClientFactory, official: Official
    ) -> None:
        server, _ = await shop.sell("give")
        mine, path = Speaker(client(f"Gameserver {server['token']}"), official), f"/v1/stores/{shop.store_id}/gameservers"

        await shop.api.patch(f"{path}/{server['id']}", json={"enabled": False})
        refused = [await mine.link(), await mine.poll(), await mine.acknowledge(["1"])]
        await shop.api.patch(f"{path}/{server['id']}", json={"enabled": True})

        assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [(403, "Forbidden")] * 3
        assert [one["command"] for one in await polled(mine)] == ["give"]
