"""The API of recurring revenue, Sutler's own."""

from typing import Annotated

from sutler.billing.recurring_revenue.queries import revenue
from sutler.billing.recurring_revenue.schemas import RecurringRevenueDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads
from sutler.kernel.edge.http import Routes

routes = Routes("/v1/stores/{storeId}/recurring-revenue", tag="subscriptions")
Reader = Annotated[StoreContext, reads("subscription_read", slow=True)]


@routes.get("", "Subscriptions_GetRecurringRevenue")
async def get_revenue(store: Reader) -> RecurringRevenueDto:
    """Say what the store's subscriptions come to in thirty days, without tax."""
    return await revenue(store)
