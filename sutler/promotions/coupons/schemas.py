"""Coupons as clients send and see them."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int32, Int64, Moment, Query, Wire, or_unset
from sutler.promotions.coupons.models import Coupon, CouponDiscountType, CouponDuration

CouponFilterStatus = Literal["all", "active", "inactive"]
CouponFilterType = Literal["all", "manual", "generated"]
Ids = Annotated[list[FlakeId], Meta(max_length=1_000)]
Code = Annotated[str, Meta(max_length=100)]  # with the spaces around it
Note = Annotated[str, Meta(max_length=1_000)]


class UpdateCouponDto(Wire):
    """What changes about a coupon: what is left out stays, null stands for the usual value."""

    enabled: bool | UnsetType | None = UNSET
    code: Code | UnsetType | None = UNSET
    note: Note | UnsetType | None = UNSET
    duration: CouponDuration | UnsetType | None = UNSET
    duration_in_months: Int32 | UnsetType | None = UNSET
    duration_in_intervals: Int32 | UnsetType | None = UNSET
    discount_type: CouponDiscountType | UnsetType | None = UNSET
    discount_amount: Int64 | UnsetType | None = UNSET
    discount_apply_individually: bool | UnsetType | None = UNSET
    discount_apply_before_sales: bool | UnsetType | None = UNSET
    apply_to_products: Ids | UnsetType | None = UNSET
    apply_to_tags: Ids | UnsetType | None = UNSET
    usable_by_customer_id: FlakeId | UnsetType | None = UNSET
    minimum_order_value: Int64 | UnsetType | None = UNSET
    redeem_limit_store_enabled: bool | UnsetType | None = UNSET
    redeem_limit_store_amount: Int64 | UnsetType | None = UNSET
    redeem_limit_customer_enabled: bool | UnsetType | None = UNSET
    redeem_limit_customer_amount: Int64 | UnsetType | None = UNSET
    usable_on_one_time_purchase: bool | UnsetType | None = UNSET
    usable_on_subscription: bool | UnsetType | None = UNSET
    usable_at: Moment | UnsetType | None = UNSET
    expires_at: Moment | UnsetType | None = UNSET


class CreateCouponDto(UpdateCouponDto):
    """A new coupon. Only its discount is needed: without a `code` it gets one.

    `max_uses` is the store's redeem limit, switched on; `name`, `type` and `amount` are older words for `code`,
    `discount_type` and `discount_amount`.
    """

    max_uses: Int64 | UnsetType | None = UNSET
    name: Code | UnsetType | None = UNSET
    type: CouponDiscountType | UnsetType | None = UNSET
    amount: Int64 | UnsetType | None = UNSET


class CouponFilter(Query):
    """Which coupons to list. Active ones are enabled and may be used now; generated ones the store made by itself."""

    status: CouponFilterStatus = "all"
    type: CouponFilterType = "all"
    usable_by_customer_id: FlakeId | None = None


class CouponDto(Struct, kw_only=True):
    """A coupon as its managers see it."""

    id: FlakeId
    version_id: FlakeId
    store_id: FlakeId
    enabled: bool
    code: str
    note: str | None
    duration: CouponDuration
    duration_in_months: Int32 | None = None
    duration_in_intervals: Int32 | None
    discount_type: CouponDiscountType
    discount_amount: Int64
    discount_apply_individually: bool
    discount_apply_before_sales: bool
    apply_to_products: list[FlakeId] | None
    apply_to_tags: list[FlakeId] | None
    usable_by_customer_id: FlakeId | UnsetType = UNSET
    minimum_order_value: Int64
    redeem_limit_store_enabled: bool
    redeem_limit_store_amount: Int64
    redeem_limit_customer_enabled: bool
    redeem_limit_customer_amount: Int64
    usable_on_one_time_purchase: bool
    usable_on_subscription: bool
    usable_at: datetime | None
    expires_at: datetime | None
    created_by: Actor | UnsetType = UNSET
    created_at: datetime
    updated_by: Actor | UnsetType = UNSET
    updated_at: datetime | None


def shown(coupon: Coupon) -> CouponDto:
    """A coupon for those who manage the store."""
    named = [name for name in CouponDto.__struct_fields__ if name in Coupon.__struct_fields__]
    kept = {name: getattr(coupon, name) for name in named}
    kept |= {name: or_unset(kept[name]) for name in ("usable_by_customer_id", "created_by", "updated_by")}
    return CouponDto(
        version_id=coupon.coupon_version_id,
        apply_to_products=coupon.product_ids,
        apply_to_tags=coupon.tag_ids,
        **kept,
    )
