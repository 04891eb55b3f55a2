"""Operations of `store`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sutler_sdk._calls import Operation
from sutler_sdk._generated.storefront.models.store import StorefrontStoreDto

if TYPE_CHECKING:
    from sutler_sdk.transport import AsyncTransport, Transport

GET_STOREFRONT_STORE = Operation("GET", "/v1/store", StorefrontStoreDto)


class Store:
    """Operations of `store`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_storefront_store(
        self, *, customer_ip: str | None = None, customer_countrycode: str | None = None
    ) -> StorefrontStoreDto:
        """Get storefront store: `GET /v1/store`."""
        return self._transport.call(
            GET_STOREFRONT_STORE,
            headers={"x-paynow-customer-ip": customer_ip, "x-paynow-customer-countrycode": customer_countrycode},
        )


class AsyncStore:
    """Operations of `store`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_storefront_store(
        self, *, customer_ip: str | None = None, customer_countrycode: str | None = None
    ) -> StorefrontStoreDto:
        """Get storefront store: `GET /v1/store`."""
        return await self._transport.call(
            GET_STOREFRONT_STORE,
            headers={"x-paynow-customer-ip": customer_ip, "x-paynow-customer-countrycode": customer_countrycode},
        )
