"""When cycles end: pure functions of the moment at which the first of them began. Only UTC counts; no clock is put back."""

from calendar import monthrange
from datetime import datetime, timedelta
from typing import Final

from sutler.catalog.products.models import Interval
from sutler.stores.stores.models import MonthLength

DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
MONTHS: Final = {"month": 1, "year": 12}
MONTHS_IN_A_YEAR: Final = 12


def after(anchor: datetime, value: int, scale: Interval, cycles: int, months: MonthLength) -> datetime:
    """The moment at which so many cycles of `value` `scale` are over that began at `anchor`; 0 is the anchor itself.

    It is reckoned from the anchor, never from the cycle before: what began on 31 January ends on 28 February, and the next
    cycle on 31 March. With months of thirty days a year has 365, as on the reference platform.
    """
    if months == "calendar" and scale in MONTHS:
        return _months_after(anchor, cycles * value * MONTHS[scale])
    return anchor + timedelta(days=cycles * value * DAYS[scale])


def _months_after(anchor: datetime, months: int) -> datetime:
    """The same day of a later month, or its last day where it has no such day."""
    years, month = divmod(anchor.month - 1 + months, MONTHS_IN_A_YEAR)
    year = anchor.year + years
    return anchor.replace(year=year, month=month + 1, day=min(anchor.day, monthrange(year, month + 1)[1]))
