"""Statements about players who joined."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from sutler.customers.customers.models import Customer
from sutler.delivery.player_joins.models import KEPT, PlayerJoin
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Statement, StoreStatement, among, one_of, param, reader
from sutler.kernel.data.records import Flake, Texts, Timestamp
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.models import Store

C = PlayerJoin.c
KNOWN = StoreStatement(
    select(PlayerJoin.table).where(
        C.store_id == param("store_id", type_=Flake()),
        C.gameserver_id == param("server_id", type_=Flake()),
        among(C.player, param("players", type_=Texts())),
        C.joined_at.between(param("first", type_=Timestamp()), param("last", type_=Timestamp())),
    )
)
FORGET = Statement(
    delete(PlayerJoin.table).where(
        C.store_id.in_(select(Store.c.id)),  # the index is by store
        C.created_at < param("before", type_=Timestamp()),
    )
)


async def known(store: StoreContext, server_id: FlakeId, joins: Sequence[PlayerJoin]) -> set[tuple[str, datetime]]:
    """Who of these is known to have joined this server, and when."""
    moments = [join.joined_at for join in joins]
    rows = await store.run(
        KNOWN, server_id=server_id, players=sorted({join.player for join in joins}), first=min(moments), last=max(moments)
    )
    read = reader(PlayerJoin, store.connection.dialect)
    return {(join.player, join.joined_at) for join in map(read, rows)}


async def owners(store: StoreContext, joins: Sequence[PlayerJoin]) -> dict[str, FlakeId]:
    """The customers who have these Steam ids and UUIDs, by either."""
    found: dict[str, FlakeId] = {}
    for name in ("steam_id", "minecraft_uuid"):
        wanted = sorted({value for join in joins if (value := getattr(join, name))})
        if wanted:
            people = await store.all(store.rows(Customer).where(one_of(Customer.c[name], wanted)))
            found |= {getattr(person, name): person.id for person in people}
    return found


async def forget_old_joins(database: Database) -> None:
    """Drop what is too old to be evidence of anything."""
    async with database.writing() as connection:
        await FORGET.run(connection, before=clock.real_now() - KEPT)
