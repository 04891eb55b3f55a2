"""What a store offers its buyers beside what they came for."""

from typing import Any

import pytest

from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import add_product

OFFER = {
    "type": "additional", "discount_type": "fixed", "discount_amount": 100, "minimum_base_product_quantity": None,
    "quantity_to_add": 1, "prefer_as_subscription": False,
}  # fmt: skip
USUAL = {
    "enabled": False, "automatic_recommendations_enabled": False, "automatic_recommendations_discount_type": "none",
    "automatic_recommendations_discount_amount": 0, "recommendation_overrides_enabled": False,
    "recommendation_overrides": [], "checkout_style": "inline",
}  # fmt: skip


async def offer(inside: Inside, store: SeededStore, **changes: Any) -> dict[str, Any]:
    """An offer of a new product."""
    async with inside(store.id) as context:
        return OFFER | {"recommended_product_id": (await add_product(context)).id} | changes


class TestGet:
    async def test_shows_what_every_store_begins_with(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        await api.patch(f"/v1/stores/{store.id}/upsell-settings", json={"enabled": True})

        theirs = client(f"APIKey {other.api_key}")
        found = (await theirs.get(f"/v1/stores/{other.id}/upsell-settings")).json()

        assert {name: found[name] for name in USUAL} == USUAL
        assert found["updated_by"]["type"] == "internal"


class TestUpdate:
    async def test_changes_what_is_given(self, api: ContractClient, store: SeededStore, inside: Inside) -> None:
        path, one = f"/v1/stores/{store.id}/upsell-settings", await offer(inside, store)
        percent = {"automatic_recommendations_discount_type": "percentage", "automatic_recommendations_discount_amount": 150}
        for changes in (
            {"enabled": True, "recommendation_overrides": [one]}, percent, {"checkout_style": "dedicated_step"}, {},
        ):  # fmt: skip
            assert (await api.patch(path, json=changes)).status_code == 204

        found = (await api.get(path)).json()

        assert {name: found[name] for name in USUAL} == USUAL | percent | {
            "enabled": True, "recommendation_overrides": [one], "checkout_style": "dedicated_step",
        }  # fmt: skip
        assert found["updated_by"]["type"] == "api_key"

    @pytest.mark.parametrize(
        ("changes", "path"),
        [
            ({"checkout_style": "unknown"}, "checkout_style"),
            ({"automatic_recommendations_discount_amount": 5}, "automatic_recommendations_discount_amount"),
            ({"automatic_recommendations_discount_type": "unknown"}, "automatic_recommendations_discount_type"),
        ],
    )
    async def test_refuses_what_cannot_be(
        self, api: ContractClient, store: SeededStore, changes: dict[str, Any], path: str
    ) -> None:
        answer = await api.patch(f"/v1/stores/{store.id}/upsell-settings", json=changes | {"enabled": True})

        assert (answer.status_code, [error["path"] for error in answer.json()["errors"]]) == (400, [path])
        assert (await api.get(f"/v1/stores/{store.id}/upsell-settings")).json()["enabled"] is False

    async def test_refuses_products_of_another_store_and_offers_that_make_no_sense(
        self, api: ContractClient, store: SeededStore, other: SeededStore, inside: Inside
    ) -> None:
        wrong = [await offer(inside, other), await offer(inside, store, type="unknown")]

        answer = await api.patch(f"/v1/stores/{store.id}/upsell-settings", json={"recommendation_overrides": wrong})

        assert sorted(error["path"] for error in answer.json()["errors"]) == [
            "recommendation_overrides[0].recommended_product_id", "recommendation_overrides[1].type",
        ]  # fmt: skip
