"""What a purchase costs, whatever is in it."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sutler.checkout.pricing import STEPS, LineToPrice, OptionToPrice, price
from sutler.kernel.money import decimals, formatted

PRICES = st.one_of(st.just(0), st.integers(50, 500_000))
QUANTITIES = st.integers(1, 100)
CARTS = st.lists(st.tuples(PRICES, QUANTITIES), min_size=1, max_size=100)
CURRENCIES = st.sampled_from(["jpy", "usd", "kwd"])
OPTIONS = st.builds(
    OptionToPrice, st.just("Option"), st.integers(-1_000_000, 1_000_000), st.sampled_from(["fixed", "percentage"])
)
AMOUNTS = ("subtotal_amount", "discount_amount", "giftcard_usage_amount", "tax_amount", "total_amount")


def lines(cart: list[tuple[int, int]]) -> list[LineToPrice]:
    """The lines of a cart of prices and quantities, with ascending keys."""
    return [LineToPrice(key=str(n), price=amount, quantity=quantity) for n, (amount, quantity) in enumerate(cart, 1)]


class TestPrice:
    def test_multiplies_price_and_quantity(self) -> None:
        cart = price([LineToPrice(key="1", price=1499, quantity=3), LineToPrice(key="2", price=50, quantity=1)], "usd")

        assert [(line.subtotal_amount, line.total_amount) for line in cart.lines] == [(4497, 4497), (50, 50)]
        assert (cart.subtotal_amount, cart.tax_amount, cart.total_amount) == (4547, 0, 4547)

    def test_explains_every_step_of_every_line(self) -> None:
        (line,) = price([LineToPrice(key="1", price=250, quantity=4)], "eur").lines

        said = [(explanation.step, explanation.amount) for explanation in line.explained]
        assert said == [("base_price", 250), ("quantity", 1000), ("tax", 1000)]
        assert line.explained[1].text == "4 × €2.50 makes €10.00."
        assert len(line.explained) == len(STEPS) - 1  # nothing was chosen

    def test_says_what_was_chosen_and_what_that_costs(self) -> None:
        chosen = (
            OptionToPrice("Size: Huge", 5000, "percentage"), OptionToPrice("Used", -100, "fixed"),
            OptionToPrice("Red", 0, "fixed"),
        )  # fmt: skip

        (line,) = price([LineToPrice(key="1", price=1499, quantity=2, options=chosen)], "usd").lines

        assert (line.surcharges, line.price, line.total_amount) == ((750, -100, 0), 2149, 4298)
        assert line.explained[1].text == "Size: Huge adds $7.50, Used takes off $1.00: one unit costs $21.49."
        assert len(line.explained) == len(STEPS)

    def test_never_comes_to_less_than_nothing(self) -> None:
        cheap = (OptionToPrice("Voucher", -9_000, "fixed"), OptionToPrice("Bow", 100, "fixed"))

        (line,) = price([LineToPrice(key="1", price=1499, quantity=2, options=cheap)], "usd").lines

        assert (line.price, line.total_amount) == (0, 0)

    @pytest.mark.parametrize(("amount", "quantity"), [(-1, 1), (100, 0), (100, -2)])
    def test_refuses_what_no_line_can_be(self, amount: int, quantity: int) -> None:
        with pytest.raises(ValueError, match="not negative"):
            price([LineToPrice(key="1", price=amount, quantity=quantity)], "usd")

    @given(CARTS, st.lists(OPTIONS, max_size=5).map(tuple), CURRENCIES)
    def test_adds_up_in_every_currency(
        self, cart: list[tuple[int, int]], options: tuple[OptionToPrice, ...], currency: str
    ) -> None:
        priced = price([replace(line, options=options) for line in lines(cart)], currency)

        assert priced.total_amount == sum(line.price * line.quantity for line in priced.lines)
        for line, (amount, _) in zip(priced.lines, cart, strict=True):
            assert line.price == max(0, amount + sum(line.surcharges))
            assert line.explained[-1].text.endswith(f"{formatted(line.total_amount, currency)} is to be paid.")
        for name in AMOUNTS:
            assert getattr(priced, name) == sum(getattr(line, name) for line in priced.lines)
        for line in priced.lines:
            without_tax = line.subtotal_amount - line.discount_amount - line.giftcard_usage_amount
            assert line.total_amount == without_tax + line.tax_amount
            assert all(type(getattr(line, name)) is int and getattr(line, name) >= 0 for name in AMOUNTS)

    def test_is_tried_with_currencies_of_all_kinds(self) -> None:
        assert [decimals(currency) for currency in ("jpy", "usd", "kwd")] == [0, 2, 3]

    @given(CARTS, st.randoms(use_true_random=False))
    def test_does_not_depend_on_the_order_of_the_lines(self, cart: list[tuple[int, int]], random: Random) -> None:
        wanted = lines(cart)
        shuffled = list(wanted)
        random.shuffle(shuffled)

        one, other = price(wanted, "usd"), price(shuffled, "usd")

        assert {line.key: line for line in one.lines} == {line.key: line for line in other.lines}
        assert [line.key for line in other.lines] == [line.key for line in shuffled]
        assert one.total_amount == other.total_amount
