"""Operations of `store`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.store import StoreDto, StoreMemberDto

if TYPE_CHECKING:
    from sutler_sdk.transport import AsyncTransport, Transport

GET_STORES = Operation("GET", "/v1/stores", list[StoreDto])
CREATE_STORE = Operation("POST", "/v1/stores", StoreDto)
GET_STORE = Operation("GET", "/v1/stores/{store_id}", StoreDto)
UPDATE_STORE = Operation("PATCH", "/v1/stores/{store_id}", StoreDto)
DELETE_STORE = Operation("DELETE", "/v1/stores/{store_id}", type(None))
GET_STORE_MEMBERS = Operation("GET", "/v1/stores/{store_id}/members", list[StoreMemberDto])
UPDATE_STORE_MEMBER = Operation("PATCH", "/v1/stores/{store_id}/members/{member_id}", type(None))
KICK_STORE_MEMBER = Operation("DELETE", "/v1/stores/{store_id}/members/{member_id}", type(None))
GET_STORE_MEMBER_PERMISSIONS = Operation("GET", "/v1/stores/{store_id}/members/{member_id}/permissions", dict[str, bool])


class Store:
    """Operations of `store`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_stores(self) -> list[StoreDto]:
        """Get stores: `GET /v1/stores`."""
        return self._transport.call(GET_STORES)

    def create_store(
        self,
        *,
        currency: str,
        description: str,
        game: str,
        name: str,
        platform: str,
        slug: str,
        contact_email: str | UnsetType | None = UNSET,
        integration_type: str | UnsetType | None = UNSET,
        minecraft_bedrock_username_prefix: str | UnsetType | None = UNSET,
        support_email: str | UnsetType | None = UNSET,
        support_url: str | UnsetType | None = UNSET,
        website_url: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> StoreDto:
        """Create store: `POST /v1/stores`."""
        return self._transport.call(
            CREATE_STORE,
            body={
                "contact_email": contact_email,
                "currency": currency,
                "description": description,
                "game": game,
                "integration_type": integration_type,
                "minecraft_bedrock_username_prefix": minecraft_bedrock_username_prefix,
                "name": name,
                "platform": platform,
                "slug": slug,
                "support_email": support_email,
                "support_url": support_url,
                "website_url": website_url,
            },
            idempotency_key=idempotency_key,
        )

    def get_store(self) -> StoreDto:
        """Get store: `GET /v1/stores/{store_id}`."""
        return self._transport.call(GET_STORE)

    def update_store(
        self,
        *,
        contact_email: str | UnsetType | None = UNSET,
        description: str | UnsetType | None = UNSET,
        game: str | UnsetType | None = UNSET,
        integration_type: str | UnsetType | None = UNSET,
        live_mode: bool | UnsetType | None = UNSET,
        minecraft_bedrock_username_prefix: str | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        platform: str | UnsetType | None = UNSET,
        slug: str | UnsetType | None = UNSET,
        support_email: str | UnsetType | None = UNSET,
        support_url: str | UnsetType | None = UNSET,
        website_url: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> StoreDto:
        """Update store: `PATCH /v1/stores/{store_id}`."""
        return self._transport.call(
            UPDATE_STORE,
            body={
                "contact_email": contact_email,
                "description": description,
                "game": game,
                "integration_type": integration_type,
                "live_mode": live_mode,
                "minecraft_bedrock_username_prefix": minecraft_bedrock_username_prefix,
                "name": name,
                "platform": platform,
                "slug": slug,
                "support_email": support_email,
                "support_url": support_url,
                "website_url": website_url,
            },
            idempotency_key=idempotency_key,
        )

    def delete_store(self, *, idempotency_key: str | None = None) -> None:
        """Delete store: `DELETE /v1/stores/{store_id}`."""
        return self._transport.call(DELETE_STORE, idempotency_key=idempotency_key)

    def get_store_members(self) -> list[StoreMemberDto]:
        """Get store members: `GET /v1/stores/{store_id}/members`."""
        return self._transport.call(GET_STORE_MEMBERS)

    def update_store_member(self, member_id: str, *, role_id: str, idempotency_key: str | None = None) -> None:
        """Update store member: `PATCH /v1/stores/{store_id}/members/{member_id}`."""
        return self._transport.call(
            UPDATE_STORE_MEMBER, path={"member_id": member_id}, body={"role_id": role_id}, idempotency_key=idempotency_key
        )

    def kick_store_member(self, member_id: str, *, idempotency_key: str | None = None) -> None:
        """Kick store member: `DELETE /v1/stores/{store_id}/members/{member_id}`."""
        return self._transport.call(KICK_STORE_MEMBER, path={"member_id": member_id}, idempotency_key=idempotency_key)

    def get_store_member_permissions(self, member_id: str) -> dict[str, bool]:
        """Get store member permissions: `GET /v1/stores/{store_id}/members/{member_id}/permissions`."""
        return self._transport.call(GET_STORE_MEMBER_PERMISSIONS, path={"member_id": member_id})


class AsyncStore:
    """Operations of `store`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_stores(self) -> list[StoreDto]:
        """Get stores: `GET /v1/stores`."""
        return await self._transport.call(GET_STORES)

    async def create_store(
        self,
        *,
        currency: str,
        description: str,
        game: str,
        name: str,
        platform: str,
        slug: str,
        contact_email: str | UnsetType | None = UNSET,
        integration_type: str | UnsetType | None = UNSET,
        minecraft_bedrock_username_prefix: str | UnsetType | None = UNSET,
        support_email: str | UnsetType | None = UNSET,
        support_url: str | UnsetType | None = UNSET,
        website_url: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> StoreDto:
        """Create store: `POST /v1/stores`."""
        return await self._transport.call(
            CREATE_STORE,
            body={
                "contact_email": contact_email,
                "currency": currency,
                "description": description,
                "game": game,
                "integration_type": integration_type,
                "minecraft_bedrock_username_prefix": minecraft_bedrock_username_prefix,
                "name": name,
                "platform": platform,
                "slug": slug,
                "support_email": support_email,
                "support_url": support_url,
                "website_url": website_url,
            },
            idempotency_key=idempotency_key,
        )

    async def get_store(self) -> StoreDto:
        """Get store: `GET /v1/stores/{store_id}`."""
        return await self._transport.call(GET_STORE)

    async def update_store(
        self,
        *,
        contact_email: str | UnsetType | None = UNSET,
        description: str | UnsetType | None = UNSET,
        game: str | UnsetType | None = UNSET,
        integration_type: str | UnsetType | None = UNSET,
        live_mode: bool | UnsetType | None = UNSET,
        minecraft_bedrock_username_prefix: str | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        platform: str | UnsetType | None = UNSET,
        slug: str | UnsetType | None = UNSET,
        support_email: str | UnsetType | None = UNSET,
        support_url: str | UnsetType | None = UNSET,
        website_url: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> StoreDto:
        """Update store: `PATCH /v1/stores/{store_id}`."""
        return await self._transport.call(
            UPDATE_STORE,
            body={
                "contact_email": contact_email,
                "description": description,
                "game": game,
                "integration_type": integration_type,
                "live_mode": live_mode,
                "minecraft_bedrock_username_prefix": minecraft_bedrock_username_prefix,
                "name": name,
                "platform": platform,
                "slug": slug,
                "support_email": support_email,
                "support_url": support_url,
                "website_url": website_url,
            },
            idempotency_key=idempotency_key,
        )

    async def delete_store(self, *, idempotency_key: str | None = None) -> None:
        """Delete store: `DELETE /v1/stores/{store_id}`."""
        return await self._transport.call(DELETE_STORE, idempotency_key=idempotency_key)

    async def get_store_members(self) -> list[StoreMemberDto]:
        """Get store members: `GET /v1/stores/{store_id}/members`."""
        return await self._transport.call(GET_STORE_MEMBERS)

    async def update_store_member(self, member_id: str, *, role_id: str, idempotency_key: str | None = None) -> None:
        """Update store member: `PATCH /v1/stores/{store_id}/members/{member_id}`."""
        return await self._transport.call(
            UPDATE_STORE_MEMBER, path={"member_id": member_id}, body={"role_id": role_id}, idempotency_key=idempotency_key
        )

    async def kick_store_member(self, member_id: str, *, idempotency_key: str | None = None) -> None:
        """Kick store member: `DELETE /v1/stores/{store_id}/members/{member_id}`."""
        return await self._transport.call(KICK_STORE_MEMBER, path={"member_id": member_id}, idempotency_key=idempotency_key)

    async def get_store_member_permissions(self, member_id: str) -> dict[str, bool]:
        """Get store member permissions: `GET /v1/stores/{store_id}/members/{member_id}/permissions`."""
        return await self._transport.call(GET_STORE_MEMBER_PERMISSIONS, path={"member_id": member_id})
