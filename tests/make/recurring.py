"""Subscriptions as delivery sees them: their rows and their paid orders, past billing."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import asdict, replace

from sutler.billing.orders.events import OrderCompleted
from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.subscriptions.events import SubscriptionCanceled
from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.checkout.pricing.offers import LineToPrice
from sutler.delivery.items.service import deliver_order
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.store_clocks import stands_at
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.work.events import emit
from tests.make.billing import bought
from tests.make.delivery import NOON, Shop

CYCLE = timedelta(days=30)
AMOUNTS: dict[str, Any] = {
    f"{when}{name}_amount": 0 for when in ("", "initial_") for name in ("discount", "subtotal", "tax", "total")
} | {"initial_giftcard_usage_amount": 0}
COPIED = ("product_id", "product_version_id", "product_name", "product_image_url", "price", "checkout_line_id",
          "gift_to_customer_id", "selected_gameserver_id", "custom_variables", "tax_inclusive")  # fmt: skip


@dataclass
class Member:
    """Somebody who subscribed to something, and what they paid for it so far."""

    shop: Shop
    customer_id: FlakeId
    id: FlakeId = field(default_factory=new_id)
    line_ids: list[FlakeId] = field(default_factory=list)
    order_ids: list[FlakeId] = field(default_factory=list)
    trial_id: FlakeId | None = None

    async def subscribe(self, product_id: FlakeId, *, trial: bool = False, **line: Any) -> None:
        """Pay for the first cycle, or begin with a trial; the order waits for a worker to deliver it."""
        order = await bought(self.shop.api, self.shop.store_id, self.customer_id, product_id, **line)
        self.order_ids.append(order["id"])
        self.trial_id = new_id() if trial else None
        async with self.now() as store:
            kept = await store.get(Order, order["id"])
            lines = await store.all(store.rows(OrderLine).where(OrderLine.c.order_id == kept.id))
            self.line_ids = [new_id() for _ in lines]
            first = 0 if trial else 1
            facts = {"type": "subscription_initial", "subscription_id": self.id, "billing_cycle_sequence": first}
            await store.change(kept, facts)
            for one, line_id in zip(lines, self.line_ids, strict=True):
                await store.change(one, {"subscription_line_id": line_id, "trial_id": self.trial_id})
            await store.add(self._row(kept, first))
            await store.add_all([self._line(one, id) for one, id in zip(lines, self.line_ids, strict=True)])

    async def pay(self, at: datetime | None = None, *, canceled: bool = False) -> FlakeId:
        """One more cycle is paid; returns its order, which waits for a worker to deliver it."""
        async with self.now() as store:
            order = await self._renewal(store)
            await store.change(await store.get(Subscription, self.id), {
                "status": "canceled" if canceled else "active", "billing_cycle_sequence": order.billing_cycle_sequence,
                "current_period_end": (at or NOON) + CYCLE,
            })  # fmt: skip
            await emit(store, OrderCompleted(order_id=order.id))
        self.order_ids.append(order.id)
        return order.id

    async def renew(self, at: datetime | None = None, *, canceled: bool = False) -> FlakeId:
        """One more cycle is paid and delivered, perhaps of a subscription that had ended."""
        order_id = await self.pay(at, canceled=canceled)
        await self.shop.worker.drain()
        return order_id

    async def end(self, reason: str = "customer") -> None:
        """The subscription ends now; a worker has not heard of it yet."""
        async with self.now() as store:
            ended = {"status": "canceled", "cancel_reason": reason}
            await store.change(await store.get(Subscription, self.id), ended)
            await emit(store, SubscriptionCanceled(subscription_id=self.id))

    async def deliver(self, order_ids: Sequence[FlakeId]) -> None:
        """Deliver these orders, in this order, whatever a worker would do."""
        for order_id in order_ids:
            async with self.now() as store:
                await deliver_order(store, OrderCompleted(order_id=order_id), new_id())

    @asynccontextmanager
    async def now(self) -> AsyncIterator[StoreContext]:
        """A transaction in the store, at the time that its clock shows."""
        async with self.shop.inside(self.shop.store_id) as store:
            with clock.standing_at(await stands_at(store.connection, store.store_id)):
                yield store

    async def items(self) -> list[dict[str, Any]]:
        """What its customer has, oldest first."""
        return await self.shop.items(self.customer_id)

    async def states(self) -> list[str]:
        """The states of the items, oldest first."""
        return [item["state"] for item in await self.items()]

    async def _renewal(self, store: StoreContext) -> Order:
        before = await store.get(Order, self.order_ids[-1])
        cycle = (before.billing_cycle_sequence or 0) + 1
        copy = replace(before, id=new_id(), checkout_id=new_id(), type="subscription_renewal", billing_cycle_sequence=cycle)
        order = await store.add(copy)
        for line in await store.all(store.rows(OrderLine).where(OrderLine.c.order_id == before.id)):
            fresh = {"id": new_id(), "order_id": order.id, "checkout_line_id": new_id(), "trial_id": None}
            await store.add(replace(line, **fresh))
        return order

    def _row(self, order: Order, sequence: int) -> Subscription:
        bill = ("customer_id", "checkout_id", "currency", "tax_inclusive", "billing_name", "billing_email",
                "billing_country", "billing_tax_id", "customer_ip")  # fmt: skip
        return Subscription(
            id=self.id,
            order_id=order.id,
            status="active" if sequence else "created",
            interval_value=1,
            interval_scale="month",
            billing_cycle_sequence=sequence,
            current_period_start=NOON,
            current_period_end=NOON + CYCLE,
            active_at=NOON,
            **AMOUNTS,
            **{name: getattr(order, name) for name in bill},
        )

    def _line(self, line: OrderLine, id: FlakeId) -> SubscriptionLine:
        facts = asdict(line)
        return SubscriptionLine(
            id=id,
            subscription_id=self.id,
            order_line_id=line.id,
            wanted=LineToPrice(key=line.checkout_line_id, price=line.price, quantity=1),
            trial_id=self.trial_id,
            **AMOUNTS,
            **{name: facts[name] for name in COPIED},
        )
