"""A shop with a game server whose plugin is ours, and purchases that reach it."""

from dataclasses import dataclass
from typing import Any

import httpx2

from sutler.kernel.ids import FlakeId
from tests.contract.client import ContractClient
from tests.make.billing import bought

QUEUE = "/v1/delivery/command-queue"
STEAM_ID = "76561197960287930"


@dataclass
class Shop:
    """A store as seen through its API."""

    api: ContractClient
    store_id: FlakeId

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The answer to a call that must succeed."""
        answer = await self.api.post(f"/v1/stores/{self.store_id}/{path}", json=body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def server(self, name: str = "Survival") -> dict[str, Any]:
        """A game server."""
        return await self.post("gameservers", {"name": name, "enabled": True})

    async def customer(self, **identity: Any) -> dict[str, Any]:
        """A customer with a Steam id, unless told otherwise."""
        return await self.post("customers", identity or {"steam_id": STEAM_ID, "name": "Alice"})

    async def product(self, *contents: str, servers: list[FlakeId], **changes: Any) -> dict[str, Any]:
        """A product that runs these commands on purchase."""
        online_only = changes.pop("online_only", False)
        commands = [{"stage": "on_purchase", "content": text, "online_only": online_only} for text in contents]
        commands += changes.pop("more_commands", [])
        body = {"name": "VIP", "description": "A rank.", "price": 999, "gameservers": servers, "commands": commands}
        return await self.post("products", body | changes)

    async def buy(self, customer_id: FlakeId, product_id: FlakeId, **changes: Any) -> dict[str, Any]:
        """A completed order."""
        return await bought(self.api, self.store_id, customer_id, product_id, **changes)

    async def items(self, customer_id: FlakeId, **query: Any) -> list[dict[str, Any]]:
        """A customer's inventory, oldest first."""
        path = f"/v1/stores/{self.store_id}/customers/{customer_id}/delivery/items"
        found: list[dict[str, Any]] = (await self.api.get(path, params={"asc": "true"} | query)).json()
        return found


async def poll(plugin: ContractClient, **online: Any) -> list[dict[str, Any]]:
    """What a plugin gets that posts who is online."""
    answer = await plugin.post(f"{QUEUE}/", json={"customer_names": [], "minecraft_uuids": []} | online)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def acknowledge(plugin: ContractClient, queued: list[dict[str, Any]]) -> httpx2.Response:
    """What the Java plugins do: DELETE with a body."""
    body = [{"attempt_id": one["attempt_id"]} for one in queued]
    return await plugin.request("DELETE", f"{QUEUE}/", json=body)
