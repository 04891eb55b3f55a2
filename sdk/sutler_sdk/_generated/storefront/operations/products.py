"""Operations of `products`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sutler_sdk._calls import Operation
from sutler_sdk._generated.storefront.models.products import StorefrontProductDto

if TYPE_CHECKING:
    from sutler_sdk.transport import AsyncTransport, Transport

GET_STOREFRONT_PRODUCTS = Operation("GET", "/v1/store/products", list[StorefrontProductDto])
GET_STOREFRONT_PRODUCT = Operation("GET", "/v1/store/products/{id_or_slug}", StorefrontProductDto)


class Products:
    """Operations of `products`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_storefront_products(
        self,
        *,
        tag: Sequence[str] | None = None,
        currency: str | None = None,
        customer_ip: str | None = None,
        customer_countrycode: str | None = None,
    ) -> list[StorefrontProductDto]:
        """Get storefront products: `GET /v1/store/products`."""
        return self._transport.call(
            GET_STOREFRONT_PRODUCTS,
            query={"tag": tag, "currency": currency},
            headers={"x-paynow-customer-ip": customer_ip, "x-paynow-customer-countrycode": customer_countrycode},
        )

    def get_storefront_product(
        self,
        id_or_slug: str,
        *,
        currency: str | None = None,
        customer_ip: str | None = None,
        customer_countrycode: str | None = None,
    ) -> StorefrontProductDto:
        """Get storefront product: `GET /v1/store/products/{id_or_slug}`."""
        return self._transport.call(
            GET_STOREFRONT_PRODUCT,
            path={"id_or_slug": id_or_slug},
            query={"currency": currency},
            headers={"x-paynow-customer-ip": customer_ip, "x-paynow-customer-countrycode": customer_countrycode},
        )


class AsyncProducts:
    """Operations of `products`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_storefront_products(
        self,
        *,
        tag: Sequence[str] | None = None,
        currency: str | None = None,
        customer_ip: str | None = None,
        customer_countrycode: str | None = None,
    ) -> list[StorefrontProductDto]:
        """Get storefront products: `GET /v1/store/products`."""
        return await self._transport.call(
            GET_STOREFRONT_PRODUCTS,
            query={"tag": tag, "currency": currency},
            headers={"x-paynow-customer-ip": customer_ip, "x-paynow-customer-countrycode": customer_countrycode},
        )

    async def get_storefront_product(
        self,
        id_or_slug: str,
        *,
        currency: str | None = None,
        customer_ip: str | None = None,
        customer_countrycode: str | None = None,
    ) -> StorefrontProductDto:
        """Get storefront product: `GET /v1/store/products/{id_or_slug}`."""
        return await self._transport.call(
            GET_STOREFRONT_PRODUCT,
            path={"id_or_slug": id_or_slug},
            query={"currency": currency},
            headers={"x-paynow-customer-ip": customer_ip, "x-paynow-customer-countrycode": customer_countrycode},
        )
