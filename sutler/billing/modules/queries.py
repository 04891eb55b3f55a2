"""What modules show of orders and customers. Partial indexes over what was completed keep it from looking at the rest."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from msgspec import UNSET
from sqlalchemy import ColumnElement, Float, cast, func, select

from sutler.billing.modules.schemas import (
    Field,
    ModuleCustomerDto,
    ModuleOrderDto,
    ModuleOrderLineDto,
    ModuleProfileDto,
    RecentPayments,
)
from sutler.billing.orders.models import Order, OrderLine, is_completed, is_paid
from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import shown as shown_customer
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import LIMIT, StoreStatement, one_of_ids, param, reader
from sutler.kernel.data.records import Flake, Timestamp
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import formatted, round_half_up

O = Order.c  # noqa: E741 - a table, not a digit
HERE = O.store_id == param("store_id", type_=Flake())
SINCE = O.completed_at >= param("since", type_=Timestamp())
GROSS, NET, COUNT = func.sum(O.total_amount), func.sum(O.total_amount - O.tax_amount), func.count()
BEST: Final[Mapping[Field, ColumnElement[Any]]] = {
    "total_spend_amount_gross": GROSS,
    "total_spend_amount_net": NET,
    "average_spend_amount_gross": cast(GROSS, Float) / COUNT,
    "average_spend_amount_net": cast(NET, Float) / COUNT,
    "total_payments": COUNT,
}

FOUND = Order.table.alias("found")
NEWEST = select(O.id).where(HERE).order_by(O.completed_at.desc(), O.id.desc()).limit(LIMIT)
# The inner query is answered by its index alone, else SQLite would look for what is paid among all that was completed.
RECENT = StoreStatement(select(*FOUND.c).where(FOUND.c.id.in_(NEWEST.where(is_completed))))
RECENTLY_PAID = StoreStatement(select(*FOUND.c).where(FOUND.c.id.in_(NEWEST.where(is_paid))))
REVENUE = StoreStatement(select(func.coalesce(GROSS, 0)).where(HERE, is_paid, SINCE))
TOP: Final[Mapping[Field, StoreStatement]] = {
    field: StoreStatement(
        select(O.customer_id, GROSS, NET, COUNT)
        .where(HERE, is_paid, SINCE)
        .group_by(O.customer_id)
        .order_by(best.desc(), O.customer_id)
        .limit(LIMIT)
    )
    for field, best in BEST.items()
}


class Spender(NamedTuple):
    """What a customer spent, in minor units, with how many orders."""

    customer_id: FlakeId
    gross: int
    net: int
    payments: int

    def average(self, amount: int) -> int:
        """An amount for each order."""
        return round_half_up(amount, self.payments)


async def revenue(store: StoreContext, since: datetime) -> int:
    """What the orders that were completed since then brought, without those that were refunded."""
    return int((await store.run(REVENUE, since=since))[0][0])


async def top(store: StoreContext, field: Field, since: datetime, limit: int) -> list[Spender]:
    """Those who paid the most since then, the best first; of equals who has been a customer longer."""
    rows = await store.run(TOP[field], since=since, limit=limit)
    return [Spender(str(id), int(gross), int(net), int(count)) for id, gross, net, count in rows]


async def recent(store: StoreContext, wanted: RecentPayments) -> list[ModuleOrderDto]:
    """The newest completed orders, of which those that cost nothing are left out unless they are wanted."""
    statement = RECENT if wanted.display_free_payments else RECENTLY_PAID
    read = reader(Order, store.connection.dialect)
    found = [read(row) for row in await store.run(statement, limit=wanted.display_limit)]
    orders = sorted(found, key=lambda order: (order.completed_at or order.created_at, int(order.id)), reverse=True)
    if not orders:
        return []
    known = await customers(store, [order.customer_id for order in orders])
    lines = await _lines(store, orders) if wanted.display_purchased_product else None
    return [_shown(order, known[order.customer_id], None if lines is None else lines[order.id]) for order in orders]


async def customers(store: StoreContext, ids: Sequence[FlakeId]) -> dict[FlakeId, ModuleCustomerDto]:
    """These customers as everybody may see them."""
    found = await store.all(store.rows(Customer).where(one_of_ids(Customer.c.id, sorted(set(ids)))))
    return {customer.id: _public(customer) for customer in found}


def _public(customer: Customer) -> ModuleCustomerDto:
    known = shown_customer(customer)
    profiles = {
        name: ModuleProfileDto(one.name, one.avatar_url)
        for name in ("profile", "steam", "minecraft")
        if (one := getattr(known, name)) is not UNSET
    }
    return ModuleCustomerDto(customer.id, customer.name, **profiles)


async def _lines(store: StoreContext, orders: Sequence[Order]) -> dict[FlakeId, list[OrderLine]]:
    found: dict[FlakeId, list[OrderLine]] = {order.id: [] for order in orders}
    for line in await store.all(store.rows(OrderLine).where(one_of_ids(OrderLine.c.order_id, list(found)))):
        found[line.order_id].append(line)
    return found


def _shown(order: Order, customer: ModuleCustomerDto, lines: Sequence[OrderLine] | None) -> ModuleOrderDto:
    return ModuleOrderDto(
        customer=customer,
        total_amount=order.total_amount,
        total_amount_str=formatted(order.total_amount, order.currency),
        currency=order.currency,
        completed_at=order.completed_at or order.created_at,
        lines=UNSET if lines is None else [_bought(line) for line in lines],
    )


def _bought(line: OrderLine) -> ModuleOrderLineDto:
    return ModuleOrderLineDto(line.product_id, line.product_name, line.product_image_url, line.quantity)
