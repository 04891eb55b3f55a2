"""Operations of `product-dependent-migrations`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import TYPE_CHECKING

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.product_dependent_migrations import (
    ProductDependentMigrationDto,
    ProductDependentMigrationEstimateVersionDto,
)
from sutler_sdk.paging import awalk, walk

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import ProductDependentMigrationTargetTypeDto
    from sutler_sdk.transport import AsyncTransport, Transport

GET_PRODUCT_DEPENDENT_MIGRATION_BY_ID = Operation(
    "GET",
    "/v1/stores/{store_id}/product-dependent-migrations/{product_dependent_migration_id}",
    ProductDependentMigrationDto,
)
GET_PRODUCT_DEPENDENT_MIGRATIONS = Operation(
    "GET", "/v1/stores/{store_id}/products/{product_id}/dependent-migrations", list[ProductDependentMigrationDto]
)
CREATE_PRODUCT_DEPENDENT_MIGRATION = Operation(
    "POST", "/v1/stores/{store_id}/products/{product_id}/dependent-migrations", ProductDependentMigrationDto
)
GET_PRODUCT_DEPENDENT_MIGRATION_ESTIMATE = Operation(
    "GET",
    "/v1/stores/{store_id}/products/{product_id}/dependent-migrations/estimate",
    list[ProductDependentMigrationEstimateVersionDto],
)


class ProductDependentMigrations:
    """Operations of `product-dependent-migrations`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_product_dependent_migration_by_id(self, product_dependent_migration_id: str) -> ProductDependentMigrationDto:
        """Get product dependent migration by id: `GET /v1/stores/{store_id}/product-dependent-migrations/{product_dependent_migration_id}`."""
        return self._transport.call(
            GET_PRODUCT_DEPENDENT_MIGRATION_BY_ID, path={"product_dependent_migration_id": product_dependent_migration_id}
        )

    def get_product_dependent_migrations(
        self,
        product_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[ProductDependentMigrationDto]:
        """Get product dependent migrations: `GET /v1/stores/{store_id}/products/{product_id}/dependent-migrations`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_PRODUCT_DEPENDENT_MIGRATIONS,
            path={"product_id": product_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )

    def iterate(
        self,
        product_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
    ) -> Iterator[ProductDependentMigrationDto]:
        """Every entry of `get_product_dependent_migrations`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport,
            GET_PRODUCT_DEPENDENT_MIGRATIONS,
            path={"product_id": product_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )

    def create_product_dependent_migration(
        self,
        product_id: str,
        *,
        send_all_commands_to_new_servers: bool,
        send_new_commands_to_all_servers: bool,
        target_types: Sequence[ProductDependentMigrationTargetTypeDto],
        idempotency_key: str | None = None,
    ) -> ProductDependentMigrationDto:
        """Create product dependent migration: `POST /v1/stores/{store_id}/products/{product_id}/dependent-migrations`."""
        return self._transport.call(
            CREATE_PRODUCT_DEPENDENT_MIGRATION,
            path={"product_id": product_id},
            body={
                "send_all_commands_to_new_servers": send_all_commands_to_new_servers,
                "send_new_commands_to_all_servers": send_new_commands_to_all_servers,
                "target_types": target_types,
            },
            idempotency_key=idempotency_key,
        )

    def get_product_dependent_migration_estimate(self, product_id: str) -> list[ProductDependentMigrationEstimateVersionDto]:
        """Get product dependent migration estimate: `GET /v1/stores/{store_id}/products/{product_id}/dependent-migrations/estimate`."""
        return self._transport.call(GET_PRODUCT_DEPENDENT_MIGRATION_ESTIMATE, path={"product_id": product_id})


class AsyncProductDependentMigrations:
    """Operations of `product-dependent-migrations`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_product_dependent_migration_by_id(
        self, product_dependent_migration_id: str
    ) -> ProductDependentMigrationDto:
        """Get product dependent migration by id: `GET /v1/stores/{store_id}/product-dependent-migrations/{product_dependent_migration_id}`."""
        return await self._transport.call(
            GET_PRODUCT_DEPENDENT_MIGRATION_BY_ID, path={"product_dependent_migration_id": product_dependent_migration_id}
        )

    async def get_product_dependent_migrations(
        self,
        product_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[ProductDependentMigrationDto]:
        """Get product dependent migrations: `GET /v1/stores/{store_id}/products/{product_id}/dependent-migrations`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_PRODUCT_DEPENDENT_MIGRATIONS,
            path={"product_id": product_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )

    def iterate(
        self,
        product_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
    ) -> AsyncIterator[ProductDependentMigrationDto]:
        """Every entry of `get_product_dependent_migrations`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport,
            GET_PRODUCT_DEPENDENT_MIGRATIONS,
            path={"product_id": product_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )

    async def create_product_dependent_migration(
        self,
        product_id: str,
        *,
        send_all_commands_to_new_servers: bool,
        send_new_commands_to_all_servers: bool,
        target_types: Sequence[ProductDependentMigrationTargetTypeDto],
        idempotency_key: str | None = None,
    ) -> ProductDependentMigrationDto:
        """Create product dependent migration: `POST /v1/stores/{store_id}/products/{product_id}/dependent-migrations`."""
        return await self._transport.call(
            CREATE_PRODUCT_DEPENDENT_MIGRATION,
            path={"product_id": product_id},
            body={
                "send_all_commands_to_new_servers": send_all_commands_to_new_servers,
                "send_new_commands_to_all_servers": send_new_commands_to_all_servers,
                "target_types": target_types,
            },
            idempotency_key=idempotency_key,
        )

    async def get_product_dependent_migration_estimate(
        self, product_id: str
    ) -> list[ProductDependentMigrationEstimateVersionDto]:
        """Get product dependent migration estimate: `GET /v1/stores/{store_id}/products/{product_id}/dependent-migrations/estimate`."""
        return await self._transport.call(GET_PRODUCT_DEPENDENT_MIGRATION_ESTIMATE, path={"product_id": product_id})
