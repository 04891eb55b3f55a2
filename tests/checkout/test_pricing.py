"""What a purchase costs, whatever is in it and whatever is taken off it."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sutler.checkout.pricing.offers import (
    NO_OFFERS,
    AffiliateOffer,
    CouponOffer,
    GiftCardOffer,
    Kind,
    LineToPrice,
    Offers,
    OptionToPrice,
    SaleOffer,
    Scope,
    TaxRate,
    UpsellOffer,
)
from sutler.checkout.pricing.price import price
from sutler.checkout.pricing.results import PricedCart, PricedLine, Used
from sutler.kernel.money import decimals, formatted, round_half_up
from tests.make.pricing import CARTS, CURRENCIES, OFFERS, line

AMOUNTS = ("subtotal_amount", "discount_amount", "giftcard_usage_amount", "tax_amount", "total_amount")
VAT = TaxRate("Netherlands", "VAT", 2100)
SALE = SaleOffer(id="31", version_id="32", name="Spring", kind="percent", amount=250)
COUPON = CouponOffer(id="41", version_id="42", code="TEN", kind="percent", amount=100, before_sales=False)
MANY = 100_000
CARD = GiftCardOffer(id="51", code="…ABCD", balance=1_000)


def priced(*lines: LineToPrice, offers: Offers = NO_OFFERS) -> PricedCart:
    """What these lines cost in dollars."""
    return price(lines, "usd", offers)


def only(*lines: LineToPrice, offers: Offers = NO_OFFERS) -> PricedLine:
    """What one line costs in dollars."""
    (found,) = priced(*lines, offers=offers).lines
    return found


class TestLines:
    def test_cost_their_price_times_their_quantity(self) -> None:
        cart = priced(line(1499, 3), line(50, key="2"))

        assert [(one.subtotal_amount, one.total_amount) for one in cart.lines] == [(4497, 4497), (50, 50)]
        assert (cart.subtotal_amount, cart.tax_amount, cart.total_amount) == (4547, 0, 4547)

    def test_say_what_was_chosen_and_what_that_costs(self) -> None:
        chosen = (
            OptionToPrice("Size: Huge", 5000, "percentage"), OptionToPrice("Used", -100, "fixed"),
            OptionToPrice("Red", 0, "fixed"),
        )  # fmt: skip

        found = only(line(1499, 2, options=chosen))

        assert (found.surcharges, found.price, found.total_amount) == ((750, -100, 0), 2149, 4298)
        assert found.explained[1].text == "Size: Huge adds $7.50, Used takes off $1.00: one unit costs $21.49."

    def test_never_come_to_less_than_nothing(self) -> None:
        cheap = (OptionToPrice("Voucher", -9_000, "fixed"), OptionToPrice("Bow", 100, "fixed"))

        assert only(line(1499, 2, options=cheap)).total_amount == 0

    def test_cost_what_they_cost_where_the_buyer_is(self) -> None:
        found = only(line(1000, 2, regional_price=600, options=(OptionToPrice("Big", 5000, "percentage"),)))

        assert (found.price, found.total_amount) == (900, 1800)
        assert [one.change for one in found.explained] == [2000, -800, 600, 0]

    def test_cost_nothing_while_they_are_tried(self) -> None:
        vat = (TaxRate("Netherlands", "VAT", 2100),)

        found = only(line(1000, options=(OptionToPrice("Big", 100, "fixed"),), taxes=vat, trial=True), offers=Offers())

        assert (found.price, found.total_amount, found.tax_amount) == (0, 0, 0)
        assert [one.change for one in found.explained][:3] == [1000, 100, -1100]
        assert found.explained[2].text == "Free while it is tried; afterwards, one unit costs $11.00."

    @pytest.mark.parametrize(("amount", "quantity"), [(-1, 1), (100, 0), (100, -2)])
    def test_are_refused_when_no_line_can_be_so(self, amount: int, quantity: int) -> None:
        with pytest.raises(ValueError, match="not negative"):
            priced(line(amount, quantity))


class TestUpsells:
    @pytest.mark.parametrize(
        ("kind", "amount", "off"), [("percent", 250, 748), ("amount", 100, 200), ("amount", 9_999, 2_998)]
    )
    def test_take_off_each_unit_of_their_line_before_anything_else_does(self, kind: Kind, amount: int, off: int) -> None:
        offer = UpsellOffer(product_id="7", kind=kind, amount=amount)

        cart = priced(line(1499, 2, upsell=offer), line(1499, key="2"), offers=Offers(sales=(SALE,)))

        assert cart.lines[0].upsell == Used("7", off)
        assert [one.step for one in cart.lines[0].explained][:2] == ["base_price", "upsell"]
        assert [one.step for one in cart.lines[1].explained] == ["base_price", "sale", "tax"]
        assert cart.lines[0].discount_amount == off + (cart.lines[0].sale.amount if cart.lines[0].sale else 0)


class TestSales:
    def test_take_the_same_off_each_unit(self) -> None:
        assert only(line(1499, 3), offers=Offers(sales=(SALE,))).discount_amount == 3 * 374

    def test_do_not_stack_and_the_best_one_wins(self) -> None:
        fixed = SaleOffer(id="33", version_id="34", name="Off", kind="amount", amount=400)

        found = only(line(1499, 2), offers=Offers(sales=(SALE, fixed)))

        assert found.sale is not None
        assert (found.sale.id, found.discount_amount) == ("33", 800)

    def test_wait_for_the_order_to_be_large_enough(self) -> None:
        sale = replace(SALE, minimum_order=2_000)

        assert only(line(1000, 1), offers=Offers(sales=(sale,))).discount_amount == 0
        assert only(line(1000, 2), offers=Offers(sales=(sale,))).discount_amount == 500

    def test_are_for_their_products_and_tags_only(self) -> None:
        sale = replace(SALE, scope=Scope(frozenset({"7"}), frozenset({"8"})))
        found = priced(
            line(1000, product_id="7"), line(1000, key="2", tag_ids=("9", "8")), line(1000, key="3", tag_ids=("7",)),
            offers=Offers(sales=(sale,)),
        )  # fmt: skip

        assert [one.discount_amount for one in found.lines] == [250, 250, 0]


class TestCoupons:
    def test_come_before_or_after_sales(self) -> None:
        five = replace(COUPON, kind="amount", amount=500)

        after = only(line(2000), offers=Offers(sales=(SALE,), coupons=(five,)))
        before = only(line(2000), offers=Offers(sales=(SALE,), coupons=(replace(five, before_sales=True),)))

        assert (after.total_amount, before.total_amount) == (1000, 1125)
        assert [one.step for one in before.explained] == ["base_price", "coupon", "sale", "tax"]

    def test_take_an_amount_off_every_line_or_off_the_order_once(self) -> None:
        wanted = (line(1000, 2), line(3000, key="2"))
        each = replace(COUPON, kind="amount", amount=300)

        assert priced(*wanted, offers=Offers(coupons=(each,))).discount_amount == 600
        once = priced(*wanted, offers=Offers(coupons=(replace(each, individually=False),)))
        assert [one.discount_amount for one in once.lines] == [120, 180]

    def test_never_take_more_than_there_is(self) -> None:
        large = replace(COUPON, kind="amount", amount=9_999)

        assert only(line(1000), offers=Offers(coupons=(large,))).total_amount == 0

    @pytest.mark.parametrize(
        ("coupon", "wanted", "reason"),
        [
            (replace(COUPON, minimum_order=1_001), line(1000), "TEN is for orders of at least $10.01; this one comes to"),
            (replace(COUPON, scope=Scope(frozenset({"7"}))), line(1000), "TEN is for other products than these."),
            (COUPON, line(1000, takes_coupons=False), "Coupons cannot be used for these products."),
            (COUPON, line(1000, subscription=True), "TEN is for one-time purchases only."),
            (COUPON, line(0), "TEN takes nothing off this order."),
        ],
    )
    def test_say_why_they_have_no_effect(self, coupon: CouponOffer, wanted: LineToPrice, reason: str) -> None:
        cart = priced(wanted, offers=Offers(coupons=(coupon,)))

        (unused,) = cart.unused
        assert unused.reason.startswith(reason)
        assert cart.discount_amount == 0

    def test_compare_their_minimum_with_the_order_after_sales(self) -> None:
        coupon = replace(COUPON, minimum_order=800, before_sales=True)

        assert priced(line(1000), offers=Offers(sales=(SALE,), coupons=(coupon,))).unused[0].id == COUPON.id
        assert not priced(line(1100), offers=Offers(sales=(SALE,), coupons=(coupon,))).unused


class TestAffiliates:
    def test_take_a_share_off_lines_that_allow_it(self) -> None:
        link = AffiliateOffer(id="61", code="joe", kind="percent", amount=100)

        cart = priced(line(1000), line(1000, key="2", takes_affiliates=False), offers=Offers(affiliate=link))

        assert [one.discount_amount for one in cart.lines] == [100, 0]

    def test_take_an_amount_off_once(self) -> None:
        link = AffiliateOffer(id="61", code="joe", kind="amount", amount=100)

        cart = priced(line(1000), line(3000, key="2"), offers=Offers(affiliate=link))

        assert [one.discount_amount for one in cart.lines] == [25, 75]


class TestGiftCards:
    def test_pay_before_tax_so_that_tax_falls_on_what_is_paid_in_money(self) -> None:
        found = only(line(1500, taxes=(VAT,)), offers=Offers(gift_cards=(CARD,)))

        assert (found.giftcard_usage_amount, found.tax_amount, found.total_amount) == (1000, 105, 605)

    def test_pay_tax_too_where_the_whole_sale_is_taxed(self) -> None:
        found = only(line(1500, taxes=(VAT,)), offers=Offers(gift_cards=(CARD,), tax_gift_cards=True))

        assert (found.giftcard_usage_amount, found.tax_amount, found.total_amount) == (1000, 315, 815)

    def test_are_used_one_after_the_other(self) -> None:
        cards = (CARD, replace(CARD, id="52", balance=900), replace(CARD, id="53"))

        cart = priced(line(1500, 1), offers=Offers(gift_cards=cards))

        assert [(used.id, used.amount) for used in cart.gift_cards] == [("51", 1000), ("52", 500)]
        assert [one.reason for one in cart.unused] == ["Nothing is left to pay with the gift card …ABCD."]

    def test_leave_nothing_or_enough_to_be_paid_in_money(self) -> None:
        assert only(line(1020), offers=Offers(gift_cards=(CARD,))).total_amount == 50
        assert only(line(1000), offers=Offers(gift_cards=(CARD,))).total_amount == 0
        assert only(line(1050), offers=Offers(gift_cards=(CARD,))).total_amount == 50

    def test_pay_for_nothing_that_they_may_not(self) -> None:
        cart = priced(line(400), line(500, key="2", takes_gift_cards=False), offers=Offers(gift_cards=(CARD,)))

        assert [one.giftcard_usage_amount for one in cart.lines] == [400, 0]


class TestTax:
    def test_comes_on_top(self) -> None:
        found = only(line(200, taxes=(VAT,)))

        assert (found.subtotal_amount, found.tax_amount, found.total_amount) == (200, 42, 242)
        assert not found.tax_inclusive

    def test_is_found_in_prices_that_contain_it(self) -> None:
        found = only(line(242, taxes=(VAT,), tax_mode="included"))

        assert (found.subtotal_amount, found.tax_amount, found.total_amount) == (242, 42, 242)
        assert found.tax_inclusive

    def test_is_put_into_prices_where_buyers_expect_it_there(self) -> None:
        found = only(line(1499, taxes=(VAT,), tax_mode="put_in"))

        assert (found.price, found.tax_amount, found.total_amount) == (1814, 315, 1814)

    def test_of_several_kinds_adds_up(self) -> None:
        taxes = (TaxRate("Texas", "State tax", 625), TaxRate("Austin", "City tax", 200))

        on_top, contained = only(line(999, taxes=taxes)), only(line(1081, taxes=taxes, tax_mode="included"))

        assert [one.amount for one in on_top.taxes] == [62, 20]
        assert (on_top.tax_amount, contained.tax_amount) == (82, 82)
        assert [one.amount for one in contained.taxes] == [62, 20]

    def test_gives_half_a_cent_to_the_tax(self) -> None:
        vat = TaxRate("United Kingdom", "VAT", 2000)

        assert [only(line(price, taxes=(vat,), tax_mode="included")).tax_amount for price in (399, 999, 2499)] == [
            67,
            167,
            417,
        ]

    def test_rounds_the_sum_of_what_one_jurisdiction_takes(self) -> None:
        texas = (TaxRate("Texas", "State tax", 625), TaxRate("Texas", "Local tax", 200))
        british_columbia = (TaxRate("Canada", "GST", 500), TaxRate("British Columbia", "PST", 700))

        together, apart = only(line(119, taxes=texas)), only(line(110, taxes=british_columbia))

        assert [one.amount for one in together.taxes] == [8, 2]  # 9.8175
        assert [one.amount for one in apart.taxes] == [6, 8]  # 5.5 and 7.7

    def test_says_why_there_is_none(self) -> None:
        found = only(line(200, not_taxed_reason="The buyer is a business in another country"))

        text = "The buyer is a business in another country, so $2.00 is to be paid."
        assert found.explained[-1].text == text


class TestEverything:
    @given(CARTS, OFFERS, CURRENCIES)
    def test_adds_up_to_the_last_unit(self, cart: list[LineToPrice], offers: Offers, currency: str) -> None:
        check_sums(price(cart, currency, offers), offers)

    @given(CARTS, OFFERS, st.randoms(use_true_random=False))
    def test_does_not_depend_on_the_order_of_the_lines(
        self, cart: list[LineToPrice], offers: Offers, random: Random
    ) -> None:
        check_order(cart, "usd", offers, random)

    @pytest.mark.soak
    @settings(max_examples=MANY, deadline=None, suppress_health_check=list(HealthCheck))
    @given(CARTS, OFFERS, CURRENCIES, st.randoms(use_true_random=False))
    def test_is_right_a_hundred_thousand_times(
        self, cart: list[LineToPrice], offers: Offers, currency: str, random: Random
    ) -> None:
        check_sums(price(cart, currency, offers), offers)
        check_order(cart, currency, offers, random)

    @given(CARTS, OFFERS)
    def test_gives_every_code_an_effect_or_a_reason(self, cart: list[LineToPrice], offers: Offers) -> None:
        found = price(cart, "usd", offers)

        used = {one.id for one in [*found.coupons, *found.gift_cards]}
        unused = {one.id for one in found.unused}
        assert used | unused == {one.id for one in offers.coupons} | {one.id for one in offers.gift_cards}
        assert not used & unused

    def test_is_tried_with_currencies_of_all_kinds(self) -> None:
        assert sorted(decimals(currency) for currency in ("jpy", "usd", "kwd")) == [0, 2, 3]


def check_sums(found: PricedCart, offers: Offers) -> None:
    """The cart is the sum of its lines, each line is right, and gift cards pay no more than is on them."""
    for name in AMOUNTS:
        assert getattr(found, name) == sum(getattr(one, name) for one in found.lines)
    for one in found.lines:
        check_line(one)
    for used in found.gift_cards:
        assert used.amount <= next(card.balance for card in offers.gift_cards if card.id == used.id)
    assert sum(used.amount for used in found.gift_cards) == found.giftcard_usage_amount
    assert sum(one.amount for one in found.taxes) == found.tax_amount
    money = sum(one.left for one in found.lines)
    if found.giftcard_usage_amount and not offers.tax_gift_cards:
        assert not 0 < money < offers.smallest_payment


def check_order(cart: list[LineToPrice], currency: str, offers: Offers, random: Random) -> None:
    """In another order the same lines come to the same."""
    shuffled = list(cart)
    random.shuffle(shuffled)

    one, other = price(cart, currency, offers), price(shuffled, currency, offers)

    assert {found.key: found for found in one.lines} == {found.key: found for found in other.lines}
    assert [found.key for found in other.lines] == [wanted.key for wanted in shuffled]
    assert one.total_amount == other.total_amount
    assert one.unused == other.unused


def check_line(one: PricedLine) -> None:
    """Nothing is below zero, the parts make the whole, and the explanation arrives at it."""
    assert all(type(getattr(one, name)) is int and getattr(one, name) >= 0 for name in AMOUNTS)
    assert one.subtotal_amount == one.price * one.quantity
    tax_on_top = 0 if one.tax_inclusive else one.tax_amount
    assert one.total_amount == one.left + tax_on_top
    assert sum(step.change for step in one.explained) == one.total_amount == one.explained[-1].amount
    parts: list[Used] = [*one.coupons, *(used for used in (one.upsell, one.sale, one.affiliate) if used is not None)]
    assert sum(used.amount for used in parts) == one.discount_amount
    assert all(used.amount > 0 for used in [*parts, *one.gift_cards] if used is not one.affiliate)
    check_tax(one, (one.taxes and one.taxes[0].taxable_amount) or 0)
    assert all(step.text.endswith(".") for step in one.explained)


def check_tax(one: PricedLine, taxable: int) -> None:
    """Each tax is its rate of what is taxed, to within the rounding."""
    for taxed in one.taxes:
        assert taxed.taxable_amount == taxable
        exact = round_half_up(taxable * taxed.rate.basis_points, 10_000)
        alone = sum(other.rate.jurisdiction == taxed.rate.jurisdiction for other in one.taxes) == 1
        assert abs(taxed.amount - exact) <= (len(one.taxes) if one.tax_inclusive or not alone else 0)
    if one.tax_inclusive:
        rate = sum(taxed.rate.basis_points for taxed in one.taxes)
        assert one.tax_amount == round_half_up((taxable + one.tax_amount) * rate, 10_000 + rate)


def test_explanations_name_amounts_as_people_write_them() -> None:
    found: Sequence[PricedLine] = price([line(250, 4)], "eur").lines

    assert found[0].explained[0].text == f"One unit costs €2.50; 4 of them come to {formatted(1000, 'eur')}."
