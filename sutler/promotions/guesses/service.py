"""How often somebody may enter a code that nobody has.

A hundred random bits cannot be guessed, but codes that merchants choose can: `SUMMER` is soon tried. Only misses count, by
address, by customer, and of a whole store together, for whoever has many addresses.
"""

from collections.abc import Mapping
from typing import Final

from sutler.kernel.edge.limits import Guesses, Rate, household
from sutler.kernel.ids import FlakeId

RATES: Final[Mapping[str, Rate]] = {"address": Rate(10, 60), "customer": Rate(10, 60), "store": Rate(300, 60)}
"""Wrong codes allowed, all at once if need be."""

GUESSES: Final = Guesses(RATES)


def guessers(store_id: FlakeId, customer_id: FlakeId | None, address: str) -> dict[str, str]:
    """Who answers for a guess; each counts in its store only.

    A shop's server that does not say whose address it asks for has none, so that one buyer's guesses are not another's.
    """
    found = {"store": store_id}
    if address:
        found["address"] = f"{store_id} {household(address)}"
    if customer_id:
        found["customer"] = customer_id
    return found
