"""The tables of coupons: what they are now, and every version of their terms that there ever was."""

from datetime import datetime
from typing import Final, Literal

import msgspec
from sqlalchemy import func

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId, new_id
from sutler.promotions.scopes.models import Scoped

CouponDuration = Literal["once", "forever", "repeating"]
CouponDiscountType = Literal["unspecified", "percent", "amount"]  # the first is never kept


class CouponTerms(Scoped):
    """What a coupon gives, on what, to whom and when. `discount_amount` is in minor units or tenths of a percent."""

    code: str
    duration: CouponDuration
    duration_in_intervals: int | None
    discount_type: CouponDiscountType
    discount_amount: int
    discount_apply_individually: bool
    discount_apply_before_sales: bool
    usable_by_customer_id: FlakeId | None
    minimum_order_value: int
    redeem_limit_store_enabled: bool
    redeem_limit_store_amount: int
    redeem_limit_customer_enabled: bool
    redeem_limit_customer_amount: int
    usable_on_one_time_purchase: bool
    usable_on_subscription: bool
    usable_at: datetime | None
    expires_at: datetime | None


class Coupon(CouponTerms, table="coupons"):
    """A coupon as it is now. A deleted one keeps its row, because orders tell of it, and gives its code free."""

    enabled: bool
    note: str | None = None
    generated: bool = False  # by the store itself, for a mail
    coupon_version_id: FlakeId = msgspec.field(default_factory=new_id)
    deleted_at: datetime | None = None

    @property
    def limited(self) -> bool:
        """Whether it may be redeemed only so often."""
        return self.redeem_limit_store_enabled or self.redeem_limit_customer_enabled


class CouponVersion(CouponTerms, table="coupon_versions"):
    """The terms of a coupon as they once were; its id is the version id. Never changed."""

    coupon_id: FlakeId


class CouponCodeTaken(Conflict):
    """Another coupon of this store already has this code, in whatever case."""


LIVING: Final = Coupon.c.deleted_at.is_(None)
"""The coupons that are not deleted."""
TERMS: Final = tuple(name for name in CouponTerms.__struct_fields__ if name not in StoreRecord.__struct_fields__)
"""What makes a new version when it changes."""

unique(CouponCodeTaken, Coupon.c.store_id, func.lower(Coupon.c.code), name="coupons_code", where=LIVING)
index("coupons_newest", Coupon.c.store_id, Coupon.c.id, where=LIVING)
index("coupons_customer", Coupon.c.store_id, Coupon.c.usable_by_customer_id)
index("coupon_versions_coupon", CouponVersion.c.store_id, CouponVersion.c.coupon_id)
