"""Operations of `orders`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.orders import OrderDto
from sutler_sdk._generated.management.models.shared import RefundDto
from sutler_sdk.paging import awalk, walk

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import OrderStatus
    from sutler_sdk.transport import AsyncTransport, Transport

GET_ORDERS = Operation("GET", "/v1/stores/{store_id}/orders", list[OrderDto])
GET_ORDER_BY_ID = Operation("GET", "/v1/stores/{store_id}/orders/{order_id}", OrderDto)
REFUND_ORDER = Operation("POST", "/v1/stores/{store_id}/orders/{order_id}/refund", RefundDto)


class Orders:
    """Operations of `orders`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_orders(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
        status: Sequence[OrderStatus] | None = None,
        order_id: str | None = None,
        customer_id: str | None = None,
        billing_email: str | None = None,
        customer_ip: str | None = None,
        subscription_id: str | None = None,
        checkout_id: str | None = None,
        is_subscription: bool | None = None,
        affiliate_id: str | None = None,
        coupon_id: str | None = None,
        giftcard_id: str | None = None,
        product_id: str | None = None,
        sale_id: str | None = None,
    ) -> list[OrderDto]:
        """Get orders: `GET /v1/stores/{store_id}/orders`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_ORDERS,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "status": status,
                "order_id": order_id,
                "customer_id": customer_id,
                "billing_email": billing_email,
                "customer_ip": customer_ip,
                "subscription_id": subscription_id,
                "checkout_id": checkout_id,
                "is_subscription": is_subscription,
                "affiliate_id": affiliate_id,
                "coupon_id": coupon_id,
                "giftcard_id": giftcard_id,
                "product_id": product_id,
                "sale_id": sale_id,
            },
        )

    def iterate(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
        status: Sequence[OrderStatus] | None = None,
        order_id: str | None = None,
        customer_id: str | None = None,
        billing_email: str | None = None,
        customer_ip: str | None = None,
        subscription_id: str | None = None,
        checkout_id: str | None = None,
        is_subscription: bool | None = None,
        affiliate_id: str | None = None,
        coupon_id: str | None = None,
        giftcard_id: str | None = None,
        product_id: str | None = None,
        sale_id: str | None = None,
    ) -> Iterator[OrderDto]:
        """Every entry of `get_orders`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport,
            GET_ORDERS,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "status": status,
                "order_id": order_id,
                "customer_id": customer_id,
                "billing_email": billing_email,
                "customer_ip": customer_ip,
                "subscription_id": subscription_id,
                "checkout_id": checkout_id,
                "is_subscription": is_subscription,
                "affiliate_id": affiliate_id,
                "coupon_id": coupon_id,
                "giftcard_id": giftcard_id,
                "product_id": product_id,
                "sale_id": sale_id,
            },
        )

    def get_order_by_id(self, order_id: str) -> OrderDto:
        """Get order by id: `GET /v1/stores/{store_id}/orders/{order_id}`."""
        return self._transport.call(GET_ORDER_BY_ID, path={"order_id": order_id})

    def refund_order(
        self,
        order_id: str,
        *,
        order_line_id: str | UnsetType | None = UNSET,
        refund_from_connected_user_balance: bool | UnsetType | None = UNSET,
        amount: int | UnsetType | None = UNSET,
        reason: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> RefundDto:
        """Refund order: `POST /v1/stores/{store_id}/orders/{order_id}/refund`.

        `amount`: minor units.
        """
        return self._transport.call(
            REFUND_ORDER,
            path={"order_id": order_id},
            body={
                "order_line_id": order_line_id,
                "refund_from_connected_user_balance": refund_from_connected_user_balance,
                "amount": amount,
                "reason": reason,
            },
            idempotency_key=idempotency_key,
        )


class AsyncOrders:
    """Operations of `orders`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_orders(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
        status: Sequence[OrderStatus] | None = None,
        order_id: str | None = None,
        customer_id: str | None = None,
        billing_email: str | None = None,
        customer_ip: str | None = None,
        subscription_id: str | None = None,
        checkout_id: str | None = None,
        is_subscription: bool | None = None,
        affiliate_id: str | None = None,
        coupon_id: str | None = None,
        giftcard_id: str | None = None,
        product_id: str | None = None,
        sale_id: str | None = None,
    ) -> list[OrderDto]:
        """Get orders: `GET /v1/stores/{store_id}/orders`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_ORDERS,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "status": status,
                "order_id": order_id,
                "customer_id": customer_id,
                "billing_email": billing_email,
                "customer_ip": customer_ip,
                "subscription_id": subscription_id,
                "checkout_id": checkout_id,
                "is_subscription": is_subscription,
                "affiliate_id": affiliate_id,
                "coupon_id": coupon_id,
                "giftcard_id": giftcard_id,
                "product_id": product_id,
                "sale_id": sale_id,
            },
        )

    def iterate(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
        status: Sequence[OrderStatus] | None = None,
        order_id: str | None = None,
        customer_id: str | None = None,
        billing_email: str | None = None,
        customer_ip: str | None = None,
        subscription_id: str | None = None,
        checkout_id: str | None = None,
        is_subscription: bool | None = None,
        affiliate_id: str | None = None,
        coupon_id: str | None = None,
        giftcard_id: str | None = None,
        product_id: str | None = None,
        sale_id: str | None = None,
    ) -> AsyncIterator[OrderDto]:
        """Every entry of `get_orders`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport,
            GET_ORDERS,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "status": status,
                "order_id": order_id,
                "customer_id": customer_id,
                "billing_email": billing_email,
                "customer_ip": customer_ip,
                "subscription_id": subscription_id,
                "checkout_id": checkout_id,
                "is_subscription": is_subscription,
                "affiliate_id": affiliate_id,
                "coupon_id": coupon_id,
                "giftcard_id": giftcard_id,
                "product_id": product_id,
                "sale_id": sale_id,
            },
        )

    async def get_order_by_id(self, order_id: str) -> OrderDto:
        """Get order by id: `GET /v1/stores/{store_id}/orders/{order_id}`."""
        return await self._transport.call(GET_ORDER_BY_ID, path={"order_id": order_id})

    async def refund_order(
        self,
        order_id: str,
        *,
        order_line_id: str | UnsetType | None = UNSET,
        refund_from_connected_user_balance: bool | UnsetType | None = UNSET,
        amount: int | UnsetType | None = UNSET,
        reason: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> RefundDto:
        """Refund order: `POST /v1/stores/{store_id}/orders/{order_id}/refund`.

        `amount`: minor units.
        """
        return await self._transport.call(
            REFUND_ORDER,
            path={"order_id": order_id},
            body={
                "order_line_id": order_line_id,
                "refund_from_connected_user_balance": refund_from_connected_user_balance,
                "amount": amount,
                "reason": reason,
            },
            idempotency_key=idempotency_key,
        )
