"""The tables of second factors: one secret a user, and the digests of their recovery codes."""

from datetime import datetime

import msgspec
from sqlalchemy import Index

from sutler.kernel import clock
from sutler.kernel.data.records import Record
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId


class SecondFactor(Record, table="second_factors"):
    """What a user's authenticator app was given, sealed. It counts once a code of it was shown to work."""

    user_id: FlakeId
    secret_sealed: bytes
    last_step: int  # the newest code that was used, in steps of thirty seconds since 1970; older ones are spent
    confirmed_at: datetime | None
    created_at: datetime = msgspec.field(default_factory=clock.real_now)


class RecoveryCode(Record, table="recovery_codes"):
    """Stands in for a code of the app, once. Only a digest is kept; deleting the row spends it."""

    user_id: FlakeId
    code_digest: bytes


class SecondFactorExists(Conflict):
    """This user has a second factor already; remove it first."""


Index("second_factors_user", SecondFactor.c.user_id, unique=True, info={"error": SecondFactorExists})
Index("recovery_codes_user", RecoveryCode.c.user_id, RecoveryCode.c.code_digest, unique=True)
