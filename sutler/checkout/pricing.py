"""What a purchase costs: one pure function, which also says how it arrived at every amount.

All amounts are whole minor units of one currency. Each step of `STEPS` takes a line as far as it has come and hands
it on with one more explanation, so that a new kind of discount is a function and its place in the row.
"""

from collections.abc import Callable, Sequence
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from sutler.catalog.custom_variables.models import PriceType, surcharge
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import formatted

StepName = Literal["base_price", "options", "quantity", "tax"]


class Explanation(Struct, frozen=True):
    """What one step made of a line: its name, the line's amount after it, and a sentence for people."""

    step: StepName
    amount: int
    text: str


class OptionToPrice(Struct, frozen=True):
    """Something chosen that changes what a unit costs: by minor units, or by basis points of the base price."""

    name: str
    price: int
    price_type: PriceType


class LineToPrice(Struct, frozen=True, kw_only=True):
    """One line before pricing. `key` tells it from the others; `price` is one unit without its options."""

    key: FlakeId
    price: int
    quantity: int
    options: tuple[OptionToPrice, ...] = ()


class PricedLine(Struct, frozen=True, kw_only=True):
    """One line with its price. `price` is one unit with its options; the amounts are of the whole line.

    `surcharges` says in minor units what each option adds to a unit, or takes off.
    """

    key: FlakeId
    price: int
    quantity: int
    options: tuple[OptionToPrice, ...] = ()
    surcharges: tuple[int, ...] = ()
    subtotal_amount: int = 0
    discount_amount: int = 0
    giftcard_usage_amount: int = 0
    tax_amount: int = 0
    total_amount: int = 0
    tax_inclusive: bool = False
    explained: tuple[Explanation, ...] = ()


class PricedCart(Struct, frozen=True, kw_only=True):
    """All lines with their prices, in the order in which they came; the amounts are exactly the sums of the lines'."""

    currency: str
    lines: tuple[PricedLine, ...]
    subtotal_amount: int
    discount_amount: int
    giftcard_usage_amount: int
    tax_amount: int
    total_amount: int
    tax_inclusive: bool


def price(lines: Sequence[LineToPrice], currency: str) -> PricedCart:
    """The price of a cart, line by line. `ValueError` for a negative price or a quantity below one."""
    priced = tuple(_priced(line, currency) for line in lines)
    return PricedCart(
        currency=currency,
        lines=priced,
        subtotal_amount=sum(line.subtotal_amount for line in priced),
        discount_amount=sum(line.discount_amount for line in priced),
        giftcard_usage_amount=sum(line.giftcard_usage_amount for line in priced),
        tax_amount=sum(line.tax_amount for line in priced),
        total_amount=sum(line.total_amount for line in priced),
        tax_inclusive=any(line.tax_inclusive for line in priced),
    )


def _priced(line: LineToPrice, currency: str) -> PricedLine:
    if line.price < 0 or line.quantity < 1:
        raise ValueError("A line needs a price that is not negative and a quantity of at least one.")
    priced = PricedLine(key=line.key, price=line.price, quantity=line.quantity, options=line.options)
    for step in STEPS:
        priced = step(priced, currency)
    return priced


def _base_price(line: PricedLine, currency: str) -> PricedLine:
    """What one unit costs before anything else is taken into account."""
    return _explained(line, "base_price", line.price, f"One unit costs {formatted(line.price, currency)}.")


def _options(line: PricedLine, currency: str) -> PricedLine:
    """What was chosen may make a unit dearer or cheaper, but never cheaper than nothing."""
    if not line.options:
        return line
    added = tuple(surcharge(option.price, option.price_type, line.price) for option in line.options)
    price = max(0, line.price + sum(added))
    parts = [_option(option.name, amount, currency) for option, amount in zip(line.options, added, strict=True) if amount]
    text = f"{', '.join(parts) or 'What was chosen costs nothing'}: one unit costs {formatted(price, currency)}."
    return _explained(replace(line, price=price, surcharges=added), "options", price, text)


def _option(name: str, amount: int, currency: str) -> str:
    return f"{name} {'adds' if amount > 0 else 'takes off'} {formatted(abs(amount), currency)}"


def _quantity(line: PricedLine, currency: str) -> PricedLine:
    """As many units as are wanted."""
    subtotal = line.price * line.quantity
    text = f"{line.quantity} × {formatted(line.price, currency)} makes {formatted(subtotal, currency)}."
    return _explained(replace(line, subtotal_amount=subtotal), "quantity", subtotal, text)


def _tax(line: PricedLine, currency: str) -> PricedLine:
    """What is left to pay, and the tax on it: a store without tax configuration charges none."""
    total = line.subtotal_amount - line.discount_amount - line.giftcard_usage_amount
    text = f"No tax is configured, so {formatted(total, currency)} is to be paid."
    return _explained(replace(line, tax_amount=0, total_amount=total), "tax", total, text)


def _explained(line: PricedLine, step: StepName, amount: int, text: str) -> PricedLine:
    return replace(line, explained=(*line.explained, Explanation(step, amount, text)))


STEPS: Final[tuple[Callable[[PricedLine, str], PricedLine], ...]] = (_base_price, _options, _quantity, _tax)
