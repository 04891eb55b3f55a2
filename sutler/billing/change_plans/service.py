"""Planning a change: whether it can be, what the subscription becomes, and what the rest of the cycle costs.

A preview shows the plan, a change carries it out.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from msgspec import Struct

from sutler.billing.change_lines.service import becoming, same
from sutler.billing.change_matches.service import Asked
from sutler.billing.cycle_prices.service import next_cycle, offers_in, place_of_payer, price_of
from sutler.billing.proration.service import (
    SMALLEST_CHARGE,
    Rest,
    Uncharged,
    carried,
    differences,
    rest_of,
    shares_of,
)
from sutler.billing.subscription_changes.models import (
    AlreadyProrated,
    ChangeTooLate,
    ProrationBehavior,
    SubscriptionChange,
    SubscriptionChangeLine,
)
from sutler.billing.subscription_lines.queries import LINES
from sutler.billing.subscriptions.models import NotRunning, Subscription, SubscriptionLine
from sutler.checkout.pricing.offers import LineToPrice
from sutler.checkout.pricing.presentment import Presented, presented
from sutler.checkout.pricing.price import price
from sutler.checkout.pricing.results import PricedCart
from sutler.checkout.taxes.service import taxed
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.models import Store
from sutler.stores.stores.service import current

CLOSED_BEFORE: Final = timedelta(hours=1)  # of the next renewal


class Plan(Struct, frozen=True, kw_only=True):
    """What a subscription becomes. `amount` is what this and earlier changes of the cycle come to and is not charged yet.

    `charge` is what is charged now, if anything is, `after` what the next cycle costs.
    """

    subscription: Subscription
    behavior: ProrationBehavior
    lines: list[SubscriptionChangeLine]
    changes_nothing: bool
    amount: int = 0
    charge: PricedCart | None = None
    after: PricedCart

    @property
    def seen(self) -> Presented | None:
        """What is charged now, in the currency that the payer sees if that is another."""
        return presented(self.charge, self.subscription.conversion) if self.charge else None


async def planned(store: StoreContext, subscription: Subscription, asked: Asked, behavior: ProrationBehavior) -> Plan:
    """What a change comes to at this moment.

    `NotRunning`, `ChangeTooLate` and `AlreadyProrated` when it cannot be now, `InvalidInput` for what cannot be at all.
    """
    refuse_closed(subscription)
    seller = await current(store)
    if seller.currency != subscription.currency:
        raise NotRunning(f"This subscription is paid in {subscription.currency.upper()}, which the store sells in no more.")
    before = await store.all(LINES, subscription_id=subscription.id)
    lines = await becoming(store, seller, subscription, before, asked)
    after = await price_of(store, seller, subscription, _staying(lines), next_cycle(subscription))
    nothing = same(before, lines)
    amount, charge = 0, None
    if behavior == "immediate" and not nothing:
        amount = _prorated(subscription, before, lines) + carried(await _earlier(store, subscription))
        charge = await _charge(store, seller, subscription, lines, amount)
    return Plan(
        subscription=subscription, behavior=behavior, lines=lines, changes_nothing=nothing, amount=amount, charge=charge,
        after=after,
    )  # fmt: skip


def refuse_closed(subscription: Subscription) -> None:
    """Refuse what cannot be changed now, and say why."""
    if subscription.status == "created":
        raise NotRunning("The trial of this subscription is still running. It can be changed once the first cycle is paid.")
    if subscription.status == "canceled":
        raise NotRunning("This subscription has ended, so it cannot be changed. A new one begins with a checkout.")
    if subscription.cancel_at_period_end:
        raise NotRunning("This subscription was canceled and ends with its period. Take that back first, then change it.")
    if subscription.past_due:
        raise NotRunning("The newest cycle of this subscription is not paid yet. It can be changed once that is paid.")
    end = subscription.current_period_end
    if end is None or end - clock.now() < CLOSED_BEFORE:
        raise ChangeTooLate


def _staying(lines: Sequence[SubscriptionChangeLine]) -> list[SubscriptionChangeLine]:
    return [line for line in lines if not line.is_deleted]


def _rest(subscription: Subscription) -> Rest:
    now = clock.now()
    return rest_of(subscription.current_period_start or now, subscription.current_period_end or now, now)


def _prorated(
    subscription: Subscription, before: Sequence[SubscriptionLine], lines: Sequence[SubscriptionChangeLine]
) -> int:
    """What the lines cost more or less for the rest of this cycle, which is written on them."""
    rest = _rest(subscription)
    old = _worth(subscription, [line.wanted for line in before])
    new = _worth(subscription, [line.wanted for line in _staying(lines)])
    ids = [line.line_id for line in lines]
    found = differences((new.get(id, 0) - old.get(id, 0) for id in ids), rest)
    for line, part in zip(lines, found, strict=True):
        line.prorated_amount, line.remaining_minutes, line.total_minutes = part, rest.remaining_minutes, rest.total_minutes
    return sum(found)


def _worth(subscription: Subscription, wanted: Sequence[LineToPrice]) -> Mapping[FlakeId, int]:
    """What each line costs in this cycle, with the offers that count in it, before tax."""
    offers = offers_in(subscription.offers, subscription.billing_cycle_sequence)
    return {line.key: line.left for line in price(wanted, subscription.currency, offers).lines}


async def _earlier(store: StoreContext, subscription: Subscription) -> list[Uncharged]:
    """What the changes came to that took effect at once in this cycle; AlreadyProrated if one of them was charged."""
    mine = store.rows(SubscriptionChange).where(
        SubscriptionChange.c.subscription_id == subscription.id,
        SubscriptionChange.c.billing_cycle_sequence == subscription.billing_cycle_sequence,
        SubscriptionChange.c.status == "applied",
        SubscriptionChange.c.proration_behavior == "immediate",
    )
    found = await store.all(mine)
    if any(one.prorated_order_id for one in found):
        raise AlreadyProrated
    return [Uncharged(one.prorated_amount, charged=False) for one in found]


async def _charge(
    store: StoreContext, seller: Store, subscription: Subscription, lines: Sequence[SubscriptionChangeLine], amount: int
) -> PricedCart | None:
    """What is charged now, with tax, and written on the lines; None where that is too little to be charged."""
    if amount <= 0:
        return None
    staying = _staying(lines)
    for line, share in zip(staying, shares_of(amount, [line.prorated_amount for line in staying]), strict=True):
        line.charged_amount = share
    wanted = [to_charge(line) for line in staying if line.charged_amount]
    cart = price(await taxed(store, seller, wanted, place_of_payer(subscription)), subscription.currency)
    seen = presented(cart, subscription.conversion)
    enough = cart.total_amount >= SMALLEST_CHARGE
    for line in staying:
        priced = next((one for one in cart.lines if one.key == line.line_id), None) if enough else None
        line.charged_amount = line.charged_amount if enough else 0
        line.total_amount = priced.total_amount if priced else 0
        line.presentment_total_amount = seen.lines[line.line_id].total_amount if seen and priced else None
    return cart if enough else None


def to_charge(line: SubscriptionChangeLine) -> LineToPrice:
    """What pricing is told of the part of a line that is charged: its price is that part, and no offer changes it."""
    wanted = line.wanted
    return LineToPrice(
        key=line.line_id,
        price=line.charged_amount,
        quantity=1,
        product_id=wanted.product_id,
        subscription=True,
        region_id=wanted.region_id,
        region_tax_inclusive=wanted.region_tax_inclusive,
        tax_code=wanted.tax_code,
    )
