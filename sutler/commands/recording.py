"""What the command line changes is in the audit log, too: the operation is the command, the method CLI."""

from sutler.commands.ground import inside
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Connection
from sutler.kernel.edge.access import NO_STORE
from sutler.kernel.edge.changes import Change
from sutler.kernel.ids import FlakeId
from sutler.stores.audit.service import AuditLog

DONE = 204


async def record(store: StoreContext, command: str, *targets: FlakeId) -> None:
    """Write down, in the transaction of the change, which command changed which things of a store."""
    await AuditLog().record(store, Change(command, "CLI", "", list(targets), DONE, [], "", ""))


async def record_outside(connection: Connection, command: str, *targets: FlakeId) -> None:
    """The same for what belongs to no store, such as users; it is in the log of the store 0."""
    await record(inside(connection, NO_STORE), command, *targets)
