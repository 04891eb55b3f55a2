"""Which offers a subscription begins with, and until which of its cycles each of them counts.

A coupon counts for the first payment and for as many renewals as it says, a sale for as many cycles. What affiliates give
their buyers counts once; what affiliates earn goes on where their link is for subscriptions, too. A minimum order was met
when the subscription began and is asked for no more.
"""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from sutler.billing.cycle_prices.service import offers_in
from sutler.billing.subscriptions.models import Standing
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.pricing.offers import AffiliateOffer, LineToPrice, Offers
from sutler.checkout.pricing.price import price
from sutler.checkout.taxes.service import place_of, taxed
from sutler.checkout.totals.service import wanted
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.ids import FlakeId
from sutler.promotions.affiliate_links.models import AffiliateLink
from sutler.promotions.coupons.models import CouponVersion
from sutler.promotions.sales.models import SaleVersion
from sutler.stores.stores.models import Store

ONCE: Final = 1  # the first cycle that is paid


async def standing(store: StoreContext, lines: Sequence[LineToPrice], currency: str, offers: Offers) -> list[Standing]:
    """The offers of a checkout that make a cycle of these lines cheaper, or earn somebody something, with their ends.

    A sale counts, too, that only a coupon leaves nothing to take: it may last longer than the coupon.
    """
    if not (offers.sales or offers.coupons or offers.affiliate):
        return []
    cart = price(lines, currency, replace(offers, gift_cards=()))
    later = price(lines, currency, replace(offers, gift_cards=(), coupons=()))
    sales = {line.sale.id for line in (*cart.lines, *later.lines) if line.sale is not None}
    coupons = {used.id for used in cart.coupons}
    found = await _sales(store, replace(offers, sales=tuple(one for one in offers.sales if one.id in sales)))
    found += await _coupons(store, replace(offers, coupons=tuple(one for one in offers.coupons if one.id in coupons)))
    if offers.affiliate is not None and any(line.affiliate is not None for line in cart.lines):
        found += await _affiliate(store, offers.affiliate)
    return found


async def next_prices(
    store: StoreContext, seller: Store, checkout: Checkout, lines: Sequence[CheckoutLine]
) -> dict[FlakeId, int]:
    """What each line that renews will cost, tax included, in the cycle after what its new checkout pays; by its id."""
    renewing = [line for line in lines if line.subscription_interval_value is not None]
    if not renewing or checkout.subscription_id is not None:
        return {}
    costs = [replace(wanted(line), upsell=None) for line in renewing]  # an offer of the page counts once
    offers = await standing(store, costs, checkout.currency, checkout.offers)
    found = await taxed(store, seller, costs, place_of(checkout))
    cycle = ONCE if renewing[0].trial else ONCE + 1
    return {line.key: line.total_amount for line in price(found, checkout.currency, offers_in(offers, cycle)).lines}


async def _sales(store: StoreContext, offers: Offers) -> list[Standing]:
    if not offers.sales:
        return []
    ids = [one.version_id for one in offers.sales]
    terms = {one.id: one for one in await store.all(store.rows(SaleVersion).where(one_of_ids(SaleVersion.c.id, ids)))}
    found = []
    for sale in offers.sales:
        version = terms.get(sale.version_id)
        until = _until(version.duration, version.duration_in_intervals) if version else ONCE
        found.append(Standing(until=until, sale=replace(sale, minimum_order=0)))
    return found


async def _coupons(store: StoreContext, offers: Offers) -> list[Standing]:
    if not offers.coupons:
        return []
    ids = [one.version_id for one in offers.coupons]
    terms = {one.id: one for one in await store.all(store.rows(CouponVersion).where(one_of_ids(CouponVersion.c.id, ids)))}
    found = []
    for coupon in offers.coupons:
        version = terms.get(coupon.version_id)
        until = _until(version.duration, ONCE + (version.duration_in_intervals or 0)) if version else ONCE
        found.append(Standing(until=until, coupon=replace(coupon, minimum_order=0)))
    return found


def _until(duration: str, cycles: int) -> int | None:
    if duration == "forever":
        return None
    return max(ONCE, cycles) if duration == "repeating" else ONCE


async def _affiliate(store: StoreContext, offer: AffiliateOffer) -> list[Standing]:
    earns = Standing(affiliate=replace(offer, amount=0))
    link = await store.peek(store.rows(AffiliateLink).where(AffiliateLink.c.id == offer.id))
    goes_on = link is not None and link.apply_for_subscriptions
    return [Standing(until=ONCE, affiliate=offer), *([earns] if goes_on else [])]


def coupon_ids(offers: Sequence[Standing]) -> list[FlakeId]:
    """The coupons that a subscription began with."""
    return [one.coupon.id for one in offers if one.coupon is not None]
