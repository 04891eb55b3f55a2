"""What a paid or declined renewal does to its subscription, and how one ends. Whoever changes one holds its row."""

from datetime import datetime, timedelta
from typing import Any, Final

from sutler.billing.change_effects import service as change_effects
from sutler.billing.orders.models import LINES_OF, Order
from sutler.billing.payment_methods.models import PaymentMethod
from sutler.billing.payment_settings.schemas import dunning_days
from sutler.billing.periods.service import after
from sutler.billing.subscription_lines.queries import LINES
from sutler.billing.subscriptions.events import (
    RenewalDeclined,
    RenewalPaidTooLate,
    SubscriptionActivated,
    SubscriptionCanceled,
    SubscriptionRenewed,
)
from sutler.billing.subscriptions.jobs import renew
from sutler.billing.subscriptions.models import CancelReason, Subscription
from sutler.billing.trials import service as trials
from sutler.checkout.checkouts.events import CheckoutTimedOut
from sutler.checkout.checkouts.models import Checkout
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import param, rows
from sutler.kernel.work.events import Event, emit
from sutler.stores.stores.service import current

PAID_UP: Final[dict[str, Any]] = {
    "past_due": False, "attempt_count": 0, "next_attempt_at": None, "renewal_order_id": None,
}  # fmt: skip
RENEWAL = rows(Checkout).where(
    Checkout.c.subscription_id == param("subscription_id"),
    Checkout.c.billing_cycle_sequence == param("cycle", type_=Checkout.c.billing_cycle_sequence.type),
)


async def paid(store: StoreContext, order: Order, method: PaymentMethod | None) -> list[Event]:
    """The next cycle is paid: it goes on from where the last one ended, whenever that was paid, at what it cost.

    What it was paid with replaces what was kept before, if it can be kept. Of a subscription that has ended meanwhile
    nothing goes on, and the event says so.
    """
    subscription = await store.get(Subscription, order.subscription_id or "")
    cycle, start = order.billing_cycle_sequence or 0, subscription.current_period_end
    if subscription.status == "canceled" or start is None or cycle != subscription.billing_cycle_sequence + 1:
        return [RenewalPaidTooLate(subscription_id=subscription.id, order_id=order.id)]
    begins = subscription.status == "created"
    changes = PAID_UP | _charged(order) | next_period(subscription, start)
    now_on = await store.change(subscription, changes | ({"payment_method_id": method.id} if method else {}))
    changed = await change_effects.renewed(store, now_on, order)
    await _keep_amounts(store, order)
    await renew.enqueue_at(store, changes["current_period_end"], subscription_id=subscription.id, cycle=cycle + 1)
    if not begins:
        return [SubscriptionRenewed(subscription_id=subscription.id, order_id=order.id), *changed]
    await trials.completed(store, now_on)
    return [SubscriptionActivated(subscription_id=subscription.id, order_id=order.id)]


def next_period(subscription: Subscription, start: datetime) -> dict[str, Any]:
    """The columns that say which cycle runs next; the first one after a trial is where all others are reckoned from."""
    cycle = subscription.billing_cycle_sequence + 1
    found: dict[str, Any] = {"billing_cycle_sequence": cycle, "current_period_start": start}
    anchor, first = subscription.anchor_at, subscription.anchor_sequence
    if anchor is None:
        anchor, first = start, cycle
        found |= {"status": "active", "active_at": clock.now(), "anchor_at": start, "anchor_sequence": cycle}
    value, scale = subscription.interval_value, subscription.interval_scale
    return found | {"current_period_end": after(anchor, value, scale, cycle - first + 1, subscription.month_length)}


def _charged(order: Order) -> dict[str, Any]:
    amounts = {f"{name}_amount": getattr(order, f"{name}_amount") for name in ("discount", "subtotal", "tax", "total")}
    return amounts | {"taxes": order.taxes, "tax_inclusive": order.tax_inclusive, "presentment": order.presentment}


async def _keep_amounts(store: StoreContext, order: Order) -> None:
    """Write on the lines of a subscription what they were last charged at, where that has changed."""
    lines = await store.all(LINES, subscription_id=order.subscription_id)
    mine = await store.all(LINES_OF, order_id=order.id)
    charged = {line.subscription_line_id: line for line in mine}
    for line in lines:
        if line.id not in charged:
            continue
        names = ("discount_amount", "subtotal_amount", "tax_amount", "total_amount", "tax_inclusive", "presentment")
        changes = {name: getattr(charged[line.id], name) for name in names}
        if any(getattr(line, name) != value for name, value in changes.items()):
            await store.change(line, changes)


async def declined(store: StoreContext, order: Order, *, counts: bool) -> None:
    """An attempt to pay a cycle came to nothing. If it `counts`, another follows by the store's schedule, or the end.

    Those that the payer makes on the page do not count, nor those that never reached a gateway. The page of a subscription
    that has ended is closed.
    """
    subscription = await store.get(Subscription, order.subscription_id or "")
    if subscription.status == "canceled":
        await _close_page(store, subscription)
    elif counts and order.billing_cycle_sequence == subscription.billing_cycle_sequence + 1:
        await count_attempt(store, subscription, order)


async def count_attempt(store: StoreContext, subscription: Subscription, order: Order) -> None:
    """One more attempt came to nothing: say so, and try again later, or end the subscription when that was the last one."""
    attempt = subscription.attempt_count + 1
    changes = {"past_due": True, "attempt_count": attempt, "renewal_order_id": order.id}
    next_at = await _next_attempt(store, subscription, attempt)
    late = await store.change(subscription, changes | {"next_attempt_at": next_at})
    await emit(store, RenewalDeclined(subscription_id=late.id, order_id=order.id, attempt=attempt))
    if next_at is None:
        await end(store, late, "payment_failed")


async def _next_attempt(store: StoreContext, subscription: Subscription, attempt: int) -> datetime | None:
    """When to try again after so many attempts; never again after the last, nor once the unpaid cycle itself is over.

    There is a second attempt in any case.
    """
    seller = await current(store)
    days, now = [0, *dunning_days(seller)], clock.now()
    if attempt >= len(days):
        return None
    again = now + timedelta(days=days[attempt] - days[attempt - 1])
    over = next_period(subscription, subscription.current_period_end or now)["current_period_end"]
    return again if attempt == 1 or again <= over else None


async def end(store: StoreContext, subscription: Subscription, reason: CancelReason) -> None:
    """End a subscription now, with its trial if that still runs: nothing is charged any more; what it gave is taken back.

    One that has ended stays as it is.
    """
    if subscription.status == "canceled":
        return
    changes = {"status": "canceled", "canceled_at": clock.now(), "cancel_reason": reason}
    await _close_page(store, subscription)
    await change_effects.drop(store, subscription.id)
    if subscription.status == "created":
        await trials.canceled(store, subscription, at_once=True)
    await store.change(subscription, changes | {"past_due": False, "next_attempt_at": None})
    await emit(store, SubscriptionCanceled(subscription_id=subscription.id))


async def _close_page(store: StoreContext, subscription: Subscription) -> None:
    """Let nobody pay the next cycle any more, unless somebody does at this moment."""
    cycle = {"subscription_id": subscription.id, "cycle": subscription.billing_cycle_sequence + 1}
    idle = RENEWAL.where(Checkout.c.state == "open", Checkout.c.held_by.is_(None))
    for checkout in await store.change_all(idle, {"state": "expired"}, **cycle):
        await emit(store, CheckoutTimedOut(checkout_id=checkout.id))
