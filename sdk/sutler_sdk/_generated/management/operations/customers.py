"""Operations of `customers`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.customers import CustomerTokenResponseDto
from sutler_sdk._generated.management.models.shared import CustomerDto
from sutler_sdk.paging import awalk, walk

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import CustomerMinecraftPlatform
    from sutler_sdk._generated.management.inputs import UpsertCustomerRequestInput
    from sutler_sdk.transport import AsyncTransport, Transport

GET_CUSTOMERS = Operation("GET", "/v1/stores/{store_id}/customers", list[CustomerDto])
CREATE_CUSTOMER = Operation("POST", "/v1/stores/{store_id}/customers", CustomerDto)
BULK_CREATE_CUSTOMERS = Operation("POST", "/v1/stores/{store_id}/customers/bulk", list[CustomerDto])
LOOKUP_CUSTOMER = Operation("GET", "/v1/stores/{store_id}/customers/lookup", CustomerDto)
GET_CUSTOMER_BY_ID = Operation("GET", "/v1/stores/{store_id}/customers/{customer_id}", CustomerDto)
UPDATE_CUSTOMER = Operation("PATCH", "/v1/stores/{store_id}/customers/{customer_id}", CustomerDto)
CREATE_CUSTOMER_TOKEN = Operation("POST", "/v1/stores/{store_id}/customers/{customer_id}/tokens", CustomerTokenResponseDto)
INVALIDATE_CUSTOMER_TOKENS = Operation("DELETE", "/v1/stores/{store_id}/customers/{customer_id}/tokens", type(None))


class Customers:
    """Operations of `customers`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_customers(
        self,
        *,
        search: str | None = None,
        customer_id: Sequence[str] | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[CustomerDto]:
        """Get customers: `GET /v1/stores/{store_id}/customers`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_CUSTOMERS,
            query={
                "search": search,
                "customer_id": customer_id,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    def iterate(
        self,
        *,
        search: str | None = None,
        customer_id: Sequence[str] | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
    ) -> Iterator[CustomerDto]:
        """Every entry of `get_customers`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport,
            GET_CUSTOMERS,
            query={
                "search": search,
                "customer_id": customer_id,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    def create_customer(
        self,
        *,
        metadata: Mapping[str, str] | UnsetType | None = UNSET,
        minecraft_platform: CustomerMinecraftPlatform | UnsetType | None = UNSET,
        minecraft_uuid: str | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        steam_id: str | UnsetType | None = UNSET,
        xbox_xuid: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> CustomerDto:
        """Create customer: `POST /v1/stores/{store_id}/customers`."""
        return self._transport.call(
            CREATE_CUSTOMER,
            body={
                "metadata": metadata,
                "minecraft_platform": minecraft_platform,
                "minecraft_uuid": minecraft_uuid,
                "name": name,
                "steam_id": steam_id,
                "xbox_xuid": xbox_xuid,
            },
            idempotency_key=idempotency_key,
        )

    def bulk_create_customers(
        self, items: Sequence[UpsertCustomerRequestInput], *, idempotency_key: str | None = None
    ) -> list[CustomerDto]:
        """Bulk create customers: `POST /v1/stores/{store_id}/customers/bulk`."""
        return self._transport.call(BULK_CREATE_CUSTOMERS, body=items, idempotency_key=idempotency_key)

    def lookup_customer(
        self,
        *,
        id: str | None = None,
        steam_id: str | None = None,
        minecraft_uuid: str | None = None,
        xbox_xuid: str | None = None,
        minecraft_java_name: str | None = None,
        minecraft_bedrock_name: str | None = None,
        name: str | None = None,
    ) -> CustomerDto:
        """Lookup customer: `GET /v1/stores/{store_id}/customers/lookup`."""
        return self._transport.call(
            LOOKUP_CUSTOMER,
            query={
                "id": id,
                "steam_id": steam_id,
                "minecraft_uuid": minecraft_uuid,
                "xbox_xuid": xbox_xuid,
                "minecraft_java_name": minecraft_java_name,
                "minecraft_bedrock_name": minecraft_bedrock_name,
                "name": name,
            },
        )

    def get_customer_by_id(self, customer_id: str) -> CustomerDto:
        """Get customer by id: `GET /v1/stores/{store_id}/customers/{customer_id}`."""
        return self._transport.call(GET_CUSTOMER_BY_ID, path={"customer_id": customer_id})

    def update_customer(
        self,
        customer_id: str,
        *,
        metadata: Mapping[str, str] | UnsetType | None = UNSET,
        minecraft_platform: CustomerMinecraftPlatform | UnsetType | None = UNSET,
        minecraft_uuid: str | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        steam_id: str | UnsetType | None = UNSET,
        xbox_xuid: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> CustomerDto:
        """Update customer: `PATCH /v1/stores/{store_id}/customers/{customer_id}`."""
        return self._transport.call(
            UPDATE_CUSTOMER,
            path={"customer_id": customer_id},
            body={
                "metadata": metadata,
                "minecraft_platform": minecraft_platform,
                "minecraft_uuid": minecraft_uuid,
                "name": name,
                "steam_id": steam_id,
                "xbox_xuid": xbox_xuid,
            },
            idempotency_key=idempotency_key,
        )

    def create_customer_token(self, customer_id: str, *, idempotency_key: str | None = None) -> CustomerTokenResponseDto:
        """Create customer token: `POST /v1/stores/{store_id}/customers/{customer_id}/tokens`."""
        return self._transport.call(
            CREATE_CUSTOMER_TOKEN, path={"customer_id": customer_id}, idempotency_key=idempotency_key
        )

    def invalidate_customer_tokens(self, customer_id: str, *, idempotency_key: str | None = None) -> None:
        """Invalidate customer tokens: `DELETE /v1/stores/{store_id}/customers/{customer_id}/tokens`."""
        return self._transport.call(
            INVALIDATE_CUSTOMER_TOKENS, path={"customer_id": customer_id}, idempotency_key=idempotency_key
        )


class AsyncCustomers:
    """Operations of `customers`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_customers(
        self,
        *,
        search: str | None = None,
        customer_id: Sequence[str] | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[CustomerDto]:
        """Get customers: `GET /v1/stores/{store_id}/customers`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_CUSTOMERS,
            query={
                "search": search,
                "customer_id": customer_id,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    def iterate(
        self,
        *,
        search: str | None = None,
        customer_id: Sequence[str] | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
    ) -> AsyncIterator[CustomerDto]:
        """Every entry of `get_customers`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport,
            GET_CUSTOMERS,
            query={
                "search": search,
                "customer_id": customer_id,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    async def create_customer(
        self,
        *,
        metadata: Mapping[str, str] | UnsetType | None = UNSET,
        minecraft_platform: CustomerMinecraftPlatform | UnsetType | None = UNSET,
        minecraft_uuid: str | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        steam_id: str | UnsetType | None = UNSET,
        xbox_xuid: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> CustomerDto:
        """Create customer: `POST /v1/stores/{store_id}/customers`."""
        return await self._transport.call(
            CREATE_CUSTOMER,
            body={
                "metadata": metadata,
                "minecraft_platform": minecraft_platform,
                "minecraft_uuid": minecraft_uuid,
                "name": name,
                "steam_id": steam_id,
                "xbox_xuid": xbox_xuid,
            },
            idempotency_key=idempotency_key,
        )

    async def bulk_create_customers(
        self, items: Sequence[UpsertCustomerRequestInput], *, idempotency_key: str | None = None
    ) -> list[CustomerDto]:
        """Bulk create customers: `POST /v1/stores/{store_id}/customers/bulk`."""
        return await self._transport.call(BULK_CREATE_CUSTOMERS, body=items, idempotency_key=idempotency_key)

    async def lookup_customer(
        self,
        *,
        id: str | None = None,
        steam_id: str | None = None,
        minecraft_uuid: str | None = None,
        xbox_xuid: str | None = None,
        minecraft_java_name: str | None = None,
        minecraft_bedrock_name: str | None = None,
        name: str | None = None,
    ) -> CustomerDto:
        """Lookup customer: `GET /v1/stores/{store_id}/customers/lookup`."""
        return await self._transport.call(
            LOOKUP_CUSTOMER,
            query={
                "id": id,
                "steam_id": steam_id,
                "minecraft_uuid": minecraft_uuid,
                "xbox_xuid": xbox_xuid,
                "minecraft_java_name": minecraft_java_name,
                "minecraft_bedrock_name": minecraft_bedrock_name,
                "name": name,
            },
        )

    async def get_customer_by_id(self, customer_id: str) -> CustomerDto:
        """Get customer by id: `GET /v1/stores/{store_id}/customers/{customer_id}`."""
        return await self._transport.call(GET_CUSTOMER_BY_ID, path={"customer_id": customer_id})

    async def update_customer(
        self,
        customer_id: str,
        *,
        metadata: Mapping[str, str] | UnsetType | None = UNSET,
        minecraft_platform: CustomerMinecraftPlatform | UnsetType | None = UNSET,
        minecraft_uuid: str | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        steam_id: str | UnsetType | None = UNSET,
        xbox_xuid: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> CustomerDto:
        """Update customer: `PATCH /v1/stores/{store_id}/customers/{customer_id}`."""
        return await self._transport.call(
            UPDATE_CUSTOMER,
            path={"customer_id": customer_id},
            body={
                "metadata": metadata,
                "minecraft_platform": minecraft_platform,
                "minecraft_uuid": minecraft_uuid,
                "name": name,
                "steam_id": steam_id,
                "xbox_xuid": xbox_xuid,
            },
            idempotency_key=idempotency_key,
        )

    async def create_customer_token(
        self, customer_id: str, *, idempotency_key: str | None = None
    ) -> CustomerTokenResponseDto:
        """Create customer token: `POST /v1/stores/{store_id}/customers/{customer_id}/tokens`."""
        return await self._transport.call(
            CREATE_CUSTOMER_TOKEN, path={"customer_id": customer_id}, idempotency_key=idempotency_key
        )

    async def invalidate_customer_tokens(self, customer_id: str, *, idempotency_key: str | None = None) -> None:
        """Invalidate customer tokens: `DELETE /v1/stores/{store_id}/customers/{customer_id}/tokens`."""
        return await self._transport.call(
            INVALIDATE_CUSTOMER_TOKENS, path={"customer_id": customer_id}, idempotency_key=idempotency_key
        )
