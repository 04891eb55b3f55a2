"""What happens in the demo's month: who comes when, what for, and how it ends. The same month every time."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Final, Literal, NamedTuple

from sutler.billing.orders.models import DeclineCode
from sutler.demo.people import PEOPLE

Ending = Literal["paid", "declined, then paid", "declined", "abandoned"]
LENGTH: Final = timedelta(days=30)
BUSIEST: Final = 5  # visits in a day
EVENING: Final = (12, 13, 15, 16, 17, 18, 18, 19, 19, 20, 20, 21, 22)  # hours after the month's own midnight
LEAST_APART: Final = timedelta(minutes=20)
BASKETS: Final = {
    "VIP": 10, "MVP": 5, "Legend for a month": 3, "Stone bundle": 9, "Builder's kit": 8, "Hunter's kit": 7,
    "Wooden crate": 9, "Iron crate": 7, "Golden crate": 5, "Name colour": 5, "Week of double experience": 6,
}  # fmt: skip
MEMBERS: Final = {2: 5, 10: 3, 13: 11, 20: 8}  # the days on whose mornings somebody begins to pay by the week, and who
MORNING: Final = timedelta(hours=10, minutes=30)
ENDINGS: Final[dict[Ending, int]] = {"paid": 80, "declined, then paid": 9, "declined": 3, "abandoned": 4}
SEVERAL: Final = ("Stone bundle", "Wooden crate", "Iron crate", "Golden crate")
CODES: Final[tuple[DeclineCode, ...]] = ("insufficient_funds", "expired_card", "incorrect_cvc", "generic_decline")
SEED: Final = 7


class Visit(NamedTuple):
    """Somebody comes, so long after the month began, with so many units of each product in mind."""

    after: timedelta
    buyer: int  # of PEOPLE
    basket: dict[str, int]
    ending: Ending = "paid"
    code: DeclineCode = "generic_decline"
    receiver: int | None = None  # of PEOPLE, where it is a gift
    colour: str = "Red"
    minutes: int = 5  # until the game server hears of it


def visits() -> list[Visit]:
    """The month, oldest first."""
    dice, met = random.Random(SEED), set[int]()  # noqa: S311 - a story, not a secret
    story = [_visit(dice, after, met) for after in _moments(dice)]
    joining = [Visit(timedelta(days=day) + MORNING, buyer, {"Patron": 1}) for day, buyer in MEMBERS.items()]
    return sorted(story + joining, key=lambda visit: visit.after)


def _moments(dice: random.Random) -> Iterator[timedelta]:
    """When somebody comes: in the evening above all, more often at weekends, and a little more often every week."""
    last = timedelta()
    for day in range(LENGTH.days):
        number = dice.choice((1, 2, 2, 3)) + (day % 7 in (4, 5)) + (day // 15)
        for hour in sorted(dice.sample(EVENING, min(number, BUSIEST))):
            last = max(last + LEAST_APART, timedelta(days=day, hours=hour, minutes=dice.randrange(60)))
            yield last


def _visit(dice: random.Random, after: timedelta, met: set[int]) -> Visit:
    buyer = min(int(dice.triangular(0, len(PEOPLE), 4)), len(PEOPLE) - 1)  # some come again and again
    is_new = buyer not in met
    met.add(buyer)
    ending = dice.choices(list(ENDINGS), list(ENDINGS.values()))[0]
    receiver = dice.choice([None] * 7 + [(buyer + dice.randrange(1, len(PEOPLE))) % len(PEOPLE)])
    basket = _basket(dice, gets_kit=is_new and ending == "paid" and receiver is None)
    return Visit(
        after, buyer, basket, ending, dice.choice(CODES), receiver,
        colour=dice.choice(("Red", "Green", "Gold")), minutes=dice.randrange(2, 12),
    )  # fmt: skip


def _basket(dice: random.Random, *, gets_kit: bool) -> dict[str, int]:
    """One product or two; newcomers often take the free kit, some of them nothing else."""
    names = dice.choices(list(BASKETS), list(BASKETS.values()), k=dice.choice((1, 1, 1, 2)))
    basket = {name: dice.choice((1, 1, 2, 3)) if name in SEVERAL else 1 for name in names}
    if gets_kit and dice.random() < 0.5:
        basket = {"Starter kit": 1} | (basket if dice.random() < 0.6 else {})
    return basket
