"""`sutler currency`: exchange rates on the command line."""

from datetime import timedelta

from sutler.kernel import clock
from tests.cli.conftest import Installation
from tests.make.exchange import daily_xml


class TestCurrency:
    def test_imports_pins_and_lists(self, sqlite_place: Installation) -> None:
        place = sqlite_place
        place.says("store", "create", "Shop")
        today, old = place.folder / "today.xml", place.folder / "old.xml"
        today.write_text(daily_xml())
        old.write_text(daily_xml(clock.real_now() - timedelta(days=30)))

        assert "They are too old to be used." in place.says("currency", "import", str(old))
        assert "has taken in 1 day of rates" in place.says("currency", "import", str(today))
        assert "1 USD is 0.9 EUR" in place.says("currency", "pin", "usd", "eur", "0.90")
        listed = [row.split()[:4] for row in place.says("currency", "list").splitlines()]
        assert listed[1] == ["usd", "eur", "0.9", "pinned"]
        assert ["eur", "jpy", "160.27"] in [row[:3] for row in listed]
        assert place.says("currency", "unpin", "eur", "usd") == ""
        assert "reference rates" in place.refuses("currency", "import", __file__)
