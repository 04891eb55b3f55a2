"""A shop with game servers whose plugins are ours, and purchases that reach them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx2

from sutler.delivery.commands.models import CommandAttempt
from sutler.delivery.commands.service import queue
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.work.runner import Worker
from tests.conftest import Inside
from tests.contract.client import ContractClient
from tests.make.billing import bought

LINK = "/v1/delivery/gameserver/link"
QUEUE = "/v1/delivery/command-queue"
STEAM_ID, UUID = "76561197960287930", "853c80ef-3c37-49fd-aa49-938b674adae6"
NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
FOR_A_MONTH: dict[str, Any] = {
    "remove_after_enabled": True,
    "remove_after_time_value": 1,
    "remove_after_time_scale": "month",
}


@dataclass
class Shop:
    """A store as seen through its API, its worker at hand."""

    api: ContractClient
    store_id: FlakeId
    worker: Worker
    inside: Inside

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The answer to a call that must succeed."""
        answer = await self.api.post(f"/v1/stores/{self.store_id}/{path}", json=body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def server(self, name: str = "Survival", **changes: Any) -> dict[str, Any]:
        """A game server."""
        return await self.post("gameservers", {"name": name, "enabled": True} | changes)

    async def shown_server(self, id: FlakeId) -> dict[str, Any]:
        """A game server as its manager sees it now."""
        found: list[dict[str, Any]] = (await self.api.get(f"/v1/stores/{self.store_id}/gameservers/{id}")).json()
        return found[0]

    async def customer(self, **identity: Any) -> dict[str, Any]:
        """A customer with a Steam id, unless told otherwise."""
        return await self.post("customers", identity or {"steam_id": STEAM_ID, "name": "Alice"})

    async def product(self, *contents: str, servers: Sequence[FlakeId] = (), **changes: Any) -> dict[str, Any]:
        """A product that runs these commands on purchase."""
        online_only = changes.pop("online_only", False)
        commands = [{"stage": "on_purchase", "content": text, "online_only": online_only} for text in contents]
        commands += changes.pop("more_commands", [])
        body = {"name": "VIP", "description": "A rank.", "price": 999, "gameservers": list(servers), "commands": commands}
        return await self.post("products", body | changes)

    async def buy(self, customer_id: FlakeId, product_id: FlakeId, **changes: Any) -> dict[str, Any]:
        """A completed order, delivered."""
        order = await bought(self.api, self.store_id, customer_id, product_id, **changes)
        await self.worker.drain()
        return order

    async def sell(self, *contents: str, quantity: int = 1, **changes: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """A game server for which these commands wait, and the customer who bought them."""
        server, customer = await self.server(), await self.customer()
        product = await self.product(*(contents or ("give",)), servers=[server["id"]], **changes)
        await self.buy(customer["id"], product["id"], quantity=quantity)
        return server, customer

    async def items(self, customer_id: FlakeId, **query: Any) -> list[dict[str, Any]]:
        """A customer's inventory, oldest first."""
        path = f"/v1/stores/{self.store_id}/customers/{customer_id}/delivery/items"
        answer = await self.api.get(path, params={"asc": "true"} | query)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()
        return found

    async def is_at(self, moment: datetime) -> None:
        """Move the store's test clock; the first time, give it one."""
        async with self.inside(self.store_id) as context:
            await set_clock(context, moment)

    async def queue(self, server_id: FlakeId, *commands: str, **changes: Any) -> list[FlakeId]:
        """Commands that wait for a server although nobody bought anything; returns their ids."""
        waiting = [attempt(server_id, command, **changes) for command in commands]
        async with self.inside(self.store_id) as context:
            await queue(context, waiting)
        return [one.id for one in waiting]

    async def attempts(self) -> list[CommandAttempt]:
        """Every command there ever was, oldest first."""
        async with self.inside(self.store_id) as context:
            return await context.all(context.rows(CommandAttempt))


def attempt(server_id: FlakeId, command: str = "give", **changes: Any) -> CommandAttempt:
    """A command for a game server, of a player without any identity unless told otherwise."""
    fields: dict[str, Any] = {
        "item_id": new_id(), "gameserver_id": server_id, "customer_id": new_id(), "steam_id": None, "minecraft_uuid": None,
        "customer_name": None, "stage": "on_purchase", "position": 0, "command": command, "online_only": False,
    }  # fmt: skip
    return CommandAttempt(**(fields | changes))


async def poll(plugin: ContractClient, **online: Any) -> list[dict[str, Any]]:
    """What a plugin gets that posts who is online."""
    answer = await plugin.post(f"{QUEUE}/", json={"customer_names": [], "minecraft_uuids": []} | online)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def commands(plugin: ContractClient, **online: Any) -> list[str]:
    """The texts of the commands that a plugin gets."""
    return [one["command"] for one in await poll(plugin, **online)]


async def acknowledge(plugin: ContractClient, queued: Sequence[dict[str, Any]]) -> httpx2.Response:
    """What the Java plugins do: DELETE with a body."""
    body = [{"attempt_id": one["attempt_id"]} for one in queued]
    return await plugin.request("DELETE", f"{QUEUE}/", json=body)
