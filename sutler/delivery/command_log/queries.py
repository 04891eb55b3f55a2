"""Reading the log of a command, and forgetting old ones."""

from sqlalchemy import delete, select

from sutler.delivery.command_log.models import KEPT, CommandLogEntry
from sutler.delivery.commands.models import CommandAttempt, waiting
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import Statement, param
from sutler.kernel.data.records import Timestamp
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.models import Store

STILL_WAITING = select(CommandAttempt.c.id).where(waiting)
FORGET = Statement(
    delete(CommandLogEntry.table).where(
        CommandLogEntry.c.store_id.in_(select(Store.c.id)),  # the index is by store
        CommandLogEntry.c.created_at < param("before", type_=Timestamp()),
        CommandLogEntry.c.attempt_id.not_in(STILL_WAITING),
    )
)


async def log_of(store: StoreContext, attempt_id: FlakeId, page: Page) -> list[CommandLogEntry]:
    """One page of the steps of a command; NotFound for a command that does not exist."""
    await store.get(CommandAttempt, attempt_id)
    return await store.page(store.rows(CommandLogEntry).where(CommandLogEntry.c.attempt_id == attempt_id), page)


async def forget_old_steps(database: Database) -> None:
    """Drop what is older than three months about commands that are done."""
    async with database.writing() as connection:
        await FORGET.run(connection, before=clock.real_now() - KEPT)
