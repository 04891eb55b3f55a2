"""Operations of `bans`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.bans import BanDto, CheckForBanIDByIdentitiesResponseDto
from sutler_sdk.paging import awalk, walk

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import BanType
    from sutler_sdk._generated.management.inputs import BanIdentityInput
    from sutler_sdk.transport import AsyncTransport, Transport

GET_BANS = Operation("GET", "/v1/stores/{store_id}/bans", list[BanDto])
CREATE_BAN = Operation("POST", "/v1/stores/{store_id}/bans", BanDto)
CHECK_FOR_BAN_BY_IDENTITIES = Operation(
    "POST", "/v1/stores/{store_id}/bans/check", CheckForBanIDByIdentitiesResponseDto, repeatable=True
)
GET_BAN = Operation("GET", "/v1/stores/{store_id}/bans/{ban_id}", BanDto)
UPDATE_BAN = Operation("PATCH", "/v1/stores/{store_id}/bans/{ban_id}", BanDto)
DELETE_BAN = Operation("DELETE", "/v1/stores/{store_id}/bans/{ban_id}", type(None))


class Bans:
    """Operations of `bans`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_bans(
        self,
        *,
        ban_type: BanType | None = None,
        ban_type_value: str | None = None,
        reason: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[BanDto]:
        """Get bans: `GET /v1/stores/{store_id}/bans`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_BANS,
            query={
                "ban_type": ban_type,
                "ban_type_value": ban_type_value,
                "reason": reason,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    def iterate(
        self,
        *,
        ban_type: BanType | None = None,
        ban_type_value: str | None = None,
        reason: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
    ) -> Iterator[BanDto]:
        """Every entry of `get_bans`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport,
            GET_BANS,
            query={
                "ban_type": ban_type,
                "ban_type_value": ban_type_value,
                "reason": reason,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    def create_ban(
        self,
        *,
        expires_at: datetime | UnsetType | None = UNSET,
        identities: Sequence[BanIdentityInput] | UnsetType | None = UNSET,
        reason: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> BanDto:
        """Create ban: `POST /v1/stores/{store_id}/bans`."""
        return self._transport.call(
            CREATE_BAN,
            body={"expires_at": expires_at, "identities": identities, "reason": reason},
            idempotency_key=idempotency_key,
        )

    def check_for_ban_by_identities(self, *, identities: Sequence[BanIdentityInput]) -> CheckForBanIDByIdentitiesResponseDto:
        """Check for ban by identities: `POST /v1/stores/{store_id}/bans/check`."""
        return self._transport.call(CHECK_FOR_BAN_BY_IDENTITIES, body={"identities": identities})

    def get_ban(self, ban_id: str) -> BanDto:
        """Get ban: `GET /v1/stores/{store_id}/bans/{ban_id}`."""
        return self._transport.call(GET_BAN, path={"ban_id": ban_id})

    def update_ban(
        self,
        ban_id: str,
        *,
        expires_at: datetime | UnsetType | None = UNSET,
        identities: Sequence[BanIdentityInput] | UnsetType | None = UNSET,
        reason: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> BanDto:
        """Update ban: `PATCH /v1/stores/{store_id}/bans/{ban_id}`."""
        return self._transport.call(
            UPDATE_BAN,
            path={"ban_id": ban_id},
            body={"expires_at": expires_at, "identities": identities, "reason": reason},
            idempotency_key=idempotency_key,
        )

    def delete_ban(self, ban_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete ban: `DELETE /v1/stores/{store_id}/bans/{ban_id}`."""
        return self._transport.call(DELETE_BAN, path={"ban_id": ban_id}, idempotency_key=idempotency_key)


class AsyncBans:
    """Operations of `bans`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_bans(
        self,
        *,
        ban_type: BanType | None = None,
        ban_type_value: str | None = None,
        reason: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[BanDto]:
        """Get bans: `GET /v1/stores/{store_id}/bans`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_BANS,
            query={
                "ban_type": ban_type,
                "ban_type_value": ban_type_value,
                "reason": reason,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    def iterate(
        self,
        *,
        ban_type: BanType | None = None,
        ban_type_value: str | None = None,
        reason: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
    ) -> AsyncIterator[BanDto]:
        """Every entry of `get_bans`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport,
            GET_BANS,
            query={
                "ban_type": ban_type,
                "ban_type_value": ban_type_value,
                "reason": reason,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    async def create_ban(
        self,
        *,
        expires_at: datetime | UnsetType | None = UNSET,
        identities: Sequence[BanIdentityInput] | UnsetType | None = UNSET,
        reason: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> BanDto:
        """Create ban: `POST /v1/stores/{store_id}/bans`."""
        return await self._transport.call(
            CREATE_BAN,
            body={"expires_at": expires_at, "identities": identities, "reason": reason},
            idempotency_key=idempotency_key,
        )

    async def check_for_ban_by_identities(
        self, *, identities: Sequence[BanIdentityInput]
    ) -> CheckForBanIDByIdentitiesResponseDto:
        """Check for ban by identities: `POST /v1/stores/{store_id}/bans/check`."""
        return await self._transport.call(CHECK_FOR_BAN_BY_IDENTITIES, body={"identities": identities})

    async def get_ban(self, ban_id: str) -> BanDto:
        """Get ban: `GET /v1/stores/{store_id}/bans/{ban_id}`."""
        return await self._transport.call(GET_BAN, path={"ban_id": ban_id})

    async def update_ban(
        self,
        ban_id: str,
        *,
        expires_at: datetime | UnsetType | None = UNSET,
        identities: Sequence[BanIdentityInput] | UnsetType | None = UNSET,
        reason: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> BanDto:
        """Update ban: `PATCH /v1/stores/{store_id}/bans/{ban_id}`."""
        return await self._transport.call(
            UPDATE_BAN,
            path={"ban_id": ban_id},
            body={"expires_at": expires_at, "identities": identities, "reason": reason},
            idempotency_key=idempotency_key,
        )

    async def delete_ban(self, ban_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete ban: `DELETE /v1/stores/{store_id}/bans/{ban_id}`."""
        return await self._transport.call(DELETE_BAN, path={"ban_id": ban_id}, idempotency_key=idempotency_key)
