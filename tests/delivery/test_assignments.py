"""Giving items by hand over the management API."""

from typing import Any

import pytest

from sutler.kernel.data.database import Database
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.delivery.conftest import Plugin
from tests.make.catalog import command
from tests.make.delivery import FOR_A_MONTH, NOON, Shop, acknowledge, commands, poll
from tests.make.stores import counted, key

LATER = "2030-03-01T00:00:00Z"


def of_customer(shop: Shop, customer: dict[str, Any]) -> str:
    """Where a customer's items are."""
    return f"/v1/stores/{shop.store_id}/customers/{customer['id']}/delivery/items"


async def given(shop: Shop, customer: dict[str, Any], **body: Any) -> list[dict[str, Any]]:
    """The items of an assignment that must succeed."""
    answer = await shop.api.post(of_customer(shop, customer), json=body)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


class TestAssignDeliveryItem:
    async def test_gives_one_item_for_each_unit_and_queues_its_commands(self, shop: Shop, plugin: Plugin) -> None:
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("give {customer.name}", servers=[server["id"]])

        items = await given(shop, alice, product_id=product["id"], quantity=3)

        assert [(one["state"], one["quantity_index"], one["gift"]) for one in items] == [("usable", None, False)] * 3
        assert items[0]["added_by"]["type"] == "api_key"
        assert not {"order_id", "order_customer", "checkout_id"} & set(items[0])
        assert [len(one["command_attempts"]) for one in items] == [1] * 3
        assert await commands(plugin(server)) == ["give Alice"] * 3
        assert await shop.items(alice["id"]) == items

    async def test_gives_one_unless_told_otherwise(self, shop: Shop) -> None:
        alice, product = await shop.customer(), await shop.product()

        (item,) = await given(shop, alice, product_id=product["id"], quantity=None)

        assert item["state"] == "used"

    async def test_gives_the_version_that_is_named(self, shop: Shop) -> None:
        alice, product = await shop.customer(), await shop.product()

        (item,) = await given(shop, alice, product_version_id=product["version_id"], product_id=product["id"])

        assert item["product"] == {
            "id": product["id"], "name": product["name"], "slug": product["slug"], "version_id": product["version_id"],
        }  # fmt: skip

    async def test_needs_a_server_for_a_product_of_a_single_one(self, shop: Shop, plugin: Plugin) -> None:
        here, there, alice = await shop.server("Here"), await shop.server("There"), await shop.customer()
        product = await shop.product("give", servers=[here["id"], there["id"]], single_game_server_only=True)
        body = {"product_id": product["id"]}

        refused = await shop.api.post(of_customer(shop, alice), json=body)
        (item,) = await given(shop, alice, **body, execute_on_gameserver_id=there["id"])

        assert (refused.status_code, refused.json()["errors"][0]["path"]) == (400, "execute_on_gameserver_id")
        assert item["execute_on_gameserver_id"] == there["id"]
        assert await commands(plugin(here)) == []
        assert await commands(plugin(there)) == ["give"]

    async def test_leaves_out_commands_when_told_to_and_still_runs_what_ends_the_item(
        self, shop: Shop, plugin: Plugin
    ) -> None:
        await shop.is_at(NOON)
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product(
            "give", servers=[server["id"]], more_commands=[command("take", "on_expire")], **FOR_A_MONTH
        )

        (item,) = await given(shop, alice, product_id=product["id"], skip_commands=True)
        assert (item["state"], item["skip_commands"], item["command_attempts"]) == ("active", True, [])
        assert await commands(plugin(server)) == []

        await shop.is_at(NOON.replace(month=2))
        await shop.worker.drain()

        assert await commands(plugin(server)) == ["take"]

    @pytest.mark.parametrize("lasting", [FOR_A_MONTH, {}], ids=["a month", "for ever"])
    async def test_ends_an_item_at_the_moment_that_is_named(self, shop: Shop, lasting: dict[str, Any]) -> None:
        await shop.is_at(NOON)
        alice, product = await shop.customer(), await shop.product(**lasting)

        (item,) = await given(shop, alice, product_id=product["id"], override_expires_at=LATER)

        assert (item["state"], item["expirable"]) == ("active", True)
        assert item["expires_at"] == item["override_expires_at"] == LATER
        await shop.is_at(NOON.replace(month=2, day=28))
        await shop.worker.drain()
        assert (await shop.items(alice["id"]))[0]["state"] == "active"
        await shop.is_at(NOON.replace(month=3))
        await shop.worker.drain()
        assert (await shop.items(alice["id"]))[0]["state"] == "used"

    async def test_ends_then_also_when_the_item_began_on_a_game_server(self, shop: Shop, plugin: Plugin) -> None:
        await shop.is_at(NOON)
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("give", servers=[server["id"]])
        await given(shop, alice, product_id=product["id"], override_expires_at=LATER)

        await acknowledge(plugin(server), await poll(plugin(server)))

        (item,) = await shop.items(alice["id"])
        assert (item["state"], item["active_at"], item["expires_at"]) == ("active", "2030-01-01T12:00:00Z", LATER)

    @pytest.mark.parametrize(
        ("body", "path"),
        [
            ({}, "product_version_id"), ({"product_id": "1"}, "product_id"),
            ({"product_version_id": "1"}, "product_version_id"), ({"product_id": "PRODUCT", "quantity": 0}, "quantity"),
            ({"product_id": "PRODUCT", "quantity": 21}, "quantity"),
            ({"product_id": "1", "product_version_id": "VERSION"}, "product_version_id"),
            ({"product_id": "PRODUCT", "execute_on_gameserver_id": "1"}, "execute_on_gameserver_id"),
            ({"product_id": "PRODUCT", "override_expires_at": "2020-01-01T00:00:00Z"}, "override_expires_at"),
            ({"product_id": "PRODUCT", "custom_variables": {"colour": "red"}}, "custom_variables.colour"),
        ],
    )  # fmt: skip
    async def test_names_what_cannot_be(self, shop: Shop, body: dict[str, Any], path: str) -> None:
        alice, product = await shop.customer(), await shop.product()
        ids = {"PRODUCT": product["id"], "VERSION": product["version_id"]}
        sent = {name: ids.get(value, value) if isinstance(value, str) else value for name, value in body.items()}

        answer = await shop.api.post(of_customer(shop, alice), json=sent)

        assert (answer.status_code, [one["path"] for one in answer.json()["errors"]]) == (400, [path])
        assert await shop.items(alice["id"]) == []

    async def test_knows_the_customers_and_products_of_its_own_store_only(
        self, shop: Shop, client: ClientFactory, other: SeededStore, inside: Inside
    ) -> None:
        theirs = Shop(client(f"APIKey {other.api_key}"), other.id, shop.worker, inside)
        stranger, foreign, alice = await theirs.customer(), await theirs.product(), await shop.customer()

        to_stranger = await shop.api.post(of_customer(shop, stranger), json={"product_id": (await shop.product())["id"]})
        of_theirs = await shop.api.post(of_customer(shop, alice), json={"product_id": foreign["id"]})
        elsewhere = await shop.api.post(of_customer(theirs, stranger), json={"product_id": foreign["id"]})

        assert [one.status_code for one in (to_stranger, of_theirs, elsewhere)] == [404, 400, 403]

    async def test_needs_the_permission_to_manage_inventories(
        self, shop: Shop, client: ClientFactory, inside: Inside
    ) -> None:
        limited = client(await key(inside, shop.store_id, "customer_read", "customer_update", "customer_create"))

        assert (await limited.post(of_customer(shop, {"id": "1"}), json={})).status_code == 403
        assert (await limited.post(f"/v1/stores/{shop.store_id}/delivery/items", json=[])).status_code == 403

    async def test_happens_once_when_it_is_sent_twice_under_one_key(self, shop: Shop) -> None:
        alice, product = await shop.customer(), await shop.product()
        body, once = {"product_id": product["id"]}, {"Idempotency-Key": "one"}

        answers = [await shop.api.post(of_customer(shop, alice), json=body, headers=once) for _ in range(2)]

        assert answers[0].content == answers[1].content
        assert len(await shop.items(alice["id"])) == 1


class TestAssignDeliveryItemsBulk:
    @pytest.fixture
    def path(self, shop: Shop) -> str:
        """Where many items are given."""
        return f"/v1/stores/{shop.store_id}/delivery/items"

    async def test_gives_to_everybody(self, shop: Shop, path: str) -> None:
        alice, bob, product = await shop.customer(), await shop.customer(name="Bob"), await shop.product()
        said = [
            {"customer_id": alice["id"], "product_version_id": product["version_id"], "quantity": 2},
            {"customer_id": bob["id"], "product_version_id": product["version_id"]},
        ]

        for body in (said, {"assignments": said}):
            answer = await shop.api.post(path, json=body)
            assert [one["customer_id"] for one in answer.json()] == [alice["id"], alice["id"], bob["id"]]

        assert [len(await shop.items(one["id"])) for one in (alice, bob)] == [4, 2]

    async def test_gives_nothing_when_anything_cannot_be(self, shop: Shop, path: str) -> None:
        alice, product = await shop.customer(), await shop.product()
        right = {"customer_id": alice["id"], "product_version_id": product["version_id"]}
        wrong = [right | {"customer_id": "1"}, right | {"product_version_id": "1"}, {"customer_id": alice["id"]}]

        answer = await shop.api.post(path, json=[right, *wrong])

        assert (answer.status_code, [one["path"] for one in answer.json()["errors"]]) == (
            400, ["[1].customer_id", "[2].product_version_id", "[3].product_version_id"],
        )  # fmt: skip
        assert await shop.items(alice["id"]) == []

    async def test_gives_at_most_two_hundred_and_fifty_in_few_statements(
        self, shop: Shop, path: str, database: Database
    ) -> None:
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("a", "b", servers=[server["id"]])
        one = {"customer_id": alice["id"], "product_version_id": product["version_id"]}

        with counted(database) as statements:
            answer = await shop.api.post(path, json=[one | {"quantity": 240}, *[one] * 10])
        too_many = [await shop.api.post(path, json=said) for said in ([one | {"quantity": 240}, *[one] * 11], [one] * 251)]

        assert len(answer.json()) == 250
        assert len(statements) <= 15
        assert [refused.status_code for refused in too_many] == [400, 400]

    async def test_accepts_an_empty_list(self, shop: Shop, path: str) -> None:
        assert (await shop.api.post(path, json=[])).json() == []


class TestAddressesOfBefore:
    async def test_still_work(self, shop: Shop, api: ContractClient) -> None:
        store, alice, product = f"/v1/stores/{shop.store_id}", await shop.customer(), await shop.product()
        before = ContractClient(transport=api._transport, base_url="http://test", headers=api.headers, allow=(store,))
        one = {"product_version_id": product["version_id"]}
        many = [{"customer_id": alice["id"]} | one]

        for path, body in (
            (f"{store}/customers/{alice['id']}/command-delivery", one),
            (f"{store}/customers/{alice['id']}/command_delivery", one),
            (f"{store}/command-delivery", many),
            (f"{store}/command_delivery", many),
            (f"{store}/customers/bulk/command_delivery", many),
        ):
            answer = await before.post(path, json=body)
            assert (answer.status_code, len(answer.json())) == (200, 1), path

        for path in ("command-delivery", "command_delivery"):
            listed = await before.get(f"{store}/customers/{alice['id']}/{path}")
            assert len(listed.json()) == 5
