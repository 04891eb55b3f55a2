"""Making the lines that a subscription has after a change: what it buys from now on, at the prices of now.

What goes on keeps the version and the price that it was bought at. Whatever else is asked for must be for sale, allow
subscriptions and renew as often as the subscription does; and it must be possible to buy it now.
"""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from sutler.billing.change_limits.service import check
from sutler.billing.change_matches.service import Asked, Match, matched, products_of
from sutler.billing.cycle_prices.service import address_of
from sutler.billing.subscription_changes.models import SubscriptionChangeLine
from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.catalog.products.models import Product
from sutler.checkout.checkouts.models import ProductUnavailable
from sutler.checkout.checkouts.schemas import CreateCheckoutSessionLineManagementDto
from sutler.checkout.choices.service import options_of, to_price
from sutler.checkout.lines.service import Resolved, Shelf, problems_with, refuse, resolved, shelf_for, unavailable
from sutler.checkout.regions.service import as_in
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError
from sutler.kernel.ids import FlakeId, new_id
from sutler.stores.stores.models import Store

Line = CreateCheckoutSessionLineManagementDto


async def becoming(
    store: StoreContext, seller: Store, subscription: Subscription, lines: Sequence[SubscriptionLine], asked: Asked
) -> list[SubscriptionChangeLine]:
    """What the lines of a subscription become, first those that stay or come, then those that go.

    `InvalidInput`, `ProductUnavailable` and what stands against buying it name every member that does not pass.
    """
    matches, left = matched(lines, asked, await products_of(store, asked))
    fresh = {match.number: _asked_for(match) for match in matches if not match.as_it_is}
    shelf = await _shelf(store, subscription, matches, fresh)
    bought = {number: resolved(shelf, line, None) for number, line in fresh.items()}
    await check(store, subscription, matches, bought)
    found = [_line(match, bought.get(match.number)) for match in matches]
    moved = [line for line, match in zip(found, matches, strict=True) if not match.goes_on]
    local = await as_in(store, seller, [line.wanted for line in moved], address_of(subscription).country)
    for line, there in zip(moved, local, strict=True):
        line.wanted = there
    return found + [_of(line, is_deleted=True) for line in left]


def same(lines: Sequence[SubscriptionLine], becoming_: Sequence[SubscriptionChangeLine]) -> bool:
    """Whether a subscription stays exactly what it is."""
    known = {line.id: line for line in lines}
    return all(
        not line.is_deleted
        and (before := known.get(line.line_id)) is not None
        and before.product_version_id == line.product_version_id
        and before.wanted == line.wanted
        and before.selected_gameserver_id == line.selected_gameserver_id
        and before.custom_variables == line.custom_variables
        for line in becoming_
    )


def _asked_for(match: Match) -> Line:
    """What is asked for, as a checkout would: what is not said is as in the line before."""
    answers = dict(match.asked.custom_variables)
    if match.goes_on and match.line is not None:
        ids = {one.id: one.identifier for one in match.line.custom_variables}
        kept: dict[str, str | float] = {one.identifier: one.value for one in match.line.custom_variables}
        answers = kept | {ids.get(name, name): value for name, value in answers.items()}
    server = match.asked.selected_gameserver_id or (match.line.selected_gameserver_id if match.line else None)
    recipient = match.line.gift_to_customer_id if match.line else None
    return Line(
        product_id=match.product_id, quantity=1, subscription=True, custom_variables=answers,
        selected_gameserver_id=server, gift_to_customer_id=recipient,
    )  # fmt: skip


async def _shelf(
    store: StoreContext, subscription: Subscription, matches: Sequence[Match], fresh: Mapping[int, Line]
) -> Shelf:
    """What the store has of what is asked for, once all of that can be had."""
    shelf = await shelf_for(store, list(fresh.values()))
    refuse([found for number, line in fresh.items() if (found := unavailable(shelf, number, line))], ProductUnavailable)
    for number, line in fresh.items():
        if not matches[number].asked.selected_gameserver_id and not _is_single(shelf, line):
            fresh[number].selected_gameserver_id = None
    payer = subscription.customer_id
    problems = [problem for number, line in fresh.items() for problem in problems_with(shelf, number, line, payer)]
    refuse(problems)
    misfits = [(match, shelf.products[match.product_id]) for match in matches if match.number in fresh]
    refuse([problem for match, product in misfits if (problem := _misfit(subscription, match, product))])
    return shelf


def _is_single(shelf: Shelf, line: Line) -> bool:
    return shelf.products[line.product_id or ""].single_game_server_only


def _misfit(subscription: Subscription, match: Match, product: Product) -> FieldError | None:
    """What keeps a product that can be subscribed to out of this subscription."""
    if match.goes_on:
        return None
    every = subscription.interval_value, subscription.interval_scale
    if (product.subscription_interval_value, product.subscription_interval_scale) != every:
        text = (
            f"{product.name} renews every {product.subscription_interval_value} {product.subscription_interval_scale}, and "
            f"this subscription every {every[0]} {every[1]}. Choose a product that renews as often."
        )
        member = "product_id" if match.asked.product_id else "product_version_id"
        return FieldError("IntervalsDiffer", text, f"lines[{match.number}].{member}", "interval")
    if match.asked.product_version_id not in (None, product.version_id):
        text = f"This version of {product.name} is not sold any more; the one that is sold now is {product.version_id}."
        return FieldError("VersionNotSold", text, f"lines[{match.number}].product_version_id", "version")
    return None


def _line(match: Match, bought: Resolved | None) -> SubscriptionChangeLine:
    if bought is None and match.line is not None:
        return _of(match.line, is_deleted=False)
    assert bought is not None  # noqa: S101 - what is not as it was has been resolved
    if match.goes_on and match.line is not None:
        kept = _of(match.line, is_deleted=False)
        kept.custom_variables, kept.selected_gameserver_id = bought.chosen, bought.gameserver_id
        kept.wanted = replace(kept.wanted, options=options_of(bought.chosen))
        return kept
    return _moved(match.line.id if match.line else None, bought)


def _moved(line_id: FlakeId | None, bought: Resolved) -> SubscriptionChangeLine:
    product, id = bought.product, new_id()
    return SubscriptionChangeLine(
        id=id,
        change_id="",
        subscription_line_id=line_id,
        is_deleted=False,
        product_id=product.id,
        product_version_id=product.version_id,
        product_name=product.name,
        product_image_url=product.image_url,
        price=product.price,
        wanted=to_price(line_id or id, product, 1, bought.chosen, subscription=True),
        prorated_amount=0,
        remaining_minutes=0,
        total_minutes=0,
        selected_gameserver_id=bought.gameserver_id,
        custom_variables=bought.chosen,
    )


def _of(line: SubscriptionLine, *, is_deleted: bool) -> SubscriptionChangeLine:
    """A line as it is."""
    return SubscriptionChangeLine(
        id=new_id(),
        change_id="",
        subscription_line_id=line.id,
        is_deleted=is_deleted,
        product_id=line.product_id,
        product_version_id=line.product_version_id,
        product_name=line.product_name,
        product_image_url=line.product_image_url,
        price=line.price,
        wanted=line.wanted,
        prorated_amount=0,
        remaining_minutes=0,
        total_minutes=0,
        selected_gameserver_id=line.selected_gameserver_id,
        custom_variables=line.custom_variables,
    )
