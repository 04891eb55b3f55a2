"""Letting a change take effect, once, and giving up those that cannot any more.

Whoever does so holds the subscription's row.
"""

from collections.abc import Sequence
from typing import Any, Final

from msgspec.structs import replace

from sutler.billing.change_limits.service import give_back
from sutler.billing.cycle_prices.service import price_of
from sutler.billing.orders.models import LINES_OF, Order, OrderLine
from sutler.billing.payment_methods.models import PaymentMethod
from sutler.billing.subscription_changes.events import ChangePaidTooLate, SubscriptionChanged
from sutler.billing.subscription_changes.models import PENDING, SubscriptionChange, SubscriptionChangeLine
from sutler.billing.subscription_lines.queries import LINES
from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.checkout.checkouts.events import CheckoutTimedOut
from sutler.checkout.checkouts.models import Checkout
from sutler.checkout.pricing.presentment import presented
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import param, rows
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import Event, emit
from sutler.stores.stores.service import current

CHANGE_LINES: Final = rows(SubscriptionChangeLine).where(SubscriptionChangeLine.c.change_id == param("change_id"))
PENDING_CHANGES: Final = rows(SubscriptionChange).where(
    SubscriptionChange.c.subscription_id == param("subscription_id"), PENDING
)
PAGES: Final = rows(Checkout).where(
    Checkout.c.subscription_id == param("subscription_id"),
    Checkout.c.subscription_change_id == param("change_id", type_=Checkout.c.subscription_change_id.type),
    Checkout.c.billing_cycle_sequence.is_(None),
)
TAKEN_OVER: Final = (
    "product_id", "product_version_id", "product_name", "product_image_url", "price", "wanted", "selected_gameserver_id",
    "custom_variables",
)  # fmt: skip
PARTS: Final = ("discount", "subtotal", "tax", "total")


async def paid(store: StoreContext, order: Order, method: PaymentMethod | None) -> list[Event]:
    """The rest of a cycle is paid for a change, which takes effect now.

    If it was given up meanwhile, because the subscription ended or went on without it, nothing changes, and the event says
    so. What it was paid with replaces what was kept before, if it can be kept.
    """
    subscription = await store.get(Subscription, order.subscription_id or "")
    change = await store.get(SubscriptionChange, order.subscription_change_id or "")
    stale = change.billing_cycle_sequence != subscription.billing_cycle_sequence
    if change.status != "pending_payment" or subscription.status != "active" or stale:
        return [ChangePaidTooLate(subscription_id=subscription.id, order_id=order.id)]
    if method is not None:
        subscription = await store.change(subscription, {"payment_method_id": method.id})
    return await apply(store, subscription, change, order)


async def renewed(store: StoreContext, subscription: Subscription, order: Order) -> list[Event]:
    """A cycle is paid that a change was waiting for; nothing happens where none was."""
    if order.subscription_change_id is None:
        return []
    change = await store.get(SubscriptionChange, order.subscription_change_id)
    if change.status != "pending_renewal":
        return []
    await _rewrite(store, subscription, change, order)
    return [SubscriptionChanged(subscription_id=subscription.id, change_id=change.id)]


async def apply(
    store: StoreContext, subscription: Subscription, change: SubscriptionChange, order: Order | None = None
) -> list[Event]:
    """Make a subscription what a change says, at what a cycle costs by then; returns what is to be told."""
    after = await _rewrite(store, subscription, change, order)
    await _reprice(store, subscription, after)
    return [SubscriptionChanged(subscription_id=subscription.id, change_id=change.id)]


async def _rewrite(
    store: StoreContext, subscription: Subscription, change: SubscriptionChange, order: Order | None
) -> list[SubscriptionLine]:
    becoming = await store.all(CHANGE_LINES, change_id=change.id)
    before = await store.all(LINES, subscription_id=subscription.id)
    after = with_change(subscription, before, becoming)
    bought = await store.all(LINES_OF, order_id=order.id) if order else []
    _refer(after, bought)
    await _write(store, before, after)
    await store.change(change, {"status": "applied", "applied_at": clock.now()})
    return after


def with_change(
    subscription: Subscription, lines: Sequence[SubscriptionLine], becoming: Sequence[SubscriptionChangeLine]
) -> list[SubscriptionLine]:
    """The lines of a subscription as they are after a change, in their order; nothing is written."""
    known = {line.id: line for line in lines}
    staying = [line for line in becoming if not line.is_deleted]
    found = [_changed(known[line.line_id], line) for line in staying if line.line_id in known]
    new = [_new(subscription, lines[0], line) for line in staying if line.line_id not in known]
    return sorted(found + new, key=lambda line: int(line.id))


def _changed(line: SubscriptionLine, becoming: SubscriptionChangeLine) -> SubscriptionLine:
    changes: dict[str, Any] = {name: getattr(becoming, name) for name in TAKEN_OVER}
    if line.product_id != becoming.product_id:
        changes |= {"sale_id": None, "sale_version_id": None}
    return replace(line, **changes)


def _new(subscription: Subscription, first: SubscriptionLine, becoming: SubscriptionChangeLine) -> SubscriptionLine:
    """A line that was not there; until it is bought it refers to the first line's purchase, which began it all."""
    nothing: dict[str, Any] = {f"{when}{name}_amount": 0 for when in ("", "initial_") for name in PARTS}
    return SubscriptionLine(
        id=becoming.line_id,
        subscription_id=subscription.id,
        checkout_line_id=first.checkout_line_id,
        order_line_id=first.order_line_id,
        tax_inclusive=first.tax_inclusive,
        initial_giftcard_usage_amount=0,
        **nothing,
        **{name: getattr(becoming, name) for name in TAKEN_OVER},
    )


def _refer(lines: Sequence[SubscriptionLine], bought: Sequence[OrderLine]) -> None:
    """Let lines that are new refer to what they were bought with."""
    by_line = {line.subscription_line_id: line for line in bought}
    for line in lines:
        sold = by_line.get(line.id)
        if sold is not None and not line.store_id:
            line.checkout_line_id, line.order_line_id = sold.checkout_line_id, sold.id


async def _write(store: StoreContext, before: Sequence[SubscriptionLine], after: Sequence[SubscriptionLine]) -> None:
    known, kept = {line.id: line for line in before}, {line.id for line in after}
    await store.add_all([line for line in after if line.id not in known])
    for line in after:
        if line.id in known and line != known[line.id]:
            names = (*TAKEN_OVER, "sale_id", "sale_version_id")
            await store.change(known[line.id], {name: getattr(line, name) for name in names})
    for line in before:
        if line.id not in kept:
            await store.change(line, {"removed_at": clock.now()})


async def _reprice(store: StoreContext, subscription: Subscription, lines: Sequence[SubscriptionLine]) -> None:
    """Write down what this cycle would cost now, which is what the subscription comes to from now on."""
    cycle = subscription.billing_cycle_sequence
    cart = await price_of(store, await current(store), subscription, lines, cycle)
    seen = presented(cart, subscription.conversion)
    amounts = {f"{name}_amount": getattr(cart, f"{name}_amount") for name in PARTS}
    whole = {"tax_inclusive": cart.tax_inclusive, "taxes": cart.taxes, "presentment": seen.whole if seen else None}
    await store.change(subscription, amounts | whole)
    for line in cart.lines:
        one = next(each for each in lines if each.id == line.key)
        mine = {f"{name}_amount": getattr(line, f"{name}_amount") for name in PARTS}
        shown = {"tax_inclusive": line.tax_inclusive, "presentment": seen.lines[line.key] if seen else None}
        await store.change(one, mine | shown)


async def waiting(store: StoreContext, subscription: Subscription) -> SubscriptionChange | None:
    """The change that takes effect with the renewal that begins now; one that was never paid is given up by it."""
    found = None
    for change in await store.all(PENDING_CHANGES, subscription_id=subscription.id):
        if change.status == "pending_renewal":
            found = change
        else:
            await give_up(store, change)
    return found


async def drop(store: StoreContext, subscription_id: FlakeId) -> None:
    """Give up what is pending of a subscription that ends."""
    for change in await store.all(PENDING_CHANGES, subscription_id=subscription_id):
        await give_up(store, change)


async def give_up(store: StoreContext, change: SubscriptionChange) -> SubscriptionChange:
    """Cancel a pending change, and let nobody pay it any more, unless somebody does at this moment.

    Others can have the units that it took.
    """
    await give_back(store, [change])
    idle = PAGES.where(Checkout.c.state == "open", Checkout.c.held_by.is_(None))
    where = {"subscription_id": change.subscription_id, "change_id": change.id}
    for checkout in await store.change_all(idle, {"state": "expired"}, **where):
        await emit(store, CheckoutTimedOut(checkout_id=checkout.id))
    return await store.change(change, {"status": "canceled"})


async def give_up_unpaid(store: StoreContext, event: CheckoutTimedOut, _event_id: FlakeId) -> None:
    """Nobody paid a change in time; subscribed to `CheckoutTimedOut`."""
    checkout = await store.peek(store.rows(Checkout).where(Checkout.c.id == event.checkout_id))
    if checkout is None or checkout.subscription_change_id is None or checkout.billing_cycle_sequence is not None:
        return
    c = SubscriptionChange.c
    unpaid = store.rows(SubscriptionChange).where(c.id == checkout.subscription_change_id, c.status == "pending_payment")
    await give_back(store, await store.change_all(unpaid, {"status": "canceled"}))
