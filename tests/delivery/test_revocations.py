"""Taking items back over the management API."""

import asyncio
from typing import Any

import pytest

from sutler.catalog.products.models import ProductVersion
from sutler.delivery.items.models import DeliveryItem
from sutler.kernel.work.events import EventRow
from sutler.webhooks.payloads.service import item_revoked, item_used
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.delivery.conftest import Plugin
from tests.make.catalog import command
from tests.make.delivery import FOR_A_MONTH, NOON, Shop, acknowledge, commands, poll
from tests.make.stores import key

TAKE: dict[str, Any] = {"more_commands": [command("take", "on_expire")]}


def path_of(item: dict[str, Any]) -> str:
    """Where an item is revoked."""
    return f"/v1/stores/{item['store_id']}/customers/{item['customer_id']}/delivery/items/{item['id']}"


async def permanent(shop: Shop, plugin: Plugin, more: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A game server, and an item that was used up on it, of a product as older versions of it may be."""
    server, alice = await shop.server(), await shop.customer()
    product = await shop.product("give", servers=[server["id"]], **FOR_A_MONTH, **more)
    async with shop.inside(shop.store_id) as context:
        version = await context.get(ProductVersion, product["version_id"])
        await context.change(version, {"remove_after_enabled": False})
    path = f"/v1/stores/{shop.store_id}/customers/{alice['id']}/delivery/items"
    (item,) = (await shop.api.post(path, json={"product_version_id": product["version_id"]})).json()
    await acknowledge(plugin(server), await poll(plugin(server)))
    return server, item


async def row_of(inside: Inside, item: dict[str, Any]) -> DeliveryItem:
    """An item as it is kept."""
    async with inside(item["store_id"]) as context:
        return await context.get(DeliveryItem, item["id"])


class TestRevokeDeliveryItem:
    async def test_ends_an_active_item_and_runs_what_takes_it_back(self, shop: Shop, plugin: Plugin, inside: Inside) -> None:
        await shop.is_at(NOON)
        server, alice = await shop.sell("give", **FOR_A_MONTH, **TAKE)
        await acknowledge(plugin(server), await poll(plugin(server)))
        (item,) = await shop.items(alice["id"])

        answer = await shop.api.request("DELETE", path_of(item), json={"reason": "Cheated."})

        (revoked,) = await shop.items(alice["id"])
        assert (answer.status_code, answer.content) == (204, b"")
        assert (revoked["state"], revoked["revoke_reason"], revoked["revoked_by"]["type"]) == ("revoked", "admin", "api_key")
        assert (revoked["revoked_at"], revoked["removed_at"]) == ("2030-01-01T12:00:00Z", None)
        assert await commands(plugin(server)) == ["take"]
        assert (await row_of(inside, item)).revoke_note == "Cheated."

    async def test_calls_off_what_the_purchase_still_waits_for(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await shop.sell("give", **FOR_A_MONTH, **TAKE)
        (item,) = await shop.items(alice["id"])

        assert (await shop.api.delete(path_of(item))).status_code == 204

        assert await commands(plugin(server)) == ["take"]
        (revoked,) = await shop.items(alice["id"])
        assert [one["unqueued_at"] is None for one in revoked["command_attempts"]] == [False, True]

    async def test_keeps_what_ended_from_beginning_by_a_late_acknowledgement(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await shop.sell("give", **FOR_A_MONTH)
        offered = await poll(plugin(server))
        (item,) = await shop.items(alice["id"])
        await shop.api.delete(path_of(item))

        assert (await acknowledge(plugin(server), offered)).status_code == 204

        assert (await shop.items(alice["id"]))[0]["state"] == "revoked"

    async def test_does_not_expire_again(self, shop: Shop, plugin: Plugin) -> None:
        await shop.is_at(NOON)
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product(servers=[server["id"]], **FOR_A_MONTH, **TAKE)
        await shop.buy(alice["id"], product["id"])
        (item,) = await shop.items(alice["id"])
        await shop.api.delete(path_of(item))

        await shop.is_at(NOON.replace(month=3))
        await shop.worker.drain()

        assert (await shop.items(alice["id"]))[0]["state"] == "revoked"
        assert await commands(plugin(server)) == ["take"]

    async def test_refuses_an_item_whose_time_ran_out(self, shop: Shop) -> None:
        await shop.is_at(NOON)
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product(servers=[server["id"]], **FOR_A_MONTH, **TAKE)
        await shop.buy(alice["id"], product["id"])
        await shop.is_at(NOON.replace(month=3))
        await shop.worker.drain()
        (item,) = await shop.items(alice["id"])

        answer = await shop.api.delete(path_of(item))

        assert (answer.status_code, answer.json()["code"]) == (409, "ItemEnded")
        assert (await shop.items(alice["id"]))[0]["state"] == "used"

    @pytest.mark.parametrize(("more", "status"), [({}, 409), (TAKE, 204)], ids=["without on_expire", "with on_expire"])
    async def test_takes_back_what_is_used_up_if_a_command_can(
        self, shop: Shop, plugin: Plugin, more: dict[str, Any], status: int
    ) -> None:
        server, item = await permanent(shop, plugin, more)
        assert (await shop.items(item["customer_id"]))[0]["state"] == "used"

        answer = await shop.api.delete(path_of(item))

        assert answer.status_code == status
        assert await commands(plugin(server)) == (["take"] if status == 204 else [])

    async def test_happens_once_however_many_try(self, shop: Shop, plugin: Plugin, inside: Inside) -> None:
        server, alice = await shop.sell("give", **FOR_A_MONTH, **TAKE)
        (item,) = await shop.items(alice["id"])

        answers = await asyncio.gather(*(shop.api.delete(path_of(item)) for _ in range(8)))

        assert sorted(answer.status_code for answer in answers) == [204] + [404] * 7
        assert await commands(plugin(server)) == ["take"]
        async with inside(shop.store_id) as context:
            told = [row.kind for row in await context.all(context.rows(EventRow))]
        assert told.count("delivery_item_revoked") == 1

    async def test_knows_the_items_of_this_customer_and_store_only(
        self, shop: Shop, client: ClientFactory, other: SeededStore, inside: Inside
    ) -> None:
        _, alice = await shop.sell("give", **FOR_A_MONTH)
        bob = await shop.customer(name="Bob")
        (item,) = await shop.items(alice["id"])
        stranger = client(f"APIKey {other.api_key}")

        answers = [
            await shop.api.delete(path_of(item | {"customer_id": bob["id"]})),
            await shop.api.delete(path_of(item | {"id": "1"})),
            await stranger.delete(path_of(item | {"store_id": other.id})), await stranger.delete(path_of(item)),
            await client(await key(inside, shop.store_id, "customer_update")).delete(path_of(item)),
        ]  # fmt: skip

        assert [answer.status_code for answer in answers] == [404, 404, 404, 403, 403]
        assert (await shop.items(alice["id"]))[0]["state"] == "usable"

    async def test_still_works_at_the_addresses_of_before(self, shop: Shop, api: ContractClient) -> None:
        _, alice = await shop.sell("give", quantity=3, **FOR_A_MONTH)
        first, second, third = await shop.items(alice["id"])
        customers = f"/v1/stores/{shop.store_id}/customers"
        before = ContractClient(transport=api._transport, base_url="http://test", headers=api.headers, allow=(customers,))

        for path in (
            f"{customers}/{alice['id']}/command-delivery/{first['id']}",
            f"{customers}/{alice['id']}/command_delivery/{second['id']}",
            f"{customers}/command_delivery/{third['id']}",
        ):
            assert (await before.delete(path)).status_code == 204

        assert [one["state"] for one in await shop.items(alice["id"])] == ["revoked"] * 3


class TestDeliveryItemRevoked:
    async def test_tells_webhooks_of_an_item_as_it_is_then(self, shop: Shop, plugin: Plugin, inside: Inside) -> None:
        _, item = await permanent(shop, plugin, TAKE)
        await shop.api.delete(path_of(item))

        async with inside(shop.store_id) as context:
            revoked = (await item_revoked(context, item["id"], "1")).body
            used = (await item_used(context, item["id"], "2")).body

        assert (revoked.state, revoked.revoke_reason, revoked.revoked_at is not None) == ("revoked", "admin", True)
        assert (used.state, used.revoke_reason, used.revoked_at) == ("used", None, None)
