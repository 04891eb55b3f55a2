"""The command queue's table: one row per command and game server."""

from datetime import datetime, timedelta

from sutler.catalog.products.models import CommandStage
from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId

OFFER_LEASE = timedelta(seconds=30)  # longer than a poll interval and a slow acknowledgement together
MOST_PER_POLL = 100


class CommandAttempt(StoreRecord, table="command_attempts"):
    """A rendered command for one game server. queued → offered (for a lease) → executed; queued → unqueued.

    `created_at` is when it was queued. The player's identities are those at that moment.
    """

    item_id: FlakeId
    gameserver_id: FlakeId
    customer_id: FlakeId
    steam_id: str | None
    minecraft_uuid: str | None
    customer_name: str | None
    stage: CommandStage
    position: int  # of the command among all of the product's version, or 0
    global_command_id: FlakeId | None = None  # of the store's command that this is, unless it is one of the product
    once_for_order_id: FlakeId | None = None  # the order for the whole of which this runs once
    command: str
    online_only: bool
    rerun: bool = False
    offers: int = 0
    first_offered_at: datetime | None = None
    offered_until: datetime | None = None
    executed_at: datetime | None = None
    executed_by_ip: str | None = None
    unqueued_at: datetime | None = None


class CommandQueuedTwice(Conflict):
    """This command is already queued for this server."""


waiting = CommandAttempt.c.executed_at.is_(None) & CommandAttempt.c.unqueued_at.is_(None)
may_have_run = CommandAttempt.c.executed_at.is_(None) & (
    CommandAttempt.c.unqueued_at.is_(None) | CommandAttempt.c.first_offered_at.is_not(None)
)
own = CommandAttempt.c.global_command_id.is_(None)
once_per_order = CommandAttempt.c.once_for_order_id.is_not(None)
unique(
    CommandQueuedTwice, CommandAttempt.c.store_id, CommandAttempt.c.item_id, CommandAttempt.c.stage,
    CommandAttempt.c.position, CommandAttempt.c.gameserver_id, name="command_attempts_once",
    where=~CommandAttempt.c.rerun & own,
)  # fmt: skip
unique(
    CommandQueuedTwice, CommandAttempt.c.store_id, CommandAttempt.c.item_id, CommandAttempt.c.stage,
    CommandAttempt.c.global_command_id, CommandAttempt.c.gameserver_id, name="command_attempts_once_global",
    where=~CommandAttempt.c.rerun & ~own,
)  # fmt: skip
unique(
    CommandQueuedTwice, CommandAttempt.c.store_id, CommandAttempt.c.once_for_order_id, CommandAttempt.c.stage,
    CommandAttempt.c.global_command_id, CommandAttempt.c.gameserver_id, name="command_attempts_once_per_order",
    where=~CommandAttempt.c.rerun & once_per_order,
)  # fmt: skip
index(
    "command_attempts_waiting", CommandAttempt.c.store_id, CommandAttempt.c.gameserver_id, CommandAttempt.c.id, where=waiting
)
index("command_attempts_item", CommandAttempt.c.store_id, CommandAttempt.c.item_id)
index("command_attempts_customer", CommandAttempt.c.store_id, CommandAttempt.c.customer_id, CommandAttempt.c.id)
index("command_attempts_server", CommandAttempt.c.store_id, CommandAttempt.c.gameserver_id, CommandAttempt.c.item_id)
