"""What a store would have to show before it may sell."""

from tests.conftest import SeededStore
from tests.contract.client import ContractClient


class TestRequirements:
    async def test_are_none_for_a_store_of_your_own(self, api: ContractClient, store: SeededStore) -> None:
        answer = await api.get(f"/v1/stores/{store.id}/trust/requirements", params={"limit": 1})

        assert (answer.status_code, answer.json()) == (200, [])
