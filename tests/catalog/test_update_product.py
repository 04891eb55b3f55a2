"""Changing, sorting and deleting products, over the management API."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from sutler.catalog.products.models import ProductVersion
from sutler.catalog.products.service import versions
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.catalog import changed, command, limit, made_product, made_variable
from tests.make.servers import made_game_server
from tests.make.stores import counted, key
from tests.make.tags import made_tag

BILLED: list[dict[str, Any]] = [
    {"name": "Baron"}, {"slug": "baron"}, {"description": "Another rank."}, {"price": 50}, {"tax_code": "saas"},
    {"image_url": "https://example.com/a.png"}, {"commands": [command(), command(stage="on_refund")]},
    {"single_game_server_only": True}, {"remove_after_enabled": True}, {"remove_after_time_value": 2},
    {"remove_after_time_scale": "day"}, {"allow_concurrent_active_items": False},
]  # fmt: skip
ASIDE: list[dict[str, Any]] = [
    {"label": "New"}, {"metadata": {"a": "b"}}, {"is_hidden": True}, {"enabled_until": "2100-01-01T00:00:00Z"},
    {"enabled_at": "2100-01-01T00:00:00Z"}, {"store_stock_limit": limit(3)}, {"customer_stock_limit": limit(1)},
    {"stock_limit_do_not_include_removed": True}, {"required_product_all": True}, {"is_gifting_disabled": True},
    {"is_gift_cards_disabled": True}, {"is_coupons_disabled": True}, {"is_affiliate_links_disabled": True},
]  # fmt: skip


class TestUpdateProduct:
    @pytest.mark.parametrize(
        ("changes", "is_versioned"), [(one, True) for one in BILLED] + [(one, False) for one in ASIDE],
        ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
    )  # fmt: skip
    async def test_changes_what_is_given_and_makes_a_version_where_buyers_notice(
        self, api: ContractClient, store: SeededStore, changes: dict[str, Any], is_versioned: bool
    ) -> None:
        made = await made_product(api, store.id)

        after = await changed(api, made, **changes)

        aside = {"version_id", "updated_at", "updated_by", "stock_available"}
        assert {name: after[name] for name in after if after[name] != made.get(name)}.keys() - aside == changes.keys()
        assert (after["version_id"] != made["version_id"]) is is_versioned
        assert after["commands"] == changes.get("commands", made["commands"]) or len(after["commands"]) == 2
        assert (await api.get(f"/v1/stores/{store.id}/products/{made['id']}")).json() == after

    async def test_refers_to_what_is_in_the_store(self, api: ContractClient, store: SeededStore) -> None:
        made, needed = await made_product(api, store.id), await made_product(api, store.id, name="Squire")
        server, tag = await made_game_server(api, store.id), await made_tag(api, store.id)
        variable = await made_variable(api, store.id)

        tagged = await changed(api, made, tags=[tag["id"]], required_product_ids=[needed["id"]])
        asked = await changed(api, made, gameservers=[server["id"]], custom_variable_ids=[variable["id"]])

        assert (tagged["tags"][0]["slug"], tagged["required_product_ids"]) == ("ranks", [needed["id"]])
        assert tagged["version_id"] == made["version_id"] != asked["version_id"]
        assert (asked["gameservers"][0]["id"], asked["custom_variable_ids"]) == (server["id"], [variable["id"]])

    async def test_takes_null_for_what_is_usual(self, api: ContractClient, store: SeededStore) -> None:
        made = await made_product(
            api, store.id, slug="special", label="New", metadata={"a": "b"}, enabled_until="2100-01-01T00:00:00Z",
            image_url="https://example.com/a.png", store_stock_limit=limit(3), is_hidden=True, tax_code="saas",
            remove_after_time_value=3, required_product_all=True, allow_concurrent_active_items=False,
        )  # fmt: skip
        fields = set(made) & {
            "slug", "description", "label", "metadata", "enabled_at", "enabled_until", "image_url", "store_stock_limit",
            "is_hidden", "tax_code", "remove_after_time_value", "required_product_all", "commands", "gameservers",
            "allow_concurrent_active_items", "trial", "allow_subscription", "payout_splits",
        }  # fmt: skip

        after = await changed(api, made, **dict.fromkeys(fields))

        plain = await made_product(api, store.id, description="", commands=[])
        assert {name: after[name] for name in fields - {"slug", "enabled_at"}} == {
            name: plain[name] for name in fields - {"slug", "enabled_at"}
        }
        assert (after["slug"], after["enabled_at"]) == (made["slug"], made["enabled_at"])

    async def test_brings_forward_what_was_to_be_sold_later(self, api: ContractClient, store: SeededStore) -> None:
        made = await made_product(api, store.id, enabled_at=(clock.now() + timedelta(days=2)).isoformat())

        assert (await changed(api, made, price=2000))["enabled_at"] == made["enabled_at"]
        assert (await changed(api, made, enabled_at=None))["enabled_at"] < made["enabled_at"]

    async def test_keeps_all_versions(self, api: ContractClient, inside: Inside, store: SeededStore) -> None:
        made = await made_product(api, store.id)
        after = await changed(api, made, price=2000, tax_code="saas")

        async with inside(store.id) as context:
            kept = await versions(context, [made["version_id"], after["version_id"]])

        assert [kept[one["version_id"]].price for one in (made, after)] == [1499, 2000]
        assert [kept[one["version_id"]].tax_code for one in (made, after)] == ["unknown", "saas"]

    async def test_writes_nothing_when_nothing_changes(
        self, api: ContractClient, database: Database, store: SeededStore
    ) -> None:
        made = await made_product(api, store.id)

        with counted(database) as statements:
            after = await changed(api, made, name="Knight", price=1499, commands=made["commands"])

        assert after == made
        assert not [statement for statement in statements if statement.startswith("UPDATE")]

    @pytest.mark.parametrize(
        ("changes", "path"),
        [({"name": None}, "name"), ({"price": None}, "price"), ({"price": 49}, "price"), ({"slug": "x"}, "slug"),
         ({"enabled_until": "2020-01-01T00:00:00Z"}, "enabled_until"), ({"tags": ["7"]}, "tags[0]"),
         ({"commands": [command(stage="invalid")]}, "commands[0].stage"), ({"gameservers": ["7"]}, "gameservers[0]"),
         ({"customer_stock_limit": limit(-1)}, "customer_stock_limit.quantity"),
         ({"allow_one_time_purchase": False}, "allow_one_time_purchase"), ({"trial": {"enabled": True}}, "trial.enabled")],
    )  # fmt: skip
    async def test_changes_nothing_when_something_does_not_pass(
        self, api: ContractClient, store: SeededStore, changes: dict[str, Any], path: str
    ) -> None:
        made = await made_product(api, store.id)
        place = f"/v1/stores/{store.id}/products/{made['id']}"

        answer = await api.patch(place, json={"label": "New"} | changes)

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, path)
        assert (await api.get(place)).json() == made

    async def test_never_requires_itself(self, api: ContractClient, store: SeededStore) -> None:
        made = await made_product(api, store.id)

        answer = await api.patch(f"/v1/stores/{store.id}/products/{made['id']}", json={"required_product_ids": [made["id"]]})

        assert [error["path"] for error in answer.json()["errors"]] == ["required_product_ids[0]"]

    async def test_goes_on_when_what_it_refers_to_is_gone(self, api: ContractClient, store: SeededStore) -> None:
        tag, needed = await made_tag(api, store.id), await made_product(api, store.id, name="Squire")
        made = await made_product(api, store.id, tags=[tag["id"]], required_product_ids=[needed["id"]])
        await api.delete(f"/v1/stores/{store.id}/tags/{tag['id']}")
        await api.delete(f"/v1/stores/{store.id}/products/{needed['id']}")

        after = await changed(api, made, price=2000)

        assert (after["price"], after["tags"]) == (2000, [])

    async def test_refuses_a_slug_in_use(self, api: ContractClient, store: SeededStore) -> None:
        await made_product(api, store.id, slug="baron")
        made = await made_product(api, store.id)

        answer = await api.patch(f"/v1/stores/{store.id}/products/{made['id']}", json={"slug": "Baron"})

        assert (answer.status_code, answer.json()["code"]) == (409, "ProductSlugTaken")

    async def test_makes_one_version_for_each_of_those_who_change_at_once(
        self, api: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        made = await made_product(api, store.id)

        after = await asyncio.gather(*(changed(api, made, price=price) for price in range(100, 108)))

        async with inside(store.id) as context:
            kept = await context.all(context.rows(ProductVersion))
        assert sorted((one.id, one.price) for one in kept[1:]) == sorted((one["version_id"], one["price"]) for one in after)

    async def test_needs_its_own_permission(self, api: ContractClient, client: ClientFactory, inside: Inside,
                                            store: SeededStore) -> None:  # fmt: skip
        made = await made_product(api, store.id)
        limited = client(await key(inside, store.id, "product_read", "product_create", "product_delete"))

        assert (await limited.patch(f"/v1/stores/{store.id}/products/{made['id']}", json={})).status_code == 403

    async def test_knows_no_product_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        theirs = await made_product(client(f"APIKey {other.api_key}"), other.id)

        for id in (theirs["id"], "7"):
            assert (await api.patch(f"/v1/stores/{store.id}/products/{id}", json={"name": "Mine"})).status_code == 404


class TestDeleteProduct:
    async def test_takes_it_out_of_the_shop_and_frees_its_slug(self, api: ContractClient, store: SeededStore) -> None:
        made = await made_product(api, store.id)
        place = f"/v1/stores/{store.id}/products/{made['id']}"

        assert (await api.delete(place)).status_code == 204

        assert [(await call).status_code for call in (api.get(place), api.delete(place), api.patch(place, json={}))] == [
            404
        ] * 3
        assert (await api.get(f"/v1/stores/{store.id}/products")).json() == []
        assert (await api.get("/v1/store/products", headers={"x-paynow-store-id": store.id})).json() == []
        assert (await made_product(api, store.id))["slug"] == made["slug"]

    async def test_keeps_what_was_sold(self, api: ContractClient, inside: Inside, store: SeededStore) -> None:
        made = await made_product(api, store.id)
        await api.delete(f"/v1/stores/{store.id}/products/{made['id']}")

        async with inside(store.id) as context:
            assert (await versions(context, [made["version_id"]]))[made["version_id"]].name == "Knight"

    async def test_is_done_once_by_those_who_try_at_once(self, api: ContractClient, store: SeededStore) -> None:
        made = await made_product(api, store.id)

        answers = await asyncio.gather(*(api.delete(f"/v1/stores/{store.id}/products/{made['id']}") for _ in range(6)))

        assert sorted(answer.status_code for answer in answers) == [204] + [404] * 5

    async def test_knows_no_product_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        theirs = await made_product(client(f"APIKey {other.api_key}"), other.id)

        assert (await api.delete(f"/v1/stores/{store.id}/products/{theirs['id']}")).status_code == 404


class TestUpdateProductSortOrder:
    async def test_shows_those_first_and_the_others_as_they_were(self, api: ContractClient, store: SeededStore) -> None:
        one, two, three, four = [await made_product(api, store.id, name=f"Rank {number}") for number in range(4)]

        answer = await api.post(f"/v1/stores/{store.id}/products/sort-order", json={"product_ids": [four["id"], two["id"]]})
        five = await made_product(api, store.id, name="Rank 4")

        after = (await api.get(f"/v1/stores/{store.id}/products")).json()
        assert answer.status_code == 204
        assert [product["id"] for product in after] == [product["id"] for product in (four, two, one, three, five)]
        assert [product["sort_order"] for product in after] == [0, 1, 2, 3, 3]
        assert after[0]["version_id"] == four["version_id"]

    async def test_names_what_is_not_there_or_there_twice(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        theirs = await made_product(client(f"APIKey {other.api_key}"), other.id)
        ids = [made := (await made_product(api, store.id))["id"], theirs["id"], made]

        answer = await api.post(f"/v1/stores/{store.id}/products/sort-order", json={"product_ids": ids})

        assert answer.status_code == 400
        assert [error["path"] for error in answer.json()["errors"]] == ["product_ids[1]", "product_ids[2]"]

    async def test_leaves_one_of_two_orders_that_come_at_once(self, api: ContractClient, store: SeededStore) -> None:
        ids = [(await made_product(api, store.id, name=f"Rank {number}"))["id"] for number in range(6)]
        orders = [ids[::-1], ids[3:] + ids[:3], ids[1:] + ids[:1]]

        await asyncio.gather(
            *(api.post(f"/v1/stores/{store.id}/products/sort-order", json={"product_ids": order}) for order in orders)
        )

        after = (await api.get(f"/v1/stores/{store.id}/products")).json()
        assert [product["id"] for product in after] in orders
