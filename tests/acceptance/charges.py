"""What a bank took or will have decided, as it is reckoned by hand."""

from datetime import datetime

from msgspec import Struct


class Charge(Struct):
    """Money that the bank took, or an order over nothing; `cycle` is None for the rest of a cycle that a change cost."""

    taken: datetime
    cycle: int | None
    amount: int
    known: datetime | None = None  # when the shop hears of it
    given_back: int = 0
    disputed: bool = False


class Answer(Struct):
    """What the bank has decided, or will have by then, and when the shop gets to know it."""

    known: datetime
    charge: Charge
    succeeds: bool
    by_link: bool
