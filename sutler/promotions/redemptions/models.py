"""The table of redemptions: who uses which coupon for which checkout."""

from datetime import datetime
from typing import Final

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict, InvalidInput
from sutler.kernel.ids import FlakeId


class CouponRedemption(StoreRecord, table="coupon_redemptions"):
    """One use of a coupon: taken when a payment starts, released when that comes to nothing, kept once it is paid."""

    coupon_id: FlakeId
    customer_id: FlakeId
    checkout_id: FlakeId
    taken_at: datetime
    released_at: datetime | None = None
    kept_at: datetime | None = None


class PromoCodeUsedUp(InvalidInput):
    """This code was redeemed as often as it may be."""


class RedeemedTwice(Conflict):
    """This coupon is redeemed for this checkout already."""


COUNTS: Final = CouponRedemption.c.released_at.is_(None)
"""The redemptions that count against the limits."""

REDEMPTION = CouponRedemption.c
index("coupon_redemptions_coupon", REDEMPTION.store_id, REDEMPTION.coupon_id, REDEMPTION.customer_id, where=COUNTS)
index("coupon_redemptions_customer", REDEMPTION.store_id, REDEMPTION.customer_id)
unique(RedeemedTwice, REDEMPTION.store_id, REDEMPTION.checkout_id, REDEMPTION.coupon_id,
       name="coupon_redemptions_checkout", where=COUNTS)  # fmt: skip
