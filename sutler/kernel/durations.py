"""Lengths of time as people and programs write them: `40d`, `1y6mo`, `P40D`; years and months go by the calendar."""

import calendar
import re
from datetime import datetime, timedelta
from typing import Final, NamedTuple

LONGEST: Final = timedelta(days=36_525)
MONTH: Final = timedelta(days=30.436875)  # of the calendar, on an average
MOST_DIGITS: Final = 9
ISO: Final = re.compile(
    r"P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?",
    re.ASCII | re.IGNORECASE,
)  # fmt: skip
SHORT: Final = re.compile(
    r"(?=.)(?:(\d+)y)?(?:(\d+)mo)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)(?:min|m))?(?:(\d+)s)?", re.ASCII | re.IGNORECASE
)  # fmt: skip


class BadDuration(ValueError):
    """A length of time looks like P40D, P1Y6M or PT12H30M, is at least a second and at most a hundred years long."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


class Duration(NamedTuple):
    """Months of the calendar, and a number of seconds after them."""

    months: int
    rest: timedelta

    def after(self, moment: datetime) -> datetime:
        """This much later. Where a month is too short for the day, it is the month's last."""
        years, month = divmod(moment.year * 12 + moment.month - 1 + self.months, 12)
        day = min(moment.day, calendar.monthrange(years, month + 1)[1])
        return moment.replace(year=years, month=month + 1, day=day) + self.rest


def iso_duration(text: str) -> Duration:
    """What ISO 8601 writes as P1Y2M3W4DT5H6M7S, in whole numbers; BadDuration for anything else."""
    return _duration(ISO.fullmatch(text))


def duration(text: str) -> Duration:
    """The same, or shorter as at the command line: 40d, 1y6mo, 2w, 12h30min; BadDuration for anything else."""
    return _duration(SHORT.fullmatch(text) or ISO.fullmatch(text))


def _duration(found: re.Match[str] | None) -> Duration:
    numbers = [number or "0" for number in found.groups()] if found else []
    if not numbers or max(map(len, numbers)) > MOST_DIGITS:
        raise BadDuration
    years, months, weeks, days, hours, minutes, seconds = map(int, numbers)
    months += 12 * years
    try:
        rest = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        is_sensible = timedelta() < rest + MONTH * months <= LONGEST
    except OverflowError:
        is_sensible = False
    if not is_sensible:
        raise BadDuration
    return Duration(months, rest)
