"""What the checkout page says of money: as it would be now, or as it stands on the order that is being paid or was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sutler.billing.gateway_accounts.service import offered
from sutler.billing.orders.models import LINES_OF, Order, OrderLine
from sutler.billing.standing_offers.service import next_prices
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.pricing.presentment import Presented, Presentment, payable
from sutler.checkout.pricing.results import PricedCart, PricedLine, Used
from sutler.checkout.totals.service import priced
from sutler.kernel.data.context import StoreContext
from sutler.kernel.exchange import Conversion, converted, in_words
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import formatted
from sutler.pages.renewal_words import Parts, renewal_note, renews, trial_terms, what_is_renewed
from sutler.stores.stores.models import Store

BROUGHT: Final = "says who brought you"
PLAIN: Final = 2
"""Steps of a price that needs no explanation: what it costs, and the tax."""


@dataclass(frozen=True)
class Line:
    """A line in words."""

    name: str
    quantity: int
    unit_price: str  # in the store's currency
    total: str
    chosen: str  # what was chosen for it, such as `Size: Large`
    why: list[str]  # how its price came to be, when that takes more than a price and a quantity
    note: str = ""  # how it renews, if it does
    id: FlakeId = ""
    upsold: bool = False  # it was an offer of the page


@dataclass(frozen=True)
class Code:
    """A coupon, a gift card or an affiliate's code that was entered, and what it takes off; empty when that is nothing."""

    id: FlakeId
    name: str
    amount: str


@dataclass(frozen=True)
class Amounts:
    """All amounts written out. Empty ones are not worth a line."""

    lines: list[Line]
    codes: list[Code]
    subtotal: str
    discount: str
    gift_cards: str
    tax: str
    tax_inclusive: bool
    total: str
    total_amount: int  # in the store's currency, whatever is shown
    own_total: str  # the same in words
    converted: str  # how the amounts were converted, if they were
    seen: Presentment | None
    renews: bool = False  # whether any of it does
    renewal: str = ""  # what it renews, for the cycle of a subscription that is there


async def amounts(
    store: StoreContext, seller: Store, checkout: Checkout, lines: Sequence[CheckoutLine], order: Order | None
) -> Amounts:
    """What there is to say of a checkout: of its order while that is being paid and after, else of this moment.

    It is said in the currency of the buyer if the store has a way to charge that.
    """
    if order is not None and (checkout.held_by is not None or checkout.state == "completed"):
        kept = await store.all(LINES_OF, order_id=order.id)
        paid = {line.checkout_line_id: line.presentment for line in kept if line.presentment}
        seen = Presented(order.presentment, paid) if order.presentment else None
        parts = {line.checkout_line_id: line for line in kept}
        return await _noted(store, seller, checkout, lines, _amounts(checkout, lines, order, parts, seen))
    cart = await priced(store, seller, checkout, lines)
    ways = offered(seller, recurring=renews(checkout, lines))
    seen = payable(cart, checkout.conversion, lambda *wanted: any(way.takes(*wanted) for way in ways))
    by_line = {line.key: line for line in cart.lines}
    return await _noted(store, seller, checkout, lines, _amounts(checkout, lines, cart, by_line, seen))


async def _noted(
    store: StoreContext, seller: Store, checkout: Checkout, lines: Sequence[CheckoutLine], found: Amounts
) -> Amounts:
    """The same with what there is to say of renewals."""
    if not renews(checkout, lines):
        return found
    terms, prices = await trial_terms(store, lines), await next_prices(store, seller, checkout, lines)
    later = {id: in_words_of(amount, checkout.currency, found.seen) for id, amount in prices.items()}
    changes = checkout.subscription_id is not None and checkout.billing_cycle_sequence is None
    notes = ["" if changes else renewal_note(line, terms, later.get(line.id, "")) for line in lines]
    noted = [replace(shown, note=note) for shown, note in zip(found.lines, notes, strict=True)]
    return replace(found, lines=noted, renews=True, renewal=await what_is_renewed(store, checkout))


def in_words_of(amount: int, currency: str, seen: Presentment | None) -> str:
    """An amount of the store's currency as the buyer sees it."""
    if seen is None:
        return formatted(amount, currency)
    return formatted(converted(amount, currency, Conversion(seen.currency, seen.fx_rate)), seen.currency)


def _amounts(
    checkout: Checkout,
    lines: Sequence[CheckoutLine],
    whole: Order | PricedCart,
    parts: Parts,
    shown: Presented | None,
) -> Amounts:
    to = Conversion(shown.whole.currency, shown.whole.fx_rate) if shown else None
    currency, sums = (to.currency, shown.whole) if shown and to else (checkout.currency, whole)
    subtotals = {line.id: (shown.lines if shown else parts)[line.id].subtotal_amount for line in lines}
    own_total = formatted(whole.total_amount, checkout.currency)

    def money(amount: int) -> str:
        return formatted(amount, currency)

    return Amounts(
        lines=[_line(line, parts[line.id], checkout.currency, money(subtotals[line.id])) for line in lines],
        codes=_codes(checkout, [*whole.coupons, *whole.gift_cards, *_of_affiliate(parts)], to),
        subtotal=money(sums.subtotal_amount) if sums.subtotal_amount != sums.total_amount else "",
        discount=money(-sums.discount_amount) if sums.discount_amount else "",
        gift_cards=money(-sums.giftcard_usage_amount) if sums.giftcard_usage_amount else "",
        tax=money(sums.tax_amount) if sums.tax_amount else "",
        tax_inclusive=whole.tax_inclusive,
        total=money(sums.total_amount),
        total_amount=whole.total_amount,
        own_total=own_total,
        converted=in_words(checkout.currency, to) if to else "",
        seen=shown.whole if shown else None,
    )


def _line(line: CheckoutLine, amounts: OrderLine | PricedLine, currency: str, total: str) -> Line:
    explained = amounts.details.explained
    return Line(
        line.product_name,
        line.quantity,
        formatted(amounts.price, currency),
        total,
        ", ".join(f"{one.name}: {one.option_name or one.value}" for one in line.custom_variables if one.value),
        [step.text for step in explained] if len(explained) > PLAIN else [],
        id=line.id,
        upsold=line.upsell_of is not None,
    )


def _codes(checkout: Checkout, used: Sequence[Used], to: Conversion | None) -> list[Code]:
    """Every code that was entered, with what it takes off. An affiliate's counts also where that is nothing."""
    own = checkout.currency
    amounts = {one.id: converted(one.amount, own, to) if to else one.amount for one in used}
    off = {id: formatted(-amount, to.currency if to else own) for id, amount in amounts.items()}
    coupons = [Code(one.id, one.code, off.get(one.id, "")) for one in checkout.offers.coupons]
    cards = [Code(one.id, f"Gift card {one.code}", off.get(one.id, "")) for one in checkout.offers.gift_cards]
    affiliate = checkout.offers.affiliate
    return coupons + cards + ([Code(affiliate.id, affiliate.code, off.get(affiliate.id, BROUGHT))] if affiliate else [])


def _of_affiliate(parts: Parts) -> list[Used]:
    """What the affiliate takes off all lines together, if it takes anything off."""
    used = [line.details.affiliate for line in parts.values() if line.details.affiliate]
    amount = sum(one.amount for one in used)
    return [Used(used[0].id, amount)] if amount else []
