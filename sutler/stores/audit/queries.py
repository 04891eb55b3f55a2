"""How the audit log and its chain are read."""

from typing import Final

from sqlalchemy import func, select

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import LIMIT, ONE, StoreStatement, param, reader
from sutler.kernel.data.records import Flake
from sutler.kernel.ids import FlakeId
from sutler.stores.audit.models import AuditEntry, AuditLink

LINKS: Final = select(AuditLink.table).where(AuditLink.c.store_id == param("store_id", type_=Flake()))
NEWEST: Final = StoreStatement(LINKS.order_by(AuditLink.c.position.desc()).limit(ONE))
AFTER: Final = StoreStatement(
    LINKS.where(AuditLink.c.position > param("position", type_=AuditLink.c.position.type))
    .order_by(AuditLink.c.position)
    .limit(LIMIT)
)
COUNT: Final = StoreStatement(
    select(func.count())
    .select_from(AuditEntry.table)
    .where(AuditEntry.c.store_id == param("store_id", type_=Flake()), AuditEntry.c.id > param("id", type_=Flake()))
)


async def newest_link(store: StoreContext) -> AuditLink | None:
    """The end of the store's chain; None while nothing is linked."""
    found = await store.run(NEWEST)
    return reader(AuditLink, store.connection.dialect)(found[0]) if found else None


async def links_after(store: StoreContext, position: int, limit: int) -> list[AuditLink]:
    """The next links of the chain, in their order."""
    read = reader(AuditLink, store.connection.dialect)
    return [read(row) for row in await store.run(AFTER, position=position, limit=limit)]


async def count_after(store: StoreContext, entry_id: FlakeId) -> int:
    """How many entries are newer than this one."""
    return int((await store.run(COUNT, id=entry_id))[0][0])


async def find(
    store: StoreContext, page: Page, *, actor_id: FlakeId | None = None, operation: str | None = None
) -> list[AuditEntry]:
    """One page of the entries that match, newest first unless the page says otherwise."""
    found = store.rows(AuditEntry)
    if actor_id is not None:
        found = found.where(AuditEntry.c.actor_id == actor_id)
    if operation is not None:
        found = found.where(AuditEntry.c.operation == operation)
    return await store.page(found, page)
