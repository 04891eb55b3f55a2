"""Histories of purchases: what buyers, banks, game servers and the owner do to one, in any order, as it is drawn."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Final, Literal, TypeVar

import msgspec
from msgspec import field

from sutler.billing.gateways.scripts import Script

T = TypeVar("T")
Choose = Callable[[Sequence[T]], T]
What = Literal["pay", "pay badly", "wait", "play", "lose", "refund", "refund elsewhere", "dispute", "revoke", "cancel card"]
MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR


class Step(msgspec.Struct, frozen=True):
    """One thing that somebody does."""

    what: What
    seconds: int = 0  # to wait
    amount: int | None = None  # to give back
    line: int | None = None  # to give back
    state: Literal["pending", "won", "lost"] = "pending"  # in which the bank says that a dispute is
    item: int = 0  # to revoke, counted from the oldest


class History(msgspec.Struct, frozen=True):
    """A basket of quantities of the products on the shelf, what is offered, what the bank will do, and what happens."""

    basket: tuple[int, ...]
    script: Script
    card: int = 0  # what is on the buyer's gift card
    coupon: str = ""
    affiliate: bool = False
    steps: list[Step] = field(default_factory=list)


STEPS: Final = (
    *[Step("pay")] * 4,
    Step("pay badly"),
    *[Step("wait", seconds=seconds) for seconds in (30, 2 * MINUTE, 2 * HOUR, DAY, 8 * DAY)],
    *[Step("play")] * 3,
    Step("lose"),
    *[Step("refund", amount=amount) for amount in (None, None, 1, 700, 5_000)],
    *[Step("refund", line=line) for line in (0, 1)],
    *[Step("refund elsewhere", amount=amount) for amount in (None, 700)],
    *[Step("dispute", state=state) for state in ("pending", "won", "lost")],
    *[Step("revoke", item=item) for item in (0, 1, -1)],
    Step("cancel card"),
)
BASKETS: Final = ((1, 0, 0), (0, 1, 0), (0, 0, 1), (2, 0, 1), (1, 1, 1), (0, 2, 0))
LENGTHS: Final = (1, 2, 3, 4, 5, 6, 8, 10)


def drawn(choose: Choose[Any]) -> History:
    """Any history; `choose` takes one of several."""
    dispute = choose((None, None, None, None, "pending", "won", "lost"))
    script = Script(
        wish=choose(("succeed", "succeed", "succeed", "succeed_later", "succeed_unanswered", "decline_unanswered")),
        after_seconds=choose((0, 5, HOUR)),
        notices=choose(("once", "twice", "late", "never")),
        refund=choose(("succeeds", "succeeds", "fails", "succeeds_later", "fails_later", "succeeds_unanswered",
                       "fails_unanswered", "comes_back")),
        refund_after_seconds=choose((0, MINUTE, DAY)),
        dispute=dispute,
        dispute_after_seconds=choose((0, HOUR, 2 * DAY)),
        decide_after_seconds=choose((0, DAY)),
    )  # fmt: skip
    return History(
        basket=choose(BASKETS),
        script=script,
        card=choose((0, 0, 0, 300, 2_500, 10_000)),
        coupon=choose(("", "", "", "TENTH", "ALL")),
        affiliate=choose((False, False, True)),
        steps=[Step("pay"), *(choose(STEPS) for _ in range(choose(LENGTHS)))],
    )


def as_time(step: Step) -> timedelta:
    """How long a step takes."""
    return timedelta(seconds=step.seconds or 1)
