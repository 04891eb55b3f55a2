"""Products that are offered with others, and products that come with a gift card."""

from typing import Any

import pytest

from sutler.catalog.products.models import ProductVersion
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.catalog import new_product

OFFER = {
    "type": "additional", "discount_type": "percentage", "discount_amount": 150, "minimum_base_product_quantity": 2,
    "minimum_recommended_product_quantity": None, "quantity_to_add": 1, "prefer_as_subscription": False,
}  # fmt: skip


async def made(api: ContractClient, store: SeededStore, **changes: Any) -> dict[str, Any]:
    """A product as it is answered."""
    answer = await api.post(f"/v1/stores/{store.id}/products", json=new_product(**changes))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


class TestUpselling:
    async def test_is_kept_and_changed_part_by_part(self, api: ContractClient, store: SeededStore) -> None:
        other = await made(api, store, name="Other")
        offer = OFFER | {"recommended_product_id": other["id"]}
        product = await made(api, store, upselling={"enabled": True, "recommendations": [offer]})
        path = f"/v1/stores/{store.id}/products/{product['id']}"

        off = (await api.patch(path, json={"upselling": {"enabled": False}})).json()
        none = (await api.patch(path, json={"upselling": {"enabled": True, "recommendations": None}})).json()
        usual = (await api.patch(path, json={"upselling": None})).json()

        assert product["upselling"] == {"enabled": True, "recommendations": [offer]}
        assert off["upselling"] == {"enabled": False, "recommendations": [offer]}
        assert none["upselling"] == {"enabled": True, "recommendations": []}
        assert usual["upselling"] == {"enabled": False, "recommendations": []}
        assert usual["version_id"] == product["version_id"]

    @pytest.mark.parametrize(
        ("changes", "path"),
        [
            ({"recommended_product_id": "7"}, "recommended_product_id"), ({"type": "unknown"}, "type"),
            ({"discount_type": "unknown"}, "discount_type"), ({"discount_amount": 1001}, "discount_amount"),
            ({"discount_type": "none"}, "discount_amount"), ({"discount_amount": -1}, "discount_amount"),
            ({"quantity_to_add": 0}, "quantity_to_add"),
        ],
    )  # fmt: skip
    async def test_refuses_what_cannot_be_offered(
        self, api: ContractClient, store: SeededStore, changes: dict[str, Any], path: str
    ) -> None:
        other = await made(api, store, name="Other")
        offer = OFFER | {"recommended_product_id": other["id"]} | changes

        body = new_product(upselling={"enabled": True, "recommendations": [offer]})
        answer = await api.post(f"/v1/stores/{store.id}/products", json=body)

        assert answer.status_code == 400
        assert [error["path"] for error in answer.json()["errors"]] == [f"upselling.recommendations[0].{path}"]

    async def test_refuses_the_same_offer_twice(self, api: ContractClient, store: SeededStore) -> None:
        other = await made(api, store, name="Other")
        offer = OFFER | {"recommended_product_id": other["id"]}

        answer = await api.post(
            f"/v1/stores/{store.id}/products", json=new_product(upselling={"recommendations": [offer] * 2})
        )

        assert [error["path"] for error in answer.json()["errors"]] == [
            "upselling.recommendations[1].recommended_product_id"
        ]


class TestGrantingGiftCards:
    async def test_is_shown_and_makes_a_new_version(self, api: ContractClient, store: SeededStore, inside: Inside) -> None:
        product = await made(api, store)

        changed = (
            await api.patch(
                f"/v1/stores/{store.id}/products/{product['id']}", json={"deliverable_actions": {"grant_giftcard": True}}
            )
        ).json()
        seen = await api.get(f"/v1/store/products/{product['id']}", headers={"x-paynow-store-id": store.id})

        assert (product["deliverable_actions"], changed["deliverable_actions"]) == (
            {"grant_giftcard": False}, {"grant_giftcard": True},
        )  # fmt: skip
        assert seen.json()["deliverable_actions"] == {"grant_giftcard": True}
        assert changed["version_id"] != product["version_id"]
        async with inside(store.id) as context:
            versions = await context.all(context.rows(ProductVersion))
        assert [version.grant_giftcard for version in versions] == [False, True]
