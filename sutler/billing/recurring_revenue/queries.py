"""Adding up what subscriptions come to in a month: one statement, however many there are."""

from typing import Final

from sqlalchemy import func, select

from sutler.billing.periods.service import DAYS
from sutler.billing.recurring_revenue.schemas import RecurringRevenueDto, RecurringRevenuePartDto
from sutler.billing.subscriptions.models import Subscription
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import StoreStatement, param
from sutler.kernel.money import round_half_up
from sutler.stores.stores.service import current

C: Final = Subscription.c
BY_INTERVAL: Final = StoreStatement(
    select(
        C.status, C.past_due, C.cancel_at_period_end, C.interval_value, C.interval_scale, func.count(),
        func.sum(C.total_amount - C.tax_amount),
    )
    .where(C.store_id == param("store_id"), C.status != "canceled")
    .group_by(C.status, C.past_due, C.cancel_at_period_end, C.interval_value, C.interval_scale)
)  # fmt: skip
A_MONTH: Final = DAYS["month"]


async def revenue(store: StoreContext) -> RecurringRevenueDto:
    """What the store's subscriptions come to in thirty days; of the same interval they are added up before rounding."""
    parts = {name: RecurringRevenuePartDto() for name in ("active", "ending", "past_due", "trials")}
    for status, past_due, ends, value, scale, count, amount in await store.run(BY_INTERVAL):
        part = parts["past_due" if past_due else "ending" if ends else "trials" if status == "created" else "active"]
        part.subscriptions += count
        part.amount += round_half_up(int(amount) * A_MONTH, value * DAYS[scale])
    return RecurringRevenueDto(currency=(await current(store)).currency, **parts)
