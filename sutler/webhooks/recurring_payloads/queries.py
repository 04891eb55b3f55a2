"""Reading what payloads tell of subscriptions and trials: each kind of row once, whatever the number of lines."""

from dataclasses import dataclass

from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.billing.trials.models import Trial
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.checkouts.queries import lines_of
from sutler.customers.customers.models import Customer
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.webhooks.payloads.queries import Catalogue, by_ids, catalogue, one


@dataclass(frozen=True)
class WholeSubscription:
    """A subscription with everything that its payload tells."""

    subscription: Subscription
    lines: list[SubscriptionLine]
    checkout: Checkout
    checkout_lines: list[CheckoutLine]
    customers: dict[FlakeId, Customer]
    catalogue: Catalogue


@dataclass(frozen=True)
class WholeTrial:
    """A trial, and who tries."""

    trial: Trial
    customer: Customer


async def whole_subscription(store: StoreContext, subscription_id: FlakeId) -> WholeSubscription:
    """Everything about a subscription; nothing is locked."""
    found = await one(store, Subscription, subscription_id)
    lines = await store.all(store.rows(SubscriptionLine).where(SubscriptionLine.c.subscription_id == found.id))
    return WholeSubscription(
        subscription=found,
        lines=lines,
        checkout=await one(store, Checkout, found.checkout_id),
        checkout_lines=await lines_of(store, found.checkout_id),
        customers=await by_ids(store, Customer, [found.customer_id, *(line.gift_to_customer_id for line in lines)]),
        catalogue=await catalogue(store, [line.product_version_id for line in lines]),
    )


async def whole_trial(store: StoreContext, trial_id: FlakeId) -> WholeTrial:
    """Everything about a trial; nothing is locked."""
    trial = await one(store, Trial, trial_id)
    return WholeTrial(trial, await one(store, Customer, trial.customer_id))
