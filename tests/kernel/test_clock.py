"""The only source of time."""

from datetime import UTC, datetime, timedelta

from sutler.kernel import clock

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


class TestNow:
    def test_is_the_wall_clock_in_utc(self) -> None:
        moment = clock.now()

        assert abs(moment - datetime.now(UTC)) < timedelta(seconds=5)
        assert moment.utcoffset() == timedelta()

    def test_never_ends_in_a_zero_that_the_wire_would_trim(self) -> None:
        assert all(clock.now().microsecond % 10 for _ in range(10_000))

    def test_stands_still_inside_a_test_clock_and_nowhere_else(self) -> None:
        with clock.standing_at(NOON):
            inside, real = clock.now(), clock.real_now()

        assert inside == NOON
        assert real != NOON
        assert clock.now() != NOON

    def test_of_a_store_without_a_test_clock_is_real(self) -> None:
        with clock.standing_at(None):
            assert not clock.is_test_time()
