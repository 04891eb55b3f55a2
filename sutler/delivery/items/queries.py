"""Reading delivery items with all that is shown of them: a fixed number of statements for any page."""

from collections import defaultdict
from collections.abc import Sequence

from msgspec import UNSET

from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import shown as shown_customer
from sutler.delivery.commands.models import CommandAttempt
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.schemas import CommandAttemptDto, DeliveryItemDto, DeliveryItemProductDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import one_of, one_of_ids
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import or_unset

LIVING = ("usable", "active")


async def items_of(store: StoreContext, customer_id: FlakeId, page: Page, *, active_only: bool) -> list[DeliveryItemDto]:
    """One page of a customer's inventory; NotFound for a customer that does not exist.

    With `active_only` those that are usable or active and for which at least one command was queued.
    """
    await store.get(Customer, customer_id)
    found = store.rows(DeliveryItem).where(DeliveryItem.c.customer_id == customer_id)
    if active_only:
        found = found.where(one_of(DeliveryItem.c.state, LIVING), DeliveryItem.c.has_commands)
    return await shown(store, await store.page(found, page))


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
        execute_on_gameserver_id=or_unset(item.execute_on_gameserver_id),
        quantity_index=item.quantity_index,
        product=DeliveryItemProductDto(item.product_id, item.product_name, item.product_slug, item.product_version_id),
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
    )
