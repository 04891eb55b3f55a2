"""Converting amounts between currencies: exact decimals, never floats, and one rule for what is left over.

An amount times the rate is rounded half up to the smallest unit that can be paid with: the smallest of the currency, but
ten of them where it has three decimals, for cards know no third. What is split stays whole: parts add up to what was split.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

from msgspec import Struct

from sutler.kernel.money import K, decimals, round_half_up, spread_by

RATE_DIGITS: Final = 10
ROUNDED: Final = Context(prec=RATE_DIGITS, rounding=ROUND_HALF_EVEN)
THREE_DECIMALS: Final = 3
LARGEST_RATE: Final = Decimal(10) ** 12


class Conversion(Struct, frozen=True):
    """What an amount is converted to, and how much of it one whole unit is worth: a decimal number as text."""

    currency: str
    rate: str


def rate_text(rate: Fraction) -> str:
    """A rate as it is frozen and shown: ten significant digits, a half to the even one, without trailing zeros."""
    return f"{ROUNDED.divide(Decimal(rate.numerator), Decimal(rate.denominator)).normalize():f}"


def read_rate(text: str) -> Decimal:
    """A rate that somebody wrote, such as `1.0875`; ValueError unless it is a plain number above zero that makes sense."""
    try:
        rate = Decimal(text.strip())
    except InvalidOperation:
        rate = Decimal(0)
    plain = text.strip().replace(".", "", 1)
    if not plain.isascii() or not plain.isdigit() or not 1 / LARGEST_RATE < rate < LARGEST_RATE:
        raise ValueError(f"{text.strip()[:40]!r} is no rate. Write a plain number above zero, such as 1.0875.")
    return rate


def step(currency: str) -> int:
    """How many minor units the smallest amount has that can be paid."""
    return 10 if decimals(currency) >= THREE_DECIMALS else 1


def converted(amount: int, currency: str, to: Conversion) -> int:
    """An amount in another currency: half up to what can be paid, and a negative amount like its positive twin."""
    above, below = Decimal(to.rate).as_integer_ratio()
    unit = step(to.currency)
    return unit * round_half_up(
        amount * above * int(10 ** decimals(to.currency)), below * unit * int(10 ** decimals(currency))
    )


def in_words(currency: str, to: Conversion) -> str:
    """The rate as people read it: `1 USD = 0.92 EUR`."""
    return f"1 {currency.upper()} = {to.rate} {to.currency.upper()}"


def parts(total: int, weights: Mapping[K, int], currency: str) -> dict[K, int]:
    """An amount that was converted, spread over what it is made of, each part in amounts that can be paid.

    Where nothing has weight, there is nothing to spread.
    """
    unit = step(currency)
    if not total:
        return dict.fromkeys(weights, 0)
    return {key: unit * part for key, part in spread_by(total // unit, weights).items()}
