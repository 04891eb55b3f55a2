"""Operations of `tier-groups`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.storefront.models.shared import CustomerTierGroupDto
from sutler_sdk._generated.storefront.models.tier_groups import UpdateSubscriptionResponseDto

if TYPE_CHECKING:
    from sutler_sdk.transport import AsyncTransport, Transport

GET_CUSTOMER_TIER_GROUPS = Operation("GET", "/v1/store/tier-groups", list[CustomerTierGroupDto])
UPDATE_SUBSCRIPTION_TIER_GROUP = Operation("POST", "/v1/store/tier-groups/{id}/change", UpdateSubscriptionResponseDto)
UPDATE_SUBSCRIPTION_TIER_GROUP_PREVIEW = Operation(
    "POST", "/v1/store/tier-groups/{id}/change/preview", UpdateSubscriptionResponseDto
)


class TierGroups:
    """Operations of `tier-groups`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_customer_tier_groups(self) -> list[CustomerTierGroupDto]:
        """Get customer tier groups: `GET /v1/store/tier-groups`."""
        return self._transport.call(GET_CUSTOMER_TIER_GROUPS)

    def update_subscription_tier_group(
        self,
        id: str,
        *,
        target_product_id: str,
        verification_code: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> UpdateSubscriptionResponseDto:
        """Update subscription tier group: `POST /v1/store/tier-groups/{id}/change`."""
        return self._transport.call(
            UPDATE_SUBSCRIPTION_TIER_GROUP,
            path={"id": id},
            body={"target_product_id": target_product_id, "verification_code": verification_code},
            idempotency_key=idempotency_key,
        )

    def update_subscription_tier_group_preview(
        self,
        id: str,
        *,
        target_product_id: str,
        verification_code: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> UpdateSubscriptionResponseDto:
        """Update subscription tier group preview: `POST /v1/store/tier-groups/{id}/change/preview`."""
        return self._transport.call(
            UPDATE_SUBSCRIPTION_TIER_GROUP_PREVIEW,
            path={"id": id},
            body={"target_product_id": target_product_id, "verification_code": verification_code},
            idempotency_key=idempotency_key,
        )


class AsyncTierGroups:
    """Operations of `tier-groups`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_customer_tier_groups(self) -> list[CustomerTierGroupDto]:
        """Get customer tier groups: `GET /v1/store/tier-groups`."""
        return await self._transport.call(GET_CUSTOMER_TIER_GROUPS)

    async def update_subscription_tier_group(
        self,
        id: str,
        *,
        target_product_id: str,
        verification_code: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> UpdateSubscriptionResponseDto:
        """Update subscription tier group: `POST /v1/store/tier-groups/{id}/change`."""
        return await self._transport.call(
            UPDATE_SUBSCRIPTION_TIER_GROUP,
            path={"id": id},
            body={"target_product_id": target_product_id, "verification_code": verification_code},
            idempotency_key=idempotency_key,
        )

    async def update_subscription_tier_group_preview(
        self,
        id: str,
        *,
        target_product_id: str,
        verification_code: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> UpdateSubscriptionResponseDto:
        """Update subscription tier group preview: `POST /v1/store/tier-groups/{id}/change/preview`."""
        return await self._transport.call(
            UPDATE_SUBSCRIPTION_TIER_GROUP_PREVIEW,
            path={"id": id},
            body={"target_product_id": target_product_id, "verification_code": verification_code},
            idempotency_key=idempotency_key,
        )
