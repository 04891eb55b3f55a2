"""Operations of `discord`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sutler_sdk._calls import Operation

if TYPE_CHECKING:
    from sutler_sdk.transport import AsyncTransport, Transport

DO_PRODUCTS_HAVE_DISCORD_ACTIONS = Operation(
    "GET", "/v1/stores/{store_id}/product_versions/discord_actions", dict[str, bool]
)


class Discord:
    """Operations of `discord`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def do_products_have_discord_actions(self, *, product_version_id: Sequence[str] | None = None) -> dict[str, bool]:
        """Do products have discord actions: `GET /v1/stores/{store_id}/product_versions/discord_actions`."""
        return self._transport.call(DO_PRODUCTS_HAVE_DISCORD_ACTIONS, query={"product_version_id": product_version_id})


class AsyncDiscord:
    """Operations of `discord`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def do_products_have_discord_actions(self, *, product_version_id: Sequence[str] | None = None) -> dict[str, bool]:
        """Do products have discord actions: `GET /v1/stores/{store_id}/product_versions/discord_actions`."""
        return await self._transport.call(DO_PRODUCTS_HAVE_DISCORD_ACTIONS, query={"product_version_id": product_version_id})
