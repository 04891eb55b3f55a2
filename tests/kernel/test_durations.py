"""Lengths of time, as they are typed."""

from datetime import UTC, datetime, timedelta

import pytest

from sutler.kernel.durations import BadDuration, duration, iso_duration

LEAP_DAY = datetime(2028, 2, 29, 12, tzinfo=UTC)


class TestDuration:
    @pytest.mark.parametrize(
        ("text", "later"),
        [
            ("P40D", datetime(2028, 4, 9, 12, tzinfo=UTC)),
            ("40d", datetime(2028, 4, 9, 12, tzinfo=UTC)),
            ("P1Y", datetime(2029, 2, 28, 12, tzinfo=UTC)),
            ("4y", datetime(2032, 2, 29, 12, tzinfo=UTC)),
            ("1y6mo", datetime(2029, 8, 29, 12, tzinfo=UTC)),
            ("P10M", datetime(2028, 12, 29, 12, tzinfo=UTC)),
            ("P1Y2M3W4DT5H6M7S", datetime(2029, 5, 24, 17, 6, 7, tzinfo=UTC)),
            ("12h30min", LEAP_DAY + timedelta(hours=12, minutes=30)),
            ("90m", LEAP_DAY + timedelta(minutes=90)),
            ("pt90s", LEAP_DAY + timedelta(seconds=90)),
        ],
    )
    def test_goes_by_the_calendar(self, text: str, later: datetime) -> None:
        assert duration(text).after(LEAP_DAY) == later

    @pytest.mark.parametrize(
        "text", ["", "P", "PT", "P1DT", "40", "-1d", "0d", "1.5d", "d", "1d1y", "P101Y", "999999999w", "9" * 40 + "d", "٣d"]
    )
    def test_refuses_what_is_none_or_too_long(self, text: str) -> None:
        with pytest.raises(BadDuration):
            duration(text)

    def test_is_written_in_full_where_programs_write_it(self) -> None:
        with pytest.raises(BadDuration, match="P40D"):
            iso_duration("40d")
