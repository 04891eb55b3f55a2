"""Subscriptions over the time of a store, as tests need them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sutler.billing.orders.models import Order
from sutler.kernel import clock
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.runner import Worker
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import add_customer, add_product, checkout, line, open_checkout

BEGINNING = clock.real_now().replace(microsecond=0)
TERMS: dict[str, Any] = {"allow_subscription": True, "price": 999, "name": "Knight"}


@dataclass
class Club:
    """A store whose clock stands, its customer, and the ways to subscribe and to let time pass."""

    api: ContractClient
    store: SeededStore
    inside: Inside
    worker: Worker
    now: datetime = BEGINNING
    customer_id: FlakeId = ""
    product_ids: list[FlakeId] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Where the store's things are."""
        return f"/v1/stores/{self.store.id}"

    async def open(self, moment: datetime = BEGINNING) -> "Club":
        """Let the store's clock stand, and let somebody come in."""
        await self.at(moment)
        async with self.inside(self.store.id) as context:
            self.customer_id = (await add_customer(context, steam_id="76561198152492642")).id
        return self

    async def stranger(self) -> FlakeId:
        """Another customer."""
        async with self.inside(self.store.id) as context:
            return (await add_customer(context, name="Robin")).id

    async def product(self, **changes: Any) -> FlakeId:
        """A product for 9.99 that is subscribed to by the month, unless told otherwise."""
        async with self.inside(self.store.id) as context:
            made = await add_product(context, **({"enabled_at": self.now - timedelta(days=1)} | TERMS | changes))
        self.product_ids.append(made.id)
        return made.id

    async def opened(self, *lines: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """A checkout of the customer's."""
        return await open_checkout(self.api, self.store.id, checkout(self.customer_id, *lines, **changes))

    async def paid(self, opened: dict[str, Any], **outcome: Any) -> dict[str, Any]:
        """The order after an attempt to pay a checkout; jobs have run."""
        path = f"{self.path}/simulator/checkouts/{opened['token']}/pay"
        answer = await self.api.post(path, json={"outcome": "succeed"} | outcome)
        assert answer.status_code == 200, answer.text
        await self.worker.drain()
        found: dict[str, Any] = answer.json()
        return found

    async def subscribe(self, product_id: FlakeId | None = None, **outcome: Any) -> dict[str, Any]:
        """The subscription to a product that the customer has just paid."""
        wanted = line(product_id or await self.product(), subscription=True)
        order = await self.paid(await self.opened(wanted), **outcome)
        return await self.subscription(order["subscription_id"])

    async def subscription(self, id: FlakeId) -> dict[str, Any]:
        """A subscription as managers see it."""
        answer = await self.api.get(f"{self.path}/subscriptions/{id}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def at(self, moment: datetime) -> None:
        """Move the clock to a moment and do what is due then; what was due before happens at that moment."""
        self.now = moment
        async with self.inside(self.store.id) as context:
            await set_clock(context, moment)
        await self.worker.drain()

    async def after(self, days: float = 0, **more: float) -> None:
        """Let some time pass."""
        await self.at(self.now + timedelta(days=days, **more))

    async def orders(self, **filters: str) -> list[dict[str, Any]]:
        """The store's orders, oldest first."""
        answer = await self.api.get(f"{self.path}/orders", params={"asc": "true", "limit": "100"} | filters)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()
        return found

    async def kept(self, order_id: FlakeId) -> Order:
        """An order's row."""
        async with self.inside(self.store.id) as context:
            return await context.get(Order, order_id)


def moment(text: str) -> datetime:
    """A moment on the wire."""
    return datetime.fromisoformat(text)
