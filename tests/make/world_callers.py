"""Everybody who might call a store: those who may do one thing, those who may do all but that, and those turned away."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from sutler.customers.customers.service import create_token as create_customer_token
from sutler.customers.customers.service import revoke_tokens
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import WritingConnection
from sutler.kernel.edge.access import permissions as known_permissions
from sutler.kernel.ids import FlakeId
from sutler.servers.game_servers.service import reset_token
from sutler.stores.api_keys.models import ALL
from sutler.stores.api_keys.service import EVERYTHING, create_key, revoke_key
from sutler.stores.members.service import add_member, kick
from sutler.stores.roles.service import create_role
from sutler.stores.sessions.service import create_token, sign_out
from sutler.stores.users.service import create_user, disable
from tests.make.world import World

_numbers = count(1)
_A_MINUTE = timedelta(minutes=1)
Permissions = frozenset[str]


@dataclass(frozen=True)
class Callers:
    """The `Authorization` of each, by what distinguishes them."""

    may_only: dict[Permissions, tuple[str, str]]  # a key, and a user in a role
    may_all_but: dict[str, tuple[str, str]]
    ended: dict[str, dict[str, str]]  # by scheme, then by what became of the token
    outsiders: dict[str, str]  # users who may do nothing here, by who they are


async def callers(here: World, there: World, needed: Collection[Permissions]) -> Callers:
    """For the store `here`; outsiders may do everything in the store `there`."""
    outsiders = await _outsiders(here, there)
    ended = {"Customer": await _ended_customers(here), "Gameserver": await _ended_servers(here)}
    async with here.shop.inside(here.store.id) as store:
        ended |= {"APIKey": await _ended_keys(store), "User": await _ended_users(store)}
        may_only = {wanted: await _both(store, wanted) for wanted in needed}
        singly = sorted(frozenset[str]().union(*needed))
        may_all_but = {one: await _both(store, known_permissions() - {one}) for one in singly}
        return Callers(may_only, may_all_but, ended, outsiders)


async def _both(store: StoreContext, permissions: Permissions) -> tuple[str, str]:
    """A key and a user who may do just this."""
    _, key = await create_key(store, "limited", sorted(permissions))
    user_id = await _user(store.connection)
    await _join(store, user_id, *permissions)
    return f"APIKey {key}", await _signed_in(store.connection, user_id)


async def _outsiders(here: World, there: World) -> dict[str, str]:
    async with here.shop.inside(here.store.id) as store:
        stranger, roleless, elsewhere, former = [await _user(store.connection) for _ in range(4)]
        await _join(store, roleless)
        member_id = await _join(store, former, ALL)
        await kick(store, member_id)
        known = {"a stranger": stranger, "a former member": former}
    async with here.shop.inside(there.store.id) as store:
        await _join(store, elsewhere, ALL)
        await _join(store, roleless, ALL)
        known |= {"a member of another store": elsewhere, "a member without a role who has one elsewhere": roleless}
        return {who: await _signed_in(store.connection, user_id) for who, user_id in known.items()}


async def _ended_keys(store: StoreContext) -> dict[str, str]:
    revoked, token = await create_key(store, "revoked", [ALL])
    await revoke_key(store, revoked.id)
    _, expired = await create_key(store, "expired", [ALL], clock.real_now() - _A_MINUTE)
    return {"revoked": f"APIKey {token}", "expired": f"APIKey {expired}"}


async def _ended_users(store: StoreContext) -> dict[str, str]:
    user_id, disabled = await _user(store.connection), await _user(store.connection)
    for one in (user_id, disabled):
        await _join(store, one, ALL)
    signed_out = await create_token(store.connection, user_id)
    await sign_out(store.connection, signed_out)
    expired = await create_token(store.connection, user_id, clock.real_now() - _A_MINUTE)
    of_disabled = await _signed_in(store.connection, disabled)
    await disable(store.connection, disabled)
    return {"signed out": f"User {signed_out}", "expired": f"User {expired}", "disabled": of_disabled}


async def _ended_customers(here: World) -> dict[str, str]:
    customer_id = await here.another("customerId")
    async with here.shop.inside(here.store.id) as store:
        token = await create_customer_token(store, customer_id)
        await revoke_tokens(store, customer_id)
    return {"revoked": f"Customer {token}"}


async def _ended_servers(here: World) -> dict[str, str]:
    server_id = await here.another("gameServerId")
    token = (await here.shop.shown_server(server_id))["token"]
    async with here.shop.inside(here.store.id) as store:
        await reset_token(store, server_id)
    return {"replaced": f"Gameserver {token}"}


async def _user(connection: WritingConnection) -> FlakeId:
    return (await create_user(connection, f"caller{next(_numbers)}@example.org")).id


async def _signed_in(connection: WritingConnection, user_id: FlakeId) -> str:
    return f"User {await create_token(connection, user_id)}"


async def _join(store: StoreContext, user_id: FlakeId, *permissions: str) -> FlakeId:
    """Let a user work in the store; without permissions also without a role."""
    name = f"Role {next(_numbers)} of callers"
    role = await create_role(store, name, permissions, EVERYTHING) if permissions else None
    return (await add_member(store, user_id, role, EVERYTHING)).id
