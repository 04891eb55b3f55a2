"""Operations of `navlinks`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.navlinks import NavLinkDto

if TYPE_CHECKING:
    from sutler_sdk._generated.management.inputs import UpdateNavLinkOrderChangeInput
    from sutler_sdk.transport import AsyncTransport, Transport

GET_NAV_LINKS = Operation("GET", "/v1/stores/{store_id}/navlinks", list[NavLinkDto])
CREATE_NAV_LINK = Operation("POST", "/v1/stores/{store_id}/navlinks", NavLinkDto)
UPDATE_NAV_LINK_ORDER = Operation("PATCH", "/v1/stores/{store_id}/navlinks/sort-orders", type(None))
GET_NAV_LINK = Operation("GET", "/v1/stores/{store_id}/navlinks/{nav_link_id}", NavLinkDto)
UPDATE_NAV_LINK = Operation("PATCH", "/v1/stores/{store_id}/navlinks/{nav_link_id}", NavLinkDto)
DELETE_NAV_LINK = Operation("DELETE", "/v1/stores/{store_id}/navlinks/{nav_link_id}", type(None))


class Navlinks:
    """Operations of `navlinks`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_nav_links(self) -> list[NavLinkDto]:
        """Get nav links: `GET /v1/stores/{store_id}/navlinks`."""
        return self._transport.call(GET_NAV_LINKS)

    def create_nav_link(
        self,
        *,
        tag_id: str,
        order: int | UnsetType | None = UNSET,
        parent_node_id: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> NavLinkDto:
        """Create nav link: `POST /v1/stores/{store_id}/navlinks`."""
        return self._transport.call(
            CREATE_NAV_LINK,
            body={"order": order, "parent_node_id": parent_node_id, "tag_id": tag_id},
            idempotency_key=idempotency_key,
        )

    def update_nav_link_order(
        self, items: Sequence[UpdateNavLinkOrderChangeInput], *, idempotency_key: str | None = None
    ) -> None:
        """Update nav link order: `PATCH /v1/stores/{store_id}/navlinks/sort-orders`."""
        return self._transport.call(UPDATE_NAV_LINK_ORDER, body=items, idempotency_key=idempotency_key)

    def get_nav_link(self, nav_link_id: str) -> NavLinkDto:
        """Get nav link: `GET /v1/stores/{store_id}/navlinks/{nav_link_id}`."""
        return self._transport.call(GET_NAV_LINK, path={"nav_link_id": nav_link_id})

    def update_nav_link(
        self,
        nav_link_id: str,
        *,
        order: int | UnsetType | None = UNSET,
        parent_node_id: str | UnsetType | None = UNSET,
        tag_id: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> NavLinkDto:
        """Update nav link: `PATCH /v1/stores/{store_id}/navlinks/{nav_link_id}`."""
        return self._transport.call(
            UPDATE_NAV_LINK,
            path={"nav_link_id": nav_link_id},
            body={"order": order, "parent_node_id": parent_node_id, "tag_id": tag_id},
            idempotency_key=idempotency_key,
        )

    def delete_nav_link(self, nav_link_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete nav link: `DELETE /v1/stores/{store_id}/navlinks/{nav_link_id}`."""
        return self._transport.call(DELETE_NAV_LINK, path={"nav_link_id": nav_link_id}, idempotency_key=idempotency_key)


class AsyncNavlinks:
    """Operations of `navlinks`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_nav_links(self) -> list[NavLinkDto]:
        """Get nav links: `GET /v1/stores/{store_id}/navlinks`."""
        return await self._transport.call(GET_NAV_LINKS)

    async def create_nav_link(
        self,
        *,
        tag_id: str,
        order: int | UnsetType | None = UNSET,
        parent_node_id: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> NavLinkDto:
        """Create nav link: `POST /v1/stores/{store_id}/navlinks`."""
        return await self._transport.call(
            CREATE_NAV_LINK,
            body={"order": order, "parent_node_id": parent_node_id, "tag_id": tag_id},
            idempotency_key=idempotency_key,
        )

    async def update_nav_link_order(
        self, items: Sequence[UpdateNavLinkOrderChangeInput], *, idempotency_key: str | None = None
    ) -> None:
        """Update nav link order: `PATCH /v1/stores/{store_id}/navlinks/sort-orders`."""
        return await self._transport.call(UPDATE_NAV_LINK_ORDER, body=items, idempotency_key=idempotency_key)

    async def get_nav_link(self, nav_link_id: str) -> NavLinkDto:
        """Get nav link: `GET /v1/stores/{store_id}/navlinks/{nav_link_id}`."""
        return await self._transport.call(GET_NAV_LINK, path={"nav_link_id": nav_link_id})

    async def update_nav_link(
        self,
        nav_link_id: str,
        *,
        order: int | UnsetType | None = UNSET,
        parent_node_id: str | UnsetType | None = UNSET,
        tag_id: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> NavLinkDto:
        """Update nav link: `PATCH /v1/stores/{store_id}/navlinks/{nav_link_id}`."""
        return await self._transport.call(
            UPDATE_NAV_LINK,
            path={"nav_link_id": nav_link_id},
            body={"order": order, "parent_node_id": parent_node_id, "tag_id": tag_id},
            idempotency_key=idempotency_key,
        )

    async def delete_nav_link(self, nav_link_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete nav link: `DELETE /v1/stores/{store_id}/navlinks/{nav_link_id}`."""
        return await self._transport.call(
            DELETE_NAV_LINK, path={"nav_link_id": nav_link_id}, idempotency_key=idempotency_key
        )
