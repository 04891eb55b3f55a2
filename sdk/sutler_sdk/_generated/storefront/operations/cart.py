"""Operations of `cart`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.storefront.models.cart import CartDto
from sutler_sdk._generated.storefront.models.shared import CreateCheckoutSessionResponseDto

if TYPE_CHECKING:
    from sutler_sdk._generated.storefront.enums import CustomerProfilePlatform
    from sutler_sdk.transport import AsyncTransport, Transport

GET_CART = Operation("GET", "/v1/store/cart", CartDto)
CLEAR_CART = Operation("DELETE", "/v1/store/cart", type(None))
CREATE_CART_CHECKOUT = Operation("POST", "/v1/store/cart/checkout", CreateCheckoutSessionResponseDto)
ADD_LINE = Operation("PUT", "/v1/store/cart/lines", type(None))


class Cart:
    """Operations of `cart`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_cart(
        self, *, currency: str | None = None, customer_ip: str | None = None, customer_countrycode: str | None = None
    ) -> CartDto:
        """Get cart: `GET /v1/store/cart`."""
        return self._transport.call(
            GET_CART,
            query={"currency": currency},
            headers={"x-paynow-customer-ip": customer_ip, "x-paynow-customer-countrycode": customer_countrycode},
        )

    def clear_cart(
        self, *, customer_ip: str | None = None, customer_countrycode: str | None = None, idempotency_key: str | None = None
    ) -> None:
        """Clear cart: `DELETE /v1/store/cart`."""
        return self._transport.call(
            CLEAR_CART,
            headers={"x-paynow-customer-ip": customer_ip, "x-paynow-customer-countrycode": customer_countrycode},
            idempotency_key=idempotency_key,
        )

    def create_cart_checkout(
        self,
        *,
        affiliate_code: str | UnsetType | None = UNSET,
        auto_redirect: bool | UnsetType | None = UNSET,
        cancel_url: str | UnsetType | None = UNSET,
        coupon_id: str | UnsetType | None = UNSET,
        promo_codes: Sequence[str] | UnsetType | None = UNSET,
        return_url: str | UnsetType | None = UNSET,
        customer_ip: str | None = None,
        customer_countrycode: str | None = None,
        idempotency_key: str | None = None,
    ) -> CreateCheckoutSessionResponseDto:
        """Create cart checkout: `POST /v1/store/cart/checkout`."""
        return self._transport.call(
            CREATE_CART_CHECKOUT,
            headers={"x-paynow-customer-ip": customer_ip, "x-paynow-customer-countrycode": customer_countrycode},
            body={
                "affiliate_code": affiliate_code,
                "auto_redirect": auto_redirect,
                "cancel_url": cancel_url,
                "coupon_id": coupon_id,
                "promo_codes": promo_codes,
                "return_url": return_url,
            },
            idempotency_key=idempotency_key,
        )

    def add_line(
        self,
        *,
        product_id: str,
        quantity: int | None = None,
        subscription: bool | None = None,
        trial: bool | None = None,
        gameserver_id: str | None = None,
        increment: bool | None = None,
        custom_variables: Mapping[str, str] | None = None,
        gift_to_customer_id: str | None = None,
        gift_to_platform: CustomerProfilePlatform | None = None,
        gift_to_id: str | None = None,
        customer_ip: str | None = None,
        customer_countrycode: str | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        """Add line: `PUT /v1/store/cart/lines`."""
        return self._transport.call(
            ADD_LINE,
            query={
                "product_id": product_id,
                "quantity": quantity,
                "subscription": subscription,
                "trial": trial,
                "gameserver_id": gameserver_id,
                "increment": increment,
                "custom_variables": custom_variables,
                "gift_to_customer_id": gift_to_customer_id,
                "gift_to.platform": gift_to_platform,
                "gift_to.id": gift_to_id,
            },
            headers={"x-paynow-customer-ip": customer_ip, "x-paynow-customer-countrycode": customer_countrycode},
            idempotency_key=idempotency_key,
        )


class AsyncCart:
    """Operations of `cart`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_cart(
        self, *, currency: str | None = None, customer_ip: str | None = None, customer_countrycode: str | None = None
    ) -> CartDto:
        """Get cart: `GET /v1/store/cart`."""
        return await self._transport.call(
            GET_CART,
            query={"currency": currency},
            headers={"x-paynow-customer-ip": customer_ip, "x-paynow-customer-countrycode": customer_countrycode},
        )

    async def clear_cart(
        self, *, customer_ip: str | None = None, customer_countrycode: str | None = None, idempotency_key: str | None = None
    ) -> None:
        """Clear cart: `DELETE /v1/store/cart`."""
        return await self._transport.call(
            CLEAR_CART,
            headers={"x-paynow-customer-ip": customer_ip, "x-paynow-customer-countrycode": customer_countrycode},
            idempotency_key=idempotency_key,
        )

    async def create_cart_checkout(
        self,
        *,
        affiliate_code: str | UnsetType | None = UNSET,
        auto_redirect: bool | UnsetType | None = UNSET,
        cancel_url: str | UnsetType | None = UNSET,
        coupon_id: str | UnsetType | None = UNSET,
        promo_codes: Sequence[str] | UnsetType | None = UNSET,
        return_url: str | UnsetType | None = UNSET,
        customer_ip: str | None = None,
        customer_countrycode: str | None = None,
        idempotency_key: str | None = None,
    ) -> CreateCheckoutSessionResponseDto:
        """Create cart checkout: `POST /v1/store/cart/checkout`."""
        return await self._transport.call(
            CREATE_CART_CHECKOUT,
            headers={"x-paynow-customer-ip": customer_ip, "x-paynow-customer-countrycode": customer_countrycode},
            body={
                "affiliate_code": affiliate_code,
                "auto_redirect": auto_redirect,
                "cancel_url": cancel_url,
                "coupon_id": coupon_id,
                "promo_codes": promo_codes,
                "return_url": return_url,
            },
            idempotency_key=idempotency_key,
        )

    async def add_line(
        self,
        *,
        product_id: str,
        quantity: int | None = None,
        subscription: bool | None = None,
        trial: bool | None = None,
        gameserver_id: str | None = None,
        increment: bool | None = None,
        custom_variables: Mapping[str, str] | None = None,
        gift_to_customer_id: str | None = None,
        gift_to_platform: CustomerProfilePlatform | None = None,
        gift_to_id: str | None = None,
        customer_ip: str | None = None,
        customer_countrycode: str | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        """Add line: `PUT /v1/store/cart/lines`."""
        return await self._transport.call(
            ADD_LINE,
            query={
                "product_id": product_id,
                "quantity": quantity,
                "subscription": subscription,
                "trial": trial,
                "gameserver_id": gameserver_id,
                "increment": increment,
                "custom_variables": custom_variables,
                "gift_to_customer_id": gift_to_customer_id,
                "gift_to.platform": gift_to_platform,
                "gift_to.id": gift_to_id,
            },
            headers={"x-paynow-customer-ip": customer_ip, "x-paynow-customer-countrycode": customer_countrycode},
            idempotency_key=idempotency_key,
        )
