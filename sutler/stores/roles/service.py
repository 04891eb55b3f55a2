"""Making and changing roles. Nobody can hand out what they may not do themselves."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import permissions as known_permissions
from sutler.kernel.edge.auth import CHANGED
from sutler.kernel.errors import Forbidden, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId
from sutler.stores.api_keys.models import ALL
from sutler.stores.api_keys.service import EVERYTHING
from sutler.stores.members.models import Member
from sutler.stores.roles.models import Role, RoleInUse

LONGEST_NAME: Final = 50


def rights(permissions: Iterable[str]) -> frozenset[str]:
    """What a list of permissions permits: with `*` in it everything, also what later versions add."""
    listed = frozenset(permissions)
    return EVERYTHING if ALL in listed else listed


def refuse_beyond(held: Collection[str], wanted: Iterable[str]) -> None:
    """Forbidden if somebody with these rights handed out, or took away, more than they hold."""
    beyond = sorted(permission for permission in wanted if permission not in held)
    if beyond:
        raise Forbidden(f"You can give and take only what you may do yourself; you lack {', '.join(beyond)}.")


async def create_role(store: StoreContext, name: str, permissions: Sequence[str], held: Collection[str]) -> Role:
    """A new role, by somebody with the rights `held`.

    InvalidInput for a bad name or a permission that no operation needs, Forbidden beyond what they hold, RoleNameTaken
    for a name in use.
    """
    role = Role(name=checked_name(name), permissions=checked(permissions))
    refuse_beyond(held, role.permissions)
    return await store.add(role)


async def change_role(store: StoreContext, role: Role, permissions: Sequence[str], held: Collection[str]) -> Role:
    """Give a role other permissions; its members have them within moments. Forbidden if the old or the new exceed `held`."""
    wanted = checked(permissions)
    refuse_beyond(held, {*role.permissions, *wanted})
    store.notify(CHANGED)
    return await store.change(role, {"permissions": wanted})


async def delete_role(store: StoreContext, role: Role, held: Collection[str]) -> None:
    """Remove a role that nobody has; RoleInUse otherwise."""
    refuse_beyond(held, role.permissions)
    if await store.exists(store.rows(Member).where(Member.c.role_id == role.id)):
        raise RoleInUse
    await store.remove(role)


async def role_called(store: StoreContext, name_or_id: str) -> Role:
    """The role with this name, in any case, or with this id; NotFound if there is none."""
    wanted = name_or_id.strip()
    for role in await store.all(store.rows(Role)):  # a store has a handful
        if wanted == role.id or wanted.lower() == role.name.lower():
            return role
    raise NotFound(f"There is no role {wanted} in this store.")


async def permissions_of(store: StoreContext, role_id: FlakeId | None) -> list[str]:
    """What a role lists; nothing without a role, or when it is gone."""
    if role_id is None:
        return []
    role = await store.peek(store.rows(Role).where(Role.c.id == role_id))
    return role.permissions if role else []


def checked_name(name: str) -> str:
    """The name without blanks around it; InvalidInput when it is too short or too long."""
    name = name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise InvalidInput(f"Give the role a name of 1 to {LONGEST_NAME} characters.")
    return name


def checked(permissions: Sequence[str]) -> list[str]:
    """In order and each once; InvalidInput for one that no operation needs, which would be a slip of the pen."""
    unknown = sorted(set(permissions) - known_permissions() - {ALL})
    if unknown:
        raise InvalidInput(f"No operation needs the permission {', '.join(unknown)}. See `sutler role permissions`.")
    return sorted(set(permissions))
