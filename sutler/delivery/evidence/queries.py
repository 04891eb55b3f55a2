"""Reading what evidence consists of: each kind of row once, whatever the size of the order."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

from msgspec import Struct
from sqlalchemy import or_

from sutler.customers.customers.models import Customer
from sutler.delivery.command_log.models import CommandLogEntry
from sutler.delivery.commands.models import CommandAttempt
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.player_joins.models import PlayerJoin
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import Rows, one_of, one_of_ids
from sutler.kernel.data.records import StoreRecord
from sutler.kernel.ids import FlakeId
from sutler.servers.game_servers.models import GameServer

BEFORE: Final = timedelta(days=30)  # joins that show that the buyer played already
AFTER: Final = timedelta(days=120)  # joins that show that they played on
MOST: Final = 1000  # rows of a kind, so that the largest order still fits into an answer
R = TypeVar("R", bound=StoreRecord)


class Found(Struct):
    """What was found; `complete` is false when there was more."""

    items: list[DeliveryItem]
    attempts: dict[FlakeId, list[CommandAttempt]]  # by item
    steps: dict[FlakeId, list[CommandLogEntry]]  # by command
    joins: list[PlayerJoin]
    servers: dict[FlakeId, str]
    complete: bool


async def found(store: StoreContext, order_id: FlakeId, people: Sequence[Customer], moment: datetime) -> Found:
    """The items of an order, their commands and steps, and who of these people joined near this moment."""
    items = await _newest(store, store.rows(DeliveryItem).where(DeliveryItem.c.order_id == order_id))
    of_items = one_of_ids(CommandAttempt.c.item_id, [item.id for item in items])
    attempts = await _newest(store, store.rows(CommandAttempt).where(of_items)) if items else []
    of_attempts = one_of_ids(CommandLogEntry.c.attempt_id, [one.id for one in attempts])
    steps = await _newest(store, store.rows(CommandLogEntry).where(of_attempts)) if attempts else []
    joins = await _newest(store, _joins(store, people, moment))
    seen = sorted({one.gameserver_id for one in attempts} | {one.gameserver_id for one in joins})
    servers = await store.all(store.rows(GameServer).where(one_of_ids(GameServer.c.id, seen))) if seen else []
    return Found(
        items=items,
        attempts=_by("item_id", attempts),
        steps=_by("attempt_id", steps),
        joins=joins,
        servers={server.id: server.name for server in servers},
        complete=all(len(rows) < MOST for rows in (items, attempts, steps, joins)),
    )


def _joins(store: StoreContext, people: Sequence[Customer], moment: datetime) -> Rows[PlayerJoin]:
    """By customer, and by account: some joined before they were known as customers."""
    players = [player for one in people for player in (one.steam_id, one.minecraft_uuid) if player]
    theirs = one_of_ids(PlayerJoin.c.customer_id, sorted(one.id for one in people))
    known = or_(theirs, one_of(PlayerJoin.c.player, players)) if players else theirs
    return store.rows(PlayerJoin).where(
        known, PlayerJoin.c.joined_at >= moment - BEFORE, PlayerJoin.c.joined_at <= moment + AFTER
    )


async def _newest(store: StoreContext, query: Rows[R]) -> list[R]:
    """The newest so many, oldest first."""
    return (await store.page(query, Page(limit=MOST)))[::-1]


def _by(name: str, rows: Sequence[R]) -> dict[FlakeId, list[R]]:
    kept: dict[FlakeId, list[R]] = defaultdict(list)
    for row in rows:
        kept[getattr(row, name)].append(row)
    return kept
