"""What a store comes to: rows by table, balances by account, orders and payments by state; and comparing two of it."""

from collections.abc import Iterable
from typing import Any, Final, Literal

from msgspec import Struct
from sqlalchemy import Column, func, select

from sutler.billing.orders.models import Order
from sutler.billing.payments.models import Payment
from sutler.billing.refunds.models import Refund
from sutler.doctor.books import ENTRIES
from sutler.kernel.backup.schema import LEFT_OUT
from sutler.kernel.data.queries import Connection, Statement, param
from sutler.kernel.data.records import Flake, metadata
from sutler.kernel.ids import FlakeId

BEFORE = param("before", type_=Flake())
BOOKS: Final = "books"
LASTING: Final = frozenset(
    {
        "audit_entries", "audit_links", "command_attempts", "customers", "delivery_items", "events",
        "gift_card_movements", "gift_card_uses", "gift_cards", "ledger_entries",
        "order_lines", "orders", "payment_disputes", "payments", "product_versions", "refunds", "stores", "users", BOOKS,
    }
)  # fmt: skip
"""Whose rows are never deleted; what is in the books is never changed either."""


class Total(Struct, frozen=True):
    """How many rows of a kind there are and what they sum up to, in minor units."""

    area: str
    name: str
    count: int
    amount: int | None = None


def by(area: str, amount: Column[int], *columns: Column[Any]) -> tuple[str, Statement]:
    """Rows and their sum for each combination of these columns."""
    table = amount.table
    query = select(func.count(), func.sum(amount), *columns).where(table.c.id < BEFORE)
    return area, Statement(query.group_by(*columns).order_by(*columns))


ROWS: Final = [
    (table.name, Statement(select(func.count()).select_from(table).where(table.c.id < BEFORE)))
    for table in metadata.sorted_tables
    if table.name not in LEFT_OUT
]
SUMS: Final = [
    by(BOOKS, ENTRIES.c.amount, ENTRIES.c.account, ENTRIES.c.currency),
    by("orders", Order.c.total_amount, Order.c.status, Order.c.currency),
    by("payments", Payment.c.amount, Payment.c.status, Payment.c.currency),
    by("refunds", Refund.c.amount, Refund.c.status, Refund.c.currency),
]


async def totals(connection: Connection, before: FlakeId) -> list[Total]:
    """Of all stores together, counting what was made before this id."""
    found = [Total(name, "", (await statement.run(connection, before=before))[0][0]) for name, statement in ROWS]
    for area, statement in SUMS:
        rows = await statement.run(connection, before=before)
        found += [Total(area, ", ".join(row[2:]), row[0], int(row[1])) for row in rows]
    return found


Verdict = Literal["same", "more since", "changed since", "MISSING"]


class Comparison(Struct, frozen=True):
    """The same total twice: in the restored copy and in the running store."""

    area: str
    name: str
    copy: Total
    running: Total

    @property
    def verdict(self) -> Verdict:
        """Whether they agree; and if not, whether the time that has passed since the backup explains it.

        A transaction that was not committed when the backup began may have taken its ids before.
        """
        if (self.copy.count, self.copy.amount) == (self.running.count, self.running.amount):
            return "same"
        lasting = self.area in LASTING and (self.area == BOOKS or not self.name)
        if not lasting:
            return "changed since"
        return "more since" if self.copy.count < self.running.count else "MISSING"


def compared(copy: Iterable[Total], running: Iterable[Total]) -> list[Comparison]:
    """Total by total; what only one of them has is nothing in the other."""
    ours = {(total.area, total.name): total for total in copy}
    theirs = {(total.area, total.name): total for total in running}
    found = []
    for area, name in dict.fromkeys([*ours, *theirs]):
        mine, other = ours.get((area, name)), theirs.get((area, name))
        found.append(Comparison(area, name, mine or nothing_like(other), other or nothing_like(mine)))
    return found


def nothing_like(total: Total | None) -> Total:
    """No rows of the same kind."""
    return Total("", "", 0, None if total is None or total.amount is None else 0)
