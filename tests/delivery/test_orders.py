"""From a completed order to items in inventories and commands in queues."""

from sutler.billing.orders.events import OrderCompleted
from sutler.catalog.products.models import ProductCommand
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.service import deliver_order
from sutler.kernel.data.database import Database
from sutler.kernel.ids import new_id
from sutler.kernel.work.events import EventRow
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.delivery.conftest import Plugin
from tests.make.billing import bought
from tests.make.catalog import command
from tests.make.checkout import add_product
from tests.make.delivery import FOR_A_MONTH, NOON, STEAM_ID, UUID, Shop, commands, poll
from tests.make.stores import counted


class TestItems:
    async def test_are_one_for_each_unit(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("a", "b", servers=[server["id"]])

        order = await shop.buy(alice["id"], product["id"], quantity=3)
        items = await shop.items(alice["id"])

        assert [item["quantity_index"] for item in items] == [1, 2, 3]
        assert {item["state"] for item in items} == {"usable"}
        assert {(item["order_id"], item["order_line_id"]) for item in items} == {(order["id"], order["lines"][0]["id"])}
        assert [[one["command"] for one in item["command_attempts"]] for item in items] == [["a", "b"]] * 3
        assert await commands(plugin(server)) == ["a", "b"] * 3

    async def test_are_of_the_version_that_was_bought(self, shop: Shop) -> None:
        alice, product = await shop.customer(), await shop.product(name="Knight", slug="knight")

        order = await shop.buy(alice["id"], product["id"])
        (item,) = await shop.items(alice["id"])

        version_id = order["lines"][0]["product_version_id"]
        bought_ = {"id": product["id"], "name": "Knight", "slug": "knight", "version_id": version_id}
        assert item["product"] == bought_

    async def test_go_to_whom_they_were_given(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await shop.server(), await shop.customer()
        bob = await shop.customer(steam_id="76561197960287931", name="Bob")
        product = await shop.product("{customer.name} {order.customer.name}", servers=[server["id"]])

        await shop.buy(alice["id"], product["id"], gift_to_customer_id=bob["id"])

        assert await shop.items(alice["id"]) == []
        (item,) = await shop.items(bob["id"])
        assert (item["gift"], item["order_customer_id"], item["customer"]["name"]) == (True, alice["id"], "Bob")
        (queued,) = await poll(plugin(server))
        assert (queued["command"], queued["steam_id"]) == ("Bob Alice", "76561197960287931")

    async def test_are_used_at_once_when_no_command_is_theirs(self, shop: Shop) -> None:
        alice, product = await shop.customer(), await shop.product()

        await shop.buy(alice["id"], product["id"])
        (item,) = await shop.items(alice["id"])

        assert (item["state"], item["active_at"], item["command_attempts"]) == ("used", None, [])
        assert item["removed_at"] is not None

    async def test_are_active_at_once_when_they_last_and_no_command_is_theirs(self, shop: Shop) -> None:
        await shop.is_at(NOON)
        end = [command(stage="on_expire")]
        await shop.server()
        alice, product = await shop.customer(), await shop.product(more_commands=end, **FOR_A_MONTH)

        await shop.buy(alice["id"], product["id"])
        (item,) = await shop.items(alice["id"])

        assert (item["state"], item["active_at"]) == ("active", "2030-01-01T12:00:00Z")
        assert (item["expires_at"], item["removed_at"]) == ("2030-01-31T12:00:00Z", None)

    async def test_are_given_once_however_often_the_order_is_delivered(
        self, shop: Shop, plugin: Plugin, inside: Inside
    ) -> None:
        server, alice = await shop.sell("a", quantity=2)
        (order_id,) = {item["order_id"] for item in await shop.items(alice["id"])}

        async with inside(shop.store_id) as context:
            await deliver_order(context, OrderCompleted(order_id=order_id), new_id())

        assert len(await shop.items(alice["id"])) == 2
        assert await commands(plugin(server)) == ["a", "a"]

    async def test_tell_what_happened_to_them(self, shop: Shop, inside: Inside) -> None:
        server, alice = await shop.server(), await shop.customer()
        products = [
            await shop.product("a", servers=[server["id"]], slug="waits"),
            await shop.product(slug="used"),
            await shop.product(slug="active", **FOR_A_MONTH),
        ]
        for product in products:
            await shop.buy(alice["id"], product["id"])

        waits, used, active = (item["id"] for item in await shop.items(alice["id"]))
        async with inside(shop.store_id) as context:
            told = [
                (row.kind, row.body["item_id"]) for row in await context.all(context.rows(EventRow)) if "item" in row.kind
            ]

        assert told == [
            ("delivery_item_added", waits),
            ("delivery_item_added", used), ("delivery_item_used", used),
            ("delivery_item_added", active), ("delivery_item_activated", active),
        ]  # fmt: skip

    async def test_wait_for_the_worker_together_with_the_order(
        self, shop: Shop, api: ContractClient, store: SeededStore
    ) -> None:
        alice, product = await shop.customer(), await shop.product()

        await bought(api, store.id, alice["id"], product["id"])

        assert await shop.items(alice["id"]) == []
        await shop.worker.drain()
        assert len(await shop.items(alice["id"])) == 1

    async def test_cost_as_many_statements_for_many_units_as_for_one(
        self, shop: Shop, database: Database, inside: Inside, api: ContractClient, store: SeededStore
    ) -> None:
        server, alice, counts = await shop.server(), await shop.customer(), []
        product = await shop.product("{customer.name}", "b", servers=[server["id"]], **FOR_A_MONTH)
        await shop.buy(alice["id"], product["id"])

        for units in (1, 100):
            order = await bought(api, store.id, alice["id"], product["id"], quantity=units)
            with counted(database) as seen:
                async with inside(store.id) as context:
                    await deliver_order(context, OrderCompleted(order_id=order["id"]), new_id())
            counts.append(len(seen))

        assert counts[0] == counts[1] <= 12


class TestCommands:
    async def test_run_on_every_server_of_the_product_or_on_the_chosen_one(self, shop: Shop, plugin: Plugin) -> None:
        first, second, alice = await shop.server("First"), await shop.server("Second"), await shop.customer()
        await shop.server("Third")
        both = [first["id"], second["id"]]
        everywhere = await shop.product("all {gameserver.name}", servers=both)
        chosen = await shop.product("one", servers=both, single_game_server_only=True, slug="one")

        await shop.buy(alice["id"], everywhere["id"])
        await shop.buy(alice["id"], chosen["id"], selected_gameserver_id=second["id"])

        assert await commands(plugin(first)) == ["all First"]
        assert await commands(plugin(second)) == ["all Second", "one"]
        assert [item.get("execute_on_gameserver_id") for item in await shop.items(alice["id"])] == [None, second["id"]]

    async def test_run_on_servers_of_their_own_whatever_was_chosen(self, shop: Shop, plugin: Plugin) -> None:
        chosen, lobby, alice = await shop.server("Chosen"), await shop.server("Lobby"), await shop.customer()
        own = command("lobby", override_execute_on_gameserver_ids=[lobby["id"]])
        product = await shop.product("here", servers=[chosen["id"]], single_game_server_only=True, more_commands=[own])

        await shop.buy(alice["id"], product["id"], selected_gameserver_id=chosen["id"])

        assert await commands(plugin(chosen)) == ["here"]
        assert await commands(plugin(lobby)) == ["lobby"]

    async def test_run_on_all_servers_when_the_product_names_none(self, shop: Shop, plugin: Plugin) -> None:
        first, second, alice = await shop.server("First"), await shop.server("Second"), await shop.customer()
        product = await shop.product("{gameserver.name} {gameserver.id}")

        await shop.buy(alice["id"], product["id"])

        assert await commands(plugin(first)) == [f"First {first['id']}"]
        assert await commands(plugin(second)) == [f"Second {second['id']}"]

    async def test_run_nowhere_when_their_servers_are_gone(self, shop: Shop, inside: Inside, store: SeededStore) -> None:
        alice = await shop.customer()
        async with inside(store.id) as context:
            product = await add_product(context, gameserver_ids=["1"], commands=[ProductCommand("on_purchase", "a", False)])

        await shop.buy(alice["id"], product.id)

        assert [item["state"] for item in await shop.items(alice["id"])] == ["used"]

    async def test_wait_to_be_sent_elsewhere_when_the_chosen_server_is_gone(
        self, shop: Shop, plugin: Plugin, api: ContractClient
    ) -> None:
        gone, left, alice = await shop.server("Gone"), await shop.server("Left"), await shop.customer()
        product = await shop.product("give", servers=[gone["id"], left["id"]], single_game_server_only=True)
        pick = {"selected_gameserver_id": gone["id"]}
        await bought(api, shop.store_id, alice["id"], product["id"], **pick)
        await api.delete(f"/v1/stores/{shop.store_id}/gameservers/{gone['id']}")
        await shop.worker.drain()

        (item,) = await shop.items(alice["id"])
        path = f"gameservers/{left['id']}/delivery/commands/resend"
        sent = await shop.post(path, {"inventory_item_id": item["id"]})

        assert (item["state"], [one["unqueued_at"] is None for one in item["command_attempts"]]) == ("usable", [False])
        assert (sent, await commands(plugin(left))) == ({"enqueued_commands_count": 1}, ["give"])

    async def test_keep_who_the_player_is_at_that_moment(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()
        steve = await shop.customer(minecraft_uuid=UUID.replace("-", "").upper(), name="jeb_")
        product = await shop.product("{customer.minecraft.uuid}", servers=[server["id"]])

        await shop.buy(steve["id"], product["id"])
        (queued,) = await poll(plugin(server))

        assert (queued["minecraft_uuid"], queued["customer_name"], queued["command"]) == (UUID, "jeb_", UUID)
        assert "steam_id" not in queued

    async def test_have_their_placeholders_filled_in_when_they_are_queued(self, shop: Shop, plugin: Plugin) -> None:
        text = "{customer.steam.id} {product.slug} {quantity} {nobody.knows} {player.source_from:{customer.steam.id}}"
        server, alice = await shop.sell(text, slug="vip", quantity=2)

        (first, second), items = await commands(plugin(server)), await shop.items(alice["id"])

        assert first == second == f"{STEAM_ID} vip 1 {{nobody.knows}} {{player.source_from:{STEAM_ID}}}"
        assert [[one["command"] for one in item["command_attempts"]] for item in items] == [[first], [second]]

    async def test_know_the_order_the_store_and_their_own_item(self, shop: Shop, plugin: Plugin, inside: Inside) -> None:
        text = "{order.id} {order.total_amount} {order.currency} {product.price} {delivery_item.id} {store.name}"
        server, _ = await shop.sell(text, quantity=2)

        async with inside(shop.store_id) as context:
            items = await context.all(context.rows(DeliveryItem))
        order_id = items[0].order_id

        assert await commands(plugin(server)) == [f"{order_id} 19.98 usd 9.99 {item.id} Store" for item in items]
