"""How sales are found: by those who manage them, and for whoever looks at prices."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Rows, StoreStatement, one_of_ids, param, reader
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId
from sutler.promotions.sales.models import LIVING, Sale, SaleVersion

AT: Final = param("at", type_=Sale.c.begins_at.type)
ACTIVE: Final = StoreStatement(
    select(Sale.table)
    .where(
        Sale.c.store_id == param("store_id"),
        or_(Sale.c.ends_at.is_(None), Sale.c.ends_at > AT),
        Sale.c.begins_at <= AT,
        Sale.c.enabled.is_(True),
        LIVING,
    )
    .order_by(Sale.c.id)
)


def living(store: StoreContext) -> Rows[Sale]:
    """The sales of the store that are not deleted."""
    return store.rows(Sale).where(LIVING)


async def one(store: StoreContext, id: FlakeId) -> Sale:
    """The sale, locked where this context may write; NotFound when there is none or it is deleted."""
    found = await store.first(living(store).where(Sale.c.id == param("id")), id=id)
    if found is None:
        raise NotFound(f"There is no sale {id} in this store.")
    return found


async def list_all(store: StoreContext) -> list[Sale]:
    """Every sale that is not deleted, newest first."""
    return (await store.all(living(store)))[::-1]


async def active_sales(store: StoreContext, at: datetime) -> list[Sale]:
    """The sales that are on at this moment, oldest first: one statement, nothing is locked."""
    read = reader(Sale, store.connection.dialect)
    return [read(row) for row in await store.run(ACTIVE, at=at)]


async def versions(store: StoreContext, ids: Iterable[FlakeId]) -> dict[FlakeId, SaleVersion]:
    """Those of these versions that exist in the store, by version id, also of deleted sales; nothing is locked."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    return {row.id: row for row in await store.all(store.rows(SaleVersion).where(one_of_ids(SaleVersion.c.id, wanted)))}
