"""Everything that the store knows of a person, for the person to read."""

from typing import Any, Final

import msgspec
from sqlalchemy import select

from sutler.customers.customers.models import Customer
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import StoreStatement, reader
from sutler.kernel.ids import FlakeId
from sutler.privacy import traces
from sutler.privacy.person import PARTS, STORE, Part


def telling(part: Part) -> StoreStatement:
    """The statement that reads one part."""
    kind = part.kind
    return StoreStatement(select(kind.table).where(kind.c.store_id == STORE, part.condition).order_by(kind.c.id))


TELLING: Final = [(part.kind, telling(part)) for part in PARTS]


async def everything(store: StoreContext, person: FlakeId) -> dict[str, Any]:
    """A person's rows by the name of their table, and what webhooks sent; NotFound for somebody unknown.

    Digests and sealed secrets are left out: they tell nothing, and some of them open something.
    """
    await store.get(Customer, person)
    found: dict[str, Any] = {}
    for kind, statement in reversed(TELLING):
        read = reader(kind, store.connection.dialect)
        rows = [read(row) for row in await store.run(statement, person=person)]
        found[kind.table.name] = [
            {name: value for name in row.__struct_fields__ if not isinstance(value := getattr(row, name), bytes)}
            for row in rows
        ]
    marks = await traces.ids(store, person)
    found["webhook_deliveries"] = [
        {"id": one.id, "event": one.event, "created_at": one.created_at, "payload": msgspec.json.decode(one.payload)}
        async for one in traces.deliveries(store, marks)
    ]
    return found
