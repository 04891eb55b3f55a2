"""The arithmetic of changes within a cycle: pure functions over whole minor units and whole minutes.

What a line costs less or more in a cycle counts for the part of the cycle that is left, in minutes. The sum over all lines
is rounded once, half up, and every line is less than one unit off. What is not charged, because it is too little or less
than nothing, is carried: it is set against what the next change of the same cycle comes to. So whatever the number of
changes, what was charged and what is carried are together within one unit for each change of what the time was worth.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from typing import Final

from msgspec import Struct

from sutler.kernel.money import round_half_up, spread

SMALLEST_CHARGE: Final = 50
"""Minor units, with tax: less is not charged."""
MINUTE: Final = timedelta(minutes=1)


class Rest(Struct, frozen=True):
    """How much of a cycle is left, in whole minutes; a minute that has begun is over."""

    remaining_minutes: int
    total_minutes: int


class Uncharged(Struct, frozen=True):
    """What an earlier change of the same cycle came to in all, and whether that was charged."""

    amount: int
    charged: bool


def rest_of(start: datetime, end: datetime, now: datetime) -> Rest:
    """What is left of a cycle at a moment: nothing after its end, and all of it before it has begun."""
    total = max(1, (end - start) // MINUTE)
    return Rest(min(total, max(0, (end - now) // MINUTE)), total)


def differences(changes: Iterable[int], rest: Rest) -> list[int]:
    """What each line costs more or less for the rest of the cycle, by what it costs more or less in a whole one.

    Together they are the rounded share of the sum of the changes, each of them less than one unit off its own.
    """
    sums = [0, *accumulate(changes)]
    shares = [round_half_up(one * rest.remaining_minutes, rest.total_minutes) for one in sums]
    return [after - before for before, after in pairwise(shares)]


def carried(earlier: Sequence[Uncharged]) -> int:
    """What the changes of a cycle have left over, oldest first: what the last one came to, unless that was charged."""
    return 0 if not earlier or earlier[-1].charged else earlier[-1].amount


def shares_of(charge: int, parts: Sequence[int]) -> list[int]:
    """What is charged, spread over the lines that cost more, in proportion; over all where none does."""
    if charge <= 0:
        return [0] * len(parts)
    weights = [max(0, part) for part in parts]
    return spread(charge, weights if any(weights) else [1] * len(parts))
