"""Game servers, as tests need them."""

from typing import Any

from sutler.kernel.ids import FlakeId
from tests.contract.client import ContractClient


def new_game_server(**changes: Any) -> dict[str, Any]:
    """The body of an enabled game server."""
    return {"name": "Survival", "enabled": True} | changes


async def made_game_server(api: ContractClient, store_id: FlakeId, **changes: Any) -> dict[str, Any]:
    """A game server as the API answers it."""
    answer = await api.post(f"/v1/stores/{store_id}/gameservers", json=new_game_server(**changes))
    assert answer.status_code == 200, answer.text
    server: dict[str, Any] = answer.json()
    return server
