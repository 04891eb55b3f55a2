"""Signing users in by password and second factor, and ending it."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import structs
from sqlalchemy import delete, insert

from sutler.kernel import clock, tokens
from sutler.kernel.data.database import Database, WritingConnection
from sutler.kernel.data.queries import Statement, param
from sutler.kernel.edge.auth import CHANGED
from sutler.kernel.errors import TooManyRequests, Unauthorized
from sutler.kernel.ids import FlakeId
from sutler.stores.passwords import service as passwords
from sutler.stores.second_factors import service as second_factors
from sutler.stores.sessions.models import UserToken
from sutler.stores.users import queries
from sutler.stores.users import service as users
from sutler.stores.users.models import User

LASTS: Final = timedelta(days=7)
FREE_FAILURES: Final = 5  # wrong passwords or codes in a row before one has to wait
FIRST_LOCK: Final = timedelta(seconds=30)  # doubled by each further failure
LONGEST_LOCK: Final = timedelta(minutes=15)
REFUSED: Final = "The e-mail address, the password or the code is wrong."

ADD: Final = Statement(insert(UserToken.table))
END_ALL: Final = Statement(
    delete(UserToken.table).where(UserToken.c.user_id == param("who", type_=UserToken.c.user_id.type))
)
END: Final = Statement(
    delete(UserToken.table).where(UserToken.c.token_digest == param("digest", type_=UserToken.c.token_digest.type))
)
EXPIRED: Final = Statement(
    delete(UserToken.table).where(UserToken.c.expires_at <= param("now", type_=UserToken.c.expires_at.type))
)


async def sign_in(database: Database, email: str, password: str, code: str | None = None) -> str:
    """A token for a user who shows their password and, if they have a second factor, a code of it.

    Unauthorized says no more than that something is wrong; TooManyRequests after too many failures in a row.
    """
    async with database.reading() as connection:
        user = await queries.by_email(connection, email)
    _refuse_locked(user)
    fits = await passwords.fits(password, user.password_hash if user else None)  # in a thread, outside any transaction
    if user is None:
        raise Unauthorized(REFUSED)
    async with database.writing() as connection:
        user = await users.known(connection, user.id)
        _refuse_locked(user)  # once more: others may have tried in the meantime
        if fits and user.disabled_at is None and await second_factors.passes(connection, user.id, code):
            await queries.SUCCEEDED.run(connection, who=user.id)
            return await create_token(connection, user.id)
        await _count_failure(connection, user.id)
    raise Unauthorized(REFUSED)


def _refuse_locked(user: User | None) -> None:
    now = clock.real_now()
    if user is not None and user.locked_until is not None and user.locked_until > now:
        wait = (user.locked_until - now).total_seconds()
        raise TooManyRequests("Too many failed attempts to sign in; wait as long as `Retry-After` says.", wait)


async def _count_failure(connection: WritingConnection, user_id: FlakeId) -> None:
    ((failures, *_),) = await queries.FAILED.run(connection, who=user_id)
    if failures >= FREE_FAILURES:
        lock = min(FIRST_LOCK * 2 ** min(failures - FREE_FAILURES, 10), LONGEST_LOCK)
        await queries.LOCK.run(connection, who=user_id, moment=clock.real_now() + lock)


async def create_token(connection: WritingConnection, user_id: FlakeId, expires_at: datetime | None = None) -> str:
    """A token that works until it expires, in seven days unless told otherwise; only its digest is kept."""
    token = tokens.user_token()
    row = UserToken(user_id=user_id, token_digest=tokens.digest(token), expires_at=expires_at or clock.real_now() + LASTS)
    await ADD.run(connection, **structs.asdict(row))
    return token


async def sign_out(connection: WritingConnection, token: str) -> None:
    """End one token, in every process within moments."""
    await END.run(connection, digest=tokens.digest(token))
    connection.notify(CHANGED)


async def end_all(connection: WritingConnection, user_id: FlakeId) -> None:
    """End all tokens of a user, as after a new password."""
    await END_ALL.run(connection, who=user_id)
    connection.notify(CHANGED)


async def forget_expired(database: Database) -> None:
    """Drop tokens that have expired."""
    async with database.writing() as connection:
        await EXPIRED.run(connection, now=clock.real_now())
