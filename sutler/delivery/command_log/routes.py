"""The API of the log of commands, Sutler's own."""

from typing import Annotated

from sutler.delivery.command_log import queries
from sutler.delivery.command_log.schemas import CommandLogEntryDto, shown
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import reads
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/delivery/commands/{attemptId}/log", tag="delivery")
Reader = Annotated[StoreContext, reads("customer_read")]


@routes.get("", "Delivery_GetCommandLog")
async def list_steps(store: Reader, attempt_id: FlakeId, page: Page) -> list[CommandLogEntryDto]:
    """List what became of a command, newest first: each time it was handed out, and when its game server said that it ran.

    Two offers before an acknowledgement mean that the first answer or its acknowledgement was lost, so the command may
    have run twice.
    """
    return [shown(entry) for entry in await queries.log_of(store, attempt_id, page)]
