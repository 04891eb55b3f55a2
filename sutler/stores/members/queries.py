"""How users are recognised, with what they may do in which store; and how members are listed."""

from typing import Final

from sqlalchemy import select

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Connection, Statement, StoreStatement, param, reader
from sutler.kernel.data.records import Actor
from sutler.kernel.edge.auth import Grant, TokenKind
from sutler.kernel.ids import FlakeId
from sutler.stores.api_keys.service import EVERYTHING
from sutler.stores.members.models import Member
from sutler.stores.members.schemas import StoreMemberDto, shown
from sutler.stores.roles.models import Role
from sutler.stores.roles.service import rights
from sutler.stores.sessions.models import UserToken
from sutler.stores.stores.models import Store
from sutler.stores.users.models import User

_IS_STORE: Final = (Store.c.id == Member.c.store_id) & Store.c.deleted_at.is_(None)
_IS_ROLE: Final = (Role.c.id == Member.c.role_id) & (Role.c.store_id == Member.c.store_id)
VALID: Final = Statement(
    select(User.c.id, Store.c.id, Store.c.owner_id, Role.table)
    .select_from(UserToken.table)
    .join(User.table, (User.c.id == UserToken.c.user_id) & User.c.disabled_at.is_(None))
    .outerjoin(Member.table, Member.c.user_id == User.c.id)
    .outerjoin(Store.table, _IS_STORE)
    .outerjoin(Role.table, _IS_ROLE)
    .where(
        UserToken.c.token_digest == param("digest", type_=UserToken.c.token_digest.type),
        UserToken.c.expires_at > param("now", type_=UserToken.c.expires_at.type),
    )
)
STORES: Final = Statement(
    select(Store.table)
    .join(Member.table, Member.c.store_id == Store.c.id)
    .where(Member.c.user_id == param("user_id", type_=Member.c.user_id.type), Store.c.deleted_at.is_(None))
    .order_by(Store.c.id)
)
MEMBERS: Final = StoreStatement(
    select(Member.table, User.table)
    .join(User.table, User.c.id == Member.c.user_id)
    .where(Member.c.store_id == param("store_id"))
    .order_by(Member.c.id)
)


async def find(connection: Connection, digest: bytes) -> Grant | None:
    """The user with this token and what they may do in each of their stores; None when it is unknown or has expired."""
    found = await VALID.run(connection, digest=digest, now=clock.real_now())
    if not found:
        return None
    held: dict[FlakeId, frozenset[str]] = {}
    for user_id, store_id, owner_id, *role in found:
        if store_id is not None:
            listed = reader(Role, connection.dialect)(role).permissions if role[0] is not None else []
            held[str(store_id)] = EVERYTHING if owner_id == user_id else rights(listed)
    return Grant(Actor("user", str(found[0][0])), "", frozenset(), held)


USERS: Final = TokenKind("user", find)


async def stores_of(connection: Connection, user_id: FlakeId) -> list[Store]:
    """The stores that a user owns or works in, oldest first."""
    read = reader(Store, connection.dialect)
    return [read(row) for row in await STORES.run(connection, user_id=user_id)]


async def all_members(store: StoreContext) -> list[tuple[Member, User]]:
    """The members of a store with who they are, oldest first."""
    width, dialect = len(Member.__struct_fields__), store.connection.dialect
    as_member, as_user = reader(Member, dialect), reader(User, dialect)
    return [(as_member(row[:width]), as_user(row[width:])) for row in map(tuple, await store.run(MEMBERS))]


async def listed(store: StoreContext) -> list[StoreMemberDto]:
    """The members of a store as clients see them."""
    return [shown(member, user) for member, user in await all_members(store)]
