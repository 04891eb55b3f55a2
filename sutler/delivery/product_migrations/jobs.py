"""Moving the dependents of a product in the background, batch by batch."""

from sutler.delivery.product_migrations.service import move_some
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.jobs import Again, job


@job
async def migrate_dependents(store: StoreContext, *, migration_id: FlakeId) -> Again | None:
    """Move a batch, and come back until nothing is left. A batch and the note of it are one transaction."""
    return Again(clock.now()) if await move_some(store, migration_id) else None
