"""Making, changing and deleting game servers, and recognising them by their tokens."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select

from sutler.kernel import clock, tokens
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Connection, Statement, one_of_ids, param, reader
from sutler.kernel.data.records import Actor
from sutler.kernel.edge.auth import CHANGED, Grant, TokenKind
from sutler.kernel.errors import FieldError, Forbidden, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.secrets import sealer
from sutler.kernel.texts import name_problem
from sutler.kernel.wire import given
from sutler.kernel.work.events import emit
from sutler.servers.game_servers.events import GameServerDeleted
from sutler.servers.game_servers.models import GameServer, existing
from sutler.servers.game_servers.schemas import CreateGameServerDto, UpdateGameServerDto, sealed_for
from sutler.stores.stores.queries import is_open

PERMISSIONS: Final = frozenset({"gameserver"})
WITH_TOKEN = Statement(
    select(GameServer.table).where(
        GameServer.c.token_digest == param("digest", type_=GameServer.c.token_digest.type),
        existing,
        is_open(GameServer.c.store_id),
    )
)


async def create(store: StoreContext, new: CreateGameServerDto) -> GameServer:
    """A new game server with a token of its own. InvalidInput for a blank name."""
    name = _name(new.name)
    id, token = new_id(), tokens.game_server_token()
    digest, sealed = tokens.digest(token), _sealed(token, id)
    return await store.add(GameServer(id=id, name=name, enabled=new.enabled, token_digest=digest, token_sealed=sealed))


async def show(store: StoreContext, id: FlakeId) -> GameServer:
    """One game server; NotFound if there is no such server, or no longer."""
    found = await store.get(GameServer, id)
    if found.deleted_at is not None:
        raise NotFound(f"There is no game server {id} in this store.")
    return found


async def update(store: StoreContext, id: FlakeId, changes: UpdateGameServerDto) -> GameServer:
    """Change what is given. The token of a server that is disabled is refused, and its commands wait."""
    server, values = await show(store, id), given(changes)
    if "name" in values:
        values["name"] = _name(values["name"])
    changed = await store.change(server, values)
    if changed.enabled != server.enabled:
        store.notify(CHANGED)
    return changed


async def delete(store: StoreContext, id: FlakeId) -> None:
    """Take a game server out of service for good: its token is unknown from now on, and what waits for it is called off.

    Its row stays, for the items and commands that speak of it.
    """
    server = await show(store, id)
    await store.change(server, {"deleted_at": clock.now(), "enabled": False})
    await emit(store, GameServerDeleted(gameserver_id=id))
    store.notify(CHANGED)


async def reset_token(store: StoreContext, id: FlakeId) -> GameServer:
    """Give a game server a new token; the old one is dead once this is committed, in other processes within moments."""
    server = await show(store, id)
    token = tokens.game_server_token()
    changes = {"token_digest": tokens.digest(token), "token_sealed": _sealed(token, id), "token_reset_at": clock.now()}
    changed = await store.change(server, changes)
    store.notify(CHANGED)
    return changed


def _name(text: str) -> str:
    """The name without the blanks around it; InvalidInput if nothing is left, or something that is not what it seems."""
    if not (name := text.strip()):
        message = "Give the game server a name."
        raise InvalidInput(message, [FieldError("Required", message, "name", "required")])
    if why := name_problem(name):
        raise InvalidInput(why, [FieldError("Invalid", why, "name", "name")])
    return name


def _sealed(token: str, id: FlakeId) -> bytes:
    return sealer().seal(token, sealed_for(id))


async def game_servers(store: StoreContext, ids: Iterable[FlakeId], *, deleted: bool = False) -> dict[FlakeId, GameServer]:
    """Those of these game servers that exist in the store, by id, with `deleted` also those that did.

    No statement when none is asked for.
    """
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    found = store.rows(GameServer).where(one_of_ids(GameServer.c.id, wanted))
    return {server.id: server for server in await store.all(found if deleted else found.where(existing))}


async def all_game_servers(store: StoreContext, *, deleted: bool = False) -> list[GameServer]:
    """Every game server of the store, oldest first, with `deleted` also those that it had."""
    found = store.rows(GameServer)
    return await store.all(found if deleted else found.where(existing))


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
