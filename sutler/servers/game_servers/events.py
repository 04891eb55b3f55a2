"""What happens to game servers."""

from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import Event


class GameServerDeleted(Event, frozen=True):
    """The server is gone for good: nothing that waits for it will ever run there."""

    gameserver_id: FlakeId
