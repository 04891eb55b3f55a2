"""A store whose sales are told to receivers."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from sutler.billing.orders.events import OrderCompleted
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import StoreStatement, param
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.work.jobs import Job
from sutler.kernel.work.runner import Worker
from sutler.stores.api_keys.service import create_key
from sutler.webhooks.deliveries.jobs import send_webhook, tell_order_completed
from sutler.webhooks.deliveries.models import WebhookDelivery
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.webhooks import Receiver, Sale, new_webhook, receiving, sale

NEXT = StoreStatement(select(func.min(Job.c.run_at)).where(Job.c.store_id == param("store_id")))


@dataclass(frozen=True)
class Hooks:
    """What a test does with the webhooks of its store."""

    api: ContractClient
    store: SeededStore
    worker: Worker
    database: Database
    inside: Inside
    sold: Sale

    @property
    def path(self) -> str:
        """Where the store's subscriptions are."""
        return f"/v1/stores/{self.store.id}/webhooks"

    async def subscribe(self, url: str, event: str = "OnOrderCompleted", **changes: Any) -> Any:
        """Subscribe an address and return the subscription."""
        answer = await self.api.post(self.path, json=new_webhook(url, event, **changes))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def change(self, webhook: Any, **changes: Any) -> Any:
        """Change a subscription and return it as it is then."""
        answer = await self.api.patch(f"{self.path}/{webhook['id']}", json=changes)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def resend(self, one: Any) -> int:
        """Ask for a delivery again, or for what failed at a subscription, deliver it, and return the answer's status."""
        answer = await self.api.post(f"{self.path}/resend", json={"webhook_id": one["id"]})
        await self.deliver()
        return int(answer.status_code)

    async def subscription(self) -> Any:
        """The only subscription."""
        (found,) = (await self.api.get(self.path)).json()
        return found

    async def tell(self, event_id: FlakeId = "") -> FlakeId:
        """Tell the subscribers of the sale; a new event each time, unless its id is given."""
        event_id = event_id or new_id()
        async with self.inside(self.store.id) as context:
            await tell_order_completed(context, OrderCompleted(order_id=self.sold.order_id), event_id)
        return event_id

    async def deliver(self) -> None:
        """Run everything that is due."""
        await self.worker.drain()

    async def deliver_what_waits(self) -> None:
        """Run what waits for another try, as if its time had come."""
        past = (clock.real_now() - timedelta(seconds=1)).isoformat(timespec="microseconds")
        await self.database.script(f"UPDATE jobs SET run_at = '{past}'; UPDATE webhook_deliveries SET next_retry = NULL;")
        await self.deliver()

    async def live_until(self, end: datetime) -> None:
        """Move the store's clock from one waiting job to the next, and run each."""
        moment: datetime | None = end
        while moment is not None:
            async with self.inside(self.store.id) as context:
                ((found,),) = await context.run(NEXT)
                moment = datetime.fromisoformat(found) if isinstance(found, str) else found
                moment = None if moment is None or moment > end else moment
                await set_clock(context, moment or end)
            await self.deliver()

    async def send_again(self) -> None:
        """Run the job of the only delivery once more, as after a crash."""
        async with self.inside(self.store.id) as context:
            (delivery,) = await context.all(context.rows(WebhookDelivery))
            await send_webhook.enqueue(context, delivery_id=delivery.id)
        await self.deliver()

    async def history(self, webhook: Any, **query: Any) -> Any:
        """A page of what was sent to a subscription."""
        answer = await self.api.get(f"{self.path}/{webhook['id']}/history", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()["history"]


@pytest.fixture
def path(store: SeededStore) -> str:
    """Where the store's subscriptions are."""
    return f"/v1/stores/{store.id}/webhooks"


@pytest.fixture
def limited(inside: Inside, client: ClientFactory) -> Callable[..., Awaitable[ContractClient]]:
    """Makes clients whose key of a store has just these permissions."""

    async def make(store: SeededStore, *permissions: str) -> ContractClient:
        async with inside(store.id) as context:
            _, token = await create_key(context, "limited", list(permissions))
        return client(f"APIKey {token}")

    return make


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """Takes whatever comes."""
    async with receiving() as started:
        yield started


@pytest.fixture
async def hooks(api: ContractClient, store: SeededStore, worker: Worker, database: Database, inside: Inside) -> Hooks:
    """The store, with one sale to tell of."""
    async with inside(store.id) as context:
        sold = await sale(context)
    return Hooks(api, store, worker, database, inside, sold)
