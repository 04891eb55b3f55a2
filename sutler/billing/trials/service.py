"""The life of trials. They begin when an order is completed, and end with their subscription's first cycle, or before."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.billing.trials.events import TrialActivated, TrialCanceled, TrialCompleted
from sutler.billing.trials.jobs import remind
from sutler.billing.trials.models import Trial
from sutler.catalog.products.models import TrialTerms
from sutler.catalog.products.service import versions
from sutler.checkout.trial_claims.models import OPEN, TrialClaim
from sutler.checkout.trial_claims.service import finish
from sutler.customers.trial_overrides.service import use
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Rows
from sutler.kernel.ids import new_id
from sutler.kernel.work.events import emit_all
from sutler.stores.stores.service import current


async def begin(
    store: StoreContext,
    order: Order,
    lines: Sequence[OrderLine],
    subscription: Subscription,
    subscription_lines: Sequence[SubscriptionLine],
) -> list[Trial]:
    """Begin the trials of an order, in the transaction that completes it and makes its subscription; they run at once.

    Every line of the order that has a `trial_id` begins a trial with that id, for the period in which the subscription is
    now (`current_period_start` to `current_period_end`). `lines` may be all lines of the order, `subscription_lines` those
    of the subscription. Writes the trials, uses up exceptions, emits `TrialActivated` and sees to the reminder.
    """
    tried = [line for line in lines if line.trial_id is not None]
    if not tried:
        return []
    terms = await versions(store, [line.product_version_id for line in tried])
    by_line = {line.order_line_id: line for line in subscription_lines}
    trials = [_trial(order, line, subscription, by_line[line.id], terms[line.product_version_id].trial) for line in tried]
    await store.add_all(trials)
    await _use_overrides(store, order, trials)
    await emit_all(store, [TrialActivated(trial_id=trial.id) for trial in trials])
    await _see_to_reminders(store, trials)
    return trials


async def completed(store: StoreContext, subscription: Subscription) -> list[Trial]:
    """The first cycle of a subscription is paid: its trials that run are completed. Returns them; emits `TrialCompleted`."""
    ended = await store.change_all(_running(store, subscription), {"status": "completed", "completed_at": clock.now()})
    await finish(store, [trial.checkout_line_id for trial in ended])
    await emit_all(store, [TrialCompleted(trial_id=trial.id) for trial in ended])
    return ended


async def canceled(store: StoreContext, subscription: Subscription, *, at_once: bool = False) -> bool:
    """A subscription is canceled whose trials run: they will not be paid for. Says whether they end at once.

    They do if the caller says so, if the terms of any of them say `revoke_immediately_when_canceled`, or if their time is
    over; otherwise what is tried stays until the period ends, and only then the subscription really does. Emits
    `TrialCanceled`. Where no trial runs (any more), the answer is False, and `at_once` only ends what was to end later.
    """
    now = clock.now()
    running = await store.all(_running(store, subscription))
    now_over = at_once or any(trial.revoke_immediately_when_canceled or (trial.ends_at or now) <= now for trial in running)
    changes = {"status": "canceled", "canceled_at": now, "canceled_by": store.actor}
    ended = await store.change_all(_running(store, subscription), changes) if running else []
    if now_over:
        await _cut_short(store, subscription, now)
    await finish(store, [trial.checkout_line_id for trial in ended])
    await emit_all(store, [TrialCanceled(trial_id=trial.id) for trial in ended])
    return now_over and bool(running)


async def _cut_short(store: StoreContext, subscription: Subscription, now: datetime) -> None:
    """Let the trials of a subscription that are canceled end now, if they would later."""
    mine = store.rows(Trial).where(Trial.c.subscription_id == subscription.id, Trial.c.status == "canceled")
    await store.change_all(mine.where(Trial.c.ends_at > now), {"ends_at": now})


async def _see_to_reminders(store: StoreContext, trials: Sequence[Trial]) -> None:
    """Customers are told so many days before the end as the store says, but not before half of the time is over."""
    days = (await current(store)).trial_reminder_days
    for trial in trials:
        if days and trial.starts_at and trial.ends_at:
            middle = trial.starts_at + (trial.ends_at - trial.starts_at) / 2
            await remind.enqueue_at(store, max(middle, trial.ends_at - timedelta(days=days)), trial_id=trial.id)


async def _use_overrides(store: StoreContext, order: Order, trials: Sequence[Trial]) -> None:
    """Use up the exceptions by which these trials could begin, each once."""
    by_line = {trial.checkout_line_id: trial.id for trial in trials}
    claims = store.rows(TrialClaim).where(TrialClaim.c.checkout_id == order.checkout_id, OPEN)
    for claim in await store.all(claims):
        if claim.override_id is not None and claim.checkout_line_id in by_line:
            await use(store, claim.override_id, by_line[claim.checkout_line_id])


def _running(store: StoreContext, subscription: Subscription) -> Rows[Trial]:
    return store.rows(Trial).where(Trial.c.subscription_id == subscription.id, Trial.c.status == "active")


def _trial(
    order: Order, line: OrderLine, subscription: Subscription, subscribed: SubscriptionLine, terms: TrialTerms
) -> Trial:
    return Trial(
        id=line.trial_id or new_id(),
        customer_id=order.customer_id,
        checkout_id=order.checkout_id,
        checkout_line_id=line.checkout_line_id,
        order_id=order.id,
        order_line_id=line.id,
        subscription_id=subscription.id,
        subscription_line_id=subscribed.id,
        product_id=line.product_id,
        product_version_id=line.product_version_id,
        product_name=line.product_name,
        product_image_url=line.product_image_url,
        period_value=terms.period_value,
        period_scale=terms.period_scale,
        revoke_immediately_when_canceled=terms.revoke_immediately_when_canceled,
        status="active",
        starts_at=subscription.current_period_start,
        ends_at=subscription.current_period_end,
    )
