"""How subscriptions are found."""

from sqlalchemy import ColumnElement, func, select

from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.billing.subscriptions.schemas import SubscriptionFilter
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import Rows, one_of, param
from sutler.kernel.errors import Forbidden, NotFound
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.service import current

UNPROVEN = "Subscriptions are shown only on stores where customers sign in with Steam: elsewhere nobody proves who they are."


async def find(store: StoreContext, page: Page, wanted: SubscriptionFilter) -> list[Subscription]:
    """One page of the subscriptions that pass every filter, newest first unless the page says otherwise."""
    return await store.page(_matching(store.rows(Subscription), wanted), page)


async def own(store: StoreContext, page: Page, wanted: SubscriptionFilter) -> list[Subscription]:
    """One page of the signed-in customer's own; Forbidden where customers do not prove who they are."""
    return await store.page(_matching(await _mine(store), wanted), page)


async def own_one(store: StoreContext, id: FlakeId) -> Subscription:
    """One of the signed-in customer's own; NotFound for another's, Forbidden where nobody proves who they are."""
    found = await store.first((await _mine(store)).where(Subscription.c.id == id))
    if found is None:
        raise NotFound(f"You have no subscription {id}.")
    return found


async def _mine(store: StoreContext) -> Rows[Subscription]:
    if (await current(store)).platform != "steam":
        raise Forbidden(UNPROVEN)
    return store.rows(Subscription).where(Subscription.c.customer_id == (store.actor.id or ""))


def _matching(found: Rows[Subscription], wanted: SubscriptionFilter) -> Rows[Subscription]:
    c = Subscription.c
    for column, value in (
        (c.id, wanted.subscription_id), (c.customer_id, wanted.customer_id), (c.checkout_id, wanted.checkout_id),
        (c.payment_method_id, wanted.payment_method_id),
    ):  # fmt: skip
        found = found if value is None else found.where(column == value)
    if wanted.status:
        found = found.where(one_of(c.status, wanted.status))
    if wanted.billing_email is not None:
        found = found.where(func.lower(c.billing_email) == wanted.billing_email.lower())
    return found if wanted.trial_id is None else found.where(_tries(wanted.trial_id))


def _tries(trial_id: FlakeId) -> ColumnElement[bool]:
    """The subscription began with this trial."""
    line = SubscriptionLine.c
    mine = line.store_id == param("store_id", type_=line.store_id.type)
    return Subscription.c.id.in_(select(line.subscription_id).where(mine, line.trial_id == trial_id))
