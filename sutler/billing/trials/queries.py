"""How trials are found and shown, and what a customer did before, as far as further trials depend on it."""

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import select

from sutler.billing.orders.models import Order
from sutler.billing.trials.models import Trial
from sutler.billing.trials.schemas import TrialDto, TrialFilter, shown
from sutler.checkout.trial_rules.service import History, Tried
from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import shown as shown_customer
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import StoreStatement, literal_limit, one_of, one_of_ids, param, reader
from sutler.kernel.ids import FlakeId

LAST_ORDER: Final = StoreStatement(
    select(Order.table)
    .where(
        Order.c.store_id == param("store_id"),
        Order.c.customer_id == param("customer_id", type_=Order.c.customer_id.type),
        Order.c.completed_at.is_not(None),
    )
    .order_by(Order.c.completed_at.desc())
    .limit(literal_limit(1))
)


async def page(store: StoreContext, page: Page, wanted: TrialFilter) -> list[TrialDto]:
    """One page of the trials that pass every filter, newest first unless the page says otherwise."""
    found = store.rows(Trial)
    for column, value in (
        (Trial.c.id, wanted.trial_id), (Trial.c.customer_id, wanted.customer_id), (Trial.c.checkout_id, wanted.checkout_id),
        (Trial.c.subscription_id, wanted.subscription_id),
    ):  # fmt: skip
        found = found if value is None else found.where(column == value)
    if wanted.status:
        found = found.where(one_of(Trial.c.status, wanted.status))
    return await with_customers(store, await store.page(found, page))


async def with_customers(store: StoreContext, trials: Sequence[Trial]) -> list[TrialDto]:
    """Trials as the wire shows them: one statement for all customers."""
    if not trials:
        return []
    ids = sorted({trial.customer_id for trial in trials})
    known = await store.all(store.rows(Customer).where(one_of_ids(Customer.c.id, ids)))
    customers = {customer.id: shown_customer(customer) for customer in known}
    return [shown(trial, customers) for trial in trials]


async def history(store: StoreContext, customer_id: FlakeId, product_ids: Collection[FlakeId]) -> History:
    """When a customer last ordered anything, and their newest trial of each of these products: two statements.

    An order counts even if it was given back. A trial that was canceled runs until its end, too.
    """
    read = reader(Order, store.connection.dialect)
    orders = [read(row) for row in await store.run(LAST_ORDER, customer_id=customer_id)]
    mine = store.rows(Trial).where(Trial.c.customer_id == customer_id, one_of_ids(Trial.c.product_id, sorted(product_ids)))
    newest = {trial.product_id: trial for trial in await store.all(mine)}
    last_order_at = orders[0].completed_at if orders else None
    return History(last_order_at=last_order_at, tried={id: _tried(trial) for id, trial in newest.items()})


def _tried(trial: Trial) -> Tried:
    ends = trial.completed_at or trial.ends_at or trial.canceled_at or trial.created_at
    return Tried(ends, trial.status in ("created", "active") or ends > clock.now())
