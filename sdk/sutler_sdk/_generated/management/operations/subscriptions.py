"""Operations of `subscriptions`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.subscriptions import SubscriptionDto, UpdateSubscriptionResponseDto
from sutler_sdk.paging import awalk, walk

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import ProrationBehaviorDto, SubscriptionStatusDto
    from sutler_sdk._generated.management.inputs import UpdateSubscriptionLineRequestInput
    from sutler_sdk.transport import AsyncTransport, Transport

GET_SUBSCRIPTIONS = Operation("GET", "/v1/stores/{store_id}/subscriptions", list[SubscriptionDto])
GET_SUBSCRIPTION_BY_ID = Operation("GET", "/v1/stores/{store_id}/subscriptions/{subscription_id}", SubscriptionDto)
CANCEL_SUBSCRIPTION = Operation("POST", "/v1/stores/{store_id}/subscriptions/{subscription_id}/cancel", type(None))
UPDATE_SUBSCRIPTION = Operation(
    "POST", "/v1/stores/{store_id}/subscriptions/{subscription_id}/change", UpdateSubscriptionResponseDto
)
PREVIEW_SUBSCRIPTION_CHANGE = Operation(
    "POST", "/v1/stores/{store_id}/subscriptions/{subscription_id}/change/preview", UpdateSubscriptionResponseDto
)
STOP_PENDING_SUBSCRIPTION_CANCELLATION = Operation(
    "POST", "/v1/stores/{store_id}/subscriptions/{subscription_id}/stop-pending-cancellation", type(None)
)


class Subscriptions:
    """Operations of `subscriptions`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_subscriptions(
        self,
        *,
        customer_id: str | None = None,
        subscription_id: str | None = None,
        billing_email: str | None = None,
        payment_method_id: str | None = None,
        checkout_id: str | None = None,
        trial_id: str | None = None,
        status: Sequence[SubscriptionStatusDto] | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[SubscriptionDto]:
        """Get subscriptions: `GET /v1/stores/{store_id}/subscriptions`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_SUBSCRIPTIONS,
            query={
                "customer_id": customer_id,
                "subscription_id": subscription_id,
                "billing_email": billing_email,
                "payment_method_id": payment_method_id,
                "checkout_id": checkout_id,
                "trial_id": trial_id,
                "status": status,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    def iterate(
        self,
        *,
        customer_id: str | None = None,
        subscription_id: str | None = None,
        billing_email: str | None = None,
        payment_method_id: str | None = None,
        checkout_id: str | None = None,
        trial_id: str | None = None,
        status: Sequence[SubscriptionStatusDto] | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
    ) -> Iterator[SubscriptionDto]:
        """Every entry of `get_subscriptions`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport,
            GET_SUBSCRIPTIONS,
            query={
                "customer_id": customer_id,
                "subscription_id": subscription_id,
                "billing_email": billing_email,
                "payment_method_id": payment_method_id,
                "checkout_id": checkout_id,
                "trial_id": trial_id,
                "status": status,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    def get_subscription_by_id(self, subscription_id: str) -> SubscriptionDto:
        """Get subscription by id: `GET /v1/stores/{store_id}/subscriptions/{subscription_id}`."""
        return self._transport.call(GET_SUBSCRIPTION_BY_ID, path={"subscription_id": subscription_id})

    def cancel_subscription(
        self,
        subscription_id: str,
        *,
        cancel_at_period_end: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> None:
        """Cancel subscription: `POST /v1/stores/{store_id}/subscriptions/{subscription_id}/cancel`."""
        return self._transport.call(
            CANCEL_SUBSCRIPTION,
            path={"subscription_id": subscription_id},
            body={"cancel_at_period_end": cancel_at_period_end},
            idempotency_key=idempotency_key,
        )

    def update_subscription(
        self,
        subscription_id: str,
        *,
        lines: Sequence[UpdateSubscriptionLineRequestInput],
        proration_behavior: ProrationBehaviorDto,
        idempotency_key: str | None = None,
    ) -> UpdateSubscriptionResponseDto:
        """Update subscription: `POST /v1/stores/{store_id}/subscriptions/{subscription_id}/change`."""
        return self._transport.call(
            UPDATE_SUBSCRIPTION,
            path={"subscription_id": subscription_id},
            body={"lines": lines, "proration_behavior": proration_behavior},
            idempotency_key=idempotency_key,
        )

    def preview_subscription_change(
        self,
        subscription_id: str,
        *,
        lines: Sequence[UpdateSubscriptionLineRequestInput],
        proration_behavior: ProrationBehaviorDto,
        idempotency_key: str | None = None,
    ) -> UpdateSubscriptionResponseDto:
        """Preview subscription change: `POST /v1/stores/{store_id}/subscriptions/{subscription_id}/change/preview`."""
        return self._transport.call(
            PREVIEW_SUBSCRIPTION_CHANGE,
            path={"subscription_id": subscription_id},
            body={"lines": lines, "proration_behavior": proration_behavior},
            idempotency_key=idempotency_key,
        )

    def stop_pending_subscription_cancellation(self, subscription_id: str, *, idempotency_key: str | None = None) -> None:
        """Stop pending subscription cancellation: `POST /v1/stores/{store_id}/subscriptions/{subscription_id}/stop-pending-cancellation`."""
        return self._transport.call(
            STOP_PENDING_SUBSCRIPTION_CANCELLATION,
            path={"subscription_id": subscription_id},
            idempotency_key=idempotency_key,
        )


class AsyncSubscriptions:
    """Operations of `subscriptions`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_subscriptions(
        self,
        *,
        customer_id: str | None = None,
        subscription_id: str | None = None,
        billing_email: str | None = None,
        payment_method_id: str | None = None,
        checkout_id: str | None = None,
        trial_id: str | None = None,
        status: Sequence[SubscriptionStatusDto] | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[SubscriptionDto]:
        """Get subscriptions: `GET /v1/stores/{store_id}/subscriptions`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_SUBSCRIPTIONS,
            query={
                "customer_id": customer_id,
                "subscription_id": subscription_id,
                "billing_email": billing_email,
                "payment_method_id": payment_method_id,
                "checkout_id": checkout_id,
                "trial_id": trial_id,
                "status": status,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    def iterate(
        self,
        *,
        customer_id: str | None = None,
        subscription_id: str | None = None,
        billing_email: str | None = None,
        payment_method_id: str | None = None,
        checkout_id: str | None = None,
        trial_id: str | None = None,
        status: Sequence[SubscriptionStatusDto] | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
    ) -> AsyncIterator[SubscriptionDto]:
        """Every entry of `get_subscriptions`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport,
            GET_SUBSCRIPTIONS,
            query={
                "customer_id": customer_id,
                "subscription_id": subscription_id,
                "billing_email": billing_email,
                "payment_method_id": payment_method_id,
                "checkout_id": checkout_id,
                "trial_id": trial_id,
                "status": status,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    async def get_subscription_by_id(self, subscription_id: str) -> SubscriptionDto:
        """Get subscription by id: `GET /v1/stores/{store_id}/subscriptions/{subscription_id}`."""
        return await self._transport.call(GET_SUBSCRIPTION_BY_ID, path={"subscription_id": subscription_id})

    async def cancel_subscription(
        self,
        subscription_id: str,
        *,
        cancel_at_period_end: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> None:
        """Cancel subscription: `POST /v1/stores/{store_id}/subscriptions/{subscription_id}/cancel`."""
        return await self._transport.call(
            CANCEL_SUBSCRIPTION,
            path={"subscription_id": subscription_id},
            body={"cancel_at_period_end": cancel_at_period_end},
            idempotency_key=idempotency_key,
        )

    async def update_subscription(
        self,
        subscription_id: str,
        *,
        lines: Sequence[UpdateSubscriptionLineRequestInput],
        proration_behavior: ProrationBehaviorDto,
        idempotency_key: str | None = None,
    ) -> UpdateSubscriptionResponseDto:
        """Update subscription: `POST /v1/stores/{store_id}/subscriptions/{subscription_id}/change`."""
        return await self._transport.call(
            UPDATE_SUBSCRIPTION,
            path={"subscription_id": subscription_id},
            body={"lines": lines, "proration_behavior": proration_behavior},
            idempotency_key=idempotency_key,
        )

    async def preview_subscription_change(
        self,
        subscription_id: str,
        *,
        lines: Sequence[UpdateSubscriptionLineRequestInput],
        proration_behavior: ProrationBehaviorDto,
        idempotency_key: str | None = None,
    ) -> UpdateSubscriptionResponseDto:
        """Preview subscription change: `POST /v1/stores/{store_id}/subscriptions/{subscription_id}/change/preview`."""
        return await self._transport.call(
            PREVIEW_SUBSCRIPTION_CHANGE,
            path={"subscription_id": subscription_id},
            body={"lines": lines, "proration_behavior": proration_behavior},
            idempotency_key=idempotency_key,
        )

    async def stop_pending_subscription_cancellation(
        self, subscription_id: str, *, idempotency_key: str | None = None
    ) -> None:
        """Stop pending subscription cancellation: `POST /v1/stores/{store_id}/subscriptions/{subscription_id}/stop-pending-cancellation`."""
        return await self._transport.call(
            STOP_PENDING_SUBSCRIPTION_CANCELLATION,
            path={"subscription_id": subscription_id},
            idempotency_key=idempotency_key,
        )
