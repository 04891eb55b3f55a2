"""A customer's inventory, as those who manage the store see it."""

import pytest

from sutler.kernel.data.database import Database
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.delivery.conftest import Plugin
from tests.make.delivery import FOR_A_MONTH, NOON, Shop, acknowledge, poll
from tests.make.stores import counted, key


class TestGetCustomerDeliveryItems:
    async def test_shows_an_item_with_its_people_its_product_and_its_commands(self, shop: Shop, plugin: Plugin) -> None:
        await shop.is_at(NOON)
        server, alice = await shop.sell("give {customer.name}", slug="vip", **FOR_A_MONTH)
        (queued,) = await poll(plugin(server))
        await acknowledge(plugin(server), [queued])

        (item,) = await shop.items(alice["id"])

        order_id, noon = item["order_id"], "2030-01-01T12:00:00Z"
        order = (await shop.api.get(f"/v1/stores/{shop.store_id}/orders/{order_id}")).json()
        (line,) = order["lines"]
        assert item == {
            "id": item["id"], "store_id": shop.store_id, "customer_id": alice["id"], "customer": alice,
            "order_customer_id": alice["id"], "order_customer": alice, "checkout_id": order["checkout_id"],
            "checkout_line_id": line["checkout_line_id"], "order_id": order_id, "order_line_id": line["id"],
            "quantity_index": 1,
            "product": {
                "id": line["product_id"], "name": "VIP", "slug": "vip", "version_id": line["product_version_id"],
            },
            "state": "active", "added_at": noon, "added_by": {"type": "internal"}, "active_at": noon, "expirable": True,
            "expires_at": "2030-01-31T12:00:00Z", "override_expires_at": None, "removed_at": None, "revoked_at": None,
            "revoke_reason": None, "skip_commands": False, "custom_variables": {}, "gift": False,
            "command_attempts": [
                {
                    "id": queued["attempt_id"], "store_id": shop.store_id, "inventory_item_id": item["id"],
                    "gameserver_id": server["id"], "steam_id": queued["steam_id"], "minecraft_uuid": None,
                    "customer_name": "Alice", "customer_id": alice["id"], "command_stage": "on_purchase",
                    "command": "give Alice", "online_only": False, "rerun": False, "queued_at": noon,
                    "executed_at": noon, "executed_by_ip": "127.0.0.1", "unqueued_at": None,
                }
            ],
        }  # fmt: skip

    async def test_pages_through_items_newest_first_or_oldest_first(self, shop: Shop) -> None:
        _, alice = await shop.sell("give", quantity=5)
        ids = [item["id"] for item in await shop.items(alice["id"])]

        newest = await shop.items(alice["id"], asc="false", limit=2)
        after = await shop.items(alice["id"], after=ids[0], limit=2)
        before = await shop.items(alice["id"], asc="false", before=ids[2])

        assert [item["id"] for item in newest] == ids[:2:-1]
        assert [item["id"] for item in after] == ids[1:3]
        assert [item["id"] for item in before] == ids[1::-1]

    async def test_shows_with_active_only_what_is_alive_and_has_commands(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await shop.server(), await shop.customer()
        at = {"servers": [server["id"]]}
        used = await shop.product("give", **at, slug="used")
        running = await shop.product("give", **at, slug="active", **FOR_A_MONTH)
        without = await shop.product(slug="without", **FOR_A_MONTH)
        waiting = await shop.product("give", **at, slug="waiting")
        for product in (used, running, without):
            await shop.buy(alice["id"], product["id"])
        await acknowledge(plugin(server), await poll(plugin(server)))
        await shop.buy(alice["id"], waiting["id"])

        everything = await shop.items(alice["id"], activeOnly="false")
        alive = await shop.items(alice["id"], activeOnly="true")

        assert [(item["product"]["slug"], item["state"]) for item in everything] == [
            ("used", "used"), ("active", "active"), ("without", "active"), ("waiting", "usable"),
        ]  # fmt: skip
        assert [item["product"]["slug"] for item in alive] == ["active", "waiting"]

    async def test_is_empty_for_a_customer_who_owns_nothing(self, shop: Shop) -> None:
        await shop.sell("give")
        bob = await shop.customer(name="Bob")

        assert await shop.items(bob["id"]) == []

    async def test_takes_as_many_statements_for_many_items_as_for_one(self, shop: Shop, database: Database) -> None:
        _, alice = await shop.sell("a", "b", quantity=100)
        counts = []

        for limit in (1, 100):
            with counted(database) as seen:
                assert len(await shop.items(alice["id"], limit=limit)) == limit
            counts.append(len(seen))

        assert counts[0] == counts[1] <= 4

    @pytest.mark.parametrize(
        "query", [{"limit": "0"}, {"limit": "101"}, {"after": "x"}, {"activeOnly": "maybe"}, {"asc": "2"}]
    )
    async def test_refuses_a_page_that_cannot_be(self, shop: Shop, query: dict[str, str]) -> None:
        alice = await shop.customer()

        answer = await shop.api.get(f"/v1/stores/{shop.store_id}/customers/{alice['id']}/delivery/items", params=query)

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, next(iter(query)))

    async def test_knows_the_customers_of_its_own_store_only(
        self, shop: Shop, client: ClientFactory, other: SeededStore, inside: Inside
    ) -> None:
        stranger = await Shop(client(f"APIKey {other.api_key}"), other.id, shop.worker, inside).customer()
        path = f"/v1/stores/{shop.store_id}/customers/{{}}/delivery/items"

        answers = [await shop.api.get(path.format(id)) for id in (stranger["id"], "9223372036854775807", "abc")]

        assert [answer.status_code for answer in answers] == [404] * 3

    async def test_needs_a_key_of_the_store_that_may_read_customers(
        self, shop: Shop, client: ClientFactory, other: SeededStore, inside: Inside
    ) -> None:
        alice = await shop.customer()
        path = f"/v1/stores/{shop.store_id}/customers/{alice['id']}/delivery/items"
        callers = [
            client(), client(f"APIKey {other.api_key}"), client(await key(inside, shop.store_id, "order_read")),
            client(await key(inside, shop.store_id, "customer_read")),
        ]  # fmt: skip

        assert [(await caller.get(path)).status_code for caller in callers] == [401, 403, 403, 200]
