"""Moving what depends on old versions of a product: what is moved, which commands follow, and each of them once."""

import asyncio
from typing import Any

import pytest

from sutler.delivery.product_migrations import service
from sutler.kernel.metrics import Watch
from sutler.kernel.work.jobs import JOBS
from sutler.kernel.work.runner import Worker
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.delivery.conftest import Plugin
from tests.make.catalog import command
from tests.make.delivery import FOR_A_MONTH, NOON, Shop, acknowledge, commands, poll
from tests.make.subscriptions import Club

SUBSCRIPTIONS, UNUSED, FOR_EVER = "active_subscriptions", "active_unused_delivery_items", "non_expirable_delivery_items"


async def changed(shop: Shop, product_id: str, **changes: Any) -> dict[str, Any]:
    """A product with a new version."""
    answer = await shop.api.patch(f"/v1/stores/{shop.store_id}/products/{product_id}", json=changes)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def migrated(shop: Shop, product_id: str, *types: str, new: bool = False, servers: bool = False) -> dict[str, Any]:
    """A migration that was started."""
    switches = {"send_new_commands_to_all_servers": new, "send_all_commands_to_new_servers": servers}
    return await shop.post(f"products/{product_id}/dependent-migrations", {"target_types": list(types)} | switches)


async def estimated(shop: Shop, product_id: str) -> list[dict[str, int]]:
    """How many dependents of each kind each old version has."""
    answer = await shop.api.get(f"/v1/stores/{shop.store_id}/products/{product_id}/dependent-migrations/estimate")
    assert answer.status_code == 200, answer.text
    return [{count["type"]: count["total_entities"] for count in one["target_counts"]} for one in answer.json()]


async def shown(shop: Shop, id: str) -> dict[str, Any]:
    """A migration as it is now."""
    answer = await shop.api.get(f"/v1/stores/{shop.store_id}/product-dependent-migrations/{id}")
    found: dict[str, Any] = answer.json()
    return found


class TestEstimate:
    async def test_counts_what_depends_on_old_versions(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("a", servers=[server["id"]])
        assert await estimated(shop, product["id"]) == []
        await shop.buy(alice["id"], product["id"], quantity=2)
        await acknowledge(plugin(server), (await poll(plugin(server)))[:1])
        await changed(shop, product["id"], **FOR_A_MONTH)
        await shop.buy(alice["id"], product["id"], quantity=3)
        await changed(shop, product["id"], name="Newest")

        assert await estimated(shop, product["id"]) == [
            {SUBSCRIPTIONS: 0, UNUSED: 1, FOR_EVER: 2}, {SUBSCRIPTIONS: 0, UNUSED: 3, FOR_EVER: 0},
        ]  # fmt: skip


class TestCreate:
    async def test_moves_items_and_shows_how_far_it_is(self, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(service, "BATCH", 2)
        alice, product = await shop.customer(), await shop.product()
        await shop.buy(alice["id"], product["id"], quantity=5)
        new = await changed(shop, product["id"], name="Newest")

        begun = await migrated(shop, product["id"], FOR_EVER, UNUSED)
        await shop.worker.run_due()
        under_way = await shown(shop, begun["id"])
        await shop.worker.drain()
        over = await shown(shop, begun["id"])

        assert (begun["status"], under_way["status"], over["status"]) == ("created", "created", "completed")
        assert [target["type"] for target in over["migration_targets"]] == [FOR_EVER, UNUSED]
        steps = [one["migration_targets"][0]["versions"][0] for one in (begun, under_way, over)]
        assert [(step["total_entities_migrated"], step["migrated"]) for step in steps] == [(0, False), (2, False), (5, True)]
        assert steps[2]["old_product_version_id"] == product["version_id"]
        assert steps[2]["new_product_version_id"] == new["version_id"]
        items = await shop.items(alice["id"])
        assert {(item["product"]["version_id"], item["product"]["name"]) for item in items} == {
            (new["version_id"], "Newest")
        }
        assert await estimated(shop, product["id"]) == []
        listed = await shop.api.get(f"/v1/stores/{shop.store_id}/products/{product['id']}/dependent-migrations")
        assert listed.json() == [over]

    @pytest.mark.parametrize(
        ("new", "servers", "first", "second", "third"),
        [
            (False, False, [], [], []),
            (True, False, ["b"], ["b"], ["c"]),
            (False, True, [], ["a", "b"], ["c"]),
            (True, True, ["b"], ["a", "b"], ["c"]),
        ],
    )
    async def test_queues_commands_as_the_switches_say(
        self, shop: Shop, plugin: Plugin, new: bool, servers: bool, first: list[str], second: list[str], third: list[str]
    ) -> None:  # fmt: skip
        one, two, three, alice = *[await shop.server(name) for name in ("One", "Two", "Three")], await shop.customer()
        product = await shop.product("a", "gone", servers=[one["id"]])
        await shop.buy(alice["id"], product["id"])
        await acknowledge(plugin(one), await poll(plugin(one)))
        elsewhere = command("c", override_execute_on_gameserver_ids=[three["id"]])
        texts = [command("b"), command("a", online_only=True), elsewhere, command("end", stage="on_expire")]
        await changed(shop, product["id"], gameservers=[one["id"], two["id"]], commands=texts)

        await migrated(shop, product["id"], FOR_EVER, new=new, servers=servers)
        await shop.worker.drain()

        assert [sorted(await commands(plugin(server), steam_ids=[alice["steam_id"]])) for server in (one, two, three)] == [
            first, second, third,
        ]  # fmt: skip

    async def test_lets_what_has_not_begun_last_as_the_new_version_says_and_what_runs_keep_its_end(
        self, shop: Shop, plugin: Plugin
    ) -> None:
        await shop.is_at(NOON)
        server, alice = await shop.sell("give", quantity=2, **FOR_A_MONTH)
        await acknowledge(plugin(server), (await poll(plugin(server)))[:1])
        (running, waiting) = await shop.items(alice["id"])
        await changed(shop, running["product"]["id"], remove_after_time_value=2)

        await migrated(shop, running["product"]["id"], UNUSED)
        await shop.worker.drain()
        await acknowledge(plugin(server), await shop_rest(shop))

        ends = {item["id"]: item["expires_at"] for item in await shop.items(alice["id"])}
        assert ends == {running["id"]: "2030-01-31T12:00:00Z", waiting["id"]: "2030-03-02T12:00:00Z"}

    async def test_queues_nothing_twice_when_a_batch_is_lost_or_done_by_two_at_once(
        self, shop: Shop, plugin: Plugin, inside: Inside, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(service, "BATCH", 3)
        server, alice = await shop.sell("a", quantity=10)
        await acknowledge(plugin(server), await poll(plugin(server)))
        (item, *_) = await shop.items(alice["id"])
        await changed(shop, item["product"]["id"], commands=[command("a"), command("b")])
        begun = await migrated(shop, item["product"]["id"], UNUSED, FOR_EVER, new=True, servers=True)
        with pytest.raises(KeyboardInterrupt):  # the process dies before the commit
            async with inside(shop.store_id) as store:
                await service.move_some(store, begun["id"])
                raise KeyboardInterrupt
        another = Worker(shop.worker._database, JOBS, Watch())
        await asyncio.gather(shop.worker.drain(), another.drain())

        assert await commands(plugin(server)) == ["b"] * 10
        assert (await shown(shop, begun["id"]))["status"] == "completed"

    async def test_runs_one_at_a_time_for_a_product(self, shop: Shop) -> None:
        alice, product = await shop.customer(), await shop.product()
        await shop.buy(alice["id"], product["id"])
        await changed(shop, product["id"], name="Newest")
        await migrated(shop, product["id"], FOR_EVER)

        path = f"/v1/stores/{shop.store_id}/products/{product['id']}/dependent-migrations"
        body = {
            "target_types": [UNUSED], "send_new_commands_to_all_servers": True, "send_all_commands_to_new_servers": True,
        }  # fmt: skip
        second = await shop.api.post(path, json=body)
        await shop.worker.drain()

        assert (second.status_code, second.json()["code"]) == (409, "MigrationRunning")
        assert (await migrated(shop, product["id"], UNUSED))["status"] == "completed"  # there is nothing left to move

    @pytest.mark.parametrize("types", [[], ["invalid"], [UNUSED, "all"]])
    async def test_wants_to_know_what_to_move(self, shop: Shop, types: list[str]) -> None:
        product = await shop.product()
        body = {
            "target_types": types, "send_new_commands_to_all_servers": True, "send_all_commands_to_new_servers": True,
        }  # fmt: skip

        answer = await shop.api.post(f"/v1/stores/{shop.store_id}/products/{product['id']}/dependent-migrations", json=body)

        assert answer.status_code == 400


async def shop_rest(shop: Shop) -> list[dict[str, Any]]:
    """Every command that has not run, in the form in which it is acknowledged."""
    return [{"attempt_id": one.id} for one in await shop.attempts() if one.executed_at is None]


class TestSubscriptions:
    async def test_renew_at_the_new_version_and_the_old_price(
        self, api: ContractClient, store: SeededStore, inside: Inside, worker: Worker, shop: Shop
    ) -> None:
        club = await Club(api, store, inside, worker).open()
        product_id = await club.product(remove_after_time_value=1)
        subscription = await club.subscribe(product_id)
        new = await changed(shop, product_id, name="Newest", price=5000)
        assert await estimated(shop, product_id) == [{SUBSCRIPTIONS: 1, UNUSED: 1, FOR_EVER: 0}]

        begun = await migrated(shop, product_id, SUBSCRIPTIONS)
        await worker.drain()
        await club.after(days=31)

        assert (await shown(shop, begun["id"]))["status"] == "completed"
        moved = await club.subscription(subscription["id"])
        assert moved["lines"][0]["product_version_id"] == new["version_id"]
        (_, renewal) = await club.orders()
        assert (renewal["total_amount"], renewal["lines"][0]["product_version_id"]) == (999, new["version_id"])
        items = await shop.items(club.customer_id)
        assert [item["product"]["name"] for item in items] == ["Knight", "Newest"]
