"""The table of users. They belong to the installation, not to a store."""

from datetime import datetime

import msgspec
from sqlalchemy import Index, func

from sutler.kernel import clock
from sutler.kernel.data.records import Record
from sutler.kernel.errors import Conflict


class User(Record, table="users"):
    """A human who signs in. Without a password nobody can sign in as them; a disabled user may do nothing at all."""

    email: str
    first_name: str | None = None
    last_name: str | None = None
    nickname: str | None = None
    password_hash: str | None = None
    failures: int = 0  # sign-ins that were refused since the last one that was not
    locked_until: datetime | None = None
    created_at: datetime = msgspec.field(default_factory=clock.real_now)
    disabled_at: datetime | None = None


class EmailTaken(Conflict):
    """Another user already has this e-mail address."""


# An index of the whole installation: an e-mail address is all that somebody gives who signs in.
Index("users_email", func.lower(User.c.email), unique=True, info={"error": EmailTaken})
