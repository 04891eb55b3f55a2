"""Arithmetic with money: exact, in whole minor units, the same on every machine."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutler.kernel.money import Currency, decimals, formatted, percent_floor, round_half_up, spread, spread_by

AMOUNTS = st.integers(-(2**63), 2**63 - 1)
CURRENCIES = st.sampled_from(["usd", "eur", "gbp", "chf", "jpy", "krw", "clp", "kwd", "tnd", "clf", "xaf", "sek", "cad"])
WEIGHTS = st.lists(st.integers(0, 10**12), min_size=1, max_size=12).filter(any)


class TestDecimals:
    @pytest.mark.parametrize(
        ("digits", "currencies"),
        [
            (0, "bif clp djf gnf isk jpy kmf krw pyg rwf ugx uyi vnd vuv xaf xof xpf"),
            (2, "usd eur gbp chf aud cad sek pln huf try inr mga mru brl"),
            (3, "bhd iqd jod kwd lyd omr tnd"),
            (4, "clf uyw"),
        ],
    )
    def test_are_those_of_iso_4217(self, digits: int, currencies: str) -> None:
        assert {decimals(currency) for currency in currencies.split()} == {digits}
        assert {decimals(currency.upper()) for currency in currencies.split()} == {digits}


class TestFormatted:
    @pytest.mark.parametrize(
        ("amount", "currency", "text"),
        [
            (200, "eur", "€2.00"),
            (1000, "usd", "$10.00"),
            (150, "gbp", "£1.50"),
            (-200, "eur", "-€2.00"),
            (-5, "usd", "-$0.05"),
            (0, "usd", "$0.00"),
            (1, "usd", "$0.01"),
            (123456789, "usd", "$1234567.89"),
            (200, "chf", "CHF 2.00"),
            (-200, "chf", "-CHF 2.00"),
            (500, "jpy", "¥500"),
            (-500, "krw", "-₩500"),
            (500, "clp", "CLP 500"),
            (1234, "kwd", "KWD 1.234"),
            (12, "kwd", "KWD 0.012"),
            (200, "cad", "CA$2.00"),
            (200, "EUR", "€2.00"),
            (2**63 - 1, "usd", "$92233720368547758.07"),
            (-(2**63), "usd", "-$92233720368547758.08"),
        ],
    )
    def test_is_written_like_the_wire_writes_it(self, amount: int, currency: str, text: str) -> None:
        assert formatted(amount, currency) == text

    @given(AMOUNTS, CURRENCIES)
    def test_keeps_every_digit(self, amount: int, currency: str) -> None:
        text = formatted(amount, currency)

        number = "".join(character for character in text if character in "-.0123456789")
        assert Decimal(number).scaleb(decimals(currency)) == amount
        assert len(number.partition(".")[2]) == decimals(currency)


class TestPercentFloor:
    @pytest.mark.parametrize(
        ("amount", "tenths", "part"),
        [
            (1499, 250, 374),
            (1000, 1000, 1000),
            (1000, 0, 0),
            (200, 125, 25),
            (199, 125, 24),
            (1, 999, 0),
            (-1499, 250, -375),
        ],
    )
    def test_rounds_down(self, amount: int, tenths: int, part: int) -> None:
        assert percent_floor(amount, tenths) == part

    @given(AMOUNTS, st.integers(0, 2000))
    def test_is_the_largest_whole_number_not_above_the_exact_part(self, amount: int, tenths: int) -> None:
        part = percent_floor(amount, tenths)

        assert part <= Fraction(amount * tenths, 1000) < part + 1


class TestRoundHalfUp:
    @pytest.mark.parametrize(
        ("numerator", "denominator", "whole"),
        [
            *[(5, 10, 1), (4, 10, 0), (15, 10, 2), (25, 10, 3), (-5, 10, -1), (-4, 10, 0), (1, 3, 0), (2, 3, 1), (0, 7, 0)],
            *[(1499 * 121, 100, 1814), (200 * 21, 100, 42)],
        ],
    )
    def test_takes_halves_away_from_zero(self, numerator: int, denominator: int, whole: int) -> None:
        assert round_half_up(numerator, denominator) == whole

    @given(st.integers(-(10**15), 10**15), st.integers(0, 6))
    def test_agrees_with_decimal_arithmetic(self, numerator: int, digits: int) -> None:
        exact = Decimal(numerator).scaleb(-digits)

        assert round_half_up(numerator, 10**digits) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))

    @given(AMOUNTS, st.integers(1, 2**63 - 1))
    def test_is_never_more_than_half_off_and_mirrors_refunds(self, numerator: int, denominator: int) -> None:
        whole = round_half_up(numerator, denominator)

        assert abs(Fraction(numerator, denominator) - whole) <= Fraction(1, 2)
        assert round_half_up(-numerator, denominator) == -whole

    @pytest.mark.parametrize("denominator", [0, -1])
    def test_refuses_a_denominator_that_is_not_positive(self, denominator: int) -> None:
        with pytest.raises(ValueError, match="positive denominator"):
            round_half_up(1, denominator)


class TestSpread:
    @pytest.mark.parametrize(
        ("total", "weights", "parts"),
        [
            (100, [1, 1, 1], [34, 33, 33]),
            (101, [1, 1, 1], [34, 34, 33]),
            (500, [1499, 999, 2], [300, 200, 0]),
            (1, [5, 10, 5], [0, 1, 0]),
            (10, [0, 3, 0, 7], [0, 3, 0, 7]),
            (-100, [1, 1, 1], [-34, -33, -33]),
            (0, [0, 0], [0, 0]),
            (0, [], []),
            (7, [3], [7]),
            (1, [1, 3], [0, 1]),
            (2, [1, 3], [0, 2]),
        ],
    )
    def test_gives_left_over_units_to_the_largest_remainders(self, total: int, weights: list[int], parts: list[int]) -> None:
        assert spread(total, weights) == parts

    @given(AMOUNTS, WEIGHTS)
    def test_adds_up_and_is_less_than_one_unit_off(self, total: int, weights: list[int]) -> None:
        parts = spread(total, weights)

        assert sum(parts) == total
        for part, weight in zip(parts, weights, strict=True):
            assert abs(Fraction(total * weight, sum(weights)) - part) < 1
            assert part * (1 if total > 0 else -1) >= 0

    @given(st.integers(0, 10**9), WEIGHTS)
    def test_gives_no_one_more_than_a_larger_weight_gets(self, total: int, weights: list[int]) -> None:
        by_weight = sorted(zip(weights, spread(total, weights), strict=True))

        assert [part for _, part in by_weight] == sorted(part for _, part in by_weight)

    @given(AMOUNTS, WEIGHTS)
    def test_takes_back_exactly_what_it_gave(self, total: int, weights: list[int]) -> None:
        assert spread(-total, weights) == [-part for part in spread(total, weights)]

    @given(st.integers(0, 10**6), st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
    def test_never_discounts_a_line_below_zero(self, discount: int, prices: list[int]) -> None:
        discount = min(discount, sum(prices))

        assert all(part <= price for part, price in zip(spread(discount, prices), prices, strict=True))

    @pytest.mark.parametrize("weights", [[], [0], [0, 0]])
    def test_refuses_to_lose_an_amount(self, weights: list[int]) -> None:
        with pytest.raises(ValueError, match="nothing has weight"):
            spread(1, weights)

    def test_refuses_negative_weights(self) -> None:
        with pytest.raises(ValueError, match="negative weight"):
            spread(10, [5, -1])


class TestSpreadBy:
    def test_prefers_the_smaller_key_among_equals(self) -> None:
        assert spread_by(4, {"c": 1, "a": 1, "b": 1}) == {"a": 2, "b": 1, "c": 1}

    def test_prefers_the_larger_weight_among_equal_remainders(self) -> None:
        assert spread_by(2, {"a": 1, "b": 3}) == {"a": 0, "b": 2}

    @given(AMOUNTS, st.dictionaries(st.integers(0, 99), st.integers(1, 5), min_size=1, max_size=8), st.randoms())
    def test_does_not_depend_on_the_order_of_its_keys(self, total: int, weights: dict[int, int], chance: Random) -> None:
        keys = list(weights)
        chance.shuffle(keys)

        shuffled = spread_by(total, {key: weights[key] for key in keys})

        assert shuffled == spread_by(total, weights)
        assert list(shuffled) == keys


class TestCurrency:
    def test_takes_three_lower_case_letters(self) -> None:
        assert msgspec.json.decode(b'"eur"', type=Currency) == "eur"

    @pytest.mark.parametrize("code", ["EUR", "eu", "euro", "e1r", "", "eur ", "eur\\n"])
    def test_refuses_anything_else(self, code: str) -> None:
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(f'"{code}"', type=Currency)
