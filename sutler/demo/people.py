"""Who shops at the demo: invented players, with Steam ids from a range in which nobody has an account."""

from typing import Final, NamedTuple

NAMES: Final = (
    "Brambleshaw", "quiet_otter", "Nyxara", "Tobbe", "MossyBoots", "Ferrow", "lena.k", "Granite Joe", "piko", "Hollowmere",
    "Sven the Slow", "duskpetal", "Ravi88", "Old Marrow", "Kestrel", "wobblegong", "Ines", "Caldera", "BoneSoup",
    "tarn_walker", "Yuki", "Rustbucket", "Ottoline", "half_a_horse", "Zephyrine",
)  # fmt: skip
COUNTRIES: Final = ("DE", "US", "SE", "GB", "FR", "PL", "BR", "NL", "CA")
FIRST_STEAM_ID: Final = 76_561_202_255_233_000 - 1_000 * len(NAMES)  # near the end of all Steam ids, far from those in use


class Person(NamedTuple):
    """A player, and where their browser is."""

    name: str
    steam_id: str
    country: str
    ip: str

    @property
    def email(self) -> str:
        """An address that nobody can have."""
        return f"{''.join(char for char in self.name.lower() if char.isalnum())}@example.com"


PEOPLE: Final = tuple(
    Person(name, str(FIRST_STEAM_ID + 997 * number), COUNTRIES[number * 5 % len(COUNTRIES)], f"203.0.113.{10 + number}")
    for number, name in enumerate(NAMES)
)
