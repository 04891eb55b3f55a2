"""The job that charges a cycle when it is due. It is put in as `sutler.billing.subscriptions.jobs.renew`."""

from sutler.billing.renewals import service
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.jobs import Again, outside_job


@outside_job
async def renew(shop: Shop, *, subscription_id: FlakeId, cycle: int) -> Again | None:
    """Charge a cycle of a subscription when the one before is over, again and again until it is paid or all has ended.

    There is one for each cycle, written with the payment of the one before. Run twice, it charges once.
    """
    when = await service.renew(shop, subscription_id, cycle)
    return None if when is None else Again(when)
