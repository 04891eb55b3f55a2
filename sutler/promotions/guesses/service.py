"""How often somebody may enter a code that nobody has.

A hundred random bits cannot be guessed, but codes that merchants choose can: `SUMMER` is soon tried. Only misses count, by
address, by customer, and of a whole store together, for whoever has many addresses.
"""

from collections.abc import Mapping
from typing import Final

from sutler.kernel.edge.limits import Guesses, Rate
from sutler.kernel.ids import FlakeId

RATES: Final[Mapping[str, Rate]] = {"address": Rate(10, 60), "customer": Rate(10, 60), "store": Rate(300, 60)}
"""Wrong codes allowed, all at once if need be."""

GUESSES: Final = Guesses(RATES)


def guessers(store_id: FlakeId, customer_id: FlakeId | None, address: str) -> dict[str, str]:
    """Who answers for a guess; each counts in its store only."""
    found = {"store": store_id, "address": f"{store_id} {address}"}
    return found | ({"customer": customer_id} if customer_id else {})
