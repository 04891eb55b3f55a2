"""Statements of the command queue. Limits and the index over what waits keep them short however much has run."""

from sqlalchemy import exists, func, or_, select, update

from sutler.delivery.commands.models import MOST_PER_POLL, CommandAttempt, waiting
from sutler.kernel.data.queries import ONE, StoreStatement, among, literal_limit, param
from sutler.kernel.data.records import Flake, Flakes, Texts, Timestamp
from sutler.servers.game_servers.models import GameServer

C = CommandAttempt.c
SERVER = GameServer.c
NOW = param("now", type_=Timestamp())
OF_THIS_SERVER = (
    (C.store_id == param("store_id", type_=Flake())) & (C.gameserver_id == param("server_id", type_=Flake())) & waiting
)
FREE = or_(C.offered_until.is_(None), C.offered_until <= NOW)
LISTED = or_(
    among(C.steam_id, param("steam_ids", type_=Texts())),
    among(C.minecraft_uuid, param("uuids", type_=Texts())),
    among(func.lower(C.customer_name), param("names", type_=Texts())),
)
THIS_SERVER = (SERVER.store_id == param("store_id", type_=Flake())) & (SERVER.id == param("server_id", type_=Flake()))

ANY = StoreStatement(select(C.id).where(OF_THIS_SERVER).limit(ONE))
"""Whether anything waits, be it offered or not: nearly always not."""
OLDEST = StoreStatement(select(C.id).where(OF_THIS_SERVER, FREE).order_by(C.id).limit(literal_limit(MOST_PER_POLL)))
OF_PLAYERS = StoreStatement(
    select(C.id).where(OF_THIS_SERVER, FREE, LISTED).order_by(C.id).limit(literal_limit(MOST_PER_POLL))
)
FOR_ANYBODY = StoreStatement(
    select(C.id).where(OF_THIS_SERVER, FREE, ~C.online_only).order_by(C.id).limit(literal_limit(MOST_PER_POLL))
)
FIRST_LEASE_END = StoreStatement(
    select(C.offered_until).where(OF_THIS_SERVER).order_by(C.offered_until.asc().nulls_first()).limit(ONE)
)
"""When the first command that waits is free, or null when one never was offered; no row when nothing waits."""
OFFER = StoreStatement(
    update(CommandAttempt.table)
    .where(OF_THIS_SERVER, FREE, among(C.id, param("ids", type_=Flakes())), exists().where(THIS_SERVER, SERVER.enabled))
    .values(
        offered_until=param("until", type_=Timestamp()),
        offers=C.offers + 1,
        first_offered_at=func.coalesce(C.first_offered_at, NOW),
    )
    .returning(*CommandAttempt.table.c)
)
"""A conditional write: of polls that overlap one gets a command and the others do not.

A poll that was waiting when its server was disabled gets nothing: its acknowledgement would be refused.
"""

# Neither of these is somebody's change to the server, so who changed it last stays as it is.
SEEN = StoreStatement(
    update(GameServer.table)
    .where(THIS_SERVER)
    .values(last_fetched_at=NOW, last_fetched_ip=param("ip", type_=SERVER.last_fetched_ip.type))
)
LINKED = StoreStatement(
    update(GameServer.table)
    .where(THIS_SERVER)
    .values(
        linked_at=NOW,
        link_ip=param("ip", type_=SERVER.link_ip.type),
        link_hostname=param("hostname", type_=SERVER.link_hostname.type),
        link_platform=param("platform", type_=SERVER.link_platform.type),
        link_version=param("version", type_=SERVER.link_version.type),
    )
)
