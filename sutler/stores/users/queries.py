"""The statements over users, who belong to no store."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import func, insert, select, update

from sutler.kernel.data.queries import Connection, Statement, param, reader
from sutler.kernel.ids import FlakeId
from sutler.stores.users.models import User

ADD: Final = Statement(insert(User.table))
ALL: Final = Statement(select(User.table).order_by(User.c.id))
BY_EMAIL: Final = Statement(select(User.table).where(func.lower(User.c.email) == param("email", type_=User.c.email.type)))
BY_ID: Final = Statement(select(User.table).where(User.c.id == param("id", type_=User.c.id.type)))
_WHO: Final = User.c.id == param("who", type_=User.c.id.type)
SET_PASSWORD: Final = Statement(
    update(User.table)
    .where(_WHO)
    .values(password_hash=param("password_hash", type_=User.c.password_hash.type), failures=0, locked_until=None)
)
DISABLE: Final = Statement(update(User.table).where(_WHO).values(disabled_at=param("moment", type_=User.c.disabled_at.type)))
FAILED: Final = Statement(update(User.table).where(_WHO).values(failures=User.c.failures + 1).returning(User.c.failures))
LOCK: Final = Statement(update(User.table).where(_WHO).values(locked_until=param("moment", type_=User.c.locked_until.type)))
SUCCEEDED: Final = Statement(update(User.table).where(_WHO).values(failures=0, locked_until=None))


async def by_email(connection: Connection, email: str) -> User | None:
    """The user with this e-mail address, in any case."""
    return _first(connection, await BY_EMAIL.run(connection, email=email.strip().lower()))


async def by_id(connection: Connection, id: FlakeId) -> User | None:
    """The user with this id."""
    return _first(connection, await BY_ID.run(connection, id=id))


async def all_users(connection: Connection) -> list[User]:
    """Every user of the installation, oldest first."""
    read = reader(User, connection.dialect)
    return [read(row) for row in await ALL.run(connection)]


def _first(connection: Connection, found: Sequence[Sequence[Any]]) -> User | None:
    return reader(User, connection.dialect)(found[0]) if found else None
