"""Telling customers in time that a trial ends."""

from sutler.billing.trials.events import TrialEnding
from sutler.billing.trials.models import Trial
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import emit
from sutler.kernel.work.jobs import job


@job
async def remind(store: StoreContext, *, trial_id: FlakeId) -> None:
    """Say once that a trial ends soon, if it still runs."""
    now = clock.now()
    running = store.rows(Trial).where(
        Trial.c.id == trial_id, Trial.c.status == "active", Trial.c.reminded_at.is_(None), Trial.c.ends_at > now
    )
    for trial in await store.change_all(running, {"reminded_at": now}):
        await emit(store, TrialEnding(trial_id=trial.id))
