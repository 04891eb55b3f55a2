"""The log of a command: every time it was handed out and acknowledged, and from where."""

from datetime import timedelta
from typing import Any

from sutler.delivery.command_log.models import KEPT
from sutler.delivery.command_log.queries import forget_old_steps
from sutler.delivery.commands.models import OFFER_LEASE
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from tests.conftest import SeededStore
from tests.delivery.conftest import Plugin
from tests.make.delivery import NOON, Shop, acknowledge, poll


async def steps(shop: Shop, attempt_id: str) -> list[dict[str, Any]]:
    """What became of a command, oldest first."""
    path = f"/v1/stores/{shop.store_id}/delivery/commands/{attempt_id}/log"
    answer = await shop.api.get(path, params={"asc": "true"})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


class TestLog:
    async def test_shows_that_a_lost_acknowledgement_cost_one_more_offer(self, shop: Shop, plugin: Plugin) -> None:
        await shop.is_at(NOON)
        server = await shop.server()
        (id,) = await shop.queue(server["id"], "give")
        await poll(plugin(server))
        await poll(plugin(server))
        await shop.is_at(NOON + OFFER_LEASE)
        again = await poll(plugin(server))
        for _ in range(2):
            await acknowledge(plugin(server), again)

        found = await steps(shop, id)

        assert [one["step"] for one in found] == ["offered", "offered", "acknowledged"]
        assert [one["at"] for one in found] == ["2030-01-01T12:00:00Z", "2030-01-01T12:00:30Z", "2030-01-01T12:00:30Z"]
        assert {one["ip"] for one in found} == {"127.0.0.1"}

    async def test_writes_down_every_hundredth_of_very_many_offers(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()
        (id,) = await shop.queue(server["id"], "give", offers=99)
        for _ in range(3):
            await poll(plugin(server))
            (attempt,) = await shop.attempts()
            async with shop.inside(shop.store_id) as context:
                await context.change(attempt, {"offered_until": None})

        assert len(await steps(shop, id)) == 1

    async def test_knows_no_command_of_another_store(self, shop: Shop, other: SeededStore) -> None:
        server = await shop.server()
        (id,) = await shop.queue(server["id"], "give")

        answers = [await shop.api.get(f"/v1/stores/{store}/delivery/commands/{command}/log")
                   for store, command in ((other.id, id), (shop.store_id, "1"))]  # fmt: skip

        assert [answer.status_code for answer in answers] == [403, 404]

    async def test_forgets_in_the_end_what_is_done(self, shop: Shop, plugin: Plugin, database: Database) -> None:
        await shop.is_at(clock.real_now() - KEPT - timedelta(days=1))
        server = await shop.server()
        done, waits = await shop.queue(server["id"], "done", "waits")
        queued = await poll(plugin(server))
        await acknowledge(plugin(server), [one for one in queued if one["attempt_id"] == done])

        await forget_old_steps(database)

        assert [len(await steps(shop, id)) for id in (done, waits)] == [0, 1]
