"""What a purchase costs, whatever is in it."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutler.checkout.pricing import STEPS, LineToPrice, price

PRICES = st.one_of(st.just(0), st.integers(50, 500_000))
QUANTITIES = st.integers(1, 100)
CARTS = st.lists(st.tuples(PRICES, QUANTITIES), min_size=1, max_size=100)
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
        assert len(line.explained) == len(STEPS)

    @pytest.mark.parametrize(("amount", "quantity"), [(-1, 1), (100, 0), (100, -2)])
    def test_refuses_what_no_line_can_be(self, amount: int, quantity: int) -> None:
        with pytest.raises(ValueError, match="not negative"):
            price([LineToPrice(key="1", price=amount, quantity=quantity)], "usd")

    @given(CARTS)
    def test_adds_up_to_the_cent(self, cart: list[tuple[int, int]]) -> None:
        priced = price(lines(cart), "usd")

        assert priced.total_amount == sum(amount * quantity for amount, quantity in cart)
        for name in AMOUNTS:
            assert getattr(priced, name) == sum(getattr(line, name) for line in priced.lines)
        for line in priced.lines:
            without_tax = line.subtotal_amount - line.discount_amount - line.giftcard_usage_amount
            assert line.total_amount == without_tax + line.tax_amount
            assert all(type(getattr(line, name)) is int and getattr(line, name) >= 0 for name in AMOUNTS)

    @given(CARTS, st.randoms(use_true_random=False))
    def test_does_not_depend_on_the_order_of_the_lines(self, cart: list[tuple[int, int]], random: Random) -> None:
        wanted = lines(cart)
        shuffled = list(wanted)
        random.shuffle(shuffled)

        one, other = price(wanted, "usd"), price(shuffled, "usd")

        assert {line.key: line for line in one.lines} == {line.key: line for line in other.lines}
        assert [line.key for line in other.lines] == [line.key for line in shuffled]
        assert one.total_amount == other.total_amount
