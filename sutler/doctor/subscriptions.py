"""Checks of subscriptions: that each goes on, and that nothing was charged twice."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import and_, func, select

from sutler.billing.orders.models import Order
from sutler.billing.subscriptions.jobs import renew
from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.doctor.examination import Check, Rule
from sutler.doctor.jobs import has_job
from sutler.kernel.data.queries import one_of

ORDER, C, LINE = Order.c, Subscription.c, SubscriptionLine.c
PAID: Final = one_of(ORDER.status, ("completed", "refunded", "chargeback"))

CHECKS: Final[Mapping[str, Check]] = {
    "subscriptions_go_on": has_job(
        "Every subscription that has not ended is renewed some day, or ends.", Subscription, C.status != "canceled", renew,
        "subscription_id",
    ),
    "cycles_paid_once": Rule(
        "No cycle of a subscription was paid twice.",
        select(ORDER.subscription_id, ORDER.store_id, ORDER.billing_cycle_sequence, func.count().label("times"))
        .where(PAID, ORDER.subscription_id.is_not(None), ORDER.type != "subscription_proration")
        .group_by(ORDER.subscription_id, ORDER.store_id, ORDER.billing_cycle_sequence)
        .having(func.count() > 1),
        "Cycle {billing_cycle_sequence} of subscription {subscription_id} of store {store_id} was paid {times} times.",
    ),
    "subscriptions_begun": Rule(
        "Every paid order of a subscription has one.",
        select(ORDER.id, ORDER.store_id, ORDER.subscription_id)
        .outerjoin_from(Order.table, Subscription.table, and_(C.id == ORDER.subscription_id, C.store_id == ORDER.store_id))
        .where(PAID, ORDER.subscription_id.is_not(None), C.id.is_(None)),
        "Order {id} of store {store_id} is paid, but there is no subscription {subscription_id}.",
    ),
    "subscriptions_hold_something": Rule(
        "Every subscription has a line.",
        select(C.id, C.store_id)
        .outerjoin_from(
            Subscription.table, SubscriptionLine.table, and_(LINE.subscription_id == C.id, LINE.store_id == C.store_id)
        )
        .where(LINE.id.is_(None)),
        "Subscription {id} of store {store_id} has no line.",
    ),
}  # fmt: skip
