"""Products that can be tried, and customers who try them."""

from dataclasses import dataclass
from typing import Any

import httpx2

from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import EventRow
from tests.conftest import Inside
from tests.contract.client import ContractClient
from tests.make.billing import attempt, paid
from tests.make.catalog import made_product
from tests.make.checkout import add_customer, checkout, line, open_checkout

MONTHLY = {"allow_subscription": True, "subscription_interval_value": 1, "subscription_interval_scale": "month"}
CREDIT, PREPAID = "4242424242424242", "5105105105105100"


@dataclass(frozen=True)
class Trials:
    """A store of which products are tried."""

    api: ContractClient
    store_id: FlakeId
    inside: Inside

    @property
    def path(self) -> str:
        """Where the store is."""
        return f"/v1/stores/{self.store_id}"

    async def customer(self, name: str = "Alex") -> FlakeId:
        """Somebody new."""
        async with self.inside(self.store_id) as context:
            return (await add_customer(context, name=name)).id

    async def product(self, *, limits: dict[str, Any] | None = None, name: str = "Knight", **terms: Any) -> dict[str, Any]:
        """A product of 14.99 a month that can be tried for a week, unless the terms say otherwise."""
        return await made_product(
            self.api, self.store_id, name=name, trial={"enabled": True} | terms, **MONTHLY, **(limits or {})
        )

    async def opened(self, customer_id: FlakeId, *product_ids: FlakeId, **changes: Any) -> str:
        """The token of a checkout in which these products are tried."""
        lines = [line(id, subscription=True, trial=True, **changes) for id in product_ids]
        return str((await open_checkout(self.api, self.store_id, checkout(customer_id, *lines)))["token"])

    async def refused(self, customer_id: FlakeId, *product_ids: FlakeId, **changes: Any) -> tuple[int, str, list[str]]:
        """How a checkout in which these products are tried is refused: status, code, and the lines that are why."""
        lines = [line(id, subscription=True, trial=True, **changes) for id in product_ids]
        answer = await self.api.post(f"{self.path}/checkouts", json=checkout(customer_id, *lines))
        body = answer.json()
        return answer.status_code, body.get("code", ""), [error["path"] for error in body.get("errors") or ()]

    async def tried(self, customer_id: FlakeId, *product_ids: FlakeId) -> dict[str, Any]:
        """The order with which trials of these products begin."""
        return await paid(self.api, self.store_id, await self.opened(customer_id, *product_ids))

    async def pay(self, token: str) -> httpx2.Response:
        """One attempt to pay a checkout that may be refused."""
        return await attempt(self.api, self.store_id, token)

    async def pay_with(self, token: str, card_number: str) -> dict[str, Any]:
        """The order after an attempt to pay it with a card."""
        answer = await self.api.post(f"{self.path}/simulator/checkouts/{token}/pay", json={"card_number": card_number})
        assert answer.status_code == 200, answer.text
        order: dict[str, Any] = answer.json()
        return order

    async def listed(self, **wanted: Any) -> list[dict[str, Any]]:
        """The trials that pass some filters, newest first."""
        answer = await self.api.get(f"{self.path}/trials", params=wanted)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()
        return found

    async def one(self, order: dict[str, Any]) -> dict[str, Any]:
        """The trial of the first line of an order."""
        answer = await self.api.get(f"{self.path}/trials/{order['lines'][0]['trial_id']}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def later(self, duration: str | None = None) -> None:
        """Stop the store's clock and move it; what is due meanwhile happens."""
        for body in ({"freeze": True}, *([{"advance": duration}] if duration else [])):
            answer = await self.api.post(f"{self.path}/simulator/clock", json=body)
            assert answer.status_code == 200, answer.text

    async def told(self) -> list[str]:
        """The kinds of events of trials, in their order."""
        async with self.inside(self.store_id) as context:
            rows = await context.all(context.rows(EventRow))
        return [row.kind for row in sorted(rows, key=lambda row: int(row.id)) if row.kind.startswith("trial_")]

    async def excepted(self, customer_id: FlakeId, product_id: FlakeId, **changes: Any) -> dict[str, Any]:
        """An exception for a customer and a product."""
        body = {"product_id": product_id, "expires_at": "2100-01-01T00:00:00Z"} | changes
        answer = await self.api.post(f"{self.overrides(customer_id)}", json=body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def overrides(self, customer_id: FlakeId) -> str:
        """Where a customer's exceptions are."""
        return f"{self.path}/customers/{customer_id}/trials/eligibility/overrides"
