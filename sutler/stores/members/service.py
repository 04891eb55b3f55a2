"""Letting users work in a store, and what each may do there."""

from collections.abc import Collection

from sqlalchemy import or_

from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import permissions as known_permissions
from sutler.kernel.edge.auth import CHANGED
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId
from sutler.stores.api_keys.models import ApiKey
from sutler.stores.api_keys.service import EVERYTHING
from sutler.stores.members.models import IsOwner, Member
from sutler.stores.roles.models import Role
from sutler.stores.roles.service import permissions_of, refuse_beyond, rights
from sutler.stores.stores.models import Store
from sutler.stores.stores.service import current

NOBODY: frozenset[str] = frozenset()


async def add_member(store: StoreContext, user_id: FlakeId, role: Role | None, held: Collection[str]) -> Member:
    """Let a user work in the store; AlreadyMember if they do, Forbidden when the role exceeds what the caller holds."""
    refuse_beyond(held, role.permissions if role else [])
    store.notify(CHANGED)
    return await store.add(Member(user_id=user_id, role_id=role.id if role else None))


async def member(store: StoreContext, id: FlakeId) -> Member:
    """The member with this id, or the one who is the user with this id; NotFound if there is none."""
    found = await store.first(store.rows(Member).where(or_(Member.c.id == id, Member.c.user_id == id)))
    if found is None:
        raise NotFound(f"There is no member {id} in this store.")
    return found


async def give_role(store: StoreContext, id: FlakeId, role_id: FlakeId) -> None:
    """Give a member another role, by the store's actor, who must hold all that the old one and the new one permit.

    NotFound for an unknown member or role, IsOwner for the owner, Forbidden beyond the actor's rights.
    """
    chosen, found = await store.get(Role, role_id), await _changeable(store, id)
    refuse_beyond(await held_by_actor(store), chosen.permissions)
    await store.change(found, {"role_id": role_id})


async def kick(store: StoreContext, id: FlakeId) -> None:
    """Let a member work here no more, in every process within moments. The same failures as of `give_role`."""
    await store.remove(await _changeable(store, id))


async def _changeable(store: StoreContext, id: FlakeId) -> Member:
    """A member who is not the owner, and who may do nothing that the actor may not."""
    found = await member(store, id)
    if (await current(store)).owner_id == found.user_id:
        raise IsOwner
    refuse_beyond(await held_by_actor(store), await permissions_of(store, found.role_id))
    store.notify(CHANGED)
    return found


async def hand_over(store: StoreContext, user_id: FlakeId) -> Store:
    """Make a user the owner. Whoever was it before stays a member, without a role."""
    if await store.first(store.rows(Member).where(Member.c.user_id == user_id)) is None:
        await store.add(Member(user_id=user_id))
    store.notify(CHANGED)
    return await store.change(await current(store), {"owner_id": user_id})


async def permissions(store: StoreContext, id: FlakeId) -> dict[str, bool]:
    """Every permission there is, and whether a member has it."""
    found = await member(store, id)
    held = await _held_by_member(store, found)
    return {permission: permission in held for permission in sorted(known_permissions())}


async def held_by_actor(store: StoreContext) -> frozenset[str]:
    """What whoever acts here may do at this moment: the owner and the command line everything."""
    actor = store.actor
    if actor.type == "internal":
        return EVERYTHING
    if actor.type == "api_key":
        key = await store.peek(store.rows(ApiKey).where(ApiKey.c.id == actor.id))
        return rights(key.permissions) if key else NOBODY
    found = await store.peek(store.rows(Member).where(Member.c.user_id == actor.id)) if actor.type == "user" else None
    return await _held_by_member(store, found) if found else NOBODY


async def _held_by_member(store: StoreContext, found: Member) -> frozenset[str]:
    if (await current(store)).owner_id == found.user_id:
        return EVERYTHING
    return rights(await permissions_of(store, found.role_id))
