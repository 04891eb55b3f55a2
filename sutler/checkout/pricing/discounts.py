"""Offers of the checkout, sales, coupons and affiliate discounts. A discount is rounded down, and takes what is there."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from sutler.checkout.pricing.offers import AffiliateOffer, CouponOffer, SaleOffer
from sutler.checkout.pricing.results import PricedLine, StepName, Unused, Used
from sutler.checkout.pricing.units import off_each_unit
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import formatted, percent_floor, spread_by

Lines = list[PricedLine]


class Source(NamedTuple):
    """Where a discount comes from, and how people are told."""

    step: StepName
    what: str
    id: FlakeId


def with_upsell(line: PricedLine, currency: str) -> PricedLine:
    """The line with what it costs less because it was offered at the checkout, if it was."""
    offer = line.wanted.upsell
    if offer is None:
        return line
    if offer.kind == "percent":
        off = off_each_unit(line.left, line.quantity, offer.amount)
    else:
        off = min(offer.amount * line.quantity, line.left)
    if not off:
        return line
    taken = _less(line, off, Source("upsell", "The offer at the checkout", offer.product_id), currency)
    return replace(taken, upsell=Used(offer.product_id, off))


def with_sales(lines: Lines, sales: Sequence[SaleOffer], currency: str) -> Lines:
    """Every line with the one sale that takes most off it, if any does."""
    order_value = sum(line.subtotal_amount for line in lines)
    running = [sale for sale in sales if sale.minimum_order <= order_value]
    return [_with_best_sale(line, running, currency) for line in lines]


def _with_best_sale(line: PricedLine, sales: Sequence[SaleOffer], currency: str) -> PricedLine:
    for_it = [(_off_by_sale(line, sale), sale) for sale in sales if sale.scope.covers(line.wanted)]
    off, best = min(for_it, key=lambda one: (-one[0], int(one[1].id)), default=(0, None))
    if best is None or not off:
        return line
    taken = _less(line, off, Source("sale", f"The sale {best.name}", best.id), currency)
    return replace(taken, sale=Used(best.id, off, best.version_id))


def _off_by_sale(line: PricedLine, sale: SaleOffer) -> int:
    if sale.kind == "percent":
        return off_each_unit(line.left, line.quantity, sale.amount)
    return min(sale.amount * line.quantity, line.left)


def with_coupon(lines: Lines, coupon: CouponOffer, order_value: int, currency: str, unused: list[Unused]) -> Lines:
    """The lines with what a coupon takes off them; `order_value` is the order after sales and before coupons."""
    takers = [line for line in lines if line.wanted.takes_coupons and _is_for(coupon, line)]
    if reason := _why_not(coupon, lines, takers, order_value, currency):
        unused.append(Unused(coupon.id, coupon.code, reason))
        return lines
    off = _off_by_coupon(coupon, takers)
    if not any(off.values()):
        unused.append(Unused(coupon.id, coupon.code, f"{coupon.code} takes nothing off this order."))
        return lines
    return [_with_coupon(line, off.get(line.key, 0), coupon, currency) for line in lines]


def _is_for(coupon: CouponOffer, line: PricedLine) -> bool:
    return coupon.on_subscriptions if line.wanted.subscription else coupon.on_one_time


def _why_not(coupon: CouponOffer, lines: Lines, takers: Lines, order_value: int, currency: str) -> str | None:
    """Why a coupon has no effect on these lines, in words for whoever entered it."""
    if order_value < coupon.minimum_order:
        least = formatted(coupon.minimum_order, currency)
        return f"{coupon.code} is for orders of at least {least}; this one comes to {formatted(order_value, currency)}."
    if not any(coupon.scope.covers(line.wanted) for line in lines):
        return f"{coupon.code} is for other products than these."
    if not any(coupon.scope.covers(line.wanted) for line in takers):
        if any(line.wanted.takes_coupons and coupon.scope.covers(line.wanted) for line in lines):
            return f"{coupon.code} is for {'subscriptions' if coupon.on_subscriptions else 'one-time purchases'} only."
        return "Coupons cannot be used for these products."
    return None


def _off_by_coupon(coupon: CouponOffer, takers: Lines) -> Mapping[FlakeId, int]:
    """What each line gets: by itself if it is in scope, or its share of what the whole order gets."""
    if not coupon.individually:
        whole = sum(line.left for line in takers)
        off = percent_floor(whole, coupon.amount) if coupon.kind == "percent" else min(coupon.amount, whole)
        return spread_by(off, {line.key: line.left for line in takers})
    mine = [line for line in takers if coupon.scope.covers(line.wanted)]
    if coupon.kind == "percent":
        return {line.key: off_each_unit(line.left, line.quantity, coupon.amount) for line in mine}
    return {line.key: min(coupon.amount, line.left) for line in mine}


def _with_coupon(line: PricedLine, off: int, coupon: CouponOffer, currency: str) -> PricedLine:
    if not off:
        return line
    taken = _less(line, off, Source("coupon", f"The coupon {coupon.code}", coupon.id), currency)
    return replace(taken, coupons=(*line.coupons, Used(coupon.id, off, coupon.version_id)))


def with_affiliate(lines: Lines, affiliate: AffiliateOffer | None, currency: str) -> Lines:
    """The lines with what an affiliate's buyers get."""
    takers = [line for line in lines if line.wanted.takes_affiliates]
    if affiliate is None or not takers:
        return lines
    if affiliate.kind == "percent":
        off: Mapping[FlakeId, int] = {one.key: off_each_unit(one.left, one.quantity, affiliate.amount) for one in takers}
    else:
        whole = min(affiliate.amount, sum(line.left for line in takers))
        off = spread_by(whole, {line.key: line.left for line in takers})
    return [_with_affiliate(line, off.get(line.key, 0), affiliate, currency) for line in lines]


def _with_affiliate(line: PricedLine, off: int, affiliate: AffiliateOffer, currency: str) -> PricedLine:
    if not line.wanted.takes_affiliates:
        return line
    line = replace(line, affiliate=Used(affiliate.id, off))  # who earns from it even without a discount
    source = Source("affiliate", f"Coming from {affiliate.code}", affiliate.id)
    return _less(line, off, source, currency) if off else line


def _less(line: PricedLine, off: int, source: Source, currency: str) -> PricedLine:
    """The line with a discount taken off."""
    taken = replace(line, discount_amount=line.discount_amount + off)
    text = f"{source.what} takes off {formatted(off, currency)}, which leaves {formatted(taken.left, currency)}."
    return taken.changed(source.step, -off, text, source.id)
