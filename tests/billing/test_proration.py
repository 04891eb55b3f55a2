"""What changes cost within a cycle: never less than nothing, and fair however often somebody changes."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sutler.billing.proration.service import Rest, Uncharged, carried, differences, rest_of, shares_of

START = datetime(2026, 1, 31, 12, tzinfo=UTC)
AMOUNTS = st.integers(-10_000_000, 10_000_000)
RESTS = st.integers(1, 600_000).flatmap(lambda total: st.builds(Rest, st.integers(0, total), st.just(total)))


class TestRest:
    @pytest.mark.parametrize(
        ("passed", "left"),
        [
            (timedelta(0), 43_200),
            (timedelta(seconds=1), 43_199),
            (timedelta(days=15), 21_600),
            (timedelta(days=30), 0),
            (timedelta(days=31), 0),
            (timedelta(days=-1), 43_200),
        ],
    )
    def test_counts_whole_minutes_that_have_not_begun(self, passed: timedelta, left: int) -> None:
        assert rest_of(START, START + timedelta(days=30), START + passed) == Rest(left, 43_200)


class TestDifferences:
    def test_are_the_share_of_the_rest(self) -> None:
        assert differences([1000, -500], Rest(21_600, 43_200)) == [500, -250]

    @given(st.lists(AMOUNTS, min_size=1, max_size=8), RESTS)
    def test_add_up_to_the_rounded_whole_and_are_each_less_than_one_unit_off(self, changes: list[int], rest: Rest) -> None:
        exact = [Fraction(one * rest.remaining_minutes, rest.total_minutes) for one in changes]

        found = differences(changes, rest)

        assert abs(2 * (sum(found) - sum(exact, Fraction()))) <= 1
        assert all(abs(one - wish) <= 1 for one, wish in zip(found, exact, strict=True))


class TestShares:
    @given(st.integers(-100, 10_000_000), st.lists(AMOUNTS, min_size=1, max_size=8))
    def test_are_never_below_nothing_and_add_up_to_the_charge(self, charge: int, parts: list[int]) -> None:
        found = shares_of(charge, parts)

        assert sum(found) == max(0, charge)
        assert min(found) >= 0


class TestAnyNumberOfChanges:
    @settings(max_examples=200)
    @given(
        st.lists(st.tuples(st.integers(0, 43_200), st.integers(0, 5_000_00)), min_size=1, max_size=12), st.integers(0, 50_00)
    )
    def test_come_to_what_the_time_was_worth_within_one_unit_for_each(
        self, steps: list[tuple[int, int]], first: int
    ) -> None:
        paid, uncharged, price, fair = 0, list[Uncharged](), first, Fraction(0)

        for left, now in sorted(steps, reverse=True):
            rest = Rest(left, 43_200)
            amount = sum(differences([now - price], rest)) + carried(uncharged)
            fair += Fraction((now - price) * left, 43_200)
            charged = amount >= 50
            paid += sum(shares_of(amount, [now - price])) if charged else 0
            uncharged.append(Uncharged(amount, charged=charged))
            price = now

        assert abs(paid + carried(uncharged) - fair) <= len(steps)
        assert carried(uncharged) < 50
