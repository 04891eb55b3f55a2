"""Subscribers of a shop of real processes, whose bank answers late, twice or not at all, and what became of each cycle."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.records import Actor
from sutler.kernel.data.store_clocks import StoreClock, set_clock
from tests.acceptance.books import Books, read
from tests.acceptance.scenes import rows
from tests.make.demo import DemoStore, must

PRICE: Final = 1_500
MONTH: Final = timedelta(days=30)
WHILE: Final = timedelta(days=2)  # in which whatever a bank tells late is told
BANKS: Final[Sequence[dict[str, Any]]] = (  # each of them takes the money in the end
    {"outcome": "succeed"},
    {"outcome": "succeed", "renewal": "succeed_unanswered"},
    {"outcome": "succeed", "renewal": "succeed_later", "renewal_after_seconds": 30, "notices": "twice"},
    {"outcome": "succeed", "renewal": "succeed_later", "renewal_after_seconds": 30, "notices": "late"},
)
CYCLES: Final = """
    SELECT checkouts.subscription_id, checkouts.billing_cycle_sequence, checkouts.id
    FROM checkouts WHERE checkouts.subscription_id IS NOT NULL
"""
PAID: Final = "SELECT count(*) FROM orders WHERE status = 'completed' AND type = 'subscription_renewal'"
TAKEN: Final = """
    SELECT payments.order_id, count(*) FROM simulated_charges JOIN payments ON payments.id = simulated_charges.payment_id
    WHERE simulated_charges.decision = 'succeeded' GROUP BY payments.order_id
"""
RUNNING: Final = """
    SELECT subscription_id, count(*) FROM delivery_items WHERE state IN ('usable', 'active') AND subscription_id IS NOT NULL
    GROUP BY subscription_id
"""
DUE: Final = """
    SELECT count(*) FROM jobs JOIN store_clocks ON store_clocks.store_id = jobs.store_id
    WHERE jobs.run_at IS NULL OR jobs.run_at <= store_clocks.stands_at
"""
NOBODY_HOLDS: Final = "UPDATE jobs SET leased_until = NULL; UPDATE store_clocks SET leased_until = NULL;"


def subscribe(shop: DemoStore, members: int) -> datetime:
    """Stop the store's time and let so many subscribe by the month; returns where its clock stands."""
    commands = [{"stage": stage, "content": f"say {stage}"} for stage in ("on_purchase", "on_renew")]
    body = {"name": "Member", "slug": "member", "description": "", "price": PRICE, "allow_subscription": True,
            "commands": commands, "gameservers": [shop.gameserver_id]}  # fmt: skip
    with shop.manager() as manager:
        frozen = must(manager.post(f"{shop.path}/simulator/clock", json={"freeze": True}))
        product = manager.post(f"{shop.path}/products", json=body).json()
        for number in range(members):
            wanted = {"product_id": product["id"], "quantity": 1, "subscription": True}
            session = {"customer_id": shop.customer_id, "lines": [wanted]}
            opened = must(manager.post(f"{shop.path}/checkouts", json=session))
            path = f"{shop.path}/simulator/checkouts/{opened['token']}/pay"
            must(manager.post(path, json=BANKS[number % len(BANKS)]))
    return datetime.fromisoformat(frozen["now"])


async def move(database: Database, store_id: str, moment: datetime) -> None:
    """Let it be another moment in the store, for whoever works there."""
    async with database.writing() as connection:
        await set_clock(StoreContext(connection, store_id, Actor("internal"), writes=True), moment)


async def go_on(database: Database, store_id: str) -> None:
    """Let an hour pass in the store, and in reality so much time that what the dead held is free."""
    await database.script(NOBODY_HOLDS)
    async with database.writing() as connection:
        store = StoreContext(connection, store_id, Actor("internal"), writes=True)
        stands = await store.first(store.rows(StoreClock))
        assert stands is not None
        await set_clock(store, stands.stands_at + timedelta(hours=1))


async def renewals(database: Database) -> int:
    """How many cycles after the first are paid so far."""
    return await _count(database, PAID)


async def due(database: Database) -> int:
    """How many jobs are due in the store's time, or were given up."""
    return await _count(database, DUE)


async def _count(database: Database, sql: str) -> int:
    async with database.reading() as connection:
        ((number,),) = await rows(connection, sql)
    return int(number)


@dataclass
class Aftermath:
    """What became of everything."""

    books: Books
    cycles: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))  # subscription → cycle → checkout
    taken: Counter[str] = field(default_factory=Counter)  # by order, as the bank sees it
    running: Counter[str] = field(default_factory=Counter)  # items by subscription

    @classmethod
    async def of(cls, database: Database) -> "Aftermath":
        """As it is now."""
        async with database.reading() as connection:
            found = cls(await read(connection))
            for subscription, cycle, checkout in await rows(connection, CYCLES):
                found.cycles[str(subscription)][int(cycle)] = str(checkout)
            found.taken.update({str(order): int(number) for order, number in await rows(connection, TAKEN)})
            found.running.update({str(id): int(number) for id, number in await rows(connection, RUNNING)})
        return found

    def assert_that_each_was_charged_and_delivered_once(self, members: int, last: int) -> None:
        """So many subscriptions were renewed up to and with the `last` cycle; the next was not even begun."""
        assert len(self.running) == members
        assert set(self.running.values()) == {1}
        assert {tuple(sorted(cycles)) for cycles in self.cycles.values()} == {tuple(range(2, last + 1))}
        checkouts = [checkout for cycles in self.cycles.values() for checkout in cycles.values()]
        assert len(checkouts) == members * (last - 1)
        assert [id for id in checkouts if not self.books.is_whole(id, PRICE)] == []
        orders = [order for id in checkouts for order, _ in self.books.orders[id]]
        assert {self.taken[order] for order in orders} == {1}
        assert sum(sum(amounts) for amounts in self.books.ledger.values()) == 0
