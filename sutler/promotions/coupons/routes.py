"""The management API of coupons."""

from typing import Annotated

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId
from sutler.promotions.coupons import queries, service
from sutler.promotions.coupons.schemas import CouponDto, CouponFilter, CreateCouponDto, UpdateCouponDto, shown

routes = Routes("/v1/stores/{storeId}/coupons", tag="coupons")
Reader = Annotated[StoreContext, reads("coupon_read")]
Creator = Annotated[StoreContext, writes("coupon_create")]
Updater = Annotated[StoreContext, writes("coupon_update")]
Deleter = Annotated[StoreContext, writes("coupon_delete")]


@routes.get("", "StoreCoupons_GetCouponsForStore")
async def list_coupons(store: Reader, page: Page, wanted: CouponFilter) -> list[CouponDto]:
    """List coupons, newest first, a hundred at a time unless asked otherwise, with those that have expired."""
    return [shown(coupon) for coupon in await queries.page(store, page, wanted)]


@routes.post("", "StoreCoupons_CreateCouponForStore")
async def create_coupon(store: Creator, new: CreateCouponDto) -> CouponDto:
    """Make a coupon: a code that takes a percentage or an amount off a purchase.

    A percentage is in tenths of a percent, 250 is 25 %; more than 1000 is read as basis points. Without products and
    tags it is for everything; without a code it gets one.
    """
    return shown(await service.create(store, new))


@routes.get("/{couponId}", "StoreCoupons_GetCouponByIdForStore")
async def get_coupon(store: Reader, coupon_id: FlakeId) -> CouponDto:
    """Show one coupon."""
    return shown(await queries.one(store, coupon_id))


@routes.patch("/{couponId}", "StoreCoupons_UpdateCouponForStore")
async def update_coupon(store: Updater, coupon_id: FlakeId, changes: UpdateCouponDto) -> CouponDto:
    """Change a coupon: what is left out stays, null stands for the usual value, lists replace those before.

    Changed terms get a new version; orders go on to name the one that they were placed under.
    """
    return shown(await service.update(store, coupon_id, changes))


@routes.delete("/{couponId}", "StoreCoupons_DeleteCouponForStore")
async def delete_coupon(store: Deleter, coupon_id: FlakeId) -> None:
    """Delete a coupon for good. Orders keep what it took off, and its code is free again."""
    await service.delete(store, coupon_id)
