"""What it takes to buy something: a game server, a product with a command, a customer, a checkout, a payment."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from bench.data import Seeded
from bench.load import Client, request

Ask = Callable[[str, str, object], Awaitable[Any]]  # method, path below the store, body → the answer's JSON


@dataclass(frozen=True)
class Shelf:
    """What is for sale, and the token of the game server that delivers it."""

    product_id: str
    token: str


async def stock(ask: Ask) -> Shelf:
    """Put one product with two commands on the shelf."""
    server = await ask("POST", "/gameservers", {"name": "Survival", "enabled": True})
    commands = [{"stage": "on_purchase", "content": f"say {text}", "online_only": False} for text in ("thanks", "have fun")]
    product = {
        "name": "Diamond rank", "slug": "diamond-rank", "price": 999, "allow_one_time_purchase": True, "commands": commands,
        "gameservers": [server["id"]], "enabled_at": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    return Shelf((await ask("POST", "/products", product))["id"], server["token"])


def new_checkout(shelf: Shelf, customer_id: str) -> dict[str, object]:
    """The body that opens a checkout for one product."""
    return {"customer_id": customer_id, "lines": [{"product_id": shelf.product_id, "quantity": 1}]}


def payment_path(token: str) -> str:
    """Where a checkout is paid with the simulated card."""
    return f"/simulator/checkouts/{token}/pay"


QUEUE = "/v1/delivery/command-queue"
NOBODY: dict[str, list[str]] = {"steam_ids": [], "minecraft_uuids": [], "customer_names": []}  # online when the server polls
PAID: dict[str, object] = {"outcome": "succeed"}


def over_http(client: Client, seeded: Seeded) -> Ask:
    """Ask a server that runs."""

    async def ask(method: str, path: str, body: object) -> Any:
        sent = request(method, f"/v1/stores/{seeded.store_id}{path}", seeded.authorization, msgspec.json.encode(body))
        return msgspec.json.decode(await client.ask(sent))

    return ask
