"""Tier groups over the management API."""

from typing import Any

import pytest

from tests.conftest import SeededStore
from tests.contract.client import ContractClient
from tests.make.catalog import made_product


@pytest.fixture
def path(store: SeededStore) -> str:
    """Where they are."""
    return f"/v1/stores/{store.id}/tier-groups"


class TestCreate:
    async def test_makes_one_that_is_listed_and_shown(self, api: ContractClient, path: str) -> None:
        made = [(await api.post(path, json={"name": f" {name} "})).json() for name in ("Ranks", "Pets")]

        assert [one["name"] for one in made] == ["Ranks", "Pets"]
        assert (await api.get(path)).json() == made
        assert (await api.get(f"{path}/{made[0]['id']}")).json() == made[0]

    @pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "  "}, {"name": None}, {"name": "x" * 101}])
    async def test_needs_a_name(self, api: ContractClient, path: str, body: dict[str, Any]) -> None:
        answer = await api.post(path, json=body)

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "name")


class TestUpdate:
    async def test_renames_it(self, api: ContractClient, path: str) -> None:
        made = (await api.post(path, json={"name": "Ranks"})).json()

        renamed = (await api.patch(f"{path}/{made['id']}", json={"name": "Titles"})).json()

        assert (renamed["name"], renamed["updated_at"] is not None) == ("Titles", True)


class TestDelete:
    async def test_keeps_its_products(self, api: ContractClient, store: SeededStore, path: str) -> None:
        made = (await api.post(path, json={"name": "Ranks"})).json()
        product = await made_product(api, store.id, tier_group_id=made["id"])

        gone = await api.delete(f"{path}/{made['id']}")

        kept = (await api.get(f"/v1/stores/{store.id}/products/{product['id']}")).json()
        assert (gone.status_code, "tier_group_id" in kept, kept["version_id"]) == (204, False, product["version_id"])
        for answer in (await api.get(f"{path}/{made['id']}"), await api.delete(f"{path}/{made['id']}")):
            assert answer.status_code == 404
