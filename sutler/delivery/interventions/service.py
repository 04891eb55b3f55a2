"""Taking commands out of the queue, and queueing once more, exactly as they were, those of items that still run."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Select, and_, or_, select

from sutler.delivery.commands.models import CommandAttempt, waiting
from sutler.delivery.commands.service import queue
from sutler.delivery.interventions.schemas import MOST_AT_ONCE, ResendCommandsForGameServerRequestDto
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.queries import LIVING
from sutler.delivery.items.service import withdraw
from sutler.delivery.rendering.service import GIVING
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import Rows, one_of, one_of_ids, param
from sutler.kernel.errors import InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.servers.game_servers.service import show

SENT: Final = CommandAttempt.c
Text = tuple[FlakeId, str, int, FlakeId | None]
"""An item's command: of which stage and place among the product's, or which global one."""


async def unqueue(store: StoreContext, attempt_ids: Sequence[FlakeId]) -> int:
    """Take commands out of the queue, and return of how many that is news; what ran or does not exist stays as it is."""
    ids = sorted(set(attempt_ids), key=int)
    return await withdraw(store, store.rows(CommandAttempt).where(one_of_ids(SENT.id, ids))) if ids else 0


async def resend(store: StoreContext, server_id: FlakeId, wanted: ResendCommandsForGameServerRequestDto) -> int:
    """Queue commands of items that are usable or active once more for this server; returns how many.

    Those that ran there before; for an item that is named, all that it was given there or, if that is nothing, what it
    was given elsewhere. What still waits there is not queued twice. NotFound for an unknown server, InvalidInput when
    they are too many.
    """
    await show(store, server_id)
    found = await store.page(_meant(store, wanted, server_id), Page(limit=MOST_AT_ONCE + 1, asc=True))
    if len(found) > MOST_AT_ONCE:
        text = f"These are more than {MOST_AT_ONCE} commands; narrow them down, by time or by product."
        raise InvalidInput(text)
    if wanted.inventory_item_id is not None:
        here = [one for one in found if one.gameserver_id == server_id]
        found = here or list({_text(one): one for one in found}.values())
    still = await _waiting(store, server_id, found)
    again = [_again(one, server_id) for one in found if _text(one) not in still]
    await queue(store, again)
    return len(again)


def _meant(store: StoreContext, wanted: ResendCommandsForGameServerRequestDto, server_id: FlakeId) -> Rows[CommandAttempt]:
    """The commands that are meant, as they were queued the first time.

    The purchase of a subscription still counts when others took over from the item that its commands were queued for.
    """
    giving = and_(one_of(SENT.stage, GIVING), SENT.item_id.in_(_items(wanted)))
    began = and_(SENT.stage == "on_purchase", SENT.item_id.in_(_items_before(wanted)))
    found = store.rows(CommandAttempt).where(~SENT.rerun, or_(giving, began))
    if wanted.inventory_item_id is None:
        found = found.where(SENT.gameserver_id == server_id, SENT.executed_at.is_not(None))
    if wanted.customer_id is not None:
        found = found.where(SENT.customer_id == wanted.customer_id)
    if wanted.starts_at is not None:
        found = found.where(SENT.created_at >= wanted.starts_at)
    return found if wanted.ends_at is None else found.where(SENT.created_at <= wanted.ends_at)


def _items(wanted: ResendCommandsForGameServerRequestDto) -> Select[Any]:
    """The ids of the items whose commands are meant."""
    return _meant_items(wanted, select(DeliveryItem.c.id))


def _items_before(wanted: ResendCommandsForGameServerRequestDto) -> Select[Any]:
    """The ids of the items that those of subscriptions took over from."""
    item, lines = DeliveryItem.c, _meant_items(wanted, select(DeliveryItem.c.subscription_line_id))
    before = select(item.id).where(item.store_id == param("store_id"), item.state == "renewed")
    return before.where(item.subscription_line_id.in_(lines.where(item.subscription_line_id.is_not(None))))


def _meant_items(wanted: ResendCommandsForGameServerRequestDto, found: Select[Any]) -> Select[Any]:
    """Narrow a selection of items down to those that live and that the request names."""
    item = DeliveryItem.c
    found = found.where(item.store_id == param("store_id"), one_of(item.state, LIVING))
    if wanted.inventory_item_id is not None:
        found = found.where(item.id == wanted.inventory_item_id)
    if wanted.order_id is not None:
        found = found.where(item.order_id == wanted.order_id)
    if wanted.subscription_id is not None:
        found = found.where(item.subscription_id == wanted.subscription_id)
    return found if wanted.product_id is None else found.where(item.product_id == wanted.product_id)


def _text(attempt: CommandAttempt) -> Text:
    return attempt.item_id, attempt.stage, attempt.position, attempt.global_command_id


async def _waiting(store: StoreContext, server_id: FlakeId, found: Sequence[CommandAttempt]) -> set[Text]:
    """Which of these commands run there anyway."""
    ids = sorted({one.item_id for one in found})
    if not ids:
        return set()
    queued = store.rows(CommandAttempt).where(SENT.gameserver_id == server_id, one_of_ids(SENT.item_id, ids), waiting)
    return {_text(one) for one in await store.all(queued)}


def _again(attempt: CommandAttempt, server_id: FlakeId) -> CommandAttempt:
    """The same command for the same player, not yet run."""
    same = ("item_id", "customer_id", "steam_id", "minecraft_uuid", "customer_name", "stage", "position",
            "global_command_id", "command", "online_only")  # fmt: skip
    return CommandAttempt(gameserver_id=server_id, rerun=True, **{name: getattr(attempt, name) for name in same})
