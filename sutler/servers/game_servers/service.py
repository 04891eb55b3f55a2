"""Making game servers, changing their tokens and recognising them."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select

from sutler.kernel import clock, tokens
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Connection, Statement, one_of_ids, param, reader
from sutler.kernel.data.records import Actor
from sutler.kernel.edge.auth import CHANGED, Grant, TokenKind
from sutler.kernel.errors import FieldError, Forbidden, InvalidInput
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.secrets import sealer
from sutler.servers.game_servers.models import GameServer
from sutler.servers.game_servers.schemas import CreateGameServerDto, sealed_for
from sutler.stores.stores.queries import is_open

PERMISSIONS: Final = frozenset({"gameserver"})
WITH_TOKEN = Statement(
    select(GameServer.table).where(
        GameServer.c.token_digest == param("digest", type_=GameServer.c.token_digest.type),
        is_open(GameServer.c.store_id),
    )
)


async def create(store: StoreContext, new: CreateGameServerDto) -> GameServer:
    """A new game server with a token of its own. InvalidInput for a blank name."""
    name = new.name.strip()
    if not name:
        message = "Give the game server a name."
        raise InvalidInput(message, [FieldError("Required", message, "name", "required")])
    id, token = new_id(), tokens.game_server_token()
    digest, sealed = tokens.digest(token), _sealed(token, id)
    return await store.add(GameServer(id=id, name=name, enabled=new.enabled, token_digest=digest, token_sealed=sealed))


async def reset_token(store: StoreContext, id: FlakeId) -> GameServer:
    """Give a game server a new token; the old one is dead once this is committed, in other processes within moments."""
    server = await store.get(GameServer, id)
    token = tokens.game_server_token()
    changes = {"token_digest": tokens.digest(token), "token_sealed": _sealed(token, id), "token_reset_at": clock.now()}
    changed = await store.change(server, changes)
    store.notify(CHANGED)
    return changed


def _sealed(token: str, id: FlakeId) -> bytes:
    return sealer().seal(token, sealed_for(id))


async def game_servers(store: StoreContext, ids: Iterable[FlakeId]) -> dict[FlakeId, GameServer]:
    """Those of these game servers that exist in the store, by id; no statement when none is asked for."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    found = await store.all(store.rows(GameServer).where(one_of_ids(GameServer.c.id, wanted)))
    return {server.id: server for server in found}


async def find(connection: Connection, digest: bytes) -> Grant | None:
    """The game server with this token; Forbidden when it is disabled, None when there is none."""
    found = await WITH_TOKEN.run(connection, digest=digest)
    if not found:
        return None
    server = reader(GameServer, connection.dialect)(found[0])
    if not server.enabled:
        raise Forbidden("This game server is disabled.")
    return Grant(Actor("game_server", server.id), server.store_id, PERMISSIONS)


GAME_SERVERS: Final = TokenKind("gameserver", find)
