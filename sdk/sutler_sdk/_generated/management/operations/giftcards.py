"""Operations of `giftcards`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.giftcards import GiftCardDto
from sutler_sdk.paging import awalk, walk

if TYPE_CHECKING:
    from sutler_sdk.transport import AsyncTransport, Transport

GET_GIFT_CARDS = Operation("GET", "/v1/stores/{store_id}/giftcards", list[GiftCardDto])
CREATE_GIFT_CARD = Operation("POST", "/v1/stores/{store_id}/giftcards", GiftCardDto)
GET_GIFT_CARD = Operation("GET", "/v1/stores/{store_id}/giftcards/{gift_card_id}", GiftCardDto)
UPDATE_GIFT_CARD = Operation("PATCH", "/v1/stores/{store_id}/giftcards/{gift_card_id}", GiftCardDto)
DELETE_GIFT_CARD = Operation("DELETE", "/v1/stores/{store_id}/giftcards/{gift_card_id}", GiftCardDto)


class Giftcards:
    """Operations of `giftcards`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_gift_cards(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
        code: str | None = None,
        include_canceled: bool | None = None,
    ) -> list[GiftCardDto]:
        """Get gift cards: `GET /v1/stores/{store_id}/giftcards`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_GIFT_CARDS,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "code": code,
                "include_canceled": include_canceled,
            },
        )

    def iterate(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
        code: str | None = None,
        include_canceled: bool | None = None,
    ) -> Iterator[GiftCardDto]:
        """Every entry of `get_gift_cards`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport,
            GET_GIFT_CARDS,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "code": code,
                "include_canceled": include_canceled,
            },
        )

    def create_gift_card(
        self,
        *,
        balance: int,
        code: str | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        expires_at: datetime | UnsetType | None = UNSET,
        note: str | UnsetType | None = UNSET,
        usable_at: datetime | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> GiftCardDto:
        """Create gift card: `POST /v1/stores/{store_id}/giftcards`.

        `balance`: minor units.
        """
        return self._transport.call(
            CREATE_GIFT_CARD,
            body={
                "balance": balance,
                "code": code,
                "enabled": enabled,
                "expires_at": expires_at,
                "note": note,
                "usable_at": usable_at,
            },
            idempotency_key=idempotency_key,
        )

    def get_gift_card(self, gift_card_id: str) -> GiftCardDto:
        """Get gift card: `GET /v1/stores/{store_id}/giftcards/{gift_card_id}`."""
        return self._transport.call(GET_GIFT_CARD, path={"gift_card_id": gift_card_id})

    def update_gift_card(
        self,
        gift_card_id: str,
        *,
        balance: int | UnsetType | None = UNSET,
        code: str | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        expires_at: datetime | UnsetType | None = UNSET,
        note: str | UnsetType | None = UNSET,
        usable_at: datetime | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> GiftCardDto:
        """Update gift card: `PATCH /v1/stores/{store_id}/giftcards/{gift_card_id}`.

        `balance`: minor units.
        """
        return self._transport.call(
            UPDATE_GIFT_CARD,
            path={"gift_card_id": gift_card_id},
            body={
                "balance": balance,
                "code": code,
                "enabled": enabled,
                "expires_at": expires_at,
                "note": note,
                "usable_at": usable_at,
            },
            idempotency_key=idempotency_key,
        )

    def delete_gift_card(self, gift_card_id: str, *, idempotency_key: str | None = None) -> GiftCardDto:
        """Delete gift card: `DELETE /v1/stores/{store_id}/giftcards/{gift_card_id}`."""
        return self._transport.call(DELETE_GIFT_CARD, path={"gift_card_id": gift_card_id}, idempotency_key=idempotency_key)


class AsyncGiftcards:
    """Operations of `giftcards`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_gift_cards(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
        code: str | None = None,
        include_canceled: bool | None = None,
    ) -> list[GiftCardDto]:
        """Get gift cards: `GET /v1/stores/{store_id}/giftcards`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_GIFT_CARDS,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "code": code,
                "include_canceled": include_canceled,
            },
        )

    def iterate(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
        code: str | None = None,
        include_canceled: bool | None = None,
    ) -> AsyncIterator[GiftCardDto]:
        """Every entry of `get_gift_cards`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport,
            GET_GIFT_CARDS,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "code": code,
                "include_canceled": include_canceled,
            },
        )

    async def create_gift_card(
        self,
        *,
        balance: int,
        code: str | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        expires_at: datetime | UnsetType | None = UNSET,
        note: str | UnsetType | None = UNSET,
        usable_at: datetime | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> GiftCardDto:
        """Create gift card: `POST /v1/stores/{store_id}/giftcards`.

        `balance`: minor units.
        """
        return await self._transport.call(
            CREATE_GIFT_CARD,
            body={
                "balance": balance,
                "code": code,
                "enabled": enabled,
                "expires_at": expires_at,
                "note": note,
                "usable_at": usable_at,
            },
            idempotency_key=idempotency_key,
        )

    async def get_gift_card(self, gift_card_id: str) -> GiftCardDto:
        """Get gift card: `GET /v1/stores/{store_id}/giftcards/{gift_card_id}`."""
        return await self._transport.call(GET_GIFT_CARD, path={"gift_card_id": gift_card_id})

    async def update_gift_card(
        self,
        gift_card_id: str,
        *,
        balance: int | UnsetType | None = UNSET,
        code: str | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        expires_at: datetime | UnsetType | None = UNSET,
        note: str | UnsetType | None = UNSET,
        usable_at: datetime | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> GiftCardDto:
        """Update gift card: `PATCH /v1/stores/{store_id}/giftcards/{gift_card_id}`.

        `balance`: minor units.
        """
        return await self._transport.call(
            UPDATE_GIFT_CARD,
            path={"gift_card_id": gift_card_id},
            body={
                "balance": balance,
                "code": code,
                "enabled": enabled,
                "expires_at": expires_at,
                "note": note,
                "usable_at": usable_at,
            },
            idempotency_key=idempotency_key,
        )

    async def delete_gift_card(self, gift_card_id: str, *, idempotency_key: str | None = None) -> GiftCardDto:
        """Delete gift card: `DELETE /v1/stores/{store_id}/giftcards/{gift_card_id}`."""
        return await self._transport.call(
            DELETE_GIFT_CARD, path={"gift_card_id": gift_card_id}, idempotency_key=idempotency_key
        )
