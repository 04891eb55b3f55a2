"""What becomes of an order: items in inventories, their commands in queues, and their life from there on."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from msgspec.structs import replace
from sqlalchemy import ColumnElement, FromClause, exists, or_

from sutler.billing.orders.events import OrderCompleted
from sutler.billing.orders.models import LINES_OF, Order, OrderLine
from sutler.catalog.products.models import CommandStage, ProductVersion
from sutler.catalog.products.service import versions
from sutler.delivery.commands import service as commands
from sutler.delivery.commands.models import CommandAttempt, waiting
from sutler.delivery.granted_cards.service import grant_cards
from sutler.delivery.items.events import DeliveryItemActivated, DeliveryItemAdded, DeliveryItemExpired, DeliveryItemUsed
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.lifetimes.service import Fate, beginning, fate_of, gone_already, paid_until
from sutler.delivery.placeholders.service import answers_of, values_of
from sutler.delivery.rendering.service import Entrance, Scene, rendered, rendered_each
from sutler.delivery.renewals.service import PRORATION, hand_over, is_over, owed_before, stage_of, take_over
from sutler.delivery.scenes.service import needed, people_of, scenes_of
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Rows, one_of_ids, param, rows
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import Event, emit_all
from sutler.kernel.work.jobs import Again, enqueue, job
from sutler.servers.game_servers.events import GameServerDeleted
from sutler.stores.stores.models import Store

BEGINNING: Final[tuple[CommandStage, ...]] = ("on_purchase", "on_trial_start")  # whose commands items wait for

GIVEN: Final = rows(DeliveryItem).where(DeliveryItem.c.order_id == param("order_id"))


async def deliver_order(store: StoreContext, event: OrderCompleted, _event_id: FlakeId) -> None:
    """Give the receivers one item for each unit that was bought, and queue their commands.

    An order is delivered once, after those that its subscription had before, and the number of statements does not grow
    with its lines. Subscribed to `OrderCompleted`.
    """
    order = await store.get(Order, event.order_id)  # with it, the lock: whoever takes its items back delivers it before
    if order.type == PRORATION:
        return
    for one in [*await owed_before(store, order), order]:
        if not await store.exists(GIVEN, order_id=one.id):
            await _deliver(store, one)


async def _deliver(store: StoreContext, order: Order) -> None:
    lines = await store.all(LINES_OF, order_id=order.id)
    bought = await versions(store, [line.product_version_id for line in lines])
    people = await people_of(store, [order.customer_id, *(line.gift_to_customer_id or order.customer_id for line in lines)])
    shop, scenes = await needed(store, Store, store.store_id), list[Scene]()
    over = await is_over(store, order)
    before = {} if over else await hand_over(store, order, lines)
    for line in lines:
        version, receiver = bought[line.product_version_id], people[line.gift_to_customer_id or order.customer_id]
        values = values_of(shop, version, receiver, people[order.customer_id], order) | answers_of(line.custom_variables)
        items = [_item(order, line, version, index) for index in range(1, line.quantity + 1)]
        stage, in_turn = stage_of(line, before), line.subscription_line_id in before
        enters: Entrance = "late" if over else "in turn" if in_turn else "anew"
        scenes += [Scene(replace(item, stage=stage), version, receiver, values, enters) for item in items]
    await give(store, scenes)


async def give(store: StoreContext, scenes: Sequence[Scene]) -> list[DeliveryItem]:
    """Put items into inventories and queue the commands of their stages.

    Those that wait for no command begin at once, and so do those that take over from others.
    """
    given = [scene for scene in scenes if scene.enters != "late"]
    attempts = await rendered_each(store, [one for one in given if not one.item.skip_commands], lambda item: (item.stage,))
    waiting, moment = {attempt.item_id for attempt in attempts}, clock.now()
    paid = await paid_until(store, [scene.item for scene in scenes])
    happened: list[Event] = [DeliveryItemAdded(item_id=scene.item.id) for scene in scenes]
    for scene in scenes:
        scene.item.has_commands = scene.item.id in waiting
        if scene.item.has_commands and scene.enters == "anew":
            continue
        fate = fate_of(scene.item, scene.version, paid)
        for name, value in (gone_already(moment) if scene.enters == "late" else beginning(fate, moment)).items():
            setattr(scene.item, name, value)
        happened.append(_begun(scene.item))
    items = [scene.item for scene in scenes]
    await store.add_all(items)
    await grant_cards(store, [scene for scene in given if scene.item.stage != "on_trial_start"])
    await commands.queue(store, attempts)
    await emit_all(store, happened)
    await _expire_later(store, await take_over(store, items, {scene.version.id: scene.version for scene in scenes}))
    return items


async def acknowledged(store: StoreContext, server_id: FlakeId, attempt_ids: Iterable[FlakeId], ip: str) -> None:
    """A game server says that these commands ran: note it, and let the items that waited for them begin."""
    news = await commands.acknowledge(store, server_id, attempt_ids, ip)
    await begin(store, {attempt.item_id for attempt in news if attempt.stage in BEGINNING})


async def begin(store: StoreContext, item_ids: Iterable[FlakeId]) -> None:
    """Let those of these items begin that wait for nothing any more: those with the same fate by one conditional write."""
    asked = sorted(set(item_ids))
    if not asked:
        return
    usable = store.rows(DeliveryItem).where(one_of_ids(DeliveryItem.c.id, asked), DeliveryItem.c.state == "usable")
    ready = await store.all(usable.where(is_ready()))
    known = await versions(store, [item.product_version_id for item in ready if item.expirable])
    paid = await paid_until(store, ready)
    fates: dict[Fate, list[FlakeId]] = defaultdict(list)
    for item in ready:
        fates[fate_of(item, known.get(item.product_version_id), paid)].append(item.id)
    begun, moment = list[DeliveryItem](), clock.now()
    for fate, ids in fates.items():
        begun += await store.change_all(usable.where(one_of_ids(DeliveryItem.c.id, ids)), beginning(fate, moment))
    await emit_all(store, [_begun(item) for item in begun])
    await _expire_later(store, await take_over(store, begun, known))


@cache
def is_ready() -> ColumnElement[bool]:
    """Whether a command that the item was given with ran where it counts.

    That is on whichever server; if the buyer chose one, there, unless every command for that one was called off.
    """
    chosen, sent, other = DeliveryItem.c.execute_on_gameserver_id, CommandAttempt.table.alias(), CommandAttempt.table.alias()

    def bought(attempt: FromClause) -> ColumnElement[bool]:
        theirs = (attempt.c.store_id == DeliveryItem.c.store_id) & (attempt.c.item_id == DeliveryItem.c.id)
        return theirs & (attempt.c.stage == DeliveryItem.c.stage)

    awaited = exists().where(bought(other), other.c.gameserver_id == chosen, other.c.unqueued_at.is_(None))
    counts = or_(chosen.is_(None), sent.c.gameserver_id == chosen, ~awaited)
    return exists().where(bought(sent), sent.c.executed_at.is_not(None), counts)


async def call_off_commands(store: StoreContext, event: GameServerDeleted, _event_id: FlakeId) -> None:
    """What waits for a deleted server never runs; items that waited for it alone may be sent to another one.

    Subscribed to `GameServerDeleted`.
    """
    await withdraw(store, store.rows(CommandAttempt).where(CommandAttempt.c.gameserver_id == event.gameserver_id))


async def withdraw(store: StoreContext, queued: Rows[CommandAttempt]) -> int:
    """Take commands that wait out of the queue, and let items begin that waited for nothing else; returns how many."""
    taken = await store.change_all(queued.where(waiting), {"unqueued_at": clock.now()})
    await begin(store, {attempt.item_id for attempt in taken if attempt.stage in BEGINNING})
    return len(taken)


@job
async def expire_item(store: StoreContext, *, item_id: FlakeId) -> Again | None:
    """End an item whose time is over, and queue the commands that take back what it gave."""
    now = clock.now()
    running = store.rows(DeliveryItem).where(DeliveryItem.c.id == item_id, DeliveryItem.c.state == "active")
    running = running.where(DeliveryItem.c.subscription_id.is_(None))
    ended = await store.change_all(running.where(DeliveryItem.c.expires_at <= now), {"state": "used", "removed_at": now})
    for item in ended:
        await commands.queue(store, await rendered(store, await scenes_of(store, [item]), "on_expire"))
        await emit_all(store, [DeliveryItemExpired(item_id=item.id), DeliveryItemUsed(item_id=item.id)])
    left = None if ended else await store.peek(running)
    return Again(left.expires_at) if left and left.expires_at else None  # the wall clock may have been set back


def _begun(item: DeliveryItem) -> Event:
    return DeliveryItemActivated(item_id=item.id) if item.state == "active" else DeliveryItemUsed(item_id=item.id)


async def _expire_later(store: StoreContext, items: Sequence[DeliveryItem]) -> None:
    """Those of a subscription end when that does, and not by themselves."""
    ending = [item for item in items if item.state == "active" and item.subscription_id is None and item.expires_at]
    jobs = [expire_item.row(store.store_id, {"item_id": item.id}, item.expires_at) for item in ending if item.expires_at]
    await enqueue(store, jobs)


def _item(order: Order, line: OrderLine, version: ProductVersion, index: int) -> DeliveryItem:
    receiver_id = line.gift_to_customer_id or order.customer_id
    return DeliveryItem(
        customer_id=receiver_id,
        order_customer_id=order.customer_id,
        checkout_id=order.checkout_id,
        checkout_line_id=line.checkout_line_id,
        order_id=order.id,
        order_line_id=line.id,
        quantity_index=index,
        product_id=line.product_id,
        product_version_id=line.product_version_id,
        product_name=line.product_name,
        product_slug=version.slug,
        execute_on_gameserver_id=line.selected_gameserver_id,
        state="usable",
        expirable=version.remove_after_enabled or line.subscription_line_id is not None,
        gift=receiver_id != order.customer_id,
        custom_variables=line.custom_variables,
        subscription_id=order.subscription_id if line.subscription_line_id else None,
        subscription_line_id=line.subscription_line_id,
        trial_id=line.trial_id,
    )
