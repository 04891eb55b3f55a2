"""Coupons over the management API, and why a code cannot be used."""

from datetime import timedelta
from typing import Any

import pytest

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.ids import new_id
from sutler.promotions.coupons.queries import find_codes, versions, why_not
from sutler.promotions.coupons.schemas import CreateCouponDto
from sutler.promotions.coupons.service import create
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.catalog import made_product
from tests.make.customers import made_customer
from tests.make.promotions import TENTH, made_coupon
from tests.make.stores import counted
from tests.make.tags import made_tag

PRINTED = {
    "code": "SUMMER2024", "discount_type": "percent", "discount_amount": 2000, "max_uses": 100,
    "expires_at": "2024-08-31T23:59:59Z",
}  # fmt: skip


def moment(**distance: float) -> str:
    """A time before or after now, as clients write it."""
    return (clock.now() + timedelta(**distance)).isoformat()


class TestCreate:
    async def test_gives_what_is_left_out_its_usual_value(self, api: ContractClient, store: SeededStore) -> None:
        coupon = await made_coupon(api, store.id, code=" Summer-24 ")

        usual = {
            "enabled": True, "code": "Summer-24", "note": None, "duration": "once", "duration_in_intervals": None,
            "discount_apply_individually": True, "discount_apply_before_sales": True, "apply_to_products": [],
            "apply_to_tags": [], "minimum_order_value": 0, "redeem_limit_store_enabled": False,
            "redeem_limit_store_amount": 0, "redeem_limit_customer_enabled": False, "redeem_limit_customer_amount": 0,
            "usable_on_one_time_purchase": True, "usable_on_subscription": False, "expires_at": None, "updated_at": None,
        }  # fmt: skip
        assert coupon.items() >= (usual | TENTH).items()
        assert coupon["usable_at"] <= moment()
        assert "usable_by_customer_id" not in coupon

    async def test_keeps_all_that_is_said(self, api: ContractClient, store: SeededStore) -> None:
        product, tag = await made_product(api, store.id), await made_tag(api, store.id)
        customer = await made_customer(api, store.id)
        said = {
            "enabled": False, "code": "A", "note": "For the forum", "duration": "repeating", "duration_in_intervals": 3,
            "discount_type": "amount", "discount_amount": 1500, "discount_apply_individually": False,
            "discount_apply_before_sales": False, "apply_to_products": [product["id"]], "apply_to_tags": [tag["id"]],
            "usable_by_customer_id": customer["id"], "minimum_order_value": 1000, "redeem_limit_store_enabled": True,
            "redeem_limit_store_amount": 5, "redeem_limit_customer_enabled": True, "redeem_limit_customer_amount": 1,
            "usable_on_one_time_purchase": False, "usable_on_subscription": True, "usable_at": "2030-01-01T00:00:00Z",
            "expires_at": "2030-02-01T00:00:00Z",
        }  # fmt: skip

        coupon = await made_coupon(api, store.id, **said)

        assert coupon.items() >= said.items()
        assert (await api.get(f"/v1/stores/{store.id}/coupons/{coupon['id']}")).json() == coupon

    async def test_takes_the_words_of_the_published_page(self, api: ContractClient, store: SeededStore) -> None:
        coupon = await made_coupon(api, store.id, **PRINTED)

        found = [coupon[name] for name in ("discount_amount", "redeem_limit_store_enabled", "redeem_limit_store_amount")]
        assert found == [200, True, 100]
        noted = await api.patch(f"/v1/stores/{store.id}/coupons/{coupon['id']}", json={"note": "Was over from the first"})
        assert (noted.status_code, noted.json()["expires_at"]) == (200, PRINTED["expires_at"])

    async def test_takes_the_words_of_older_clients(self, api: ContractClient, store: SeededStore) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/coupons", json={"name": "OLD", "type": "amount", "amount": 250})

        coupon = answer.json()
        assert [coupon[name] for name in ("code", "discount_type", "discount_amount")] == ["OLD", "amount", 250]

    async def test_makes_a_code_when_none_is_given(self, api: ContractClient, store: SeededStore) -> None:
        first, second = await made_coupon(api, store.id), await made_coupon(api, store.id, code="")

        assert len({first["code"], second["code"]}) == 2
        assert len(first["code"]) == 14

    @pytest.mark.parametrize(
        ("body", "path"),
        [
            ({"code": "-a"}, "code"), ({"code": "a-"}, "code"), ({"code": "a b"}, "code"), ({"code": "ä"}, "code"),
            ({"code": "a" * 51}, "code"), ({"discount_amount": 0}, "discount_amount"),
            ({"discount_amount": 10_001}, "discount_amount"), ({"discount_amount": 1255}, "discount_amount"),
            ({"discount_type": "amount", "discount_amount": 0}, "discount_amount"),
            ({"discount_type": "unspecified"}, "discount_type"), ({"discount_type": None}, "discount_type"),
            ({"discount_amount": None}, "discount_amount"), ({"duration": "repeating"}, "duration_in_intervals"),
            ({"duration": "forever", "duration_in_intervals": 2}, "duration_in_intervals"),
            ({"duration_in_months": 2}, "duration_in_months"), ({"minimum_order_value": -1}, "minimum_order_value"),
            ({"redeem_limit_store_enabled": True}, "redeem_limit_store_amount"),
            ({"redeem_limit_customer_amount": -1}, "redeem_limit_customer_amount"),
            ({"max_uses": 0}, "redeem_limit_store_amount"),
            ({"max_uses": 1, "redeem_limit_store_amount": 1}, "max_uses"), ({"amount": 1}, "amount"),
            ({"usable_on_one_time_purchase": False}, "usable_on_one_time_purchase"),
            ({"usable_at": "2030-01-01T00:00:00Z", "expires_at": "2030-01-01T00:00:00Z"}, "expires_at"),
            ({"apply_to_products": ["1"]}, "apply_to_products[0]"), ({"apply_to_tags": ["1"]}, "apply_to_tags[0]"),
            ({"usable_by_customer_id": "1"}, "usable_by_customer_id"),
        ],
    )  # fmt: skip
    async def test_refuses_what_cannot_be(
        self, api: ContractClient, store: SeededStore, body: dict[str, Any], path: str
    ) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/coupons", json=TENTH | body)

        assert (answer.status_code, [error["path"] for error in answer.json()["errors"]]) == (400, [path])

    async def test_refuses_products_tags_and_customers_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        theirs = client(f"APIKey {other.api_key}")
        product, tag = await made_product(theirs, other.id), await made_tag(theirs, other.id)
        customer = await made_customer(theirs, other.id)
        body = {
            "apply_to_products": [product["id"]], "apply_to_tags": [tag["id"]], "usable_by_customer_id": customer["id"],
        }  # fmt: skip

        answer = await api.post(f"/v1/stores/{store.id}/coupons", json=TENTH | body)

        assert (answer.status_code, len(answer.json()["errors"])) == (400, 3)

    async def test_lets_a_code_be_used_once_in_a_store_in_whatever_case(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        coupon = await made_coupon(api, store.id, code="Summer")
        await made_coupon(client(f"APIKey {other.api_key}"), other.id, code="Summer")

        taken = await api.post(f"/v1/stores/{store.id}/coupons", json=TENTH | {"code": " sUMMER"})
        await api.delete(f"/v1/stores/{store.id}/coupons/{coupon['id']}")

        assert (taken.status_code, taken.json()["code"]) == (409, "CouponCodeTaken")
        assert (await made_coupon(api, store.id, code="SUMMER"))["code"] == "SUMMER"


class TestUpdate:
    async def test_keeps_what_is_left_out_and_makes_a_version_of_new_terms(
        self, api: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        coupon = await made_coupon(api, store.id, code="A", note="Old", max_uses=3)
        at = f"/v1/stores/{store.id}/coupons/{coupon['id']}"

        changed = (await api.patch(at, json={"discount_type": "amount", "discount_amount": 150})).json()
        noted = (await api.patch(at, json={"note": None, "enabled": False, "code": None})).json()
        same = (await api.patch(at, json={"enabled": False})).json()

        assert changed["version_id"] != coupon["version_id"]
        varying = {"version_id", "discount_type", "discount_amount", "updated_at", "updated_by"}
        assert {name: changed[name] for name in coupon.keys() - varying} == {n: coupon[n] for n in coupon.keys() - varying}
        assert (noted["note"], noted["enabled"], noted["code"]) == (None, False, "A")
        assert (noted["version_id"], same) == (changed["version_id"], noted)
        async with inside(store.id) as context:
            known = await versions(context, [coupon["version_id"], changed["version_id"], new_id()])
        assert [known[one["version_id"]].discount_amount for one in (coupon, changed)] == [100, 150]

    async def test_clears_the_renewals_of_a_coupon_that_repeats_no_more(
        self, api: ContractClient, store: SeededStore
    ) -> None:
        coupon = await made_coupon(api, store.id, duration="repeating", duration_in_intervals=3)

        changed = (await api.patch(f"/v1/stores/{store.id}/coupons/{coupon['id']}", json={"duration": "once"})).json()

        assert (changed["duration"], changed["duration_in_intervals"]) == ("once", None)

    @pytest.mark.parametrize(
        ("changes", "path"),
        [
            ({"discount_amount": 10}, "discount_type"), ({"discount_type": "amount"}, "discount_amount"),
            ({"redeem_limit_customer_enabled": True}, "redeem_limit_customer_amount"), ({"code": "a b"}, "code"),
            ({"apply_to_tags": ["1"]}, "apply_to_tags[0]"),
        ],
    )  # fmt: skip
    async def test_refuses_what_cannot_be_and_changes_nothing(
        self, api: ContractClient, store: SeededStore, changes: dict[str, Any], path: str
    ) -> None:
        coupon = await made_coupon(api, store.id)
        at = f"/v1/stores/{store.id}/coupons/{coupon['id']}"

        answer = await api.patch(at, json={"note": "New"} | changes)

        assert (answer.status_code, [error["path"] for error in answer.json()["errors"]]) == (400, [path])
        assert (await api.get(at)).json() == coupon

    async def test_goes_on_where_what_it_is_for_was_deleted(self, api: ContractClient, store: SeededStore) -> None:
        product = await made_product(api, store.id)
        coupon = await made_coupon(api, store.id, apply_to_products=[product["id"]])
        await api.delete(f"/v1/stores/{store.id}/products/{product['id']}")

        answer = await api.patch(f"/v1/stores/{store.id}/coupons/{coupon['id']}", json={"note": "New"})

        assert (answer.status_code, answer.json()["apply_to_products"]) == (200, [product["id"]])


class TestDelete:
    async def test_hides_the_coupon_and_keeps_its_history(
        self, api: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        coupon = await made_coupon(api, store.id, code="A")
        at = f"/v1/stores/{store.id}/coupons/{coupon['id']}"

        answers = [await api.delete(at), await api.delete(at), await api.get(at), await api.patch(at, json={})]

        assert [answer.status_code for answer in answers] == [204, 404, 404, 404]
        assert (await api.get(f"/v1/stores/{store.id}/coupons")).json() == []
        async with inside(store.id) as context:
            assert await find_codes(context, ["A"]) == {"A": None}
            assert len(await versions(context, [coupon["version_id"]])) == 1


class TestList:
    async def test_shows_those_that_a_filter_lets_through_newest_first(
        self, api: ContractClient, inside: Inside, store: SeededStore, database: Database
    ) -> None:
        customer = await made_customer(api, store.id)
        await made_coupon(api, store.id, code="NOW", usable_by_customer_id=customer["id"])
        await made_coupon(api, store.id, code="OFF", enabled=False)
        await made_coupon(api, store.id, code="LATER", usable_at=moment(days=1))
        await made_coupon(api, store.id, code="OVER", expires_at=moment(days=-1))
        async with inside(store.id) as context:
            await create(context, CreateCouponDto(code="MAIL", type="percent", amount=50), by_itself=True)

        async def codes(**query: Any) -> list[str]:
            answer = await api.get(f"/v1/stores/{store.id}/coupons", params=query)
            return [coupon["code"] for coupon in answer.json()]

        assert await codes() == ["MAIL", "OVER", "LATER", "OFF", "NOW"]
        assert await codes(status="active") == ["MAIL", "NOW"]
        assert await codes(status="inactive", asc="true") == ["OFF", "LATER", "OVER"]
        assert await codes(type="generated") == ["MAIL"]
        assert await codes(type="manual", limit=2) == ["OVER", "LATER"]
        assert await codes(usable_by_customer_id=customer["id"]) == ["NOW"]
        with counted(database) as statements:
            await codes(status="active", type="manual")
        assert len(statements) == 1


class TestFindCodes:
    async def test_finds_codes_in_any_case_with_one_statement(
        self, api: ContractClient, inside: Inside, store: SeededStore, database: Database
    ) -> None:
        coupon = await made_coupon(api, store.id, code="Summer")

        async with inside(store.id) as context:
            with counted(database) as statements:
                found = await find_codes(context, [" SUMMER ", "winter"])
            assert await find_codes(context, []) == {}

        assert {code: one and one.id for code, one in found.items()} == {" SUMMER ": coupon["id"], "winter": None}
        assert len(statements) == 1


class TestWhyNot:
    async def test_says_in_words_what_is_wrong(self, api: ContractClient, inside: Inside, store: SeededStore) -> None:
        customer = await made_customer(api, store.id)
        bodies: dict[str, dict[str, Any]] = {
            "FINE": {}, "OFF": {"enabled": False}, "LATER": {"usable_at": moment(days=1)},
            "OVER": {"expires_at": moment(days=-1)}, "THEIRS": {"usable_by_customer_id": customer["id"]},
        }  # fmt: skip
        for code, body in bodies.items():
            await made_coupon(api, store.id, code=code, **body)

        async with inside(store.id) as context:
            said = await self.said(context, [*bodies, "NONE"])
            theirs = (await find_codes(context, ["THEIRS"]))["THEIRS"]

        assert said == {
            "FINE": None,
            "OFF": "The code OFF cannot be used at present.",
            "LATER": "The code LATER cannot be used yet.",
            "OVER": "The code OVER has expired.",
            "THEIRS": "The code THEIRS is for another customer.",
            "NONE": "There is no such code in this store. Look whether it is typed correctly.",
        }
        assert why_not(theirs, customer["id"], clock.now()) is None

    @staticmethod
    async def said(store: StoreContext, codes: list[str]) -> dict[str, str | None]:
        """What a visitor who is nobody in particular is told of each code."""
        return {code: why_not(coupon, None, clock.now()) for code, coupon in (await find_codes(store, codes)).items()}
