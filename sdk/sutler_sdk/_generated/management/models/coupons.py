"""What operations of `coupons` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.management.models.shared import ActorDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import CouponDiscountTypeDto, CouponDurationDto
else:  # a text that is new must not break a client
    CouponDiscountTypeDto = CouponDurationDto = str


class CouponDto(Model, frozen=True, kw_only=True):
    """`CouponDto` of the contract."""

    apply_to_products: list[str] | None = None
    apply_to_tags: list[str] | None = None
    code: str
    created_at: datetime
    created_by: ActorDto | None = None
    discount_amount: int
    """Minor units, or a share, as `discount_type` says."""
    discount_apply_before_sales: bool
    discount_apply_individually: bool
    discount_type: CouponDiscountTypeDto
    duration: CouponDurationDto
    duration_in_intervals: int | None = None
    duration_in_months: int | None = None
    enabled: bool
    expires_at: datetime | None = None
    id: str
    minimum_order_value: int
    """Minor units."""
    note: str | None = None
    redeem_limit_customer_amount: int
    redeem_limit_customer_enabled: bool
    redeem_limit_store_amount: int
    redeem_limit_store_enabled: bool
    store_id: str
    updated_at: datetime | None = None
    updated_by: ActorDto | None = None
    usable_at: datetime | None = None
    usable_by_customer_id: str | None = None
    usable_on_one_time_purchase: bool
    usable_on_subscription: bool
    version_id: str
