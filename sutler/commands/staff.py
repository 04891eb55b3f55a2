"""What `sutler role` and `sutler member` do: who works in a store, and what they may do there."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import sutler.app  # noqa: F401 - the permissions that a role can name are those of its routes
from sutler.commands import showing
from sutler.commands.ground import at_hand, inside
from sutler.commands.recording import record
from sutler.commands.stores import chosen
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.stores.api_keys.service import EVERYTHING, rotate_key
from sutler.stores.members import queries, service
from sutler.stores.roles import service as roles
from sutler.stores.roles.models import Role
from sutler.stores.stores.service import current
from sutler.stores.users.service import known


@asynccontextmanager
async def entered(store: str | None) -> AsyncIterator[StoreContext]:
    """One transaction in the store with this id or slug, or in the only one there is."""
    async with at_hand() as database, database.writing() as connection:
        yield inside(connection, (await chosen(connection, store)).id)


async def create_role(store: str | None, name: str, permissions: Sequence[str]) -> FlakeId:
    """Make a role and return its id."""
    async with entered(store) as context:
        role = await roles.create_role(context, name, permissions, EVERYTHING)
        await record(context, "role create", role.id)
    return role.id


async def change_role(store: str | None, name: str, permissions: Sequence[str]) -> None:
    """Give a role other permissions."""
    async with entered(store) as context:
        role = await roles.role_called(context, name)
        await roles.change_role(context, role, permissions, EVERYTHING)
        await record(context, "role change", role.id)


async def delete_role(store: str | None, name: str) -> None:
    """Remove a role that nobody has."""
    async with entered(store) as context:
        role = await roles.role_called(context, name)
        await roles.delete_role(context, role, EVERYTHING)
        await record(context, "role delete", role.id)


async def show_roles(store: str | None) -> None:
    """Print every role on a line."""
    async with entered(store) as context:
        found = await context.all(context.rows(Role))
    showing.rows(("id", "name", "permissions"), [(role.id, role.name, " ".join(role.permissions)) for role in found])


async def add_member(store: str | None, who: str, role: str | None) -> FlakeId:
    """Let a user work in a store and return the member's id."""
    async with entered(store) as context:
        given = await roles.role_called(context, role) if role else None
        user = await known(context.connection, who)
        member = await service.add_member(context, user.id, given, EVERYTHING)
        await record(context, "member add", member.id, user.id)
    return member.id


async def give_role(store: str | None, who: str, role: str) -> None:
    """Give a member another role."""
    async with entered(store) as context:
        given = await roles.role_called(context, role)
        user = await known(context.connection, who)
        await service.give_role(context, user.id, given.id)
        await record(context, "member role", user.id, given.id)


async def remove_member(store: str | None, who: str) -> None:
    """Let a user work in a store no more."""
    async with entered(store) as context:
        user = await known(context.connection, who)
        await service.kick(context, user.id)
        await record(context, "member remove", user.id)


async def hand_over(store: str | None, who: str) -> None:
    """Make a user the owner of a store."""
    async with entered(store) as context:
        user = await known(context.connection, who)
        await service.hand_over(context, user.id)
        await record(context, "member own", user.id)


async def show_members(store: str | None) -> None:
    """Print every member on a line."""
    async with entered(store) as context:
        owner_id = (await current(context)).owner_id
        names = {role.id: role.name for role in await context.all(context.rows(Role))}
        found = await queries.all_members(context)
    lines = [
        (member.id, user.email, "owner" if user.id == owner_id else names.get(member.role_id or "", "none"))
        for member, user in found
    ]
    showing.rows(("id", "e-mail", "role"), lines)


async def rotate(store: str | None, key_id: FlakeId, hours: int) -> str:
    """Another token for a key, while the old one works for so many hours more."""
    async with entered(store) as context:
        await record(context, "key rotate", key_id)
        return (await rotate_key(context, key_id, clock.real_now() + timedelta(hours=hours)))[1]
