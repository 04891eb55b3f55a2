"""Opening the checkout of a cycle: the subscription's lines and standing offers, at their frozen prices."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from sutler.billing.change_effects.service import CHANGE_LINES, waiting, with_change
from sutler.billing.cycle_prices.service import address_of, offers_in
from sutler.billing.cycles.service import RENEWAL
from sutler.billing.subscription_changes.models import SubscriptionChange
from sutler.billing.subscription_lines.queries import LINES
from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.checkouts.queries import lines_of
from sutler.checkout.checkouts.service import ids_in_a_row, seal_token
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.ids import FlakeId
from sutler.kernel.tokens import checkout_token, digest

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
    ids = ids_in_a_row(1 + len(lines))
    checkout = _checkout(ids[0], subscription, cycle, first.metadata if first else {})
    checkout.subscription_change_id = change.id if change else None
    await store.add(checkout)
    new = [_line(ids[0], id, subscription, line) for id, line in zip(ids[1:], lines, strict=True)]
    for made, line in zip(new, lines, strict=True):
        made.metadata = metadata.get(line.checkout_line_id, {})
    await store.add_all(new)
    return checkout


async def _due(
    store: StoreContext, subscription: Subscription, change: SubscriptionChange | None
) -> Sequence[SubscriptionLine]:
    """What the next cycle is charged for: with the change that waits for it, which takes effect once that is paid."""
    lines = await store.all(LINES, subscription_id=subscription.id)
    if change is None:
        return lines
    return with_change(subscription, lines, await store.all(CHANGE_LINES, change_id=change.id))


def _checkout(id: FlakeId, subscription: Subscription, cycle: int, metadata: dict[str, str]) -> Checkout:
    token = checkout_token()
    return Checkout(
        id=id,
        customer_id=subscription.customer_id,
        token_digest=digest(token),
        token_sealed=seal_token(id, token),
        state="open",
        expires_at=clock.now() + LIVES,
        currency=subscription.currency,
        return_url=None,
        cancel_url=None,
        auto_redirect=False,
        metadata=metadata,
        customer_ip=subscription.customer_ip,
        billing_name=subscription.billing_name or None,
        billing_email=subscription.billing_email or None,
        billing_address=address_of(subscription),
        billing_tax_id=subscription.billing_tax_id,
        tax_id_check=subscription.tax_id_check,
        offers=offers_in(subscription.offers, cycle),
        conversion=subscription.conversion,
        subscription_id=subscription.id,
        billing_cycle_sequence=cycle,
    )


def _line(checkout_id: FlakeId, id: FlakeId, subscription: Subscription, line: SubscriptionLine) -> CheckoutLine:
    return CheckoutLine(
        id=id,
        checkout_id=checkout_id,
        product_id=line.product_id,
        product_version_id=line.product_version_id,
        product_name=line.product_name,
        product_image_url=line.product_image_url,
        price=line.wanted.price,
        quantity=1,
        gift_to_customer_id=line.gift_to_customer_id,
        selected_gameserver_id=line.selected_gameserver_id,
        metadata={},
        custom_variables=line.custom_variables,
        wanted=replace(line.wanted, key=id),
        subscription_interval_value=subscription.interval_value,
        subscription_interval_scale=subscription.interval_scale,
        subscription_line_id=line.id,
    )
