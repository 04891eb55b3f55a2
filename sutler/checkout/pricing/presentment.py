"""A priced cart in the currency that its buyer sees and pays: every amount of every line, and their exact sums.

The total, the discount and what gift cards pay are converted as wholes, so that nobody pays more than the converted total,
and spread over the lines in proportion. The tax of a line is its share of the line, and its subtotal is what these come to;
so the lines add up to the order, and each adds up in itself, just as in the store's currency.
"""

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from sutler.checkout.pricing.results import PricedCart, PricedLine
from sutler.kernel.exchange import Conversion, converted, parts
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import round_half_up

LARGEST: Final = 99_999_999  # minor units; what gateways take at most
LARGEST_INT32: Final = 2**31 - 1  # what the wire shows


class PresentedAmounts(Struct, frozen=True, kw_only=True):
    """The amounts of a line in minor units of the currency that the buyer sees."""

    subtotal_amount: int
    discount_amount: int
    giftcard_usage_amount: int
    tax_amount: int
    total_amount: int


class Presentment(PresentedAmounts, frozen=True, kw_only=True):
    """The amounts of an order in the currency that the buyer sees, and the rate that they were converted at."""

    currency: str
    fx_rate: str


class Presented(Struct, frozen=True):
    """A cart in another currency: the whole, and every line by its key."""

    whole: Presentment
    lines: dict[FlakeId, PresentedAmounts]


Takes = Callable[[int, str], bool]
"""Whether a gateway can charge so many minor units of a currency."""


def nothing_else(_amount: int, _currency: str) -> bool:
    """Takes the store's own currency and no other."""
    return False


def payable(cart: PricedCart, conversion: Conversion | None, takes: Takes) -> Presented | None:
    """The cart in the currency of its buyer, if that can be charged or there is nothing to pay; None for the store's own."""
    seen = presented(cart, conversion)
    if seen is None or not (seen.whole.total_amount == 0 or takes(seen.whole.total_amount, seen.whole.currency)):
        return None
    return seen


def presented(cart: PricedCart, conversion: Conversion | None) -> Presented | None:
    """The cart in the currency of its buyer; None where that is the store's, or where it cannot be paid.

    It cannot where so little is to be paid that nothing of it is left in the other currency, or too much for gateways.
    """
    if conversion is None or conversion.currency == cart.currency:
        return None
    by_name = {
        name: _spread({line.key: getattr(line, name) for line in cart.lines}, cart.currency, conversion)
        for name in ("total_amount", "discount_amount", "giftcard_usage_amount")
    }
    lines = {line.key: _line(line, {name: amounts[line.key] for name, amounts in by_name.items()}) for line in cart.lines}
    sums = {name: sum(getattr(line, name) for line in lines.values()) for name in PresentedAmounts.__struct_fields__}
    whole = Presentment(**sums, currency=conversion.currency, fx_rate=conversion.rate)
    payable = bool(whole.total_amount) == bool(cart.total_amount) and whole.total_amount <= LARGEST
    return Presented(whole, lines) if payable and max(sums.values()) <= LARGEST_INT32 else None


def _spread(amounts: dict[FlakeId, int], currency: str, conversion: Conversion) -> dict[FlakeId, int]:
    return parts(converted(sum(amounts.values()), currency, conversion), amounts, conversion.currency)


def _line(line: PricedLine, given: dict[str, int]) -> PresentedAmounts:
    """The rest of a line follows from its total, its discount and its gift cards."""
    paid, before = given["total_amount"] + given["giftcard_usage_amount"], line.total_amount + line.giftcard_usage_amount
    tax = round_half_up(paid * line.tax_amount, before) if before else 0
    subtotal = paid + given["discount_amount"] - (0 if line.tax_inclusive else tax)
    return PresentedAmounts(**given, tax_amount=tax, subtotal_amount=subtotal)
