"""A cart in another currency, whatever is in it: it adds up there as it does at home."""

from hypothesis import given
from hypothesis import strategies as st

from sutler.checkout.pricing.offers import Offers, TaxRate
from sutler.checkout.pricing.presentment import payable, presented
from sutler.checkout.pricing.price import price
from sutler.kernel.exchange import Conversion, converted, step
from tests.make.pricing import CARTS, CURRENCIES, OFFERS, line

RATES = st.decimals("0.001", "30000", places=6).map(str)
CONVERSIONS = st.builds(Conversion, st.sampled_from(["eur", "krw", "bhd"]), RATES)
WHOLES = ("subtotal_amount", "discount_amount", "giftcard_usage_amount", "tax_amount", "total_amount")
TO_EUR = Conversion("eur", "0.9")


class TestPresented:
    @given(CARTS, OFFERS, CURRENCIES, CONVERSIONS)
    def test_carts_add_up(self, lines: list[object], offers: Offers, currency: str, to: Conversion) -> None:
        cart = price(lines, currency, offers)  # type: ignore[arg-type]  # the strategy makes lines to price

        seen = presented(cart, to)

        if seen is None:  # nothing is left of it there, or too much for anybody to pay
            assert converted(cart.total_amount, currency, to) == 0 < cart.total_amount or cart.subtotal_amount > 1000
            return
        assert seen.whole.total_amount == converted(cart.total_amount, currency, to)
        assert seen.whole.total_amount % step(to.currency) == 0
        for name in WHOLES:
            assert getattr(seen.whole, name) == sum(getattr(one, name) for one in seen.lines.values())
        for one in cart.lines:
            found = seen.lines[one.key]
            on_top = 0 if one.tax_inclusive else found.tax_amount
            left = found.subtotal_amount - found.discount_amount - found.giftcard_usage_amount + on_top
            assert left == found.total_amount
            assert min(getattr(found, name) for name in WHOLES) >= 0
            for name in ("total_amount", "discount_amount"):
                assert bool(getattr(one, name)) >= bool(getattr(found, name))

    def test_lines_share_what_the_whole_comes_to(self) -> None:
        vat = (TaxRate("Germany", "VAT", 1900),)
        cart = price([line(333, key=str(key), taxes=vat) for key in range(3)], "usd")

        seen = presented(cart, TO_EUR)

        assert seen is not None
        assert cart.total_amount == 3 * 396
        assert [one.total_amount for one in seen.lines.values()] == [357, 356, 356]
        assert (seen.whole.total_amount, seen.whole.tax_amount, seen.whole.subtotal_amount) == (1069, 171, 898)

    def test_is_left_out_where_nothing_changes_or_nobody_can_pay_it(self) -> None:
        cart, free = price([line(50)], "usd"), price([line(0)], "usd")

        assert presented(cart, None) is None
        assert presented(cart, Conversion("usd", "1")) is None
        assert presented(cart, Conversion("eur", "0.009")) is None
        assert presented(cart, Conversion("eur", "2000000")) is None
        assert payable(cart, TO_EUR, lambda amount, currency: (amount, currency) != (45, "eur")) is None
        assert payable(free, TO_EUR, lambda *_: False) is not None
