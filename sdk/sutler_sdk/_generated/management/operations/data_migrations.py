"""Operations of `data-migrations`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.data_migrations import DataMigrationTaskDto
from sutler_sdk.paging import awalk, walk

if TYPE_CHECKING:
    from sutler_sdk.transport import AsyncTransport, Transport

GET_DATA_MIGRATIONS = Operation("GET", "/v1/stores/{store_id}/data-migrations", list[DataMigrationTaskDto])
START_DATA_MIGRATION_FROM_TEBEX = Operation(
    "POST", "/v1/stores/{store_id}/data-migrations/tebex", list[DataMigrationTaskDto]
)


class DataMigrations:
    """Operations of `data-migrations`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_data_migrations(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool | None = None
    ) -> list[DataMigrationTaskDto]:
        """Get data migrations: `GET /v1/stores/{store_id}/data-migrations`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_DATA_MIGRATIONS, query={"limit": limit, "after": after, "before": before, "asc": asc}
        )

    def iterate(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool = True
    ) -> Iterator[DataMigrationTaskDto]:
        """Every entry of `get_data_migrations`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport, GET_DATA_MIGRATIONS, query={"limit": limit, "after": after, "before": before, "asc": asc}
        )

    def start_data_migration_from_tebex(
        self, *, headless_token: str, plugin_token: str, idempotency_key: str | None = None
    ) -> list[DataMigrationTaskDto]:
        """Start data migration from tebex: `POST /v1/stores/{store_id}/data-migrations/tebex`."""
        return self._transport.call(
            START_DATA_MIGRATION_FROM_TEBEX,
            body={"headless_token": headless_token, "plugin_token": plugin_token},
            idempotency_key=idempotency_key,
        )


class AsyncDataMigrations:
    """Operations of `data-migrations`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_data_migrations(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool | None = None
    ) -> list[DataMigrationTaskDto]:
        """Get data migrations: `GET /v1/stores/{store_id}/data-migrations`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_DATA_MIGRATIONS, query={"limit": limit, "after": after, "before": before, "asc": asc}
        )

    def iterate(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool = True
    ) -> AsyncIterator[DataMigrationTaskDto]:
        """Every entry of `get_data_migrations`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport, GET_DATA_MIGRATIONS, query={"limit": limit, "after": after, "before": before, "asc": asc}
        )

    async def start_data_migration_from_tebex(
        self, *, headless_token: str, plugin_token: str, idempotency_key: str | None = None
    ) -> list[DataMigrationTaskDto]:
        """Start data migration from tebex: `POST /v1/stores/{store_id}/data-migrations/tebex`."""
        return await self._transport.call(
            START_DATA_MIGRATION_FROM_TEBEX,
            body={"headless_token": headless_token, "plugin_token": plugin_token},
            idempotency_key=idempotency_key,
        )
