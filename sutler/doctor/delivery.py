"""Checks of what became of orders: items, and the commands that they queue."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from sqlalchemy import and_, func, or_, select

from sutler.billing.orders.events import OrderCompleted
from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.subscriptions.events import SubscriptionCanceled
from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.billing.trials.models import Trial
from sutler.catalog.products.models import ProductCommand, ProductVersion
from sutler.delivery.commands.models import CommandAttempt, own
from sutler.delivery.endings.service import end_items
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.queries import LIVING
from sutler.delivery.items.service import deliver_order, is_ready
from sutler.delivery.renewals.service import PRORATION
from sutler.doctor.books import PAID
from sutler.doctor.examination import EXAMPLES, Check, Function, Outcome, Rule
from sutler.doctor.jobs import waiting_for
from sutler.kernel.data.queries import Connection, Statement, one_of
from sutler.servers.game_servers.models import GameServer, existing

ORDER, LINE, ITEM, ATTEMPT, VERSION = Order.c, OrderLine.c, DeliveryItem.c, CommandAttempt.c, ProductVersion.c
SUBSCRIPTION, SUBSCRIBED_LINE, TRIAL = Subscription.c, SubscriptionLine.c, Trial.c

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
    .where(one_of(ORDER.status, PAID), ORDER.type != PRORATION, TO_DELIVER.c.id.is_(None), BOUGHT != GIVEN),
    "Order {id} of store {store_id} has {units} units and {given} items.",
)
WAITING = Statement(select(func.count()).select_from(TO_DELIVER))

QUEUED = (
    select(ATTEMPT.store_id, ATTEMPT.item_id, ATTEMPT.stage, func.count().label("queued"))
    .where(~ATTEMPT.rerun, own)
    .group_by(ATTEMPT.store_id, ATTEMPT.item_id, ATTEMPT.stage)
    .subquery()
)
ITS_COMMANDS = and_(QUEUED.c.store_id == ITEM.store_id, QUEUED.c.item_id == ITEM.id, QUEUED.c.stage == ITEM.stage)
KINDS_OF_ITEMS = Statement(
    select(
        ITEM.product_version_id, ITEM.stage, ITEM.execute_on_gameserver_id, func.coalesce(QUEUED.c.queued, 0),
        func.count(), func.min(ITEM.id), func.max(ITEM.store_id),
    )
    .outerjoin_from(DeliveryItem.table, QUEUED, ITS_COMMANDS)
    .where(~ITEM.skip_commands)
    .group_by(ITEM.product_version_id, ITEM.stage, ITEM.execute_on_gameserver_id, QUEUED.c.queued)
)  # fmt: skip
VERSIONS = Statement(select(VERSION.id, VERSION.commands, VERSION.gameserver_ids))
SERVERS = Statement(select(GameServer.c.id).where(existing))


LIVES = one_of(ITEM.state, LIVING)
TO_END = waiting_for(f"{SubscriptionCanceled.kind}.{end_items.__name__}", "body", "subscription_id")
ITS_SUBSCRIPTION = and_(SUBSCRIPTION.id == ITEM.subscription_id, SUBSCRIPTION.store_id == ITEM.store_id)
ITS_LINE = and_(SUBSCRIBED_LINE.id == ITEM.subscription_line_id, SUBSCRIBED_LINE.subscription_id == ITEM.subscription_id)
ITS_TRIAL = and_(TRIAL.id == ITEM.trial_id, TRIAL.store_id == ITEM.store_id)
NO_TRIAL = and_(ITEM.trial_id.is_not(None), TRIAL.id.is_(None))
WHOLE_ITEM = (
    DeliveryItem.table.outerjoin(Subscription.table, ITS_SUBSCRIPTION)
    .outerjoin(SubscriptionLine.table, ITS_LINE)
    .outerjoin(Trial.table, ITS_TRIAL)
)
SUBSCRIBED: Final = (
    Rule(
        "",
        select(ITEM.id, ITEM.store_id, ITEM.subscription_id)
        .select_from(WHOLE_ITEM)
        .where(
            ITEM.subscription_id.is_not(None),
            or_(SUBSCRIPTION.id.is_(None), SUBSCRIBED_LINE.id.is_(None), NO_TRIAL),
        ),
        "Item {id} of store {store_id}: its subscription {subscription_id}, the line of that or its trial is not there.",
    ),
    Rule(
        "",
        select(ITEM.id, ITEM.store_id, ITEM.state, ITEM.subscription_id)
        .join_from(DeliveryItem.table, Subscription.table, ITS_SUBSCRIPTION)
        .outerjoin(TO_END, TO_END.c.id == SUBSCRIPTION.id)
        .where(LIVES, SUBSCRIPTION.status == "canceled", TO_END.c.id.is_(None)),
        "Item {id} of store {store_id} is still {state}, but its subscription {subscription_id} has ended.",
    ),
    Rule(
        "",
        select(ITEM.subscription_line_id, ITEM.store_id, func.count().label("items"))
        .where(LIVES, ITEM.subscription_line_id.is_not(None))
        .group_by(ITEM.store_id, ITEM.subscription_line_id)
        .having(func.count() > 1),
        "The line {subscription_line_id} of a subscription of store {store_id} has {items} items that live at once.",
    ),
)


class Plan(msgspec.Struct, frozen=True):
    """Where the commands of a product's version run, by stage: on their own servers, or on the product's."""

    overrides: Mapping[str, list[tuple[int, ...]]]
    servers: tuple[int, ...]

    def commands(self, stage: str, chosen: int | None, existing: set[int], before: int) -> int:
        """How many commands of a stage an item queues, counting servers that still exist and are older than this id."""
        usual = (chosen,) if chosen else self.servers
        runs = [server for override in self.overrides.get(stage, ()) for server in override or usual]
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
    for version, stage, chosen, found, items, oldest, store in await KINDS_OF_ITEMS.run(connection):
        needed = plans[version].commands(stage, chosen, existing, oldest) if version in plans else 0
        if found < needed:
            problems += items
            examples.append(
                f"{items} items of product version {version} in store {store} have {found} commands of the stage {stage} in "
                f"the queue instead of {needed}; the oldest is {oldest}."
            )
    return Outcome(problems, tuple(sorted(examples)[:EXAMPLES]))


def plan_of(row: Any) -> Plan:
    """From the JSON of a version."""
    overrides: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    for command in msgspec.json.decode(row[1], type=list[ProductCommand]):
        overrides[command.stage].append(tuple(map(int, command.override_execute_on_gameserver_ids or ())))
    return Plan(overrides, tuple(map(int, msgspec.json.decode(row[2], type=list[str]))))


async def subscribed(connection: Connection) -> Outcome:
    """What items of subscriptions refer to, and that they live neither too long nor beside each other."""
    found = [await rule(connection) for rule in SUBSCRIBED]
    examples = [example for one in found for example in one.examples]
    return Outcome(sum(one.problems for one in found), tuple(examples[:EXAMPLES]))


CHECKS: Final[Mapping[str, Check]] = {
    "orders_delivered": Function("Every completed order has its items, or its delivery waits.", delivered),
    "commands_queued": Function("Every item has the commands that it queues when it is given.", queued),
    "items_subscribed": Function("Items of subscriptions live as long as those, one after the other.", subscribed),
    "items_begun": Rule(
        "No item waits for a command that was executed.",
        select(ITEM.id, ITEM.store_id).where(
            ITEM.state == "usable",
            or_(~ITEM.has_commands, is_ready()),
        ),
        "Item {id} of store {store_id} has nothing left to wait for, and has not begun.",
    ),
}
