"""Operations of `trust`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.trust import TrustStoreRequirementDto
from sutler_sdk.paging import awalk, walk

if TYPE_CHECKING:
    from sutler_sdk.transport import AsyncTransport, Transport

GET_STORE_TRUST_REQUIREMENTS = Operation("GET", "/v1/stores/{store_id}/trust/requirements", list[TrustStoreRequirementDto])


class Trust:
    """Operations of `trust`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_store_trust_requirements(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool | None = None
    ) -> list[TrustStoreRequirementDto]:
        """Get store trust requirements: `GET /v1/stores/{store_id}/trust/requirements`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_STORE_TRUST_REQUIREMENTS, query={"limit": limit, "after": after, "before": before, "asc": asc}
        )

    def iterate(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool = True
    ) -> Iterator[TrustStoreRequirementDto]:
        """Every entry of `get_store_trust_requirements`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport,
            GET_STORE_TRUST_REQUIREMENTS,
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )


class AsyncTrust:
    """Operations of `trust`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_store_trust_requirements(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool | None = None
    ) -> list[TrustStoreRequirementDto]:
        """Get store trust requirements: `GET /v1/stores/{store_id}/trust/requirements`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_STORE_TRUST_REQUIREMENTS, query={"limit": limit, "after": after, "before": before, "asc": asc}
        )

    def iterate(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool = True
    ) -> AsyncIterator[TrustStoreRequirementDto]:
        """Every entry of `get_store_trust_requirements`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport,
            GET_STORE_TRUST_REQUIREMENTS,
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )
