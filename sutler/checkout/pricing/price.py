"""The price of a cart: the steps in their order.

Base price, regional price, options, what is owned of a ladder, nothing at all while it is tried, what an offer of the
checkout takes off its own line, coupons before sales, the best sale, other coupons, affiliate, gift cards, tax. All amounts
are whole minor units of one currency; discounts are rounded down unit by unit, tax half up line by line.
"""

from collections.abc import Sequence

from sutler.checkout.pricing.discounts import with_affiliate, with_coupon, with_sales, with_upsell
from sutler.checkout.pricing.gift_cards import with_gift_cards
from sutler.checkout.pricing.offers import NO_OFFERS, LineToPrice, Offers
from sutler.checkout.pricing.results import PricedCart, Unused, summed
from sutler.checkout.pricing.tax import with_tax
from sutler.checkout.pricing.units import before_offers


def price(lines: Sequence[LineToPrice], currency: str, offers: Offers = NO_OFFERS) -> PricedCart:
    """The price of a cart, line by line, the same in whatever order the lines come.

    ValueError for a negative price or a quantity below one.
    """
    found = [with_upsell(before_offers(line, currency), currency) for line in lines]
    order_value = sum(line.left for line in with_sales(found, offers.sales, currency))
    unused: list[Unused] = []
    for coupon in (coupon for coupon in offers.coupons if coupon.before_sales):
        found = with_coupon(found, coupon, order_value, currency, unused)
    found = with_sales(found, offers.sales, currency)
    for coupon in (coupon for coupon in offers.coupons if not coupon.before_sales):
        found = with_coupon(found, coupon, order_value, currency, unused)
    found = with_affiliate(found, offers.affiliate, currency)
    if offers.tax_gift_cards:
        found = with_gift_cards([with_tax(line, currency) for line in found], offers, currency, unused)
    else:
        found = [with_tax(line, currency) for line in with_gift_cards(found, offers, currency, unused)]
    return summed(currency, found, unused)
