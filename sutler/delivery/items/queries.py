"""Reading delivery items with all that is shown of them: a fixed number of statements for any page."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Final

from msgspec import UNSET
from sqlalchemy import and_, or_, select

from sutler.billing.orders.models import Order, OrderLine, is_completed
from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import shown as shown_customer
from sutler.delivery.commands.models import CommandAttempt
from sutler.delivery.items.models import DeliveryItem, ItemState
from sutler.delivery.items.schemas import (
    CommandAttemptDto,
    DeliveryItemDto,
    DeliveryItemProductDto,
    StorefrontDeliveryItemDto,
)
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import Rows, StoreStatement, among, one_of, one_of_ids, param
from sutler.kernel.data.records import Flakes
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import or_unset
from sutler.servers.game_servers.models import GameServer

LIVING: Final[tuple[ItemState, ...]] = ("usable", "active")
SENT = CommandAttempt.c
DELIVERED_WITHIN: Final = timedelta(days=1)  # after which nobody looks for gifts that are on their way
GIFTS: Final = StoreStatement(
    select(OrderLine.c.gift_to_customer_id, OrderLine.c.product_id)
    .join_from(
        OrderLine.table, Order.table, (Order.c.id == OrderLine.c.order_id) & (Order.c.store_id == OrderLine.c.store_id)
    )
    .where(
        Order.c.store_id == param("store_id"),
        is_completed,
        Order.c.completed_at > param("since", type_=Order.c.completed_at.type),
        among(OrderLine.c.gift_to_customer_id, param("people", type_=Flakes())),
        among(OrderLine.c.product_id, param("ids", type_=Flakes())),
        OrderLine.c.subscription_line_id.is_(None),
        ~select(DeliveryItem.c.id)
        .where(DeliveryItem.c.store_id == Order.c.store_id, DeliveryItem.c.order_id == Order.c.id)
        .exists(),
    )
)


async def items_of(store: StoreContext, customer_id: FlakeId, page: Page, *, active_only: bool) -> list[DeliveryItemDto]:
    """One page of a customer's inventory; NotFound for a customer that does not exist.

    With `active_only` those that are usable or active and for which at least one command was queued.
    """
    await store.get(Customer, customer_id)
    found = store.rows(DeliveryItem).where(DeliveryItem.c.customer_id == customer_id)
    return await shown(store, await store.page(_wanted(found, active_only=active_only), page))


async def items_of_store(store: StoreContext, page: Page, *, active_only: bool) -> list[DeliveryItemDto]:
    """One page of all that anybody owns."""
    return await shown(store, await store.page(_wanted(store.rows(DeliveryItem), active_only=active_only), page))


async def items_of_order(store: StoreContext, order_id: FlakeId, *, active_only: bool) -> list[DeliveryItemDto]:
    """What an order brought, oldest first; NotFound for an order that does not exist."""
    await store.get(Order, order_id)
    found = store.rows(DeliveryItem).where(DeliveryItem.c.order_id == order_id)
    return await shown(store, await store.all(_wanted(found, active_only=active_only)))


async def items_of_server(
    store: StoreContext, server_id: FlakeId, page: Page, *, active_only: bool
) -> list[DeliveryItemDto]:
    """One page of the items for which a command went to a game server; NotFound for one that does not exist."""
    await store.get(GameServer, server_id)
    theirs = select(SENT.item_id).where(SENT.store_id == param("store_id"), SENT.gameserver_id == param("server_id"))
    found = _wanted(store.rows(DeliveryItem).where(DeliveryItem.c.id.in_(theirs)), active_only=active_only)
    return await shown(store, await store.page(found, page, server_id=server_id))


async def commands_of(store: StoreContext, customer_id: FlakeId, page: Page) -> list[CommandAttemptDto]:
    """One page of the commands that were queued for a customer; NotFound for a customer that does not exist."""
    await store.get(Customer, customer_id)
    found = store.rows(CommandAttempt).where(CommandAttempt.c.customer_id == customer_id)
    return [shown_attempt(attempt) for attempt in await store.page(found, page)]


async def own_items(store: StoreContext, page: Page) -> list[StorefrontDeliveryItemDto]:
    """One page of the inventory of the signed-in customer."""
    theirs = store.rows(DeliveryItem).where(DeliveryItem.c.customer_id == (store.actor.id or ""))
    return [_shown_to_owner(item) for item in await store.page(theirs, page)]


async def owned(
    store: StoreContext, customer_ids: Collection[FlakeId], product_ids: Collection[FlakeId]
) -> set[tuple[FlakeId, FlakeId]]:
    """The same as `possessions`, but for what a subscription gave, and with what is paid and about to be delivered."""
    coming = await _coming(store, customer_ids, product_ids) | await _given(store, customer_ids, product_ids)
    return coming | await _held(store, customer_ids, product_ids, rented=False)


async def _coming(
    store: StoreContext, customer_ids: Collection[FlakeId], product_ids: Collection[FlakeId]
) -> set[tuple[FlakeId, FlakeId]]:
    """What these customers have bought for themselves a moment ago, so that it has no items yet."""
    item = DeliveryItem.c
    given = select(item.order_id).where(item.store_id == param("store_id"), item.order_id == Order.c.id)
    theirs = one_of_ids(Order.c.customer_id, sorted(customer_ids))
    orders = store.rows(Order).where(theirs, Order.c.status == "completed", ~given.exists())
    buyers = {order.id: order.customer_id for order in await store.all(orders)}
    if not buyers:
        return set()
    of_these = one_of_ids(OrderLine.c.order_id, sorted(buyers)), one_of_ids(OrderLine.c.product_id, sorted(product_ids))
    bought = store.rows(OrderLine).where(*of_these, OrderLine.c.subscription_line_id.is_(None))
    lines = await store.all(bought.where(OrderLine.c.gift_to_customer_id.is_(None)))
    return {(buyers[line.order_id], line.product_id) for line in lines}


async def _given(
    store: StoreContext, customer_ids: Collection[FlakeId], product_ids: Collection[FlakeId]
) -> set[tuple[FlakeId, FlakeId]]:
    """What others have bought for these customers a moment ago, so that it has no items yet."""
    people, since = sorted(customer_ids), clock.now() - DELIVERED_WITHIN
    return {
        (str(who), str(what)) for who, what in await store.run(GIFTS, people=people, ids=sorted(product_ids), since=since)
    }


async def possessions(
    store: StoreContext, customer_ids: Collection[FlakeId], product_ids: Collection[FlakeId]
) -> set[tuple[FlakeId, FlakeId]]:
    """Which of these customers has which of these products: what was taken back or has expired does not count."""
    return await _held(store, customer_ids, product_ids, rented=True)


async def _held(
    store: StoreContext, customer_ids: Collection[FlakeId], product_ids: Collection[FlakeId], *, rented: bool
) -> set[tuple[FlakeId, FlakeId]]:
    lasting = and_(DeliveryItem.c.state == "used", DeliveryItem.c.expires_at.is_(None))
    items = store.rows(DeliveryItem).where(
        one_of_ids(DeliveryItem.c.customer_id, sorted(customer_ids)),
        one_of_ids(DeliveryItem.c.product_id, sorted(product_ids)),
        or_(one_of(DeliveryItem.c.state, LIVING), lasting),
    )  # fmt: skip
    items = items if rented else items.where(DeliveryItem.c.subscription_id.is_(None))
    return {(item.customer_id, item.product_id) for item in await store.all(items)}


def _wanted(found: Rows[DeliveryItem], *, active_only: bool) -> Rows[DeliveryItem]:
    """With `active_only` those that are usable or active and for which at least one command was queued."""
    return found.where(one_of(DeliveryItem.c.state, LIVING), DeliveryItem.c.has_commands) if active_only else found


async def shown(store: StoreContext, items: Sequence[DeliveryItem]) -> list[DeliveryItemDto]:
    """Items with their people and commands."""
    if not items:
        return []
    people_ids = {id for item in items for id in (item.customer_id, item.order_customer_id) if id}
    people = {
        one.id: one for one in await store.all(store.rows(Customer).where(one_of_ids(Customer.c.id, sorted(people_ids))))
    }
    attempts: dict[FlakeId, list[CommandAttemptDto]] = defaultdict(list)
    of_these = store.rows(CommandAttempt).where(one_of_ids(CommandAttempt.c.item_id, [item.id for item in items]))
    for attempt in await store.all(of_these):
        attempts[attempt.item_id].append(shown_attempt(attempt))
    return [_shown(item, people, attempts[item.id]) for item in items]


def shown_attempt(attempt: CommandAttempt) -> CommandAttemptDto:
    """A command and what became of it."""
    return CommandAttemptDto(
        id=attempt.id,
        store_id=attempt.store_id,
        inventory_item_id=attempt.item_id,
        gameserver_id=attempt.gameserver_id,
        steam_id=or_unset(attempt.steam_id),
        minecraft_uuid=attempt.minecraft_uuid,
        customer_name=attempt.customer_name,
        customer_id=attempt.customer_id,
        command_stage=attempt.stage,
        command=attempt.command,
        online_only=attempt.online_only,
        rerun=attempt.rerun,
        queued_at=attempt.created_at,
        executed_at=attempt.executed_at,
        executed_by_ip=attempt.executed_by_ip,
        unqueued_at=attempt.unqueued_at,
    )


def _shown(item: DeliveryItem, people: dict[FlakeId, Customer], attempts: list[CommandAttemptDto]) -> DeliveryItemDto:
    payer = people.get(item.order_customer_id or "")
    return DeliveryItemDto(
        id=item.id,
        store_id=item.store_id,
        customer_id=item.customer_id,
        customer=shown_customer(people[item.customer_id]),
        order_customer_id=or_unset(item.order_customer_id),
        order_customer=shown_customer(payer) if payer else UNSET,
        checkout_id=or_unset(item.checkout_id),
        checkout_line_id=or_unset(item.checkout_line_id),
        order_id=or_unset(item.order_id),
        order_line_id=or_unset(item.order_line_id),
        subscription_id=or_unset(item.subscription_id),
        trial_id=or_unset(item.trial_id),
        execute_on_gameserver_id=or_unset(item.execute_on_gameserver_id),
        quantity_index=item.quantity_index,
        product=_product(item),
        state=item.state,
        added_at=item.created_at,
        added_by=or_unset(item.created_by),
        active_at=item.active_at,
        expirable=item.expirable,
        expires_at=item.expires_at,
        removed_at=item.removed_at,
        revoked_at=item.revoked_at,
        revoke_reason=item.revoke_reason,
        revoked_by=or_unset(item.revoked_by),
        command_attempts=attempts,
        gift=item.gift,
        skip_commands=item.skip_commands,
        override_expires_at=item.override_expires_at,
        custom_variables={one.identifier: one.value for one in item.custom_variables},
    )


def _product(item: DeliveryItem) -> DeliveryItemProductDto:
    return DeliveryItemProductDto(item.product_id, item.product_name, item.product_slug, item.product_version_id)


def _shown_to_owner(item: DeliveryItem) -> StorefrontDeliveryItemDto:
    return StorefrontDeliveryItemDto(
        id=item.id,
        store_id=item.store_id,
        customer_id=item.customer_id,
        order_id=or_unset(item.order_id),
        order_line_id=or_unset(item.order_line_id),
        subscription_id=or_unset(item.subscription_id),
        execute_on_gameserver_id=or_unset(item.execute_on_gameserver_id),
        quantity_index=item.quantity_index,
        product=_product(item),
        state=item.state,
        expirable=item.expirable,
        gift=item.gift,
        added_at=item.created_at,
        active_at=item.active_at,
        expires_at=item.expires_at,
        override_expires_at=item.override_expires_at,
        removed_at=item.removed_at,
        revoked_at=item.revoked_at,
        revoke_reason=item.revoke_reason,
    )
