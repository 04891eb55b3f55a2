"""The table of what became of each command: every offer, every acknowledgement, and from which address."""

from datetime import timedelta
from typing import Final, Literal

from sutler.kernel.data.records import StoreRecord, index
from sutler.kernel.ids import FlakeId

Step = Literal["offered", "acknowledged"]
KEPT: Final = timedelta(days=90)  # of commands that are done; of others for ever
ALL_OFFERS: Final = 100  # beyond these only every hundredth is written down: some plugins never acknowledge


class CommandLogEntry(StoreRecord, table="command_log"):
    """A step in the life of a command. `created_at` is when; the game server is the actor. Never changed."""

    attempt_id: FlakeId
    step: Step
    ip: str | None


index("command_log_attempt", CommandLogEntry.c.store_id, CommandLogEntry.c.attempt_id, CommandLogEntry.c.id)
index("command_log_age", CommandLogEntry.c.store_id, CommandLogEntry.c.created_at)
