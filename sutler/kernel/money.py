"""Arithmetic with money: whole minor units (cents), never floats, and rounding named where it happens."""

from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any, Final, Protocol, TypeVar

from msgspec import Meta

# The length is there because `$` alone would let a line break at the end pass.
Currency = Annotated[str, Meta(pattern="^[a-z]{3}$", max_length=3, description="An ISO 4217 currency code in lower case.")]

_OTHER_DECIMALS: Final = {
    code: digits
    for digits, codes in {
        0: "bif clp djf gnf isk jpy kmf krw pyg rwf ugx uyi vnd vuv xaf xof xpf",
        3: "bhd iqd jod kwd lyd omr tnd",
        4: "clf uyw",
    }.items()
    for code in codes.split()
}
"""ISO 4217's number of decimals where it isn't two."""

_SYMBOLS: Final = {
    "aud": "A$", "brl": "R$", "cad": "CA$", "cny": "CN¥", "eur": "€", "gbp": "£", "hkd": "HK$", "ils": "₪",
    "inr": "₹", "jpy": "¥", "krw": "₩", "mxn": "MX$", "nzd": "NZ$", "php": "₱", "twd": "NT$", "usd": "$", "vnd": "₫",
}  # fmt: skip
"""The symbols English readers take for one currency only. All other currencies show their code."""


def decimals(currency: str) -> int:
    """How many digits of an amount stand after the decimal point: 2 for usd, 0 for jpy, 3 for kwd."""
    return _OTHER_DECIMALS.get(currency.lower(), 2)


def formatted(amount: int, currency: str) -> str:
    """An amount as the wire's `_str` members show it: `€2.00`, `-$10.00`, `¥500`, `CHF 2.00`."""
    prefix, digits, unit = _notation(currency)
    sign = "-" if amount < 0 else ""
    if not digits:
        return f"{sign}{prefix}{abs(amount)}"
    whole, rest = divmod(abs(amount), unit)
    return f"{sign}{prefix}{whole}.{rest:0{digits}d}"


@lru_cache(maxsize=256)
def _notation(currency: str) -> tuple[str, int, int]:
    """Prefix, number of decimals and minor units in one unit of a currency."""
    code, digits = currency.lower(), decimals(currency)
    return _SYMBOLS.get(code, f"{code.upper()} "), digits, 10**digits


def percent_floor(amount: int, tenths: int) -> int:
    """So many tenths of a percent of an amount, rounded down: 250 (25 %) of 1499 is 374.

    For a negative amount too the result is the next whole one below.
    """
    return amount * tenths // 1000


def round_half_up(numerator: int, denominator: int) -> int:
    """The nearest whole number to a fraction; halves go away from zero, so that a refund mirrors its charge.

    `ValueError` unless the denominator is positive.
    """
    if denominator <= 0:
        raise ValueError("A fraction is rounded with a positive denominator only.")
    nearest = (2 * abs(numerator) + denominator) // (2 * denominator)
    return nearest if numerator >= 0 else -nearest


class Sortable(Hashable, Protocol):
    """A key that can be compared with others of its kind."""

    def __lt__(self, other: Any, /) -> bool:
        """Whether this one comes first."""
        ...


K = TypeVar("K", bound=Sortable)


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """`spread_by` for a plain sequence: of equal shares of a left-over unit, the earlier position gets it."""
    return list(spread_by(total, dict(enumerate(weights))).values())


def spread_by(total: int, weights: Mapping[K, int]) -> dict[K, int]:
    """Splits an amount in proportion to weights, to the last unit: the parts always add up to the total.

    Everyone gets their exact share rounded down. The units left over go one each to the largest remainders;
    between equal remainders to the larger weight, and between equal weights to the smaller key. So the parts depend
    on keys and weights alone, not on the order in which they come, and each is less than one unit off.
    A negative total splits like its positive twin. `ValueError` for a negative weight, or if there is
    something to split but no weight at all.
    """
    whole = sum(weights.values())
    if any(weight < 0 for weight in weights.values()):
        raise ValueError("An amount can't be spread over a negative weight.")
    if not whole:
        if total:
            raise ValueError("An amount can't be spread where nothing has weight.")
        return dict.fromkeys(weights, 0)
    sign = -1 if total < 0 else 1
    exact = {key: divmod(abs(total) * weight, whole) for key, weight in weights.items()}
    left = abs(total) - sum(share for share, _ in exact.values())
    lucky = set(sorted(exact, key=lambda key: (-exact[key][1], -weights[key], key))[:left])
    return {key: sign * (share + (key in lucky)) for key, (share, _) in exact.items()}
