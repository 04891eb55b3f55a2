"""The table of users' tokens."""

from datetime import datetime

import msgspec
from sqlalchemy import Index

from sutler.kernel import clock
from sutler.kernel.data.records import Record
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId


class UserToken(Record, table="user_tokens"):
    """Recognises a user for a while. Only a digest is kept; deleting the row revokes it."""

    user_id: FlakeId
    token_digest: bytes
    expires_at: datetime
    created_at: datetime = msgspec.field(default_factory=clock.real_now)


class UserTokenExists(Conflict):
    """This user token already exists."""


Index("user_tokens_digest", UserToken.c.token_digest, unique=True, info={"error": UserTokenExists})
Index("user_tokens_user", UserToken.c.user_id)
