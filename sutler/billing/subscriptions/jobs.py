"""The job that charges a cycle when it is due."""

from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.jobs import Again, outside_job


@outside_job
async def renew(shop: Shop, *, subscription_id: FlakeId, cycle: int) -> Again | None:
    """Charge a cycle of a subscription when the one before is over, again and again until it is paid or all has ended.

    There is one for each cycle, written with the payment of the one before. Run twice, it charges once.
    """
    from sutler.billing.renewals.service import renew as go_on  # noqa: PLC0415 - a renewal leads to the next, imports must not

    when = await go_on(shop, subscription_id, cycle)
    return None if when is None else Again(when)
