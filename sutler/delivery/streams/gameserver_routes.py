"""The Game Server API's stream of commands, our own beside the contract's polls."""

from typing import Annotated

from sutler.delivery.streams import service
from sutler.delivery.streams.schemas import Lasting
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.access import game_server_steps
from sutler.kernel.edge.http import Routes
from sutler.kernel.edge.requests import Request
from sutler.kernel.edge.streams import EventStream

routes = Routes("/v1/delivery", tag="delivery", api="gameserver-api")
Listener = Annotated[Shop, game_server_steps()]


@routes.get("/command-queue/stream", "DeliveryCommandQueue_StreamQueuedCommands")
async def stream_commands(shop: Listener, lasting: Lasting, request: Request) -> EventStream:
    """Receive every command that is waiting for this server, and then each that comes, as server-sent events.

    Events are called `command`; their data is what `GET` of the queue lists, one command each, whoever is online. A
    command is offered to one stream or poll at a time, for half a minute; what is not acknowledged by then comes again.
    """
    return EventStream(service.commands(shop, request, lasting.seconds))
