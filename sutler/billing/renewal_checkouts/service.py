"""Opening the checkout of a cycle: the subscription's lines and standing offers, at their frozen prices."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sutler.billing.change_effects.service import CHANGE_LINES, waiting, with_change
from sutler.billing.cycle_prices.service import offers_in
from sutler.billing.cycles.service import RENEWAL
from sutler.billing.own_checkouts.service import Charged, open_for
from sutler.billing.subscription_changes.models import SubscriptionChange
from sutler.billing.subscription_lines.queries import LINES
from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.checkout.checkouts.models import Checkout
from sutler.checkout.checkouts.queries import lines_of
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext, by_id

LIVES: Final = timedelta(days=366)  # longer than anything is tried again; whoever ends a subscription closes it


async def checkout_of(store: StoreContext, subscription: Subscription, cycle: int) -> Checkout:
    """The checkout of a cycle, opened now unless it is there; it can be paid as long as the subscription waits for it."""
    known = await store.peek(RENEWAL, subscription_id=subscription.id, cycle=cycle)
    if known is None:
        return await _opened(store, subscription, cycle)
    late = clock.now() + LIVES / 2 > known.expires_at
    return await store.change(known, {"expires_at": clock.now() + LIVES}) if late else known


async def _opened(store: StoreContext, subscription: Subscription, cycle: int) -> Checkout:
    change = await waiting(store, subscription)
    lines = await _due(store, subscription, change)
    first: Checkout | None = await store.peek(by_id(Checkout), id=subscription.checkout_id)
    metadata = {line.id: line.metadata for line in await lines_of(store, subscription.checkout_id)}
    checkout, _ = await open_for(
        store, subscription, [_charged(line, metadata.get(line.checkout_line_id, {})) for line in lines],
        expires_at=clock.now() + LIVES, metadata=first.metadata if first else {},
        offers=offers_in(subscription.offers, cycle), billing_cycle_sequence=cycle,
        subscription_change_id=change.id if change else None,
    )  # fmt: skip
    return checkout


async def _due(
    store: StoreContext, subscription: Subscription, change: SubscriptionChange | None
) -> Sequence[SubscriptionLine]:
    """What the next cycle is charged for: with the change that waits for it, which takes effect once that is paid."""
    lines = await store.all(LINES, subscription_id=subscription.id)
    if change is None:
        return lines
    return with_change(subscription, lines, await store.all(CHANGE_LINES, change_id=change.id))


def _charged(line: SubscriptionLine, metadata: dict[str, str]) -> Charged:
    """A line as it was agreed, for whom it was, with what the first checkout says beside it."""
    own = {"gift_to_customer_id": line.gift_to_customer_id, "metadata": metadata}
    return Charged(line_id=line.id, of=line, wanted=line.wanted, own=own)
