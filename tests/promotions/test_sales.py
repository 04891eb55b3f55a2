"""Sales over the management API, and which of them are on."""

from datetime import timedelta
from typing import Any

import pytest

from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.promotions.sales.queries import active_sales, versions
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.catalog import made_product
from tests.make.promotions import TENTH, made_sale
from tests.make.stores import counted
from tests.make.tags import made_tag

PRINTED = {
    "name": "Holiday Sale", "discount_type": "percent", "discount_amount": 2500, "begins_at": "2024-12-01T00:00:00Z",
    "ends_at": "2024-12-31T23:59:59Z",
}  # fmt: skip


class TestCreate:
    async def test_gives_what_is_left_out_its_usual_value(self, api: ContractClient, store: SeededStore) -> None:
        sale = await made_sale(api, store.id, name=" Summer ")

        usual = {
            "enabled": True, "name": "Summer", "duration": "once", "duration_in_intervals": 0, "apply_to_product_ids": [],
            "apply_to_tag_ids": [], "minimum_order_value": 0, "ends_at": None, "updated_at": None,
        }  # fmt: skip
        assert sale.items() >= (usual | TENTH).items()
        assert sale["begins_at"] <= clock.now().isoformat()

    async def test_takes_the_call_of_the_published_page(self, api: ContractClient, store: SeededStore) -> None:
        products = [(await made_product(api, store.id, slug=slug))["id"] for slug in ("product-1", "product-2")]

        sale = await made_sale(api, store.id, **PRINTED, product_ids=products)

        assert sale["discount_amount"] == 250
        assert sale["apply_to_product_ids"] == products
        assert (sale["begins_at"], sale["ends_at"]) == (PRINTED["begins_at"], PRINTED["ends_at"])
        assert (await api.get(f"/v1/stores/{store.id}/sales/{sale['id']}")).json() == sale

    async def test_takes_the_older_words_for_what_it_is_for(self, api: ContractClient, store: SeededStore) -> None:
        product, tag = await made_product(api, store.id), await made_tag(api, store.id)

        sale = await made_sale(api, store.id, apply_to_products=[product["id"]], apply_to_tags=[tag["id"]])

        assert (sale["apply_to_product_ids"], sale["apply_to_tag_ids"]) == ([product["id"]], [tag["id"]])

    @pytest.mark.parametrize(
        ("body", "path"),
        [
            ({"name": " "}, "name"), ({"name": "a" * 51}, "name"), ({"discount_amount": 0}, "discount_amount"),
            ({"discount_amount": 1001}, "discount_amount"), ({"discount_amount": None}, "discount_amount"),
            ({"discount_type": None}, "discount_type"), ({"duration": "unspecified"}, "duration"),
            ({"duration": "repeating"}, "duration_in_intervals"), ({"duration_in_intervals": 1}, "duration_in_intervals"),
            ({"minimum_order_value": -1}, "minimum_order_value"),
            ({"begins_at": "2030-01-01T00:00:00Z", "ends_at": "2030-01-01T00:00:00Z"}, "ends_at"),
            ({"product_ids": ["1"]}, "apply_to_product_ids[0]"), ({"apply_to_tag_ids": ["1"]}, "apply_to_tag_ids[0]"),
            ({"product_ids": [], "apply_to_product_ids": []}, "product_ids"),
        ],
    )  # fmt: skip
    async def test_refuses_what_cannot_be(
        self, api: ContractClient, store: SeededStore, body: dict[str, Any], path: str
    ) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/sales", json={"name": "Summer"} | TENTH | body)

        assert (answer.status_code, [error["path"] for error in answer.json()["errors"]]) == (400, [path])


class TestUpdate:
    async def test_keeps_what_is_left_out_and_makes_a_version_of_new_terms(
        self, api: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        sale = await made_sale(api, store.id, duration="repeating", duration_in_intervals=2)
        at = f"/v1/stores/{store.id}/sales/{sale['id']}"

        changed = (await api.patch(at, json={"discount_type": "percent", "discount_amount": 5000})).json()
        off = (await api.patch(at, json={"enabled": False, "name": None, "begins_at": None})).json()
        once = (await api.patch(at, json={"duration": "once"})).json()

        assert (changed["discount_amount"], changed["duration_in_intervals"]) == (500, 2)
        assert changed["version_id"] != sale["version_id"]
        assert (off["enabled"], off["name"], off["begins_at"]) == (False, sale["name"], sale["begins_at"])
        assert (off["version_id"], once["duration_in_intervals"]) == (changed["version_id"], 0)
        async with inside(store.id) as context:
            known = await versions(context, [sale["version_id"], changed["version_id"]])
        assert [known[one["version_id"]].discount_amount for one in (sale, changed)] == [100, 500]

    @pytest.mark.parametrize(
        ("changes", "path"),
        [({"discount_amount": 10}, "discount_type"), ({"ends_at": "2020-01-01T00:00:00Z"}, "ends_at")],
    )
    async def test_refuses_what_cannot_be_and_changes_nothing(
        self, api: ContractClient, store: SeededStore, changes: dict[str, Any], path: str
    ) -> None:
        sale = await made_sale(api, store.id)
        at = f"/v1/stores/{store.id}/sales/{sale['id']}"

        answer = await api.patch(at, json={"name": "Winter"} | changes)

        assert (answer.status_code, [error["path"] for error in answer.json()["errors"]]) == (400, [path])
        assert (await api.get(at)).json() == sale


class TestListAndDelete:
    async def test_shows_the_newest_first_without_those_that_are_deleted(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        first, second, third = [await made_sale(api, store.id, name=name) for name in "abc"]
        await made_sale(client(f"APIKey {other.api_key}"), other.id)

        at = f"/v1/stores/{store.id}/sales/{second['id']}"
        answers = [await api.delete(at), await api.delete(at), await api.get(at)]

        assert [answer.status_code for answer in answers] == [204, 404, 404]
        assert (await api.get(f"/v1/stores/{store.id}/sales")).json() == [third, first]


class TestActiveSales:
    async def test_are_those_that_have_begun_and_are_not_over_off_or_deleted(
        self, api: ContractClient, inside: Inside, store: SeededStore, database: Database
    ) -> None:
        begin = clock.now() + timedelta(days=10)
        end = begin + timedelta(days=10)
        window = {"begins_at": begin.isoformat(), "ends_at": end.isoformat()}
        wanted = await made_sale(api, store.id, **window)
        endless = await made_sale(api, store.id, begins_at=(begin + timedelta(days=5)).isoformat())
        await made_sale(api, store.id, enabled=False)
        gone = await made_sale(api, store.id)
        await api.delete(f"/v1/stores/{store.id}/sales/{gone['id']}")
        moments = [begin - timedelta(microseconds=1), begin, begin + timedelta(days=5), end]

        async with inside(store.id) as context:
            with counted(database) as statements:
                found = [[sale.id for sale in await active_sales(context, moment)] for moment in moments]

        assert found == [[], [wanted["id"]], [wanted["id"], endless["id"]], [endless["id"]]]
        assert len(statements) == len(moments)


class TestScope:
    async def test_is_everything_unless_products_or_tags_are_named(
        self, api: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        product, tag = await made_product(api, store.id), await made_tag(api, store.id)
        await made_sale(api, store.id)
        await made_sale(api, store.id, product_ids=[product["id"]])
        await made_sale(api, store.id, apply_to_tags=[tag["id"]])

        async with inside(store.id) as context:
            sales = await active_sales(context, clock.now())

        assert [sale.matches("1", []) for sale in sales] == [True, False, False]
        assert [sale.matches(product["id"], []) for sale in sales] == [True, True, False]
        assert [sale.matches("1", ["2", tag["id"]]) for sale in sales] == [True, False, True]
