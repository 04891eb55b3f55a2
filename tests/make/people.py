"""Users, roles and members, as tests need them."""

from itertools import count

from sutler.kernel.data.database import Database
from sutler.kernel.ids import FlakeId
from sutler.stores.api_keys.service import EVERYTHING
from sutler.stores.members.models import Member
from sutler.stores.members.service import add_member, hand_over
from sutler.stores.roles.models import Role
from sutler.stores.roles.service import create_role
from sutler.stores.sessions.service import create_token
from sutler.stores.users.models import User
from sutler.stores.users.service import create_user
from tests.conftest import Inside

_numbers = count(1)


async def add_user(database: Database, email: str | None = None) -> User:
    """A user without a password, so that nobody can sign in as them."""
    async with database.writing() as connection:
        return await create_user(connection, email or f"user{next(_numbers)}@example.org")


async def signed_in(database: Database, user: User) -> str:
    """The `Authorization` of a new token for a user."""
    async with database.writing() as connection:
        return f"User {await create_token(connection, user.id)}"


async def add_role(inside: Inside, store_id: FlakeId, *permissions: str) -> Role:
    """A role that may do just this."""
    async with inside(store_id) as store:
        return await create_role(store, f"Role {next(_numbers)}", permissions, EVERYTHING)


async def join(inside: Inside, store_id: FlakeId, user: User, role: Role | None = None) -> Member:
    """Let a user work in a store."""
    async with inside(store_id) as store:
        return await add_member(store, user.id, role, EVERYTHING)


async def own(inside: Inside, store_id: FlakeId, user: User) -> None:
    """Make a user the owner of a store."""
    async with inside(store_id) as store:
        await hand_over(store, user.id)
