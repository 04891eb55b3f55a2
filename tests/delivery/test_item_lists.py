"""Delivery items of the store, of an order, of a game server and of the signed-in customer; commands of a customer."""

from typing import Any

import pytest

from sutler.kernel.data.database import Database
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.delivery.conftest import Plugin
from tests.make.customers import signed_in
from tests.make.delivery import Shop, acknowledge, poll
from tests.make.stores import counted, key

LISTS = (
    "delivery/items", "customers/{customer}/delivery/commands", "orders/{order}/delivery/items",
    "orders/{order}/command-delivery", "gameservers/{server}/delivery/items", "customers/{customer}/command-delivery",
)  # fmt: skip


async def listed(shop: Shop, path: str, **query: Any) -> list[dict[str, Any]]:
    """What a list of the store shows."""
    answer = await shop.api.get(f"/v1/stores/{shop.store_id}/{path}", params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


class TestLists:
    async def test_show_the_items_of_the_store_of_an_order_and_of_a_server(self, shop: Shop) -> None:
        here, there, alice = await shop.server("Here"), await shop.server("There"), await shop.customer()
        local = await shop.product("give", servers=[here["id"]], slug="local")
        silent = await shop.product(slug="silent", servers=[there["id"]])
        first = await shop.buy(alice["id"], local["id"], quantity=2)
        second = await shop.buy(alice["id"], silent["id"])
        everything = await shop.items(alice["id"])

        assert await listed(shop, "delivery/items") == everything[::-1]
        assert await listed(shop, "delivery/items", limit=1, asc="true") == everything[:1]
        assert await listed(shop, f"orders/{first['id']}/delivery/items") == everything[:2]
        assert await listed(shop, f"orders/{second['id']}/delivery/items") == everything[2:]
        assert await listed(shop, f"gameservers/{here['id']}/delivery/items") == everything[1::-1]
        assert await listed(shop, f"gameservers/{here['id']}/delivery/items", before=everything[1]["id"]) == everything[:1]
        assert await listed(shop, f"gameservers/{there['id']}/delivery/items") == []

    async def test_show_with_active_only_what_is_alive_and_has_commands(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await shop.sell("give")
        await acknowledge(plugin(server), await poll(plugin(server)))
        (used,) = await shop.items(alice["id"])
        alive = await shop.buy(alice["id"], used["product"]["id"])
        (_, usable) = await shop.items(alice["id"])

        assert await listed(shop, "delivery/items", activeOnly="true") == [usable]
        assert await listed(shop, f"orders/{alive['id']}/delivery/items", activeOnly="true") == [usable]
        assert await listed(shop, f"orders/{used['order_id']}/delivery/items", activeOnly="true") == []
        assert await listed(shop, f"gameservers/{server['id']}/delivery/items", activeOnly="true") == [usable]

    async def test_show_the_commands_of_a_customer(self, shop: Shop) -> None:
        _, alice = await shop.sell("a", "b")
        bob = await shop.customer(name="Bob")
        (item,) = await shop.items(alice["id"])

        found = await listed(shop, f"customers/{alice['id']}/delivery/commands")

        assert found == item["command_attempts"][::-1]
        assert await listed(shop, f"customers/{alice['id']}/delivery/commands", after=found[1]["id"]) == found[:1]
        assert await listed(shop, f"customers/{bob['id']}/delivery/commands") == []

    @pytest.mark.parametrize("path", LISTS)
    async def test_know_their_own_store_only(
        self, shop: Shop, client: ClientFactory, other: SeededStore, inside: Inside, path: str
    ) -> None:
        server, alice = await shop.sell("give")
        (item,) = await shop.items(alice["id"])
        filled = path.format(customer=alice["id"], order=item["order_id"], server=server["id"])
        stranger = client(f"APIKey {other.api_key}")

        mine = await shop.api.get(f"/v1/stores/{shop.store_id}/{filled}")
        within = await stranger.get(f"/v1/stores/{other.id}/{filled}")
        across = await stranger.get(f"/v1/stores/{shop.store_id}/{filled}")
        lesser = await client(await key(inside, shop.store_id, "product_read")).get(f"/v1/stores/{shop.store_id}/{filled}")

        assert len(mine.json()) == 1
        assert within.status_code == 404 or within.json() == []
        assert (across.status_code, lesser.status_code) == (403, 403)

    async def test_take_as_many_statements_for_many_items_as_for_one(self, shop: Shop, database: Database) -> None:
        server, alice = await shop.sell("a", quantity=50)
        (one, *_) = await shop.items(alice["id"])

        for path in ("delivery/items", f"gameservers/{server['id']}/delivery/items"):
            counts = []
            for limit in (1, 50):
                with counted(database) as seen:
                    assert len(await listed(shop, path, limit=limit)) == limit
                counts.append(len(seen))
            assert counts[0] == counts[1] <= 4
        with counted(database) as seen:
            assert len(await listed(shop, f"orders/{one['order_id']}/delivery/items")) == 50
        assert len(seen) <= 4


class TestGetStorefrontCustomerDeliveryItems:
    async def test_shows_customers_what_is_theirs(self, shop: Shop, client: ClientFactory) -> None:
        _, alice = await shop.sell("give", quantity=2)
        bob = await shop.customer(name="Bob")
        hers = client(await signed_in(shop.api, shop.store_id, alice["id"]))
        his = client(await signed_in(shop.api, shop.store_id, bob["id"]))

        found = (await hers.get("/v1/store/customer/delivery/items")).json()

        managed = await shop.items(alice["id"], asc="false")
        assert found == [{name: one[name] for name in shown} for one, shown in zip(managed, found, strict=True)]
        assert (await hers.get("/v1/store/customer/command-delivery", params={"limit": 1})).json() == found[:1]
        assert (await his.get("/v1/store/customer/delivery/items")).json() == []

    async def test_needs_a_customer(self, api: ContractClient, client: ClientFactory, store: SeededStore) -> None:
        visitor = client(**{"x-paynow-store-id": store.id})

        assert (await visitor.get("/v1/store/customer/delivery/items")).status_code == 401
        assert (await api.get("/v1/store/customer/delivery/items")).status_code == 403
