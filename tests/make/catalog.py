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


def limit(
    quantity: int | None = 10, time_value: int | None = 1, time_scale: str = "month", **changes: Any
) -> dict[str, Any]:
    """A limit of stock that is switched on."""
    base = {"enabled": True, "quantity": quantity, "time_value": time_value, "time_scale": time_scale}
    return base | {"include_trials": False} | changes


async def made_product(api: ContractClient, store_id: FlakeId, **changes: Any) -> dict[str, Any]:
    """A product as the API answers it."""
    answer = await api.post(f"/v1/stores/{store_id}/products", json=new_product(**changes))
    assert answer.status_code == 200, answer.text
    product: dict[str, Any] = answer.json()
    return product


async def changed(api: ContractClient, product: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The product after these changes, as the API answers it."""
    answer = await api.patch(f"/v1/stores/{product['store_id']}/products/{product['id']}", json=changes)
    assert answer.status_code == 200, answer.text
    after: dict[str, Any] = answer.json()
    return after


async def made_variable(api: ContractClient, store_id: FlakeId, **changes: Any) -> dict[str, Any]:
    """A custom variable as the API answers it: a colour out of two, of which red costs a dollar more."""
    options = [{"name": "Blue", "value": "blue"}, {"name": "Red", "value": "red", "price": 100}]
    body = {"identifier": "colour", "name": "Colour", "type": "dropdown", "options": options} | changes
    answer = await api.post(f"/v1/stores/{store_id}/custom-variables", json=body)
    assert answer.status_code == 200, answer.text
    variable: dict[str, Any] = answer.json()
    return variable
