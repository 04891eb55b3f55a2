"""Fetching profiles in the background: after a customer was made or changed, and when they sign in after a day."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sutler.customers.customers.models import Customer
from sutler.customers.profiles import queries, service
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.jobs import enqueue, outside_job

PAUSES: Final = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))


@outside_job
async def refresh_profile(shop: Shop, *, customer_id: FlakeId, silences: int = 0) -> None:
    """Bring a customer's profiles up to date.

    A platform that is silent is no failure of ours: it is asked again after a while, four times, and then when the
    customer signs in again.
    """
    if await service.refresh(shop, customer_id) or silences >= len(PAUSES):
        return
    async with shop.writing() as store:
        later = clock.now() + PAUSES[silences]
        await refresh_profile.enqueue_at(store, later, customer_id=customer_id, silences=silences + 1)


async def refresh_later(store: StoreContext, customers: Sequence[Customer]) -> None:
    """Fetch what the platforms know of these customers, once this transaction is committed."""
    wanted = [customer for customer in customers if service.has_questions(customer)]
    if wanted:
        now = clock.now()
        await enqueue(store, [refresh_profile.row(store.store_id, {"customer_id": one.id}, now) for one in wanted])


async def refresh_if_old(store: StoreContext, customer: Customer) -> None:
    """The same for somebody who signs in, unless it was done within the last day."""
    if not service.has_questions(customer):
        return
    known = service.known_id(customer)
    if known is None or await queries.with_id(store, *known) is None:
        await refresh_later(store, [customer])
