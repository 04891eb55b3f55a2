"""Which exceptions count now."""

from collections.abc import Sequence

from sutler.customers.trial_overrides.models import UNUSED, TrialOverride
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.ids import FlakeId


async def live_overrides(
    store: StoreContext, customer_id: FlakeId, product_ids: Sequence[FlakeId]
) -> dict[FlakeId, FlakeId]:
    """The exceptions that a customer has for some products at this moment: the id of each, by product."""
    mine = store.rows(TrialOverride).where(
        TrialOverride.c.customer_id == customer_id, one_of_ids(TrialOverride.c.product_id, product_ids),
        UNUSED, TrialOverride.c.expires_at > clock.now(),
    )  # fmt: skip
    return {override.product_id: override.id for override in await store.all(mine)}
