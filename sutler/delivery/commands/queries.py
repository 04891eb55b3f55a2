"""Statements of the command queue."""

from sqlalchemy import func, or_, select, update

from sutler.delivery.commands.models import MOST_PER_POLL, CommandAttempt, waiting
from sutler.kernel.data.queries import StoreStatement, among, literal_limit, param
from sutler.kernel.data.records import Flake, Flakes, Texts, Timestamp
from sutler.servers.game_servers.models import GameServer

C = CommandAttempt.c
NOW = param("now", type_=Timestamp())
OF_THIS_SERVER = (
    (C.store_id == param("store_id", type_=Flake())) & (C.gameserver_id == param("server_id", type_=Flake())) & waiting
)
FREE = or_(C.offered_until.is_(None), C.offered_until <= NOW)
ONLINE = or_(
    among(C.steam_id, param("steam_ids", type_=Texts())),
    among(func.replace(C.minecraft_uuid, "-", ""), param("uuids", type_=Texts())),
    among(func.lower(C.customer_name), param("names", type_=Texts())),
)

OLDEST = StoreStatement(select(C.id).where(OF_THIS_SERVER, FREE).order_by(C.id).limit(literal_limit(MOST_PER_POLL)))
OLDEST_FOR_PLAYERS = StoreStatement(
    select(C.id, ONLINE)
    .where(OF_THIS_SERVER, FREE, or_(~C.online_only, ONLINE))
    .order_by(ONLINE.desc(), C.id)
    .limit(literal_limit(MOST_PER_POLL))
)
FIRST_LEASE_END = StoreStatement(select(func.min(C.offered_until)).where(OF_THIS_SERVER, C.offered_until > NOW))
ANY_WAITING = StoreStatement(select(C.id).where(OF_THIS_SERVER, FREE).limit(literal_limit(1)))
OFFER = StoreStatement(
    update(CommandAttempt.table)
    .where(OF_THIS_SERVER, FREE, among(C.id, param("ids", type_=Flakes())))
    .values(
        offered_until=param("until", type_=Timestamp()),
        offers=C.offers + 1,
        first_offered_at=func.coalesce(C.first_offered_at, NOW),
    )
    .returning(*CommandAttempt.table.c)
)
SERVER = GameServer.c
SEEN = StoreStatement(
    update(GameServer.table)
    .where(SERVER.store_id == param("store_id", type_=Flake()), SERVER.id == param("server_id", type_=Flake()))
    .values(last_fetched_at=NOW, last_fetched_ip=param("ip", type_=SERVER.last_fetched_ip.type))
)
