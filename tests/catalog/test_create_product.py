"""Making products over the management API."""

from typing import Any

import pytest

from sutler.catalog.products.service import products, versions
from sutler.kernel.data.database import Database
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.catalog import command, limit, made_product, made_variable, new_product
from tests.make.servers import made_game_server
from tests.make.stores import counted, key
from tests.make.tags import made_tag


class TestCreateProduct:
    async def test_fills_in_what_is_not_said(self, api: ContractClient, store: SeededStore) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/products", json={"name": " VIP Rank ", "price": 500})

        made = answer.json()
        assert (made["store_id"], made["name"], made["slug"], made["price"]) == (store.id, "VIP Rank", "vip-rank", 500)
        assert (made["description"], made["label"], made["image_url"], made["metadata"]) == ("", None, None, {})
        assert (made["allow_one_time_purchase"], made["allow_subscription"]) == (True, False)
        assert (made["subscription_interval_value"], made["subscription_interval_scale"]) == (1, "month")
        assert (made["remove_after_enabled"], made["remove_after_time_value"], made["remove_after_time_scale"]) == (
            False, 1, "month",
        )  # fmt: skip
        assert made["store_stock_limit"] == made["customer_stock_limit"] == {
            "enabled": False, "quantity": 10, "time_value": 1, "time_scale": "month", "include_trials": False,
        }  # fmt: skip
        assert not made["trial"]["enabled"]
        assert made["upselling"] == {"enabled": False, "recommendations": []}
        assert made["tags"] == made["gameservers"] == made["commands"] == made["payout_splits"] == []
        assert made["enabled_at"] is not None
        assert made["enabled_until"] is None
        assert made["created_by"]["type"] == "api_key"

    async def test_takes_the_guide_s_example(self, api: ContractClient, store: SeededStore) -> None:
        made = await made_product(
            api, store.id, name="Premium Package", slug="premium-package", description="Access to premium features",
            price=1999, image_url="https://example.com/image.png", enabled_at="2026-01-02T03:04:05.678Z",
        )  # fmt: skip

        assert (made["slug"], made["image_url"]) == ("premium-package", "https://example.com/image.png")
        assert made["enabled_at"] == "2026-01-02T03:04:05.678Z"

    async def test_keeps_everything_that_works(self, api: ContractClient, store: SeededStore) -> None:
        server = await made_game_server(api, store.id)
        body = new_product(
            label="Survival", is_hidden=True, metadata={"tier": "1"}, single_game_server_only=True,
            gameservers=[server["id"], server["id"]], remove_after_enabled=True, remove_after_time_value=30,
            remove_after_time_scale="day", enabled_until="2100-01-01T00:00:00Z",
            commands=[command("grant", online_only=True), command("revoke", "on_expire",
                      override_execute_on_gameserver_ids=[server["id"]])],
        )  # fmt: skip

        made = (await api.post(f"/v1/stores/{store.id}/products", json=body)).json()

        for name in set(body) - {"gameservers", "commands"}:
            assert made[name] == body[name]
        assert made["gameservers"] == [{"id": server["id"], "name": "Survival", "enabled": True}]
        assert made["commands"] == [
            {"stage": "on_purchase", "content": "grant", "online_only": True, "override_execute_on_gameserver_ids": None},
            {"stage": "on_expire", "content": "revoke", "online_only": False,
             "override_execute_on_gameserver_ids": [server["id"]]},
        ]  # fmt: skip
        assert (await api.get(f"/v1/stores/{store.id}/products/{made['id']}")).json() == made

    async def test_takes_what_dashboards_send_for_parts_that_are_switched_off(
        self, api: ContractClient, store: SeededStore
    ) -> None:
        limit = {"enabled": False, "quantity": 5, "time_value": 2, "time_scale": "week", "include_trials": False}

        await made_product(
            api, store.id, allow_subscription=False, allow_one_time_purchase=True, trial={"enabled": False}, tags=[],
            upselling={"enabled": False, "recommendations": []}, store_stock_limit=limit, customer_stock_limit=limit,
            deliverable_actions={"grant_giftcard": False}, tax_code="unknown", required_product_ids=[], tier_group_id=None,
        )  # fmt: skip

    async def test_keeps_limits_and_conditions(self, api: ContractClient, store: SeededStore) -> None:
        tag, needed = await made_tag(api, store.id), await made_product(api, store.id, name="Squire")
        variable = await made_variable(api, store.id)
        switches = ("stock_limit_do_not_include_removed", "required_product_all", "is_gifting_disabled",
                    "is_gift_cards_disabled", "is_coupons_disabled", "is_affiliate_links_disabled")  # fmt: skip
        said = dict.fromkeys(switches, True) | {
            "store_stock_limit": limit(3, 2, "week", include_trials=True), "customer_stock_limit": limit(1),
            "required_product_ids": [needed["id"]], "custom_variable_ids": [variable["id"]], "tax_code": "saas",
            "allow_concurrent_active_items": False,
        }  # fmt: skip

        made = await made_product(api, store.id, tags=[tag["id"], tag["id"]], **said)

        assert {name: made[name] for name in said} == said
        assert made["tags"] == [{"id": tag["id"], "slug": "ranks", "name": "Ranks"}]
        assert made["stock_available"] == {"store_available": 3, "customer_available": 1}

    async def test_gives_limits_what_is_usual(self, api: ContractClient, store: SeededStore) -> None:
        off = limit(-5, -1, "invalid", enabled=False)

        made = await made_product(api, store.id, store_stock_limit=limit(None, None), customer_stock_limit=off)

        assert made["store_stock_limit"] == limit(10, 1, "month")
        assert made["customer_stock_limit"] == limit(10, 1, "month", enabled=False)
        assert made["allow_concurrent_active_items"] is True

    async def test_takes_commands_of_every_stage(self, api: ContractClient, store: SeededStore) -> None:
        stages = ["on_expire", "on_refund", "on_chargeback", "on_renew", "on_trial_start", "on_trial_expire"]

        made = await made_product(api, store.id, commands=[command(stage=stage) for stage in stages])

        assert [one["stage"] for one in made["commands"]] == stages

    async def test_writes_the_first_version_beside_the_product(
        self, api: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        made = await made_product(api, store.id)

        async with inside(store.id) as context:
            version = (await versions(context, [made["version_id"], "7"]))[made["version_id"]]
            product = (await products(context, [made["id"], made["id"], "7"]))[made["id"]]

        assert version.product_id == product.id
        assert version.id == product.version_id
        assert (version.name, version.price, version.commands) == (product.name, product.price, product.commands)

    async def test_counts_years_as_days(self, api: ContractClient, store: SeededStore) -> None:
        made = await made_product(
            api, store.id, remove_after_enabled=True, remove_after_time_value=2, remove_after_time_scale="year"
        )

        assert (made["remove_after_time_value"], made["remove_after_time_scale"]) == (730, "day")

    @pytest.mark.parametrize("price", [0, 50, 500_000])
    async def test_takes_prices_that_can_be_charged(self, api: ContractClient, store: SeededStore, price: int) -> None:
        assert (await made_product(api, store.id, price=price))["price"] == price

    @pytest.mark.parametrize(
        ("changes", "path"),
        [({"name": None}, "name"), ({"name": ""}, "name"), ({"name": "  "}, "name"), ({"name": "x" * 43}, "name"),
         ({"name": "V\u202eIP"}, "name"), ({"name": "V\tIP"}, "name"), ({"name": "\U000e0041VIP"}, "name"),
         ({"description": "x" * 50_001}, "description"), ({"label": "x" * 101}, "label"),
         ({"price": None}, "price"), ({"price": 49}, "price"), ({"price": 500_001}, "price"), ({"price": -1}, "price"),
         ({"price": 9.99}, "price"), ({"price": "1499"}, "price"),
         ({"slug": "ab"}, "slug"), ({"slug": "x" * 37}, "slug"), ({"slug": "!!!!"}, "slug"), ({"slug": ""}, "slug"),
         ({"image_url": "http://example.com/a.png"}, "image_url"),
         ({"remove_after_time_value": 0}, "remove_after_time_value"),
         ({"remove_after_time_value": 1217}, "remove_after_time_value"),
         ({"remove_after_time_value": -5, "remove_after_time_scale": "year"}, "remove_after_time_value"),
         ({"remove_after_time_scale": "invalid"}, "remove_after_time_scale"),
         ({"enabled_at": "2026-05-01T00:00:00"}, "enabled_at"), ({"enabled_at": "tomorrow"}, "enabled_at"),
         ({"enabled_at": "2026-05-01T00:00:00Z", "enabled_until": "2026-05-01T00:00:00Z"}, "enabled_until"),
         ({"metadata": {"k" * 41: ""}}, "metadata"), ({"gameservers": ["7"]}, "gameservers[0]"),
         ({"gameservers": ["x"]}, "gameservers[0]"),
         ({"commands": [command(override_execute_on_gameserver_ids=["7"])]},
          "commands[0].override_execute_on_gameserver_ids[0]"),
         ({"commands": [command("")]}, "commands[0].content"), ({"commands": [command(" ")]}, "commands[0].content"),
         ({"commands": [command("x" * 1001)]}, "commands[0].content"),
         ({"commands": [command("say a\nstop")]}, "commands[0].content"),
         ({"commands": [command("say a\r")]}, "commands[0].content"),
         ({"commands": [command("say a\u2028stop")]}, "commands[0].content"),
         ({"commands": [command(stage="invalid")]}, "commands[0].stage"),
         ({"commands": [command()] * 51}, "commands"), ({"tags": ["7"]}, "tags[0]"),
         ({"required_product_ids": ["7"]}, "required_product_ids[0]"),
         ({"custom_variable_ids": ["7"]}, "custom_variable_ids[0]"), ({"tax_code": "food"}, "tax_code"),
         ({"store_stock_limit": limit(-1)}, "store_stock_limit.quantity"),
         ({"store_stock_limit": limit(time_value=0)}, "store_stock_limit.time_value"),
         ({"customer_stock_limit": limit(time_value=101, time_scale="year")}, "customer_stock_limit.time_value"),
         ({"customer_stock_limit": limit(time_scale="invalid")}, "customer_stock_limit.time_scale")],
    )  # fmt: skip
    async def test_names_what_does_not_pass(
        self, api: ContractClient, store: SeededStore, changes: dict[str, Any], path: str
    ) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/products", json=new_product(**changes))

        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidInput")
        assert [error["path"] for error in answer.json()["errors"]] == [path]

    async def test_says_what_is_not_supported_yet(self, api: ContractClient, store: SeededStore) -> None:
        body = new_product(payout_splits=[{"user_id": "7", "platform_fee": 0}])

        answer = await api.post(f"/v1/stores/{store.id}/products", json=body)

        assert answer.status_code == 400
        assert [(error["path"], error["code"]) for error in answer.json()["errors"]] == [("payout_splits", "NotSupported")]
        assert "not supported yet" in answer.json()["message"]

    async def test_names_everything_that_does_not_pass_at_once(self, api: ContractClient, store: SeededStore) -> None:
        body = new_product(
            price=1, allow_one_time_purchase=False, gameservers=["7"], commands=[command("a\nb", "invalid")],
            tier_group_id="7",
        )  # fmt: skip

        answer = await api.post(f"/v1/stores/{store.id}/products", json=body)

        assert [error["path"] for error in answer.json()["errors"]] == [
            "price", "allow_one_time_purchase", "commands[0].stage", "commands[0].content", "gameservers[0]",
            "tier_group_id",
        ]  # fmt: skip

    async def test_knows_no_game_server_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        theirs = await made_game_server(client(f"APIKey {other.api_key}"), other.id)

        answer = await api.post(f"/v1/stores/{store.id}/products", json=new_product(gameservers=[theirs["id"]]))

        assert [error["code"] for error in answer.json()["errors"]] == ["InvalidGameServer"]

    async def test_keeps_nothing_of_a_product_that_does_not_pass(self, api: ContractClient, store: SeededStore) -> None:
        await api.post(f"/v1/stores/{store.id}/products", json=new_product(price=1))

        assert (await api.get(f"/v1/stores/{store.id}/products")).json() == []

    async def test_makes_one_product_when_the_request_comes_twice(self, api: ContractClient, store: SeededStore) -> None:
        headers = {"Idempotency-Key": "once"}

        first = await api.post(f"/v1/stores/{store.id}/products", json=new_product(), headers=headers)
        second = await api.post(f"/v1/stores/{store.id}/products", json=new_product(), headers=headers)

        assert second.json() == first.json()
        assert len((await api.get(f"/v1/stores/{store.id}/products")).json()) == 1

    async def test_takes_four_statements(self, api: ContractClient, database: Database, store: SeededStore) -> None:
        await made_product(api, store.id)

        with counted(database) as statements:
            await made_product(api, store.id, slug="another")

        assert len(statements) == 4  # one of them for the audit log

    async def test_needs_its_own_permission(self, client: ClientFactory, inside: Inside, store: SeededStore) -> None:
        limited = client(await key(inside, store.id, "product_read"))

        assert (await limited.post(f"/v1/stores/{store.id}/products", json=new_product())).status_code == 403

    async def test_refuses_the_key_of_another_store(self, api: ContractClient, other: SeededStore) -> None:
        assert (await api.post(f"/v1/stores/{other.id}/products", json=new_product())).status_code == 403
