"""Regional prices, as tests need them."""

from typing import Any

from sutler.kernel.ids import FlakeId
from tests.contract.client import ContractClient


async def priced(
    api: ContractClient, store_id: FlakeId, region: str, product_id: FlakeId | None = None, **changes: Any
) -> None:
    """Price a region, for all products or for one."""
    whose = "" if product_id is None else f"/{product_id}"
    answer = await api.patch(f"/v1/stores/{store_id}/products{whose}/pricing/regions/{region}", json=changes)
    assert answer.status_code == 204, answer.text


async def regions(api: ContractClient, store_id: FlakeId, product_id: FlakeId | None = None) -> dict[str, dict[str, Any]]:
    """All regions by id, as the store or one of its products has them."""
    whose = "" if product_id is None else f"/{product_id}"
    answer = await api.get(f"/v1/stores/{store_id}/products{whose}/pricing/regions")
    assert answer.status_code == 200, answer.text
    return {one["id"]: one for one in answer.json()}
