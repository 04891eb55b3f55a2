"""Histories of subscriptions, as they are drawn: what is agreed, and what payers, banks and time do to it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Literal, TypeVar

import msgspec

from sutler.catalog.products.models import Interval
from sutler.stores.stores.models import MonthLength

T = TypeVar("T")
Choose = Callable[[Sequence[T]], T]
Card = Literal[
    "succeed", "decline", "authenticate", "succeed_later", "decline_later", "succeed_unanswered", "decline_unanswered"
]
What = Literal["wait", "card", "pay", "cancel", "undo", "refund", "dispute", "tax", "change"]
Behavior = Literal["immediate", "next_billing_period", "none"]


class Deed(msgspec.Struct, frozen=True):
    """One thing that somebody does, after a while. What a deed does not need is left as it is."""

    what: What
    after_due: bool = False  # whether it is done when the next renewal has become due
    days: float = 0  # that pass before it or after that, and some seconds
    card: Card = "succeed"  # what becomes of a charge from now on, or of what is paid by the link
    good_for: int = 0  # charges that succeed before that
    notices: Literal["once", "twice", "late", "never"] = "once"
    at_once: bool = False  # to cancel
    newest: bool = True  # the charge that it is about, or the oldest
    amount: int | None = None  # to give back; None is all
    percent: int = 0  # of tax
    price: int = 0  # of what it is changed to
    behavior: Behavior = "none"


class Terms(msgspec.Struct, frozen=True):
    """What is agreed. Prices and offers are such that nothing has to be rounded: that is proved elsewhere."""

    begins: datetime
    value: int
    scale: Interval
    months: MonthLength
    prices: tuple[int, ...]  # of what renews
    once: int = 0  # what something costs that is bought along with it
    trial: int = 0  # days
    revoked_at_once: bool = False  # when a trial is canceled
    gift: bool = False
    coupon: tuple[int, int | None] = (0, 1)  # percent off, up to and with which cycle
    sale: tuple[int, int | None] = (0, 1)
    dunning: tuple[int, ...] = (1, 3, 5, 7)
    deeds: tuple[Deed, ...] = ()


BEGINNINGS: Final = tuple(
    datetime.fromisoformat(f"{text}+00:00")
    for text in (
        "2027-01-31T12:00:00", "2028-02-29T00:00:00", "2027-12-30T23:59:59",
        "2027-03-27T01:30:00", "2027-10-30T00:30:00",  # a day before Europe's clocks are changed
        "2028-03-11T07:30:00", "2028-11-04T06:30:00",  # and a day before America's
    )
)  # fmt: skip
INTERVALS: Final = (("month", 1),) * 4 + (("week", 1), ("year", 1), ("day", 1), ("day", 10), ("month", 3), ("week", 2))
LENGTHS: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
OFFERS: Final = ((0, 1),) * 4 + ((25, 1), (25, 2), (25, 3), (25, None), (10, 4))
CARDS: Final = (
    "succeed", "succeed", "decline", "decline", "authenticate", "succeed_later", "decline_later", "succeed_unanswered",
    "decline_unanswered",
)  # fmt: skip
BEHAVIORS: Final = ("immediate", "immediate", "next_billing_period", "none")
PRICES: Final = (2_000, 4_000, 10_000)
WHATS: Final = (
    *("wait",) * 4, *("card",) * 7, *("change",) * 5, *("cancel",) * 2, "pay", "undo", "refund", "dispute", "tax",
)  # fmt: skip
AFTER_BAD_NEWS: Final = (*("pay",) * 4, "cancel", "card", "wait", "tax")
AFTER_CANCELING: Final = (*("undo",) * 3, "cancel", "card", "wait", "change")
DUNNINGS: Final = ((1, 3, 5, 7), (1, 3, 5, 7), (2,), (), (3, 9, 20))


def length(value: int, scale: Interval) -> timedelta:
    """About how long a cycle is."""
    return timedelta(days=value * LENGTHS[scale])


def drawn_terms(choose: Choose[Any]) -> Terms:
    """Any history; `choose` takes one of several."""
    scale, value = choose(INTERVALS)
    trial = choose((0, 0, 0, 7, 30))
    once = choose((0, 0, 0, 600))
    coupon, sale = choose(OFFERS), choose(OFFERS)
    return Terms(
        begins=choose(BEGINNINGS),
        value=value,
        scale=scale,
        months=choose(("thirty_days", "calendar")),
        prices=choose(((2_000,), (2_000,), (4_000,), (2_000, 4_000))),
        once=once,
        trial=trial,
        revoked_at_once=choose((False, False, True)),
        gift=not trial and choose((False, False, True)),
        coupon=coupon if sale[0] else choose((coupon, coupon, coupon, (100, 1), (100, 3), (100, None))),
        sale=sale,
        dunning=choose(DUNNINGS),
        deeds=drawn_deeds(choose, length(value, scale)),
    )


def drawn_deeds(choose: Choose[Any], cycle: timedelta) -> tuple[Deed, ...]:
    """Some deeds: who has a card that does not work any more pays by the link, and who cancels thinks about it again."""
    deeds = list[Deed]()
    for _ in range(choose((1, 2, 3, 4, 6, 8))):
        deeds.append(drawn_deed(choose, choose(_likely(deeds[-1]) if deeds else WHATS), cycle))
    return tuple(deeds)


def _likely(before: Deed) -> Sequence[What]:
    if before.what == "cancel":
        return AFTER_CANCELING
    return AFTER_BAD_NEWS if before.what in ("card", "pay") and before.card != "succeed" else WHATS


def drawn_deed(choose: Choose[Any], what: What, cycle: timedelta) -> Deed:
    """Something that happens within a few cycles, often while a renewal hangs or is tried again and again."""
    after_due = choose((True, what == "pay"))
    return Deed(
        what=what,
        after_due=after_due,
        days=choose((0, 0, 0.02, 0.7, 2.5, 4.3)) if after_due else cycle.days * choose((0, 0, 0.4, 1, 1, 2)),
        card=choose(CARDS),
        good_for=choose((0, 0, 1, 3)),
        notices=choose(("once", "twice", "late", "never")),
        at_once=choose((False, False, True)),
        newest=choose((True, True, False)),
        amount=choose((None, None, 100)),
        percent=choose((0, 10, 20)),
        price=choose(PRICES),
        behavior=choose(BEHAVIORS),
    )


def paid_by_link(deed: Deed) -> tuple[Card, str]:
    """What a payer does on the page: nothing that the bank would want confirmed, or that hangs."""
    card: Card = deed.card if deed.card in ("succeed", "decline", "succeed_later") else "succeed"
    return card, deed.notices
