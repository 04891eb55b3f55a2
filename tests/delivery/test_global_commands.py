"""What global commands do when things are delivered and when they end."""

from datetime import timedelta
from typing import Any

from sutler.delivery.commands.models import OFFER_LEASE
from tests.delivery.conftest import Plugin
from tests.make.catalog import command
from tests.make.delivery import FOR_A_MONTH, NOON, STEAM_ID, Shop, acknowledge, commands, poll


def everywhere(content: str = "all {product.slug}", **changes: Any) -> dict[str, Any]:
    """A command for every unit of every product."""
    usual = {"stage": "on_purchase", "content": content, "online_only": False, "execution_rule": "once_per_item"}
    return usual | changes


class TestOncePerItem:
    async def test_runs_after_the_commands_of_each_unit_where_those_run(self, shop: Shop, plugin: Plugin) -> None:
        first, second, alice = await shop.server("First"), await shop.server("Second"), await shop.customer()
        await shop.post("global-commands", everywhere())
        here = await shop.product("own", servers=[first["id"]], slug="here")
        chosen = await shop.product(servers=[first["id"], second["id"]], single_game_server_only=True, slug="chosen")

        await shop.buy(alice["id"], here["id"], quantity=2)
        await shop.buy(alice["id"], chosen["id"], selected_gameserver_id=second["id"])

        assert await commands(plugin(first)) == ["own", "all here"] * 2
        assert await commands(plugin(second)) == ["all chosen"]

    async def test_runs_on_servers_of_its_own_and_waits_for_players_as_any_command(self, shop: Shop, plugin: Plugin) -> None:
        shop_server, lobby, alice = await shop.server(), await shop.server("Lobby"), await shop.customer()
        await shop.post("global-commands", everywhere(override_execute_on_gameserver_ids=[lobby["id"]], online_only=True))
        product = await shop.product("own", servers=[shop_server["id"]])

        await shop.buy(alice["id"], product["id"])

        assert await commands(plugin(shop_server)) == ["own"]
        assert await commands(plugin(lobby)) == []
        assert len(await commands(plugin(lobby), steam_ids=[STEAM_ID])) == 1

    async def test_holds_up_an_item_until_it_ran_and_runs_for_those_given_by_hand(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await shop.server(), await shop.customer()
        made = await shop.post("global-commands", everywhere())
        product = await shop.product(servers=[server["id"]])
        path = f"/v1/stores/{shop.store_id}"
        await shop.api.post(f"{path}/customers/{alice['id']}/delivery/items", json={"product_id": product["id"]})
        before = [item["state"] for item in await shop.items(alice["id"])]
        await shop.api.delete(f"{path}/global-commands/{made['id']}")

        queued = await poll(plugin(server))
        await acknowledge(plugin(server), queued)

        assert (before, len(queued)) == (["usable"], 1)
        assert [item["state"] for item in await shop.items(alice["id"])] == ["used"]


class TestOncePerOrder:
    async def test_runs_once_on_each_server_however_many_units_and_products(self, shop: Shop, plugin: Plugin) -> None:
        first, second, alice = await shop.server("First"), await shop.server("Second"), await shop.customer()
        await shop.post("global-commands", everywhere("thanks {order.pretty_id}", execution_rule="once_per_order"))
        both = await shop.product("a", servers=[first["id"], second["id"]])

        orders = [await shop.buy(alice["id"], both["id"], quantity=3) for _ in range(2)]
        thanks = [f"thanks {order['pretty_id']}" for order in orders]

        for server in (first, second):
            assert await commands(plugin(server)) == ["a", thanks[0], "a", "a", "a", thanks[1], "a", "a"]

    async def test_runs_once_when_the_items_of_an_order_end_one_by_one(self, shop: Shop, plugin: Plugin) -> None:
        await shop.is_at(NOON)
        server, alice = await shop.server(), await shop.customer()
        await shop.post("global-commands", everywhere("bye", stage="on_expire", execution_rule="once_per_order"))
        product = await shop.product(
            servers=[server["id"]], more_commands=[command("own", stage="on_expire")], **FOR_A_MONTH
        )
        await shop.buy(alice["id"], product["id"], quantity=2)
        for item in (await shop.items(alice["id"]))[:1]:
            path = f"/v1/stores/{shop.store_id}/customers/{alice['id']}/delivery/items/{item['id']}"
            assert (await shop.api.delete(path)).status_code == 204

        await shop.is_at(NOON + timedelta(days=31))
        await shop.worker.drain()

        assert await commands(plugin(server)) == ["own", "bye", "own"]
        await shop.is_at(NOON + timedelta(days=31) + OFFER_LEASE)
        assert sorted(await commands(plugin(server))) == ["bye", "own", "own"]

    async def test_runs_once_for_each_customer_of_items_given_by_hand(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await shop.server(), await shop.customer()
        bob = await shop.customer(steam_id="76561197960287931", name="Bob")
        await shop.post("global-commands", everywhere("hi {customer.name}", execution_rule="once_per_order"))
        product = await shop.product(servers=[server["id"]])
        body = [{"customer_id": one["id"], "product_id": product["id"], "quantity": 2} for one in (alice, bob)]

        await shop.api.post(f"/v1/stores/{shop.store_id}/delivery/items", json=body)

        assert await commands(plugin(server)) == ["hi Alice", "hi Bob"]
