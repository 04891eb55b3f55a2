"""When cycles end, whatever they began at and however long they are."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sutler.billing.periods.service import after
from sutler.catalog.products.models import Interval
from sutler.stores.stores.models import MonthLength

ANCHORS = some.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=some.just(UTC))  # noqa: DTZ001 - given a zone
SCALES = some.sampled_from(["day", "week", "month", "year"])
MONTHS = some.sampled_from(["thirty_days", "calendar"])


class TestAfter:
    @given(ANCHORS, some.integers(1, 24), SCALES, some.integers(0, 120), MONTHS)
    def test_has_neither_gaps_nor_overlaps(
        self, anchor: datetime, value: int, scale: Interval, cycle: int, months: MonthLength
    ) -> None:
        ends = [after(anchor, value, scale, number, months) for number in (cycle, cycle + 1, cycle + 2)]

        assert ends[0] < ends[1] < ends[2]
        assert after(anchor, value, scale, 0, months) == anchor
        assert {(end.hour, end.minute, end.second, end.microsecond) for end in ends} == {
            (anchor.hour, anchor.minute, anchor.second, anchor.microsecond)
        }

    @given(ANCHORS, some.integers(1, 24), some.sampled_from(["month", "year"]), some.integers(1, 120))
    def test_keeps_the_day_of_the_month_or_takes_the_last_one(
        self, anchor: datetime, value: int, scale: Interval, cycles: int
    ) -> None:
        end = after(anchor, value, scale, cycles, "calendar")

        whole = (end.year - anchor.year) * 12 + end.month - anchor.month
        assert whole == cycles * value * (12 if scale == "year" else 1)
        assert end.day == anchor.day or (end.day < anchor.day and (end + timedelta(days=1)).day == 1)

    @pytest.mark.parametrize(
        ("begun", "scale", "cycles", "months", "ends"),
        [
            ((2027, 12, 21), "month", 1, "thirty_days", (2028, 1, 20)),
            ((2027, 1, 31), "month", 1, "calendar", (2027, 2, 28)),
            ((2027, 1, 31), "month", 2, "calendar", (2027, 3, 31)),
            ((2028, 1, 30), "month", 1, "calendar", (2028, 2, 29)),
            ((2028, 2, 29), "year", 1, "calendar", (2029, 2, 28)),
            ((2028, 2, 29), "year", 4, "calendar", (2032, 2, 29)),
            ((2028, 2, 29), "year", 1, "thirty_days", (2029, 2, 28)),
            ((2027, 3, 27), "week", 1, "calendar", (2027, 4, 3)),
        ],
    )
    def test_is_as_long_as_the_store_says(
        self,
        begun: tuple[int, int, int],
        scale: Interval,
        cycles: int,
        months: MonthLength,
        ends: tuple[int, int, int],
    ) -> None:
        assert after(datetime(*begun, tzinfo=UTC), 1, scale, cycles, months) == datetime(*ends, tzinfo=UTC)
