"""Making users, and what they sign in with."""

import re
from typing import Final

from msgspec import Struct, structs

from sutler.kernel import clock
from sutler.kernel.data.database import WritingConnection
from sutler.kernel.data.queries import Connection
from sutler.kernel.edge.auth import CHANGED
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId
from sutler.stores.users import queries
from sutler.stores.users.models import User

EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
LONGEST_EMAIL: Final = 320
LONGEST_NAME: Final = 100


class Names(Struct, frozen=True, kw_only=True):
    """What a user is called; none of it is needed."""

    first_name: str | None = None
    last_name: str | None = None
    nickname: str | None = None


UNNAMED: Final = Names()


async def create_user(
    connection: WritingConnection, email: str, password_hash: str | None = None, names: Names = UNNAMED
) -> User:
    """A new user, without any store. InvalidInput for what is no e-mail address, EmailTaken for one in use.

    `password_hash` comes from `passwords.service.hashed`, which takes too long for a transaction.
    """
    email = email.strip()
    if len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email):
        message = "A user's e-mail address has one @ with something on either side, and no blanks."
        raise InvalidInput(message, [FieldError("Invalid", message, "email", "email")])
    if any(len(name or "") > LONGEST_NAME for name in structs.astuple(names)):
        raise InvalidInput(f"A name has at most {LONGEST_NAME} characters.")
    user = User(
        email=email, password_hash=password_hash, failures=0, locked_until=None, disabled_at=None, **structs.asdict(names)
    )
    await queries.ADD.run(connection, **structs.asdict(user))
    return user


async def known(connection: Connection, email_or_id: str) -> User:
    """The user with this e-mail address or id; NotFound if there is none."""
    name = email_or_id.strip()
    is_id = name.isascii() and name.isdigit() and len(name) <= 19
    found = await (queries.by_id(connection, name) if is_id else queries.by_email(connection, name))
    if found is None:
        raise NotFound(f"There is no user {name}.")
    return found


async def set_password(connection: WritingConnection, id: FlakeId, password_hash: str) -> None:
    """Give a user a new password; a lock because of wrong ones ends."""
    await queries.SET_PASSWORD.run(connection, who=id, password_hash=password_hash)


async def disable(connection: WritingConnection, id: FlakeId) -> None:
    """Let a user do nothing any more, in every process within moments; their stores and what they did stay."""
    await queries.DISABLE.run(connection, who=id, moment=clock.real_now())
    connection.notify(CHANGED)


async def enable(connection: WritingConnection, id: FlakeId) -> None:
    """Let a disabled user work again, with the tokens they had."""
    await queries.DISABLE.run(connection, who=id, moment=None)
    connection.notify(CHANGED)
