"""Operations of `tier-groups`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.tier_groups import TierGroupDto

if TYPE_CHECKING:
    from sutler_sdk.transport import AsyncTransport, Transport

LIST_TIER_GROUPS = Operation("GET", "/v1/stores/{store_id}/tier-groups", list[TierGroupDto])
CREATE_TIER_GROUP = Operation("POST", "/v1/stores/{store_id}/tier-groups", TierGroupDto)
GET_TIER_GROUP = Operation("GET", "/v1/stores/{store_id}/tier-groups/{tier_group_id}", TierGroupDto)
UPDATE_TIER_GROUP = Operation("PATCH", "/v1/stores/{store_id}/tier-groups/{tier_group_id}", TierGroupDto)
DELETE_TIER_GROUP = Operation("DELETE", "/v1/stores/{store_id}/tier-groups/{tier_group_id}", type(None))


class TierGroups:
    """Operations of `tier-groups`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def list_tier_groups(self) -> list[TierGroupDto]:
        """List tier groups: `GET /v1/stores/{store_id}/tier-groups`."""
        return self._transport.call(LIST_TIER_GROUPS)

    def create_tier_group(self, *, name: str, idempotency_key: str | None = None) -> TierGroupDto:
        """Create tier group: `POST /v1/stores/{store_id}/tier-groups`."""
        return self._transport.call(CREATE_TIER_GROUP, body={"name": name}, idempotency_key=idempotency_key)

    def get_tier_group(self, tier_group_id: str) -> TierGroupDto:
        """Get tier group: `GET /v1/stores/{store_id}/tier-groups/{tier_group_id}`."""
        return self._transport.call(GET_TIER_GROUP, path={"tier_group_id": tier_group_id})

    def update_tier_group(self, tier_group_id: str, *, name: str, idempotency_key: str | None = None) -> TierGroupDto:
        """Update tier group: `PATCH /v1/stores/{store_id}/tier-groups/{tier_group_id}`."""
        return self._transport.call(
            UPDATE_TIER_GROUP, path={"tier_group_id": tier_group_id}, body={"name": name}, idempotency_key=idempotency_key
        )

    def delete_tier_group(self, tier_group_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete tier group: `DELETE /v1/stores/{store_id}/tier-groups/{tier_group_id}`."""
        return self._transport.call(
            DELETE_TIER_GROUP, path={"tier_group_id": tier_group_id}, idempotency_key=idempotency_key
        )


class AsyncTierGroups:
    """Operations of `tier-groups`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list_tier_groups(self) -> list[TierGroupDto]:
        """List tier groups: `GET /v1/stores/{store_id}/tier-groups`."""
        return await self._transport.call(LIST_TIER_GROUPS)

    async def create_tier_group(self, *, name: str, idempotency_key: str | None = None) -> TierGroupDto:
        """Create tier group: `POST /v1/stores/{store_id}/tier-groups`."""
        return await self._transport.call(CREATE_TIER_GROUP, body={"name": name}, idempotency_key=idempotency_key)

    async def get_tier_group(self, tier_group_id: str) -> TierGroupDto:
        """Get tier group: `GET /v1/stores/{store_id}/tier-groups/{tier_group_id}`."""
        return await self._transport.call(GET_TIER_GROUP, path={"tier_group_id": tier_group_id})

    async def update_tier_group(self, tier_group_id: str, *, name: str, idempotency_key: str | None = None) -> TierGroupDto:
        """Update tier group: `PATCH /v1/stores/{store_id}/tier-groups/{tier_group_id}`."""
        return await self._transport.call(
            UPDATE_TIER_GROUP, path={"tier_group_id": tier_group_id}, body={"name": name}, idempotency_key=idempotency_key
        )

    async def delete_tier_group(self, tier_group_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete tier group: `DELETE /v1/stores/{store_id}/tier-groups/{tier_group_id}`."""
        return await self._transport.call(
            DELETE_TIER_GROUP, path={"tier_group_id": tier_group_id}, idempotency_key=idempotency_key
        )
