"""The Game Server API: a server reports what happened on it."""

from typing import Annotated

from sutler.delivery.commands.service import caller
from sutler.delivery.player_joins import service
from sutler.delivery.player_joins.schemas import ReportGameServerEventsEntryDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import game_server_writes
from sutler.kernel.edge.bodies import Lenient
from sutler.kernel.edge.http import Routes

routes = Routes("/v1/delivery/events", tag="delivery", api="gameserver-api")
Writer = Annotated[StoreContext, game_server_writes()]


@routes.post("", "DeliveryEvents_ReportGameServerEvents")
async def report(store: Writer, entries: Lenient[ReportGameServerEventsEntryDto]) -> None:
    """Report who joined the game server.

    Entries that cannot be used and events that are not known are passed over, and so is what was reported before.
    """
    await service.report(store, caller(store), entries)
