"""Seeing to it that no renewal is ever given up."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import update

from sutler.billing.subscriptions.jobs import renew
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Statement, param
from sutler.kernel.data.records import Timestamp
from sutler.kernel.work.jobs import Job

REVIVE: Final = Statement(
    update(Job.table)
    .where(Job.c.kind == renew.name, Job.c.run_at.is_(None))
    .values(run_at=param("moment", type_=Timestamp()), failures=0, leased_until=None)
)
LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)  # due at once, whatever time it is in the store


async def revive(database: Database) -> None:
    """Try again what failed so often that it was given up: somebody's subscription waits for it."""
    async with database.writing() as connection:
        await REVIVE.run(connection, moment=LONG_AGO)
