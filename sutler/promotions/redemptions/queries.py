"""How often coupons were redeemed, in the store and by a customer."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from sqlalchemy import case, func, select

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import StoreStatement, among, param
from sutler.kernel.data.records import Flake, Flakes
from sutler.kernel.ids import FlakeId
from sutler.promotions.coupons.models import Coupon
from sutler.promotions.redemptions.models import COUNTS, CouponRedemption

NOBODY: Final[FlakeId] = "0"
IS_THEIRS: Final = CouponRedemption.c.customer_id == param("customer_id", type_=Flake())
COUNTED: Final = StoreStatement(
    select(CouponRedemption.c.coupon_id, func.count(), func.sum(case((IS_THEIRS, 1), else_=0)))
    .where(
        CouponRedemption.c.store_id == param("store_id"),
        among(CouponRedemption.c.coupon_id, param("ids", type_=Flakes())),
        COUNTS,
    )
    .group_by(CouponRedemption.c.coupon_id)
)


class Uses(Struct, frozen=True):
    """How often a coupon was redeemed, by all and by one customer."""

    in_store: int = 0
    by_customer: int = 0

    def exhaust(self, coupon: Coupon) -> bool:
        """Whether the limits of the coupon leave no further use."""
        in_store = coupon.redeem_limit_store_enabled and self.in_store >= coupon.redeem_limit_store_amount
        return in_store or (coupon.redeem_limit_customer_enabled and self.by_customer >= coupon.redeem_limit_customer_amount)


UNUSED: Final = Uses()


async def uses(store: StoreContext, coupon_ids: Sequence[FlakeId], customer_id: FlakeId | None) -> dict[FlakeId, Uses]:
    """How often each of these coupons was redeemed; those that never were are left out. One statement."""
    rows = await store.run(COUNTED, ids=sorted(set(coupon_ids)), customer_id=customer_id or NOBODY)
    return {str(id): Uses(int(in_store), int(theirs)) for id, in_store, theirs in rows}


async def used_up(store: StoreContext, coupons: Sequence[Coupon], customer_id: FlakeId | None) -> set[FlakeId]:
    """The ids of those coupons that this customer cannot redeem any more; no statement where none has a limit.

    Others may redeem the last one before this customer pays: only `take` is certain.
    """
    limited = [coupon for coupon in coupons if coupon.limited]
    if not limited:
        return set()
    found = await uses(store, [coupon.id for coupon in limited], customer_id)
    return {coupon.id for coupon in limited if found.get(coupon.id, UNUSED).exhaust(coupon)}
