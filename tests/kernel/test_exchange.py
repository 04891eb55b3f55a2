"""Converting amounts, and reading the rates of the European Central Bank."""

import io
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutler.kernel.currencies import CURRENCIES, CURRENCY_OF
from sutler.kernel.exchange import Conversion, converted, parts, rate_text, read_rate, step
from sutler.kernel.money import decimals
from sutler.kernel.outside import ecb
from tests.make.exchange import daily_xml

CODES = st.sampled_from(["jpy", "usd", "kwd"])
RATES = st.decimals("0.0001", "30000", places=8).map(str)
DAY = datetime(2026, 3, 2, tzinfo=UTC)
DAILY = "Date, USD, JPY, \n02 March 2026, 1.0870, 160.27, \n"


def zipped(*files: str) -> bytes:
    """These texts in an archive."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for number, text in enumerate(files):
            archive.writestr(f"{number}.csv", text)
    return kept.getvalue()


class TestConverted:
    @given(st.integers(-(10**10), 10**10), CODES, CODES, RATES)
    def test_amounts_are_the_nearest_that_can_be_paid(self, amount: int, base: str, currency: str, rate: str) -> None:
        found = converted(amount, base, Conversion(currency, rate))

        exact = Fraction(amount) * Fraction(Decimal(rate)) * 10 ** decimals(currency) / 10 ** decimals(base)
        assert found % step(currency) == 0
        assert abs(found - exact) <= Fraction(step(currency), 2)
        assert found == -converted(-amount, base, Conversion(currency, rate))

    @pytest.mark.parametrize(
        ("amount", "base", "currency", "rate", "found"),
        [
            (1499, "usd", "jpy", "147.4425", 2210),
            (100, "jpy", "usd", "0.00675", 68),
            (1499, "usd", "kwd", "0.3081877", 4620),
        ],
        ids=["none", "from none", "three"],
    )
    def test_decimals_are_those_of_both_currencies(
        self, amount: int, base: str, currency: str, rate: str, found: int
    ) -> None:
        assert converted(amount, base, Conversion(currency, rate)) == found

    @given(st.integers(1, 10**9), st.lists(st.integers(1, 10**6), min_size=1, max_size=5), CODES, RATES)
    def test_parts_add_up_to_the_whole(self, amount: int, weights: list[int], currency: str, rate: str) -> None:
        whole = converted(amount, "usd", Conversion(currency, rate))

        found = parts(whole, dict(enumerate(weights)), currency)

        assert sum(found.values()) == whole
        assert all(part % step(currency) == 0 for part in found.values())


class TestRates:
    def test_have_ten_digits(self) -> None:
        assert [rate_text(one) for one in (Fraction(2, 3), Fraction(1000), Fraction(1, 30_000))] == [
            "0.6666666667", "1000", "0.00003333333333",
        ]  # fmt: skip

    @pytest.mark.parametrize("text", ["", "0", "-1", "NaN", "Infinity", "1e3", "1,5", "1_0", "١", "1.1.1", "9" * 13])
    def test_are_plain_numbers_above_zero(self, text: str) -> None:
        with pytest.raises(ValueError, match="is no rate"):
            read_rate(text)


class TestCountries:
    def test_have_a_currency_each(self) -> None:
        assert {CURRENCY_OF[one] for one in ("DE", "US", "GB", "JP", "KW")} == {"eur", "usd", "gbp", "jpy", "kwd"}
        assert all(len(country) == 2 and country.isupper() for country in CURRENCY_OF)
        assert all(len(code) == 3 and code.islower() for code in CURRENCIES)


class TestFiles:
    @pytest.mark.parametrize(
        "content",
        [daily_xml(DAY).encode(), DAILY.encode(), b"\xef\xbb\xbf" + DAILY.encode(), zipped(DAILY)],
        ids=["xml", "csv", "with mark", "zip"],
    )
    def test_of_a_day_are_read(self, content: bytes) -> None:
        (found,) = ecb.read(content)

        assert found.day == DAY
        assert (found.rates["usd"], found.rates["jpy"]) == ("1.087", "160.27")

    def test_of_many_days_come_newest_first_without_what_had_no_rate(self) -> None:
        found = ecb.read(b"Date,USD,CYP,\n2026-02-27,1.08,N/A,\n2026-03-02,1.09,,\n1999-01-04,1.1789,0.58231,\n")

        assert [(f"{one.day:%Y-%m-%d}", dict(one.rates)) for one in found] == [
            ("2026-03-02", {"usd": "1.09"}), ("2026-02-27", {"usd": "1.08"}),
            ("1999-01-04", {"usd": "1.1789", "cyp": "0.58231"}),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "content",
        [
            b"", b"hello", b"<not-closed>", b"PK nothing", zipped(DAILY, DAILY), b"Date,USD\nyesterday,1.1\n",
            b"Date,USD\n2026-03-02,much\n", b"Date,DOLLAR\n2026-03-02,1.1\n", b"\xff\xfe",
            b'<!DOCTYPE r [<!ENTITY a "b">]><r><Cube time="2026-03-02"><Cube currency="USD" rate="1"/></Cube></r>',
            b'<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>',
        ],
    )  # fmt: skip
    def test_that_are_something_else_are_refused(self, content: bytes) -> None:
        with pytest.raises(ecb.BadRates):
            ecb.read(content)

    def test_that_unpack_to_too_much_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ecb, "LARGEST_FILE", 1000)

        for content in (b" " * 1001, zipped(" " * 1001)):
            with pytest.raises(ecb.BadRates, match="at most"):
                ecb.read(content)
