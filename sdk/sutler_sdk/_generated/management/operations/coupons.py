"""Operations of `coupons`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.coupons import CouponDto
from sutler_sdk.paging import awalk, walk

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import (
        CouponDiscountTypeDto,
        CouponDurationDto,
        CouponFilterStatusDto,
        CouponFilterTypeDto,
    )
    from sutler_sdk.transport import AsyncTransport, Transport

GET_COUPONS_FOR_STORE = Operation("GET", "/v1/stores/{store_id}/coupons", list[CouponDto])
CREATE_COUPON_FOR_STORE = Operation("POST", "/v1/stores/{store_id}/coupons", CouponDto)
GET_COUPON_BY_ID_FOR_STORE = Operation("GET", "/v1/stores/{store_id}/coupons/{coupon_id}", CouponDto)
UPDATE_COUPON_FOR_STORE = Operation("PATCH", "/v1/stores/{store_id}/coupons/{coupon_id}", CouponDto)
DELETE_COUPON_FOR_STORE = Operation("DELETE", "/v1/stores/{store_id}/coupons/{coupon_id}", type(None))


class Coupons:
    """Operations of `coupons`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_coupons_for_store(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
        status: CouponFilterStatusDto | None = None,
        type: CouponFilterTypeDto | None = None,
        usable_by_customer_id: str | None = None,
    ) -> list[CouponDto]:
        """Get coupons for store: `GET /v1/stores/{store_id}/coupons`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_COUPONS_FOR_STORE,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "status": status,
                "type": type,
                "usable_by_customer_id": usable_by_customer_id,
            },
        )

    def iterate(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
        status: CouponFilterStatusDto | None = None,
        type: CouponFilterTypeDto | None = None,
        usable_by_customer_id: str | None = None,
    ) -> Iterator[CouponDto]:
        """Every entry of `get_coupons_for_store`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport,
            GET_COUPONS_FOR_STORE,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "status": status,
                "type": type,
                "usable_by_customer_id": usable_by_customer_id,
            },
        )

    def create_coupon_for_store(
        self,
        *,
        discount_amount: int,
        discount_type: CouponDiscountTypeDto,
        apply_to_products: Sequence[str] | UnsetType | None = UNSET,
        apply_to_tags: Sequence[str] | UnsetType | None = UNSET,
        code: str | UnsetType | None = UNSET,
        discount_apply_before_sales: bool | UnsetType | None = UNSET,
        discount_apply_individually: bool | UnsetType | None = UNSET,
        duration: CouponDurationDto | UnsetType | None = UNSET,
        duration_in_intervals: int | UnsetType | None = UNSET,
        duration_in_months: int | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        expires_at: datetime | UnsetType | None = UNSET,
        minimum_order_value: int | UnsetType | None = UNSET,
        note: str | UnsetType | None = UNSET,
        redeem_limit_customer_amount: int | UnsetType | None = UNSET,
        redeem_limit_customer_enabled: bool | UnsetType | None = UNSET,
        redeem_limit_store_amount: int | UnsetType | None = UNSET,
        redeem_limit_store_enabled: bool | UnsetType | None = UNSET,
        usable_at: datetime | UnsetType | None = UNSET,
        usable_by_customer_id: str | UnsetType | None = UNSET,
        usable_on_one_time_purchase: bool | UnsetType | None = UNSET,
        usable_on_subscription: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> CouponDto:
        """Create coupon for store: `POST /v1/stores/{store_id}/coupons`.

        `discount_amount`: minor units, or a share, as `discount_type` says.
        `minimum_order_value`: minor units.
        """
        return self._transport.call(
            CREATE_COUPON_FOR_STORE,
            body={
                "apply_to_products": apply_to_products,
                "apply_to_tags": apply_to_tags,
                "code": code,
                "discount_amount": discount_amount,
                "discount_apply_before_sales": discount_apply_before_sales,
                "discount_apply_individually": discount_apply_individually,
                "discount_type": discount_type,
                "duration": duration,
                "duration_in_intervals": duration_in_intervals,
                "duration_in_months": duration_in_months,
                "enabled": enabled,
                "expires_at": expires_at,
                "minimum_order_value": minimum_order_value,
                "note": note,
                "redeem_limit_customer_amount": redeem_limit_customer_amount,
                "redeem_limit_customer_enabled": redeem_limit_customer_enabled,
                "redeem_limit_store_amount": redeem_limit_store_amount,
                "redeem_limit_store_enabled": redeem_limit_store_enabled,
                "usable_at": usable_at,
                "usable_by_customer_id": usable_by_customer_id,
                "usable_on_one_time_purchase": usable_on_one_time_purchase,
                "usable_on_subscription": usable_on_subscription,
            },
            idempotency_key=idempotency_key,
        )

    def get_coupon_by_id_for_store(self, coupon_id: str) -> CouponDto:
        """Get coupon by id for store: `GET /v1/stores/{store_id}/coupons/{coupon_id}`."""
        return self._transport.call(GET_COUPON_BY_ID_FOR_STORE, path={"coupon_id": coupon_id})

    def update_coupon_for_store(
        self,
        coupon_id: str,
        *,
        apply_to_products: Sequence[str] | UnsetType | None = UNSET,
        apply_to_tags: Sequence[str] | UnsetType | None = UNSET,
        code: str | UnsetType | None = UNSET,
        discount_amount: int | UnsetType | None = UNSET,
        discount_apply_before_sales: bool | UnsetType | None = UNSET,
        discount_apply_individually: bool | UnsetType | None = UNSET,
        discount_type: CouponDiscountTypeDto | UnsetType | None = UNSET,
        duration: CouponDurationDto | UnsetType | None = UNSET,
        duration_in_intervals: int | UnsetType | None = UNSET,
        duration_in_months: int | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        expires_at: datetime | UnsetType | None = UNSET,
        minimum_order_value: int | UnsetType | None = UNSET,
        note: str | UnsetType | None = UNSET,
        redeem_limit_customer_amount: int | UnsetType | None = UNSET,
        redeem_limit_customer_enabled: bool | UnsetType | None = UNSET,
        redeem_limit_store_amount: int | UnsetType | None = UNSET,
        redeem_limit_store_enabled: bool | UnsetType | None = UNSET,
        usable_at: datetime | UnsetType | None = UNSET,
        usable_by_customer_id: str | UnsetType | None = UNSET,
        usable_on_one_time_purchase: bool | UnsetType | None = UNSET,
        usable_on_subscription: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> CouponDto:
        """Update coupon for store: `PATCH /v1/stores/{store_id}/coupons/{coupon_id}`.

        `discount_amount`: minor units, or a share, as `discount_type` says.
        `minimum_order_value`: minor units.
        """
        return self._transport.call(
            UPDATE_COUPON_FOR_STORE,
            path={"coupon_id": coupon_id},
            body={
                "apply_to_products": apply_to_products,
                "apply_to_tags": apply_to_tags,
                "code": code,
                "discount_amount": discount_amount,
                "discount_apply_before_sales": discount_apply_before_sales,
                "discount_apply_individually": discount_apply_individually,
                "discount_type": discount_type,
                "duration": duration,
                "duration_in_intervals": duration_in_intervals,
                "duration_in_months": duration_in_months,
                "enabled": enabled,
                "expires_at": expires_at,
                "minimum_order_value": minimum_order_value,
                "note": note,
                "redeem_limit_customer_amount": redeem_limit_customer_amount,
                "redeem_limit_customer_enabled": redeem_limit_customer_enabled,
                "redeem_limit_store_amount": redeem_limit_store_amount,
                "redeem_limit_store_enabled": redeem_limit_store_enabled,
                "usable_at": usable_at,
                "usable_by_customer_id": usable_by_customer_id,
                "usable_on_one_time_purchase": usable_on_one_time_purchase,
                "usable_on_subscription": usable_on_subscription,
            },
            idempotency_key=idempotency_key,
        )

    def delete_coupon_for_store(self, coupon_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete coupon for store: `DELETE /v1/stores/{store_id}/coupons/{coupon_id}`."""
        return self._transport.call(DELETE_COUPON_FOR_STORE, path={"coupon_id": coupon_id}, idempotency_key=idempotency_key)


class AsyncCoupons:
    """Operations of `coupons`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_coupons_for_store(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
        status: CouponFilterStatusDto | None = None,
        type: CouponFilterTypeDto | None = None,
        usable_by_customer_id: str | None = None,
    ) -> list[CouponDto]:
        """Get coupons for store: `GET /v1/stores/{store_id}/coupons`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_COUPONS_FOR_STORE,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "status": status,
                "type": type,
                "usable_by_customer_id": usable_by_customer_id,
            },
        )

    def iterate(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
        status: CouponFilterStatusDto | None = None,
        type: CouponFilterTypeDto | None = None,
        usable_by_customer_id: str | None = None,
    ) -> AsyncIterator[CouponDto]:
        """Every entry of `get_coupons_for_store`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport,
            GET_COUPONS_FOR_STORE,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "status": status,
                "type": type,
                "usable_by_customer_id": usable_by_customer_id,
            },
        )

    async def create_coupon_for_store(
        self,
        *,
        discount_amount: int,
        discount_type: CouponDiscountTypeDto,
        apply_to_products: Sequence[str] | UnsetType | None = UNSET,
        apply_to_tags: Sequence[str] | UnsetType | None = UNSET,
        code: str | UnsetType | None = UNSET,
        discount_apply_before_sales: bool | UnsetType | None = UNSET,
        discount_apply_individually: bool | UnsetType | None = UNSET,
        duration: CouponDurationDto | UnsetType | None = UNSET,
        duration_in_intervals: int | UnsetType | None = UNSET,
        duration_in_months: int | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        expires_at: datetime | UnsetType | None = UNSET,
        minimum_order_value: int | UnsetType | None = UNSET,
        note: str | UnsetType | None = UNSET,
        redeem_limit_customer_amount: int | UnsetType | None = UNSET,
        redeem_limit_customer_enabled: bool | UnsetType | None = UNSET,
        redeem_limit_store_amount: int | UnsetType | None = UNSET,
        redeem_limit_store_enabled: bool | UnsetType | None = UNSET,
        usable_at: datetime | UnsetType | None = UNSET,
        usable_by_customer_id: str | UnsetType | None = UNSET,
        usable_on_one_time_purchase: bool | UnsetType | None = UNSET,
        usable_on_subscription: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> CouponDto:
        """Create coupon for store: `POST /v1/stores/{store_id}/coupons`.

        `discount_amount`: minor units, or a share, as `discount_type` says.
        `minimum_order_value`: minor units.
        """
        return await self._transport.call(
            CREATE_COUPON_FOR_STORE,
            body={
                "apply_to_products": apply_to_products,
                "apply_to_tags": apply_to_tags,
                "code": code,
                "discount_amount": discount_amount,
                "discount_apply_before_sales": discount_apply_before_sales,
                "discount_apply_individually": discount_apply_individually,
                "discount_type": discount_type,
                "duration": duration,
                "duration_in_intervals": duration_in_intervals,
                "duration_in_months": duration_in_months,
                "enabled": enabled,
                "expires_at": expires_at,
                "minimum_order_value": minimum_order_value,
                "note": note,
                "redeem_limit_customer_amount": redeem_limit_customer_amount,
                "redeem_limit_customer_enabled": redeem_limit_customer_enabled,
                "redeem_limit_store_amount": redeem_limit_store_amount,
                "redeem_limit_store_enabled": redeem_limit_store_enabled,
                "usable_at": usable_at,
                "usable_by_customer_id": usable_by_customer_id,
                "usable_on_one_time_purchase": usable_on_one_time_purchase,
                "usable_on_subscription": usable_on_subscription,
            },
            idempotency_key=idempotency_key,
        )

    async def get_coupon_by_id_for_store(self, coupon_id: str) -> CouponDto:
        """Get coupon by id for store: `GET /v1/stores/{store_id}/coupons/{coupon_id}`."""
        return await self._transport.call(GET_COUPON_BY_ID_FOR_STORE, path={"coupon_id": coupon_id})

    async def update_coupon_for_store(
        self,
        coupon_id: str,
        *,
        apply_to_products: Sequence[str] | UnsetType | None = UNSET,
        apply_to_tags: Sequence[str] | UnsetType | None = UNSET,
        code: str | UnsetType | None = UNSET,
        discount_amount: int | UnsetType | None = UNSET,
        discount_apply_before_sales: bool | UnsetType | None = UNSET,
        discount_apply_individually: bool | UnsetType | None = UNSET,
        discount_type: CouponDiscountTypeDto | UnsetType | None = UNSET,
        duration: CouponDurationDto | UnsetType | None = UNSET,
        duration_in_intervals: int | UnsetType | None = UNSET,
        duration_in_months: int | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        expires_at: datetime | UnsetType | None = UNSET,
        minimum_order_value: int | UnsetType | None = UNSET,
        note: str | UnsetType | None = UNSET,
        redeem_limit_customer_amount: int | UnsetType | None = UNSET,
        redeem_limit_customer_enabled: bool | UnsetType | None = UNSET,
        redeem_limit_store_amount: int | UnsetType | None = UNSET,
        redeem_limit_store_enabled: bool | UnsetType | None = UNSET,
        usable_at: datetime | UnsetType | None = UNSET,
        usable_by_customer_id: str | UnsetType | None = UNSET,
        usable_on_one_time_purchase: bool | UnsetType | None = UNSET,
        usable_on_subscription: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> CouponDto:
        """Update coupon for store: `PATCH /v1/stores/{store_id}/coupons/{coupon_id}`.

        `discount_amount`: minor units, or a share, as `discount_type` says.
        `minimum_order_value`: minor units.
        """
        return await self._transport.call(
            UPDATE_COUPON_FOR_STORE,
            path={"coupon_id": coupon_id},
            body={
                "apply_to_products": apply_to_products,
                "apply_to_tags": apply_to_tags,
                "code": code,
                "discount_amount": discount_amount,
                "discount_apply_before_sales": discount_apply_before_sales,
                "discount_apply_individually": discount_apply_individually,
                "discount_type": discount_type,
                "duration": duration,
                "duration_in_intervals": duration_in_intervals,
                "duration_in_months": duration_in_months,
                "enabled": enabled,
                "expires_at": expires_at,
                "minimum_order_value": minimum_order_value,
                "note": note,
                "redeem_limit_customer_amount": redeem_limit_customer_amount,
                "redeem_limit_customer_enabled": redeem_limit_customer_enabled,
                "redeem_limit_store_amount": redeem_limit_store_amount,
                "redeem_limit_store_enabled": redeem_limit_store_enabled,
                "usable_at": usable_at,
                "usable_by_customer_id": usable_by_customer_id,
                "usable_on_one_time_purchase": usable_on_one_time_purchase,
                "usable_on_subscription": usable_on_subscription,
            },
            idempotency_key=idempotency_key,
        )

    async def delete_coupon_for_store(self, coupon_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete coupon for store: `DELETE /v1/stores/{store_id}/coupons/{coupon_id}`."""
        return await self._transport.call(
            DELETE_COUPON_FOR_STORE, path={"coupon_id": coupon_id}, idempotency_key=idempotency_key
        )
