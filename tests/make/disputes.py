"""A paid order whose payment can be disputed, and what became of it."""

from dataclasses import dataclass
from typing import Any, Literal, Self

import httpx2

from sutler.billing.simulator.models import SimulatedDispute
from sutler.kernel import clock
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import EventRow
from sutler.kernel.work.runner import Worker
from sutler.stores.ledger import service as ledger
from tests.conftest import Inside
from tests.contract.client import ContractClient


@dataclass(frozen=True)
class Case:
    """An order of a store, its payment, and a worker at hand."""

    api: ContractClient
    path: str
    inside: Inside
    worker: Worker
    store_id: FlakeId
    order_id: FlakeId
    payment_id: FlakeId

    @classmethod
    async def of(cls, api: ContractClient, store_id: FlakeId, inside: Inside, worker: Worker, order: dict[str, Any]) -> Self:
        """The case of an order with one payment."""
        path = f"/v1/stores/{store_id}"
        (payment,) = (await api.get(f"{path}/payments", params={"order_id": order["id"]})).json()
        return cls(api, path, inside, worker, store_id, order["id"], payment["id"])

    async def shown(self, path: str) -> Any:
        """What a reader is answered."""
        answer = await self.api.get(f"{self.path}/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def try_to_dispute(self, state: str, payment_id: FlakeId | None = None, **more: Any) -> httpx2.Response:
        """The answer of the simulated bank."""
        path = f"{self.path}/simulator/payments/{payment_id or self.payment_id}/dispute"
        return await self.api.post(path, json={"state": state} | more)

    async def dispute(self, state: str, **more: Any) -> dict[str, Any]:
        """The payment after the simulated bank has disputed it, or decided."""
        answer = await self.try_to_dispute(state, **more)
        assert answer.status_code == 200, answer.text
        payment: dict[str, Any] = answer.json()
        return payment

    async def ask(self) -> httpx2.Response:
        """The owner wants to know."""
        return await self.api.post(f"{self.path}/payments/{self.payment_id}/disputes/ask")

    async def refund(self, **body: Any) -> httpx2.Response:
        """Give the money of the order back."""
        return await self.api.post(f"{self.path}/orders/{self.order_id}/refund", json=body)

    async def refunded(self) -> dict[FlakeId, int]:
        """What was given back, by refund."""
        return {one["id"]: one["amount"] for one in (await self.payment())["refunds"] if one["status"] == "completed"}

    async def payment(self) -> dict[str, Any]:
        """The payment as it is."""
        found: dict[str, Any] = await self.shown(f"payments/{self.payment_id}")
        return found

    async def order(self) -> dict[str, Any]:
        """The order as it is."""
        found: dict[str, Any] = await self.shown(f"orders/{self.order_id}")
        return found

    async def items(self) -> list[dict[str, Any]]:
        """Every item of the buyer's."""
        customer_id = (await self.payment())["customer_id"]
        found: list[dict[str, Any]] = await self.shown(f"customers/{customer_id}/delivery/items")
        return found

    async def disputes(self) -> list[dict[str, Any]]:
        """Every dispute over the payment."""
        found: list[dict[str, Any]] = await self.shown(f"payments/{self.payment_id}/disputes")
        return found

    async def balances(self) -> dict[str, int]:
        """What every account holds that holds anything, in books that are in order."""
        async with self.inside(self.store_id) as context:
            assert await ledger.check(context) == []
            return {account: held for (account, _), held in (await ledger.balances(context)).items() if held}

    async def events(self, *kinds: str) -> list[str]:
        """What happened of these kinds, in its order."""
        async with self.inside(self.store_id) as context:
            return [one.kind for one in await context.all(context.rows(EventRow)) if one.kind in kinds]

    async def decide_silently(self, outcome: Literal["won", "lost"]) -> None:
        """The bank decides and does not tell."""
        async with self.inside(self.store_id) as context:
            (kept,) = await context.all(context.rows(SimulatedDispute))
            await context.change(kept, {"outcome": outcome, "decides_at": clock.now()})
