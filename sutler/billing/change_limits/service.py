"""Holding what a subscription changes to against stock, purchase limits, requirements and ladders, as a checkout would.

A product that the subscription was not for yet takes a unit when the change is asked for, so that whatever the change waits
for, it can take effect; a change that is given up gives it back.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from sutler.billing.change_matches.service import Match
from sutler.billing.rented_steps.queries import rented_groups
from sutler.billing.subscription_changes.models import SubscriptionChange, SubscriptionChangeLine
from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.catalog.products.service import products
from sutler.catalog.stock import service as stock
from sutler.catalog.stock.models import OutOfStock, PurchaseLimitReached
from sutler.catalog.stock.service import Wanted
from sutler.checkout.checkouts.models import RequirementNotMet, StepOwned
from sutler.checkout.ladders.queries import in_payment
from sutler.checkout.limits import service as limits
from sutler.checkout.lines.service import Resolved, refuse
from sutler.customers.customers.models import Customer
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId

REFUSALS: Final = (OutOfStock, PurchaseLimitReached, RequirementNotMet)
MEMBER: Final = re.compile(r"lines\[(\d+)\]\.\w+")


async def check(
    store: StoreContext, subscription: Subscription, matches: Sequence[Match], bought: Mapping[int, Resolved]
) -> None:
    """Refuse products that are new in a subscription and cannot be had now; nothing is taken.

    `OutOfStock`, `PurchaseLimitReached`, `RequirementNotMet` and `StepOwned` name the member that asks for them.
    """
    new = [match for match in matches if is_new(match.line, match.product_id)]
    try:
        await limits.check(store, subscription.customer_id, [_for_receiver(match, bought[match.number]) for match in new])
    except REFUSALS as error:
        raise _named(error, lambda place: _member(new[place])) from error
    await _check_ladders(store, subscription, matches, new)


def is_new(before: SubscriptionLine | None, product_id: FlakeId) -> bool:
    """Whether a line was not for this product yet; another version of it, or other answers, are nothing new."""
    return before is None or before.product_id != product_id


async def take(
    store: StoreContext, subscription: Subscription, before: Sequence[SubscriptionLine],
    lines: Sequence[SubscriptionChangeLine],
) -> None:  # fmt: skip
    """Take a unit of each product that is new, for the lines of a change that is written down; refusals as for checkouts."""
    known = {line.id: line for line in before}
    places = {
        number: line
        for number, line in enumerate(lines)
        if not line.is_deleted and is_new(known.get(line.line_id), line.product_id)
    }
    found = await products(store, {line.product_id for line in places.values()})
    wanted = [Wanted(product=found[line.product_id], quantity=1, checkout_line_id=line.id) for line in places.values()]
    try:
        await stock.take(store, wanted, subscription.customer_id)
    except (OutOfStock, PurchaseLimitReached) as error:
        numbers = list(places)
        raise _named(error, lambda place: f"lines[{numbers[place]}].product_id") from error


async def give_back(store: StoreContext, changes: Sequence[SubscriptionChange]) -> None:
    """Give back what these changes took, which are given up."""
    for change in changes:
        lines = await store.all(store.rows(SubscriptionChangeLine).where(SubscriptionChangeLine.c.change_id == change.id))
        await stock.release(store, [line.id for line in lines])


async def _check_ladders(
    store: StoreContext, subscription: Subscription, matches: Sequence[Match], new: Sequence[Match]
) -> None:
    """Nobody subscribes to two steps of one ladder for themselves, here or elsewhere; what is given is for others."""
    payer = subscription.customer_id
    own = [match for match in matches if _receiver(match) in (None, payer)]
    known = await products(store, {match.product_id for match in own})
    groups = {match.number: group for match in own if (one := known.get(match.product_id)) and (group := one.tier_group_id)}
    climbing = {match.number: group for match in new if (group := groups.get(match.number))}
    if not climbing:
        return
    await store.first(store.rows(Customer).where(Customer.c.id == payer))  # where this may write, with it the lock
    others = await in_payment(store, subscription.checkout_id, [payer])
    taken = {one.group_id for one in others if one.subscription and not one.gift}
    taken |= await rented_groups(store, payer, but=subscription.id)
    refuse(list(_ladder_problems(new, climbing, taken, Counter(groups.values()))), StepOwned)


def _ladder_problems(
    new: Sequence[Match], climbing: Mapping[int, FlakeId], taken: set[FlakeId], steps: Counter[FlakeId]
) -> Iterator[FieldError]:
    for match in new:
        group = climbing.get(match.number)
        if group in taken:
            text = (
                "Another subscription to a step of this ladder runs or is being paid: change that one, or let it end first."
            )
            yield FieldError("StepOwned", text, _member(match), "step")
        elif group is not None and steps[group] > 1:
            text = "A subscription is for one step of a ladder: leave the others out, the highest includes them."
            yield FieldError("StepOwned", text, _member(match), "step")


def _receiver(match: Match) -> FlakeId | None:
    return match.line.gift_to_customer_id if match.line else None


def _for_receiver(match: Match, bought: Resolved) -> Resolved:
    return replace(bought, recipient_id=_receiver(match))


def _member(match: Match) -> str:
    return f"lines[{match.number}].{'product_id' if match.asked.product_id else 'product_version_id'}"


def _named(error: InvalidInput, member: Callable[[int], str]) -> InvalidInput:
    """The same refusal, which names the members of the request instead of the lines that were looked at."""
    found = [(one, MEMBER.fullmatch(one.path)) for one in error.errors or []]
    named = [replace(one, path=member(int(place[1]))) if place else one for one, place in found]
    return type(error)(str(error), named)
