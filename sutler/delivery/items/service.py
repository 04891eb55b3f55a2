"""What becomes of an order: items in inventories, their commands in queues, and their life from there on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct
from sqlalchemy import ColumnElement, exists, or_

from sutler.billing.orders.events import OrderCompleted
from sutler.billing.orders.models import Order, OrderLine
from sutler.catalog.products.models import CommandStage, ProductVersion
from sutler.catalog.products.service import versions
from sutler.customers.customers.models import Customer
from sutler.delivery.commands import service as commands
from sutler.delivery.commands.models import CommandAttempt
from sutler.delivery.items.events import DeliveryItemActivated, DeliveryItemAdded, DeliveryItemExpired, DeliveryItemUsed
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.lifetimes.service import Fate, beginning, fate_of
from sutler.delivery.placeholders.service import filled, plain, values_of
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.data.records import StoreRecord
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import Event, emit_all
from sutler.kernel.work.jobs import Again, enqueue, job
from sutler.servers.game_servers.models import GameServer
from sutler.servers.game_servers.service import game_servers
from sutler.stores.stores.models import Store

R = TypeVar("R", bound=StoreRecord)


class Scene(Struct, frozen=True):
    """An item, what was bought with it, who gets it, and what placeholders stand for whichever unit and server."""

    item: DeliveryItem
    version: ProductVersion
    receiver: Customer
    values: Mapping[str, str]


async def deliver_order(store: StoreContext, event: OrderCompleted, _event_id: FlakeId) -> None:
    """Give the receivers one item for each unit that was bought, and queue their commands.

    An order is delivered once, and the number of statements does not grow with it. Subscribed to `OrderCompleted`.
    """
    if await store.exists(store.rows(DeliveryItem).where(DeliveryItem.c.order_id == event.order_id)):
        return
    order = await _needed(store, Order, event.order_id)
    lines = await store.all(store.rows(OrderLine).where(OrderLine.c.order_id == order.id))
    bought = await versions(store, [line.product_version_id for line in lines])
    people = await _people(store, [order.customer_id, *(line.gift_to_customer_id or order.customer_id for line in lines)])
    shop, scenes = await _needed(store, Store, store.store_id), list[Scene]()
    for line in lines:
        version, receiver = bought[line.product_version_id], people[line.gift_to_customer_id or order.customer_id]
        values = values_of(shop, version, receiver, people[order.customer_id], order)
        units = range(1, line.quantity + 1)
        scenes += [Scene(_item(order, line, version, index), version, receiver, values) for index in units]
    await give(store, scenes)


async def give(store: StoreContext, scenes: Sequence[Scene]) -> list[DeliveryItem]:
    """Put items into inventories and queue what runs on purchase. Those that wait for no command begin at once."""
    attempts = await rendered(store, [scene for scene in scenes if not scene.item.skip_commands], "on_purchase")
    waiting, moment = {attempt.item_id for attempt in attempts}, clock.now()
    happened: list[Event] = [DeliveryItemAdded(item_id=scene.item.id) for scene in scenes]
    for scene in scenes:
        scene.item.has_commands = scene.item.id in waiting
        if not scene.item.has_commands:
            for name, value in beginning(fate_of(scene.item, scene.version), moment).items():
                setattr(scene.item, name, value)
            happened.append(_begun(scene.item))
    items = [scene.item for scene in scenes]
    await store.add_all(items)
    await commands.queue(store, attempts)
    await _expire_later(store, items)
    await emit_all(store, happened)
    return items


async def acknowledged(store: StoreContext, server_id: FlakeId, attempt_ids: Iterable[FlakeId], ip: str) -> None:
    """A game server says that these commands ran: note it, and let the items that waited for them begin.

    The first acknowledgement begins an item; if its buyer chose a server, the first one from there.
    """
    news = await commands.acknowledge(store, server_id, attempt_ids, ip)
    bought = sorted({attempt.item_id for attempt in news if attempt.stage == "on_purchase"})
    if bought:
        await _begin(store, bought, server_id)


async def _begin(store: StoreContext, item_ids: Sequence[FlakeId], server_id: FlakeId) -> None:
    """Let items begin that have not begun yet: those with the same fate by one conditional write."""
    usable = store.rows(DeliveryItem).where(one_of_ids(DeliveryItem.c.id, item_ids), DeliveryItem.c.state == "usable")
    waiting = await store.all(usable.where(_counts(server_id)))
    known = await versions(store, [item.product_version_id for item in waiting if item.expirable])
    fates: dict[Fate, list[FlakeId]] = defaultdict(list)
    for item in waiting:
        fates[fate_of(item, known.get(item.product_version_id))].append(item.id)
    begun, moment = list[DeliveryItem](), clock.now()
    for fate, ids in fates.items():
        begun += await store.change_all(usable.where(one_of_ids(DeliveryItem.c.id, ids)), beginning(fate, moment))
    await _expire_later(store, begun)
    await emit_all(store, [_begun(item) for item in begun])


def _counts(server_id: FlakeId) -> ColumnElement[bool]:
    """What this server says counts for the item: no other was chosen, or no command goes to the chosen one."""
    chosen, attempt = DeliveryItem.c.execute_on_gameserver_id, CommandAttempt.c
    on_chosen = exists().where(
        attempt.store_id == DeliveryItem.c.store_id, attempt.item_id == DeliveryItem.c.id,
        attempt.stage == "on_purchase", attempt.gameserver_id == chosen,
    )  # fmt: skip
    return or_(chosen.is_(None), chosen == server_id, ~on_chosen)


@job
async def expire_item(store: StoreContext, *, item_id: FlakeId) -> Again | None:
    """End an item whose time is over, and queue the commands that take back what it gave."""
    now = clock.now()
    running = store.rows(DeliveryItem).where(DeliveryItem.c.id == item_id, DeliveryItem.c.state == "active")
    ended = await store.change_all(running.where(DeliveryItem.c.expires_at <= now), {"state": "used", "removed_at": now})
    for item in ended:
        await commands.queue(store, await rendered(store, [await scene_of(store, item)], "on_expire"))
        await emit_all(store, [DeliveryItemExpired(item_id=item.id), DeliveryItemUsed(item_id=item.id)])
    left = None if ended else await store.peek(running)
    return Again(left.expires_at) if left and left.expires_at else None  # the wall clock may have been set back


def _begun(item: DeliveryItem) -> Event:
    return DeliveryItemActivated(item_id=item.id) if item.state == "active" else DeliveryItemUsed(item_id=item.id)


async def _expire_later(store: StoreContext, items: Sequence[DeliveryItem]) -> None:
    ending = [(item.id, item.expires_at) for item in items if item.state == "active" and item.expires_at is not None]
    await enqueue(store, [expire_item.row(store.store_id, {"item_id": id}, moment) for id, moment in ending])


async def rendered(store: StoreContext, scenes: Sequence[Scene], stage: CommandStage) -> list[CommandAttempt]:
    """One attempt for each item, command of this stage and game server that still exists, rendered now."""
    runs = [
        (scene, number, targets(scene, number))
        for scene in scenes
        for number, command in enumerate(scene.version.commands)
        if command.stage == stage
    ]
    if all(ids for _, _, ids in runs):
        servers = await game_servers(store, {id for _, _, ids in runs for id in ids})
    else:
        servers = {server.id: server for server in await store.all(store.rows(GameServer))}
    everywhere = tuple(servers)
    return [_attempt(scene, number, servers[id]) for scene, number, ids in runs for id in ids or everywhere if id in servers]


def targets(scene: Scene, number: int) -> Sequence[FlakeId]:
    """Where a command runs: on servers of its own, else on the one that was chosen, else on the product's.

    Nowhere in particular means on all servers of the store.
    """
    override = scene.version.commands[number].override_execute_on_gameserver_ids
    if override:
        return override
    chosen = scene.item.execute_on_gameserver_id
    return [chosen] if chosen else scene.version.gameserver_ids


def _attempt(scene: Scene, number: int, server: GameServer) -> CommandAttempt:
    command, receiver = scene.version.commands[number], scene.receiver
    here = {"delivery_item.id": scene.item.id, "gameserver.id": server.id, "gameserver.name": plain(server.name)}
    return CommandAttempt(
        item_id=scene.item.id,
        gameserver_id=server.id,
        customer_id=receiver.id,
        steam_id=receiver.steam_id,
        minecraft_uuid=receiver.minecraft_uuid,
        customer_name=receiver.minecraft_name or receiver.name or receiver.steam_name,
        stage=command.stage,
        position=number,
        command=filled(command.content, {**scene.values, **here}),
        online_only=command.online_only,
    )


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
        expirable=version.remove_after_enabled,
        gift=receiver_id != order.customer_id,
    )


async def scene_of(store: StoreContext, item: DeliveryItem) -> Scene:
    """Everything that an item's commands can speak of, read again for a later stage of its life."""
    people = await _people(store, [id for id in (item.customer_id, item.order_customer_id) if id])
    version = (await versions(store, [item.product_version_id]))[item.product_version_id]
    order = await store.peek(by_id(Order), id=item.order_id) if item.order_id else None
    receiver, payer = people[item.customer_id], people.get(item.order_customer_id or "")
    shop = await _needed(store, Store, store.store_id)
    return Scene(item, version, receiver, values_of(shop, version, receiver, payer, order))


async def _people(store: StoreContext, ids: Iterable[FlakeId]) -> dict[FlakeId, Customer]:
    found = await store.all(store.rows(Customer).where(one_of_ids(Customer.c.id, sorted(set(ids)))))
    return {customer.id: customer for customer in found}


async def _needed(store: StoreContext, kind: type[R], id: FlakeId) -> R:
    """A record that an event speaks of, without a lock."""
    found: R | None = await store.peek(by_id(kind), id=id)
    if found is None:
        raise NotFound(f"{kind.__name__} {id} of an event is gone.")
    return found
