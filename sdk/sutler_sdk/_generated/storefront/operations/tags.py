"""Operations of `tags`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sutler_sdk._calls import Operation
from sutler_sdk._generated.storefront.models.tags import StorefrontTagDto

if TYPE_CHECKING:
    from sutler_sdk.transport import AsyncTransport, Transport

GET_STOREFRONT_TAGS = Operation("GET", "/v1/store/tags", list[StorefrontTagDto])


class Tags:
    """Operations of `tags`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_storefront_tags(self) -> list[StorefrontTagDto]:
        """Get storefront tags: `GET /v1/store/tags`."""
        return self._transport.call(GET_STOREFRONT_TAGS)


class AsyncTags:
    """Operations of `tags`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_storefront_tags(self) -> list[StorefrontTagDto]:
        """Get storefront tags: `GET /v1/store/tags`."""
        return await self._transport.call(GET_STOREFRONT_TAGS)
