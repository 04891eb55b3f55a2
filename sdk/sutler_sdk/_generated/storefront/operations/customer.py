"""Operations of `customer`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sutler_sdk._calls import Operation
from sutler_sdk._generated.storefront.models.customer import (
    AuthenticateStorefrontCustomerResponseDto,
    CustomerDto,
    StorefrontGiftCardDto,
)

if TYPE_CHECKING:
    from sutler_sdk._generated.storefront.enums import CustomerProfilePlatform
    from sutler_sdk.transport import AsyncTransport, Transport

GET_STOREFRONT_CUSTOMER = Operation("GET", "/v1/store/customer", CustomerDto)
AUTHENTICATE_STOREFRONT_CUSTOMER = Operation("POST", "/v1/store/customer/auth", AuthenticateStorefrontCustomerResponseDto)
GET_STOREFRONT_GIFT_CARD = Operation("GET", "/v1/store/customer/giftcards/lookup/{code}", StorefrontGiftCardDto)


class Customer:
    """Operations of `customer`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_storefront_customer(self) -> CustomerDto:
        """Get storefront customer: `GET /v1/store/customer`."""
        return self._transport.call(GET_STOREFRONT_CUSTOMER)

    def authenticate_storefront_customer(
        self,
        *,
        id: str,
        platform: CustomerProfilePlatform,
        customer_ip: str | None = None,
        customer_countrycode: str | None = None,
        idempotency_key: str | None = None,
    ) -> AuthenticateStorefrontCustomerResponseDto:
        """Authenticate storefront customer: `POST /v1/store/customer/auth`."""
        return self._transport.call(
            AUTHENTICATE_STOREFRONT_CUSTOMER,
            headers={"x-paynow-customer-ip": customer_ip, "x-paynow-customer-countrycode": customer_countrycode},
            body={"id": id, "platform": platform},
            idempotency_key=idempotency_key,
        )

    def get_storefront_gift_card(self, code: str) -> StorefrontGiftCardDto:
        """Get storefront gift card: `GET /v1/store/customer/giftcards/lookup/{code}`."""
        return self._transport.call(GET_STOREFRONT_GIFT_CARD, path={"code": code})


class AsyncCustomer:
    """Operations of `customer`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_storefront_customer(self) -> CustomerDto:
        """Get storefront customer: `GET /v1/store/customer`."""
        return await self._transport.call(GET_STOREFRONT_CUSTOMER)

    async def authenticate_storefront_customer(
        self,
        *,
        id: str,
        platform: CustomerProfilePlatform,
        customer_ip: str | None = None,
        customer_countrycode: str | None = None,
        idempotency_key: str | None = None,
    ) -> AuthenticateStorefrontCustomerResponseDto:
        """Authenticate storefront customer: `POST /v1/store/customer/auth`."""
        return await self._transport.call(
            AUTHENTICATE_STOREFRONT_CUSTOMER,
            headers={"x-paynow-customer-ip": customer_ip, "x-paynow-customer-countrycode": customer_countrycode},
            body={"id": id, "platform": platform},
            idempotency_key=idempotency_key,
        )

    async def get_storefront_gift_card(self, code: str) -> StorefrontGiftCardDto:
        """Get storefront gift card: `GET /v1/store/customer/giftcards/lookup/{code}`."""
        return await self._transport.call(GET_STOREFRONT_GIFT_CARD, path={"code": code})
