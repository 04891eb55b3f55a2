"""The management API of trials."""

from typing import Annotated

from sutler.billing.trials import queries
from sutler.billing.trials.models import Trial
from sutler.billing.trials.schemas import TrialDto, TrialFilter
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import reads
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/trials", tag="trials")
Reader = Annotated[StoreContext, reads("subscription_read")]


@routes.get("", "Trials_GetTrials")
async def list_trials(store: Reader, page: Page, wanted: TrialFilter) -> list[TrialDto]:
    """List trials, newest first, a hundred at a time unless asked otherwise. Every filter narrows the list."""
    return await queries.page(store, page, wanted)


@routes.get("/{trialId}", "Trials_GetTrial")
async def get_trial(store: Reader, trial_id: FlakeId) -> TrialDto:
    """Show one trial."""
    (trial,) = await queries.with_customers(store, [await store.get(Trial, trial_id)])
    return trial
