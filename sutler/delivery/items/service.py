"""What becomes of an order: items in inventories, their commands in queues, and their life from there on."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

from sutler.billing.orders.events import OrderCompleted
from sutler.billing.orders.models import Order, OrderLine
from sutler.catalog.products.models import CommandStage, ProductVersion
from sutler.catalog.products.service import versions
from sutler.customers.customers.models import Customer
from sutler.delivery.commands import service as commands
from sutler.delivery.commands.models import CommandAttempt
from sutler.delivery.items.events import DeliveryItemActivated, DeliveryItemAdded, DeliveryItemExpired, DeliveryItemUsed
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.placeholders.service import Scene, filled, values_of
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.data.records import StoreRecord
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import Event, emit_all
from sutler.kernel.work.jobs import enqueue, job
from sutler.servers.game_servers.models import GameServer
from sutler.servers.game_servers.service import game_servers
from sutler.stores.stores.models import Store

R = TypeVar("R", bound=StoreRecord)
DAYS: Final = {"day": 1, "week": 7, "month": 30}  # a month is 30 days, as on the reference platform


async def deliver_order(store: StoreContext, event: OrderCompleted, _event_id: FlakeId) -> None:
    """Give the receivers one item for each unit that was bought, and queue their commands.

    Runs in one transaction with its job, so an order is delivered once; the number of statements does not grow with it.
    """
    order = await _needed(store, Order, event.order_id)
    lines = await store.all(store.rows(OrderLine).where(OrderLine.c.order_id == order.id))
    bought = await versions(store, [line.product_version_id for line in lines])
    people = await _people(store, [order.customer_id, *(line.gift_to_customer_id or order.customer_id for line in lines)])
    shop = await _needed(store, Store, store.store_id)
    scenes = [
        Scene(
            store=shop,
            item=_item(order, line, bought[line.product_version_id], index),
            version=bought[line.product_version_id],
            receiver=people[line.gift_to_customer_id or order.customer_id],
            payer=people[order.customer_id],
            order=order,
            quantity=line.quantity,
        )
        for line in lines
        for index in range(1, line.quantity + 1)
    ]
    await give(store, scenes)


async def give(store: StoreContext, scenes: Sequence[Scene]) -> list[DeliveryItem]:
    """Put items into inventories and queue what runs on purchase. Those that wait for no command begin at once."""
    attempts = await _commands(store, scenes, "on_purchase")
    waiting, moment = {attempt.item_id for attempt in attempts}, clock.now()
    happened: list[Event] = [DeliveryItemAdded(item_id=scene.item.id) for scene in scenes]
    for scene in scenes:
        scene.item.has_commands = scene.item.id in waiting
        if not scene.item.has_commands:
            for name, value in beginning(scene.item, scene.version, moment).items():
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

    The first acknowledgement begins an item; those of commands for one selected server come from that server only.
    """
    news = await commands.acknowledge(store, server_id, attempt_ids, ip)
    bought = sorted({attempt.item_id for attempt in news if attempt.stage == "on_purchase"})
    if bought:
        await _begin(store, bought)


async def _begin(store: StoreContext, item_ids: Sequence[FlakeId]) -> None:
    """Let items begin that have not begun yet: those with the same fate by one conditional write."""
    usable = store.rows(DeliveryItem).where(one_of_ids(DeliveryItem.c.id, item_ids), DeliveryItem.c.state == "usable")
    waiting = await store.all(usable)
    known, moment = await versions(store, [item.product_version_id for item in waiting]), clock.now()
    fates: dict[FlakeId, list[FlakeId]] = defaultdict(list)
    for item in waiting:
        fates[item.product_version_id].append(item.id)
    begun: list[DeliveryItem] = []
    for version_id, ids in fates.items():
        these = usable.where(one_of_ids(DeliveryItem.c.id, ids))
        sample = next(item for item in waiting if item.id == ids[0])
        begun += await store.change_all(these, beginning(sample, known[version_id], moment))
    await _expire_later(store, begun)
    await emit_all(store, [_begun(item) for item in begun])


@job
async def expire_item(store: StoreContext, *, item_id: FlakeId) -> None:
    """End an item whose time is over, and queue the commands that take back what it gave."""
    this = store.rows(DeliveryItem).where(DeliveryItem.c.id == item_id, DeliveryItem.c.state == "active")
    ended = await store.change_all(
        this.where(DeliveryItem.c.expires_at <= clock.now()), {"state": "used", "removed_at": clock.now()}
    )
    for item in ended:
        await commands.queue(store, await _commands(store, [await _scene(store, item)], "on_expire"))
        await emit_all(store, [DeliveryItemExpired(item_id=item.id), DeliveryItemUsed(item_id=item.id)])


def beginning(item: DeliveryItem, version: ProductVersion, moment: datetime) -> dict[str, object]:
    """What changes when an item begins: one that lasts a while becomes active, any other is used up."""
    if not item.expirable:
        return {"state": "used", "removed_at": moment}
    lasts = timedelta(days=version.remove_after_time_value * DAYS[version.remove_after_time_scale])
    return {"state": "active", "active_at": moment, "expires_at": moment + lasts}


def _begun(item: DeliveryItem) -> Event:
    return DeliveryItemActivated(item_id=item.id) if item.state == "active" else DeliveryItemUsed(item_id=item.id)


async def _expire_later(store: StoreContext, items: Sequence[DeliveryItem]) -> None:
    ending = [(item.id, item.expires_at) for item in items if item.state == "active" and item.expires_at is not None]
    await enqueue(store, [expire_item.row(store.store_id, {"item_id": id}, moment) for id, moment in ending])


async def _commands(store: StoreContext, scenes: Sequence[Scene], stage: CommandStage) -> list[CommandAttempt]:
    """One attempt for each item, command of this stage and game server, rendered now."""
    runs = [
        (scene, number, server_id)
        for scene in scenes
        for number, command in enumerate(scene.version.commands)
        if command.stage == stage
        for server_id in targets(scene, number)
    ]
    servers = await game_servers(store, {server_id for _, _, server_id in runs})
    return [_attempt(scene, number, servers[id]) for scene, number, id in runs if id in servers]


def targets(scene: Scene, number: int) -> Sequence[FlakeId]:
    """Where a command runs: on the server that was chosen, else on its own list, else on the product's."""
    override = scene.version.commands[number].override_execute_on_gameserver_ids
    if override:
        return override
    chosen = scene.item.execute_on_gameserver_id
    return [chosen] if chosen else scene.version.gameserver_ids


def _attempt(scene: Scene, number: int, server: GameServer) -> CommandAttempt:
    command, receiver = scene.version.commands[number], scene.receiver
    return CommandAttempt(
        item_id=scene.item.id,
        gameserver_id=server.id,
        customer_id=receiver.id,
        steam_id=receiver.steam_id,
        minecraft_uuid=receiver.minecraft_uuid,
        customer_name=receiver.minecraft_name or receiver.name or receiver.steam_name,
        stage=command.stage,
        position=number,
        command=filled(command.content, values_of(scene, server)),
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


async def _scene(store: StoreContext, item: DeliveryItem) -> Scene:
    """Everything that an item's commands can speak of, read again for a later stage of its life."""
    people = await _people(store, [id for id in (item.customer_id, item.order_customer_id) if id])
    known = await versions(store, [item.product_version_id])
    line = await store.peek(by_id(OrderLine), id=item.order_line_id) if item.order_line_id else None
    return Scene(
        store=await _needed(store, Store, store.store_id),
        item=item,
        version=known[item.product_version_id],
        receiver=people[item.customer_id],
        payer=people.get(item.order_customer_id or ""),
        order=await store.peek(by_id(Order), id=item.order_id) if item.order_id else None,
        quantity=line.quantity if line else 1,
    )


async def _people(store: StoreContext, ids: Iterable[FlakeId]) -> dict[FlakeId, Customer]:
    found = await store.all(store.rows(Customer).where(one_of_ids(Customer.c.id, sorted(set(ids)))))
    return {customer.id: customer for customer in found}


async def _needed(store: StoreContext, kind: type[R], id: FlakeId) -> R:
    """A record that an event speaks of, without a lock."""
    found: R | None = await store.peek(by_id(kind), id=id)
    if found is None:
        raise NotFound(f"{kind.__name__} {id} of an event is gone.")
    return found
