"""What is kept of the answers of game platforms: each for a while, and every name for good."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, func

from sutler.customers.player_lookups.service import Platform, Player
from sutler.customers.profiles.models import CustomerName, PlayerProfile
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Rows, Statement, param, rows
from sutler.kernel.data.records import Timestamp
from sutler.kernel.ids import FlakeId

FRESH: Final = timedelta(days=1)
NOBODY_FRESH: Final = timedelta(minutes=1)  # a name that is free now may be somebody's soon
KEPT: Final = timedelta(days=30)
OF_PLATFORM: Final = PlayerProfile.c.platform == param("platform")
SINCE: Final = PlayerProfile.c.fetched_at > param("since", type_=Timestamp())
BY_ID: Final = rows(PlayerProfile).where(OF_PLATFORM, PlayerProfile.c.player_id == param("player"))
FRESH_BY_ID: Final = BY_ID.where(SINCE)
BY_NAME: Final = rows(PlayerProfile).where(OF_PLATFORM, func.lower(PlayerProfile.c.name) == func.lower(param("name")))
FRESH_BY_NAME: Final = BY_NAME.where(SINCE, PlayerProfile.c.player_id.is_not(None))
NOBODY: Final = BY_NAME.where(PlayerProfile.c.player_id.is_(None))
FRESH_NOBODY: Final = NOBODY.where(SINCE)
FORGET: Final = Statement(delete(PlayerProfile.table).where(PlayerProfile.c.fetched_at < param("before", type_=Timestamp())))


async def with_id(store: StoreContext, platform: str, player_id: str) -> Player | None:
    """What was said of this player within the last day."""
    since = clock.real_now() - FRESH
    return _player(await store.peek(FRESH_BY_ID, platform=platform, player=player_id, since=since))


async def with_name(store: StoreContext, platform: str, name: str) -> Player | None:
    """Who had this name within the last day, in upper or lower case; of several the one who was seen last."""
    since = clock.real_now() - FRESH
    found = await store.all(FRESH_BY_NAME, platform=platform, name=name, since=since)
    return _player(max(found, key=lambda one: one.fetched_at, default=None))


async def is_nobody(store: StoreContext, platform: str, name: str) -> bool:
    """Whether the platform said a moment ago that nobody has this name."""
    return await store.exists(FRESH_NOBODY, platform=platform, name=name, since=clock.real_now() - NOBODY_FRESH)


async def remember(store: StoreContext, player: Player) -> None:
    """Keep what was just said of a player."""
    now = clock.real_now()
    row = PlayerProfile(
        platform=player.platform, player_id=player.id, name=player.name, avatar_url=player.avatar_url, fetched_at=now
    )
    news = {"name": row.name, "avatar_url": row.avatar_url, "fetched_at": now}
    if not await _renewed(store, BY_ID, news, platform=player.platform, player=player.id):
        await store.add_new(row, PlayerProfile.c.platform, PlayerProfile.c.player_id)


async def remember_nobody(store: StoreContext, platform: Platform, name: str) -> None:
    """Keep that nobody has this name, and let go of whoever had it."""
    now = clock.real_now()
    await _renewed(store, BY_NAME, {"fetched_at": now - FRESH}, platform=platform, name=name)
    if not await _renewed(store, NOBODY, {"fetched_at": now}, platform=platform, name=name):
        await store.add(PlayerProfile(platform=platform, player_id=None, name=name, fetched_at=now))


async def note_name(store: StoreContext, customer_id: FlakeId, platform: str, name: str | None) -> None:
    """Keep a name in the history of a customer, once."""
    if name:
        row = CustomerName(customer_id=customer_id, platform=platform, name=name, seen_at=clock.now())
        await store.add_new(row, CustomerName.c.customer_id, CustomerName.c.platform, CustomerName.c.name)


async def forget_old(database: Database) -> None:
    """Drop answers that nobody has asked for again in a month."""
    async with database.writing() as connection:
        await FORGET.run(connection, before=clock.real_now() - KEPT)


async def _renewed(store: StoreContext, which: Rows[PlayerProfile], news: Mapping[str, object], **values: str) -> bool:
    return bool(await store.change_all(which, dict(news), **values))


def _player(row: PlayerProfile | None) -> Player | None:
    if row is None or row.player_id is None:
        return None
    return Player(row.platform, row.player_id, row.name, row.avatar_url)
