"""Everything that a database says about purchases, gathered and compared."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Connection
from sutler.kernel.data.running import opened
from sutler.kernel.metrics import Watch
from sutler.kernel.work.jobs import JOBS
from sutler.kernel.work.runner import Worker

LATER = """
    UPDATE jobs SET leased_until = NULL;
    UPDATE jobs SET run_at = '2024-01-01T00:00:00.000000+00:00' WHERE kind <> 'expire_checkout';
"""


@dataclass
class Books:
    """Rows by what they belong to, ids as texts."""

    checkouts: list[str] = field(default_factory=list)
    orders: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # checkout → order and status
    payments: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # order → payment and status
    ledger: dict[str, list[int]] = field(default_factory=dict)  # payment → amounts
    items: dict[str, list[str]] = field(default_factory=dict)  # order → item
    commands: Counter[str] = field(default_factory=Counter)  # by item
    events: Counter[tuple[str, str]] = field(default_factory=Counter)  # by kind and subject
    jobs: list[str] = field(default_factory=list)

    def is_whole(self, checkout_id: str, price: int) -> bool:
        """Whether everything that a paid checkout leads to is there exactly once."""
        orders = self.orders.get(checkout_id, [])
        if [status for _, status in orders] != ["completed"]:
            return False
        (order, _), items = orders[0], self.items.get(orders[0][0], [])
        paid = [payment for payment, status in self.payments.get(order, []) if status == "completed"]
        amounts = self.ledger.get(paid[0], []) if len(paid) == 1 else []
        told = self.events["order_completed", order], [self.events["payment_completed", payment] for payment in paid]
        booked = sum(amounts) == 0 and sum(amount for amount in amounts if amount > 0) == price
        return booked and told == (1, [1]) and [self.commands[item] for item in items] == [1]

    def is_absent(self, checkout_id: str) -> bool:
        """Whether nothing was paid, booked, told or delivered."""
        orders = self.orders.get(checkout_id, [])
        payments = [found for order, _ in orders for found in self.payments.get(order, [])]
        undone = all(status == "created" for _, status in orders) and all(status == "canceled" for _, status in payments)
        traces = [self.items.get(order) or self.events["order_completed", order] for order, _ in orders]
        return undone and not any(traces) and not any(self.ledger.get(payment) for payment, _ in payments)


async def after_a_while(database: Database) -> Books:
    """What the database says once leases have run out, payments in doubt were looked into and all jobs were done."""
    async with opened(database):
        await database.script(LATER)
        await Worker(database, JOBS, Watch()).drain()
        async with database.reading() as connection:
            return await read(connection)


async def read(connection: Connection) -> Books:
    """Read everything."""

    async def rows(sql: str) -> Sequence[Sequence[Any]]:
        return await connection.fetch(sql, ())

    books = Books()
    books.checkouts = [str(id) for (id,) in await rows("SELECT id FROM checkouts")]
    for checkout, order, status in await rows("SELECT checkout_id, id, status FROM orders"):
        books.orders.setdefault(str(checkout), []).append((str(order), status))
    for order, payment, status in await rows("SELECT order_id, id, status FROM payments"):
        books.payments.setdefault(str(order), []).append((str(payment), status))
    for transaction, amount in await rows("SELECT transaction_id, amount FROM ledger_entries"):
        books.ledger.setdefault(str(transaction), []).append(int(amount))
    for order, item in await rows("SELECT order_id, id FROM delivery_items"):
        books.items.setdefault(str(order), []).append(str(item))
    books.commands.update(str(item) for (item,) in await rows("SELECT item_id FROM command_attempts"))
    subject = "CAST(COALESCE(body ->> 'order_id', body ->> 'payment_id') AS TEXT)"
    books.events.update((kind, id) for kind, id in await rows(f"SELECT kind, {subject} FROM events"))
    books.jobs = [kind for (kind,) in await rows("SELECT kind FROM jobs")]
    return books
