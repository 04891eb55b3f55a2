"""Operations of `delivery`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

from sutler_sdk._calls import Operation
from sutler_sdk._deprecation import deprecated
from sutler_sdk._generated.storefront.models.delivery import StorefrontDeliveryItemDto
from sutler_sdk.paging import awalk, walk

if TYPE_CHECKING:
    from sutler_sdk.transport import AsyncTransport, Transport

GET_STOREFRONT_CUSTOMER_DELIVERY_ITEMS_LEGACY = Operation(
    "GET", "/v1/store/customer/command-delivery", list[StorefrontDeliveryItemDto]
)
GET_STOREFRONT_CUSTOMER_DELIVERY_ITEMS = Operation(
    "GET", "/v1/store/customer/delivery/items", list[StorefrontDeliveryItemDto]
)


class Delivery:
    """Operations of `delivery`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @deprecated("The contract calls this deprecated. Use get_storefront_customer_delivery_items.")
    def get_storefront_customer_delivery_items_legacy(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool | None = None
    ) -> list[StorefrontDeliveryItemDto]:
        """Get storefront customer delivery items legacy: `GET /v1/store/customer/command-delivery`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_STOREFRONT_CUSTOMER_DELIVERY_ITEMS_LEGACY,
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )

    def get_storefront_customer_delivery_items(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool | None = None
    ) -> list[StorefrontDeliveryItemDto]:
        """Get storefront customer delivery items: `GET /v1/store/customer/delivery/items`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_STOREFRONT_CUSTOMER_DELIVERY_ITEMS, query={"limit": limit, "after": after, "before": before, "asc": asc}
        )

    def iterate(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool = True
    ) -> Iterator[StorefrontDeliveryItemDto]:
        """Every entry of `get_storefront_customer_delivery_items`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport,
            GET_STOREFRONT_CUSTOMER_DELIVERY_ITEMS,
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )


class AsyncDelivery:
    """Operations of `delivery`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    @deprecated("The contract calls this deprecated. Use get_storefront_customer_delivery_items.")
    async def get_storefront_customer_delivery_items_legacy(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool | None = None
    ) -> list[StorefrontDeliveryItemDto]:
        """Get storefront customer delivery items legacy: `GET /v1/store/customer/command-delivery`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_STOREFRONT_CUSTOMER_DELIVERY_ITEMS_LEGACY,
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )

    async def get_storefront_customer_delivery_items(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool | None = None
    ) -> list[StorefrontDeliveryItemDto]:
        """Get storefront customer delivery items: `GET /v1/store/customer/delivery/items`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_STOREFRONT_CUSTOMER_DELIVERY_ITEMS, query={"limit": limit, "after": after, "before": before, "asc": asc}
        )

    def iterate(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool = True
    ) -> AsyncIterator[StorefrontDeliveryItemDto]:
        """Every entry of `get_storefront_customer_delivery_items`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport,
            GET_STOREFRONT_CUSTOMER_DELIVERY_ITEMS,
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )
