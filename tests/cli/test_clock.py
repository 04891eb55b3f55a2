"""`sutler clock`: the time of a store in test mode, from the command line."""

from tests.cli.conftest import Installation


class TestClock:
    def test_stands_still_is_moved_and_is_released(self, sqlite_place: Installation) -> None:
        place = sqlite_place
        place.says("store", "create", "Shop")
        assert "lives in real time" in place.says("clock", "show")

        frozen = place.says("clock", "freeze")
        assert place.says("clock", "show") == frozen
        assert "lives in real time" in place.says("clock", "release")
        assert "The clock stands at 2100-02-28 12:00:00 UTC." in place.says("clock", "to", "2100-02-28T12:00")
        assert "The clock stands at 2104-02-29 13:00:00 UTC." in place.says("clock", "advance", "4y1d1h")
        assert "time never goes back" in place.refuses("clock", "release")
        assert "looks like 40d" in place.refuses("clock", "advance", "40")
        assert "can only be moved forward" in place.refuses("clock", "to", "2050-01-01")
        assert "is no moment" in place.refuses("clock", "to", "tomorrow")
