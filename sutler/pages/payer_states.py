"""The list of states on the checkout page: those that a store has taxes of, and another one.

A browser without scripts cannot change the list with the country, so every choice names its country, such as `CA/BC`.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from sutler.kernel.countries import COUNTRIES

States = Mapping[str, Sequence[str]]
ANOTHER: Final = "another"
UNCHOSEN: Final = "Choose your state, or “Another one”: the tax depends on it."
ELSEWHERE: Final = "This state belongs to another country than the one above."


def choice_of(states: States, country: str, state: str | None) -> str:
    """What is chosen in the list for an address; nothing as long as nobody said what state it is."""
    if state is None or country not in states:
        return ""
    code = state.strip().upper()
    return f"{country}/{code}" if code in states[country] else ANOTHER


def problem_with(states: States, country: str, choice: str) -> str | None:
    """What is wrong with a choice for this country, if anything is. Countries without such states take any."""
    here = states.get(country, ())
    if not here or choice == ANOTHER or choice in {f"{country}/{state}" for state in here}:
        return None
    known = any(choice == f"{other}/{state}" for other, those in states.items() for state in those)
    return ELSEWHERE if known else UNCHOSEN


def state_of(states: States, country: str, choice: str, known: str | None) -> str | None:
    """The state that a choice without problems stands for: the code, what was known before, or none of the list."""
    here = states.get(country, ())
    if not here:
        return None
    if choice != ANOTHER:
        return choice.partition("/")[2]
    return "" if known is None or known.strip().upper() in here else known


def countries_in_words(states: States) -> str:
    """The names of the countries whose states matter, such as `Canada or United States`."""
    return " or ".join(COUNTRIES.get(country, country) for country in states)
