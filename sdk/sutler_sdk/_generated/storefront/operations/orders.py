"""Operations of `orders`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

from sutler_sdk._calls import Operation
from sutler_sdk._generated.storefront.models.orders import StorefrontOrderDto
from sutler_sdk.paging import awalk, walk

if TYPE_CHECKING:
    from sutler_sdk.transport import AsyncTransport, Transport

GET_ORDERS = Operation("GET", "/v1/store/customer/orders", list[StorefrontOrderDto])
GET_ORDER_BY_ID = Operation("GET", "/v1/store/customer/orders/{order_id}", StorefrontOrderDto)


class Orders:
    """Operations of `orders`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_orders(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool | None = None
    ) -> list[StorefrontOrderDto]:
        """Get orders: `GET /v1/store/customer/orders`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(GET_ORDERS, query={"limit": limit, "after": after, "before": before, "asc": asc})

    def iterate(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool = True
    ) -> Iterator[StorefrontOrderDto]:
        """Every entry of `get_orders`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(self._transport, GET_ORDERS, query={"limit": limit, "after": after, "before": before, "asc": asc})

    def get_order_by_id(self, order_id: str) -> StorefrontOrderDto:
        """Get order by id: `GET /v1/store/customer/orders/{order_id}`."""
        return self._transport.call(GET_ORDER_BY_ID, path={"order_id": order_id})


class AsyncOrders:
    """Operations of `orders`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_orders(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool | None = None
    ) -> list[StorefrontOrderDto]:
        """Get orders: `GET /v1/store/customer/orders`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(GET_ORDERS, query={"limit": limit, "after": after, "before": before, "asc": asc})

    def iterate(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool = True
    ) -> AsyncIterator[StorefrontOrderDto]:
        """Every entry of `get_orders`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(self._transport, GET_ORDERS, query={"limit": limit, "after": after, "before": before, "asc": asc})

    async def get_order_by_id(self, order_id: str) -> StorefrontOrderDto:
        """Get order by id: `GET /v1/store/customer/orders/{order_id}`."""
        return await self._transport.call(GET_ORDER_BY_ID, path={"order_id": order_id})
