"""Operations of `sales`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.sales import SaleDto

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import SaleDiscountTypeDto, SaleDurationDto
    from sutler_sdk.transport import AsyncTransport, Transport

GET_SALES = Operation("GET", "/v1/stores/{store_id}/sales", list[SaleDto])
CREATE_SALE = Operation("POST", "/v1/stores/{store_id}/sales", SaleDto)
GET_SALE = Operation("GET", "/v1/stores/{store_id}/sales/{sale_id}", SaleDto)
UPDATE_SALE = Operation("PATCH", "/v1/stores/{store_id}/sales/{sale_id}", SaleDto)
DELETE_SALE_BY_ID = Operation("DELETE", "/v1/stores/{store_id}/sales/{sale_id}", type(None))


class Sales:
    """Operations of `sales`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_sales(self) -> list[SaleDto]:
        """Get sales: `GET /v1/stores/{store_id}/sales`."""
        return self._transport.call(GET_SALES)

    def create_sale(
        self,
        *,
        discount_amount: int,
        discount_type: SaleDiscountTypeDto,
        name: str,
        apply_to_product_ids: Sequence[str] | UnsetType | None = UNSET,
        apply_to_tag_ids: Sequence[str] | UnsetType | None = UNSET,
        begins_at: datetime | UnsetType | None = UNSET,
        duration: SaleDurationDto | UnsetType | None = UNSET,
        duration_in_intervals: int | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        ends_at: datetime | UnsetType | None = UNSET,
        minimum_order_value: int | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> SaleDto:
        """Create sale: `POST /v1/stores/{store_id}/sales`."""
        return self._transport.call(
            CREATE_SALE,
            body={
                "apply_to_product_ids": apply_to_product_ids,
                "apply_to_tag_ids": apply_to_tag_ids,
                "begins_at": begins_at,
                "discount_amount": discount_amount,
                "discount_type": discount_type,
                "duration": duration,
                "duration_in_intervals": duration_in_intervals,
                "enabled": enabled,
                "ends_at": ends_at,
                "minimum_order_value": minimum_order_value,
                "name": name,
            },
            idempotency_key=idempotency_key,
        )

    def get_sale(self, sale_id: str) -> SaleDto:
        """Get sale: `GET /v1/stores/{store_id}/sales/{sale_id}`."""
        return self._transport.call(GET_SALE, path={"sale_id": sale_id})

    def update_sale(
        self,
        sale_id: str,
        *,
        apply_to_product_ids: Sequence[str] | UnsetType | None = UNSET,
        apply_to_tag_ids: Sequence[str] | UnsetType | None = UNSET,
        begins_at: datetime | UnsetType | None = UNSET,
        discount_amount: int | UnsetType | None = UNSET,
        discount_type: SaleDiscountTypeDto | UnsetType | None = UNSET,
        duration: SaleDurationDto | UnsetType | None = UNSET,
        duration_in_intervals: int | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        ends_at: datetime | UnsetType | None = UNSET,
        minimum_order_value: int | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> SaleDto:
        """Update sale: `PATCH /v1/stores/{store_id}/sales/{sale_id}`."""
        return self._transport.call(
            UPDATE_SALE,
            path={"sale_id": sale_id},
            body={
                "apply_to_product_ids": apply_to_product_ids,
                "apply_to_tag_ids": apply_to_tag_ids,
                "begins_at": begins_at,
                "discount_amount": discount_amount,
                "discount_type": discount_type,
                "duration": duration,
                "duration_in_intervals": duration_in_intervals,
                "enabled": enabled,
                "ends_at": ends_at,
                "minimum_order_value": minimum_order_value,
                "name": name,
            },
            idempotency_key=idempotency_key,
        )

    def delete_sale_by_id(self, sale_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete sale by id: `DELETE /v1/stores/{store_id}/sales/{sale_id}`."""
        return self._transport.call(DELETE_SALE_BY_ID, path={"sale_id": sale_id}, idempotency_key=idempotency_key)


class AsyncSales:
    """Operations of `sales`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_sales(self) -> list[SaleDto]:
        """Get sales: `GET /v1/stores/{store_id}/sales`."""
        return await self._transport.call(GET_SALES)

    async def create_sale(
        self,
        *,
        discount_amount: int,
        discount_type: SaleDiscountTypeDto,
        name: str,
        apply_to_product_ids: Sequence[str] | UnsetType | None = UNSET,
        apply_to_tag_ids: Sequence[str] | UnsetType | None = UNSET,
        begins_at: datetime | UnsetType | None = UNSET,
        duration: SaleDurationDto | UnsetType | None = UNSET,
        duration_in_intervals: int | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        ends_at: datetime | UnsetType | None = UNSET,
        minimum_order_value: int | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> SaleDto:
        """Create sale: `POST /v1/stores/{store_id}/sales`."""
        return await self._transport.call(
            CREATE_SALE,
            body={
                "apply_to_product_ids": apply_to_product_ids,
                "apply_to_tag_ids": apply_to_tag_ids,
                "begins_at": begins_at,
                "discount_amount": discount_amount,
                "discount_type": discount_type,
                "duration": duration,
                "duration_in_intervals": duration_in_intervals,
                "enabled": enabled,
                "ends_at": ends_at,
                "minimum_order_value": minimum_order_value,
                "name": name,
            },
            idempotency_key=idempotency_key,
        )

    async def get_sale(self, sale_id: str) -> SaleDto:
        """Get sale: `GET /v1/stores/{store_id}/sales/{sale_id}`."""
        return await self._transport.call(GET_SALE, path={"sale_id": sale_id})

    async def update_sale(
        self,
        sale_id: str,
        *,
        apply_to_product_ids: Sequence[str] | UnsetType | None = UNSET,
        apply_to_tag_ids: Sequence[str] | UnsetType | None = UNSET,
        begins_at: datetime | UnsetType | None = UNSET,
        discount_amount: int | UnsetType | None = UNSET,
        discount_type: SaleDiscountTypeDto | UnsetType | None = UNSET,
        duration: SaleDurationDto | UnsetType | None = UNSET,
        duration_in_intervals: int | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        ends_at: datetime | UnsetType | None = UNSET,
        minimum_order_value: int | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> SaleDto:
        """Update sale: `PATCH /v1/stores/{store_id}/sales/{sale_id}`."""
        return await self._transport.call(
            UPDATE_SALE,
            path={"sale_id": sale_id},
            body={
                "apply_to_product_ids": apply_to_product_ids,
                "apply_to_tag_ids": apply_to_tag_ids,
                "begins_at": begins_at,
                "discount_amount": discount_amount,
                "discount_type": discount_type,
                "duration": duration,
                "duration_in_intervals": duration_in_intervals,
                "enabled": enabled,
                "ends_at": ends_at,
                "minimum_order_value": minimum_order_value,
                "name": name,
            },
            idempotency_key=idempotency_key,
        )

    async def delete_sale_by_id(self, sale_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete sale by id: `DELETE /v1/stores/{store_id}/sales/{sale_id}`."""
        return await self._transport.call(DELETE_SALE_BY_ID, path={"sale_id": sale_id}, idempotency_key=idempotency_key)
