"""Operations of `navlinks`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sutler_sdk._calls import Operation
from sutler_sdk._generated.storefront.models.navlinks import StorefrontNavLinkDto

if TYPE_CHECKING:
    from sutler_sdk.transport import AsyncTransport, Transport

GET_STOREFRONT_NAV_LINKS = Operation("GET", "/v1/store/navlinks", list[StorefrontNavLinkDto])


class Navlinks:
    """Operations of `navlinks`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_storefront_nav_links(self) -> list[StorefrontNavLinkDto]:
        """Get storefront nav links: `GET /v1/store/navlinks`."""
        return self._transport.call(GET_STOREFRONT_NAV_LINKS)


class AsyncNavlinks:
    """Operations of `navlinks`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_storefront_nav_links(self) -> list[StorefrontNavLinkDto]:
        """Get storefront nav links: `GET /v1/store/navlinks`."""
        return await self._transport.call(GET_STOREFRONT_NAV_LINKS)
