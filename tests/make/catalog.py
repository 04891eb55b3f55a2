"""Products, as tests need them."""

from typing import Any

from sutler.kernel.ids import FlakeId
from tests.contract.client import ContractClient


def new_product(**changes: Any) -> dict[str, Any]:
    """The body of a product for 14.99 that runs one command."""
    command = {"stage": "on_purchase", "content": "grant {customer.name} knight", "online_only": False}
    return {"name": "Knight", "description": "A rank.", "price": 1499, "commands": [command]} | changes


def command(content: str = "say hello", stage: str = "on_purchase", **changes: Any) -> dict[str, Any]:
    """One command of a product."""
    return {"stage": stage, "content": content, "online_only": False} | changes


async def made_product(api: ContractClient, store_id: FlakeId, **changes: Any) -> dict[str, Any]:
    """A product as the API answers it."""
    answer = await api.post(f"/v1/stores/{store_id}/products", json=new_product(**changes))
    assert answer.status_code == 200, answer.text
    product: dict[str, Any] = answer.json()
    return product
