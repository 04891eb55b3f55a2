"""Buyers who never give up: whatever happens to the server, each asks again, under the same key, until it is answered."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx2

from tests.make.demo import DemoStore
from tests.processes import PLAIN

AGAIN = 0.05  # seconds
PATIENCE = 20.0
CLOSED_BY_US = 503  # the database is away


@dataclass
class Purchase:
    """One thing that somebody wants to buy once."""

    key: str = field(default_factory=lambda: uuid4().hex)
    checkout_id: str = ""
    token: str = ""
    acknowledged: bool = False
    """Whether the server has said that it is paid."""


@dataclass
class Crowd:
    """Buyers side by side at one server."""

    shop: DemoStore
    purchases: list[Purchase] = field(default_factory=list)
    interrupted: int = 0
    """Requests that got no answer, or that the database was away."""
    stopping: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)
    """Set with every purchase that is paid."""

    @property
    def acknowledged(self) -> int:
        """How many purchases are paid, as far as the buyers know."""
        return sum(purchase.acknowledged for purchase in self.purchases)

    async def buy(self) -> None:
        """One buyer: one purchase after the other until told to stop, the last one to its end."""
        headers = {"Authorization": f"APIKey {self.shop.api_key}"}
        known: dict[str, Any] = {"base_url": self.shop.url, "headers": headers, "timeout": PATIENCE, "verify": PLAIN}
        async with httpx2.AsyncClient(**known) as client:
            while not self.stopping:
                purchase = Purchase()
                self.purchases.append(purchase)
                made = await self._ask(client, purchase, "checkouts", self.shop.new_checkout)
                purchase.checkout_id, purchase.token = made["id"], made["token"]
                paid = await self._ask(client, purchase, f"simulator/checkouts/{made['token']}/pay", {"outcome": "succeed"})
                purchase.acknowledged = paid.get("status") == "completed" or paid.get("code") == "CheckoutCompleted"
                self.news.set()
                assert purchase.acknowledged or paid.get("code") == "PaymentInProgress", (
                    paid
                )  # in doubt until it is looked into

    async def _ask(self, client: httpx2.AsyncClient, purchase: Purchase, path: str, body: Any) -> Any:
        step = path.partition("/")[0]
        while True:
            try:
                answer = await client.post(
                    f"{self.shop.path}/{path}", json=body, headers={"Idempotency-Key": f"{purchase.key}-{step}"}
                )
            except httpx2.TransportError:
                answer = None
            if answer is not None and answer.status_code != CLOSED_BY_US:
                assert answer.status_code in (200, 409), answer.text
                return answer.json()
            self.interrupted += 1
            await asyncio.sleep(AGAIN)

    async def progress(self, purchases: int) -> None:
        """Wait until so many more are paid."""
        goal = self.acknowledged + purchases
        async with asyncio.timeout(PATIENCE * 3):
            while self.acknowledged < goal:
                self.news.clear()
                await self.news.wait()
