"""Bans, as tests need them."""

from typing import Any

from sutler.kernel.ids import FlakeId
from tests.contract.client import ContractClient


def identity(ban_type: str, value: str) -> dict[str, str]:
    """One identity of a ban or of a check."""
    return {"ban_type": ban_type, "ban_type_value": value}


async def made_ban(api: ContractClient, store_id: FlakeId, *identities: dict[str, str], **changes: Any) -> dict[str, Any]:
    """A ban as the API answers it."""
    body = {"reason": "Chargeback", "identities": list(identities)} | changes
    answer = await api.post(f"/v1/stores/{store_id}/bans", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def ban_of(api: ContractClient, store_id: FlakeId, *identities: dict[str, str]) -> str | None:
    """The id of the ban that a check finds."""
    answer = await api.post(f"/v1/stores/{store_id}/bans/check", json={"identities": list(identities)})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert found["is_banned"] == ("ban_id" in found)
    return found.get("ban_id")
