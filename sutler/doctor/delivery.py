"""Checks of what became of orders: items, and the commands that they queue."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from sqlalchemy import and_, exists, func, or_, select

from sutler.billing.orders.events import OrderCompleted
from sutler.billing.orders.models import Order, OrderLine
from sutler.catalog.products.models import ProductCommand, ProductVersion
from sutler.delivery.commands.models import CommandAttempt
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.service import deliver_order
from sutler.doctor.books import PAID
from sutler.doctor.examination import EXAMPLES, Check, Function, Outcome, Rule
from sutler.doctor.jobs import waiting_for
from sutler.kernel.data.queries import Connection, Statement
from sutler.servers.game_servers.models import GameServer

O, L, I, A, V = Order.c, OrderLine.c, DeliveryItem.c, CommandAttempt.c, ProductVersion.c

UNITS = select(L.store_id, L.order_id, func.sum(L.quantity).label("units")).group_by(L.store_id, L.order_id).subquery()
ITEMS = (
    select(I.store_id, I.order_id, func.count().label("items"))
    .where(I.order_id.is_not(None))
    .group_by(I.store_id, I.order_id)
    .subquery()
)
TO_DELIVER = waiting_for(f"{OrderCompleted.kind}.{deliver_order.__name__}", "body", "order_id")
DELIVERED: Final = Rule(
    "",
    select(O.id, O.store_id, func.coalesce(UNITS.c.units, 0).label("units"), func.coalesce(ITEMS.c.items, 0).label("items"))
    .outerjoin_from(Order.table, UNITS, and_(UNITS.c.store_id == O.store_id, UNITS.c.order_id == O.id))
    .outerjoin(ITEMS, and_(ITEMS.c.store_id == O.store_id, ITEMS.c.order_id == O.id))
    .outerjoin(TO_DELIVER, TO_DELIVER.c.id == O.id)
    .where(O.status.in_(PAID), TO_DELIVER.c.id.is_(None), func.coalesce(UNITS.c.units, 0) != func.coalesce(ITEMS.c.items, 0)),
    "Order {id} of store {store_id} has {units} units and {items} items.",
)
WAITING = Statement(select(func.count()).select_from(TO_DELIVER))

QUEUED = (
    select(A.store_id, A.item_id, func.count().label("queued"))
    .where(A.stage == "on_purchase", ~A.rerun)
    .group_by(A.store_id, A.item_id)
    .subquery()
)
KINDS_OF_ITEMS = Statement(
    select(
        I.product_version_id, I.execute_on_gameserver_id, func.coalesce(QUEUED.c.queued, 0),
        func.count(), func.min(I.id), func.max(I.store_id),
    )
    .outerjoin_from(DeliveryItem.table, QUEUED, and_(QUEUED.c.store_id == I.store_id, QUEUED.c.item_id == I.id))
    .group_by(I.product_version_id, I.execute_on_gameserver_id, QUEUED.c.queued)
)  # fmt: skip
VERSIONS = Statement(select(V.id, V.commands, V.gameserver_ids))
SERVERS = Statement(select(GameServer.c.id))
THEIRS = and_(A.store_id == I.store_id, A.item_id == I.id, A.stage == "on_purchase")


class Plan(msgspec.Struct, frozen=True):
    """Where the commands of a product's version run when it is bought: on their own servers, or on the product's."""

    overrides: tuple[tuple[int, ...], ...]
    servers: tuple[int, ...]

    def commands(self, chosen: int | None, existing: set[int], before: int) -> int:
        """How many commands an item queues, counting servers that still exist and are older than this id."""
        usual = (chosen,) if chosen else self.servers
        runs = [server for override in self.overrides for server in override or usual]
        return sum(server in existing and server < before for server in runs)


async def delivered(connection: Connection) -> Outcome:
    """Orders whose delivery still waits in the queue are no problem; they are only told of."""
    outcome = await DELIVERED(connection)
    ((waiting,),) = await WAITING.run(connection)
    notes = (f"{waiting} completed orders wait for a worker to deliver them.",) if waiting else ()
    return Outcome(outcome.problems, outcome.examples, notes)


async def queued(connection: Connection) -> Outcome:
    """Derive from what was bought which commands there have to be, and count those that there are."""
    plans = {row[0]: plan_of(row) for row in await VERSIONS.run(connection)}
    existing = {row[0] for row in await SERVERS.run(connection)}
    problems, examples = 0, []
    for version, chosen, found, items, oldest, store in await KINDS_OF_ITEMS.run(connection):
        needed = plans[version].commands(chosen, existing, oldest) if version in plans else 0
        if found < needed:
            problems += items
            examples.append(
                f"{items} items of product version {version} in store {store} have {found} commands in the queue instead "
                f"of {needed}; the oldest is {oldest}."
            )
    return Outcome(problems, tuple(sorted(examples)[:EXAMPLES]))


def plan_of(row: Any) -> Plan:
    """From the JSON of a version."""
    commands = msgspec.json.decode(row[1], type=list[ProductCommand])
    bought = [command for command in commands if command.stage == "on_purchase"]
    overrides = (command.override_execute_on_gameserver_ids or () for command in bought)
    servers = msgspec.json.decode(row[2], type=list[str])
    return Plan(tuple(tuple(map(int, ids)) for ids in overrides), tuple(map(int, servers)))


CHECKS: Final[Mapping[str, Check]] = {
    "orders_delivered": Function("Every completed order has its items, or its delivery waits.", delivered),
    "commands_queued": Function("Every item has the commands that it queues when it is bought.", queued),
    "items_begun": Rule(
        "No item waits for a command that was executed.",
        select(I.id, I.store_id).where(
            I.state == "usable",
            or_(~I.has_commands, exists().where(THEIRS, A.executed_at.is_not(None))),
        ),
        "Item {id} of store {store_id} has nothing left to wait for, and has not begun.",
    ),
}
