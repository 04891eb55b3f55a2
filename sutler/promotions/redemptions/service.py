"""Redeeming coupons, so that none is redeemed more often than its limits allow, and giving redemptions back.

Whoever redeems a coupon with a limit waits for all others who do: the coupon's row is the lock, held until the
transaction ends. Only then are the redemptions counted, so that no two buyers get the same last one.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import param, rows
from sutler.kernel.ids import FlakeId
from sutler.promotions.coupons.models import Coupon
from sutler.promotions.redemptions.models import COUNTS, CouponRedemption, PromoCodeUsedUp
from sutler.promotions.redemptions.queries import used_up

OF_CHECKOUT = rows(CouponRedemption).where(CouponRedemption.c.checkout_id == param("checkout_id"), COUNTS)
NOT_KEPT = OF_CHECKOUT.where(CouponRedemption.c.kept_at.is_(None))


class Wanted(Struct, frozen=True, kw_only=True):
    """One use of a coupon, by a customer for a checkout."""

    coupon: Coupon
    customer_id: FlakeId
    checkout_id: FlakeId


async def take(store: StoreContext, wanted: Sequence[Wanted], at: datetime | None = None) -> None:
    """Redeem all of these coupons or none of them.

    PromoCodeUsedUp names a code that its limits do not leave a use of, RedeemedTwice when the checkout has it already.
    Coupons without limits are written down as well, because a limit that is set later counts them. Call it when a payment
    starts.
    """
    for one in sorted(
        wanted, key=lambda one: int(one.coupon.id)
    ):  # always in the same order: no two buyers wait in a circle
        if one.coupon.limited:
            locked = await store.get(Coupon, one.coupon.id)
            if await used_up(store, [locked], one.customer_id):
                raise PromoCodeUsedUp(
                    f"The code {locked.code} was redeemed as often as it may be. Take it off and try again."
                )
        await store.add(
            CouponRedemption(
                coupon_id=one.coupon.id, customer_id=one.customer_id, checkout_id=one.checkout_id, taken_at=at or clock.now()
            )
        )


async def release(store: StoreContext, checkout_id: FlakeId) -> None:
    """Give back what a checkout has taken: its payment came to nothing. What is kept or given back already stays so."""
    await store.change_all(NOT_KEPT, {"released_at": clock.now()}, checkout_id=checkout_id)


async def keep(store: StoreContext, checkout_id: FlakeId) -> None:
    """The checkout is paid: what it has taken is redeemed for good, also when the order is refunded later."""
    await store.change_all(NOT_KEPT, {"kept_at": clock.now()}, checkout_id=checkout_id)
