"""Customers, as tests need them."""

from itertools import count
from typing import Any

from sutler.customers.identities.service import FIRST_STEAM_ID
from sutler.kernel.ids import FlakeId
from tests.contract.client import ContractClient

_numbers = count(1)


def steam_id() -> str:
    """A SteamID64 that no other test has used."""
    return str(FIRST_STEAM_ID + next(_numbers))


def new_customer(**changes: Any) -> dict[str, Any]:
    """The body of a customer with a Steam account."""
    return {"steam_id": steam_id(), "name": "Alice", "metadata": {"rank": "member"}} | changes


async def made_customer(api: ContractClient, store_id: FlakeId, **changes: Any) -> dict[str, Any]:
    """A customer as the API answers them."""
    answer = await api.post(f"/v1/stores/{store_id}/customers", json=new_customer(**changes))
    assert answer.status_code == 200, answer.text
    customer: dict[str, Any] = answer.json()
    return customer


async def signed_in(api: ContractClient, store_id: FlakeId, customer_id: FlakeId) -> str:
    """The `Authorization` of a new token for a customer."""
    answer = await api.post(f"/v1/stores/{store_id}/customers/{customer_id}/tokens")
    assert answer.status_code == 200, answer.text
    return f"Customer {answer.json()['token']}"


async def names(api: ContractClient, store_id: str, **query: Any) -> list[str]:
    """The names of those whom a list of customers shows."""
    answer = await api.get(f"/v1/stores/{store_id}/customers", params=query)
    assert answer.status_code == 200, answer.text
    return [customer["name"] for customer in answer.json()]
