"""Checks of what became of orders: items, and the commands that they queue."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from sqlalchemy import and_, func, or_, select

from sutler.billing.orders.events import OrderCompleted
from sutler.billing.orders.models import Order, OrderLine
from sutler.catalog.products.models import ProductCommand, ProductVersion
from sutler.delivery.commands.models import CommandAttempt, own
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.service import deliver_order, is_ready
from sutler.doctor.books import PAID
from sutler.doctor.examination import EXAMPLES, Check, Function, Outcome, Rule
from sutler.doctor.jobs import waiting_for
from sutler.kernel.data.queries import Connection, Statement, one_of
from sutler.servers.game_servers.models import GameServer, existing

ORDER, LINE, ITEM, ATTEMPT, VERSION = Order.c, OrderLine.c, DeliveryItem.c, CommandAttempt.c, ProductVersion.c

UNITS = (
    select(LINE.store_id, LINE.order_id, func.sum(LINE.quantity).label("units"))
    .group_by(LINE.store_id, LINE.order_id)
    .subquery()
)
ITEMS = (
    select(ITEM.store_id, ITEM.order_id, func.count().label("given"))
    .where(ITEM.order_id.is_not(None))
    .group_by(ITEM.store_id, ITEM.order_id)
    .subquery()
)
BOUGHT, GIVEN = func.coalesce(UNITS.c.units, 0), func.coalesce(ITEMS.c.given, 0)
TO_DELIVER = waiting_for(f"{OrderCompleted.kind}.{deliver_order.__name__}", "body", "order_id")
DELIVERED: Final = Rule(
    "",
    select(ORDER.id, ORDER.store_id, BOUGHT.label("units"), GIVEN.label("given"))
    .outerjoin_from(Order.table, UNITS, and_(UNITS.c.store_id == ORDER.store_id, UNITS.c.order_id == ORDER.id))
    .outerjoin(ITEMS, and_(ITEMS.c.store_id == ORDER.store_id, ITEMS.c.order_id == ORDER.id))
    .outerjoin(TO_DELIVER, TO_DELIVER.c.id == ORDER.id)
    .where(one_of(ORDER.status, PAID), TO_DELIVER.c.id.is_(None), BOUGHT != GIVEN),
    "Order {id} of store {store_id} has {units} units and {given} items.",
)
WAITING = Statement(select(func.count()).select_from(TO_DELIVER))

QUEUED = (
    select(ATTEMPT.store_id, ATTEMPT.item_id, func.count().label("queued"))
    .where(ATTEMPT.stage == "on_purchase", ~ATTEMPT.rerun, own)
    .group_by(ATTEMPT.store_id, ATTEMPT.item_id)
    .subquery()
)
KINDS_OF_ITEMS = Statement(
    select(
        ITEM.product_version_id, ITEM.execute_on_gameserver_id, func.coalesce(QUEUED.c.queued, 0),
        func.count(), func.min(ITEM.id), func.max(ITEM.store_id),
    )
    .outerjoin_from(DeliveryItem.table, QUEUED, and_(QUEUED.c.store_id == ITEM.store_id, QUEUED.c.item_id == ITEM.id))
    .where(~ITEM.skip_commands)
    .group_by(ITEM.product_version_id, ITEM.execute_on_gameserver_id, QUEUED.c.queued)
)  # fmt: skip
VERSIONS = Statement(select(VERSION.id, VERSION.commands, VERSION.gameserver_ids))
SERVERS = Statement(select(GameServer.c.id).where(existing))


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
        select(ITEM.id, ITEM.store_id).where(
            ITEM.state == "usable",
            or_(~ITEM.has_commands, is_ready()),
        ),
        "Item {id} of store {store_id} has nothing left to wait for, and has not begun.",
    ),
}
