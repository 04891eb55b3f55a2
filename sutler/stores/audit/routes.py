"""The API of the audit log, Sutler's own."""

from typing import Annotated

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import reads
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId
from sutler.stores.audit import queries
from sutler.stores.audit.schemas import AuditEntryDto, Operation, shown

routes = Routes("/v1/stores/{storeId}/audit-log", tag="audit-log")
Reader = Annotated[StoreContext, reads("audit_read")]


@routes.get("", "Audit_GetEntries")
async def list_entries(
    store: Reader, page: Page, actor_id: FlakeId | None = None, operation: Operation | None = None
) -> list[AuditEntryDto]:
    """List who changed what in the store, newest first.

    `actor_id` is the id of a user or of an API key, `operation` the name of one operation, such as
    Products_CreateProduct.
    """
    return [shown(entry) for entry in await queries.find(store, page, actor_id=actor_id, operation=operation)]
