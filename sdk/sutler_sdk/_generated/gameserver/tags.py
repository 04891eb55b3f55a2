"""The attributes of a client, one for each tag, loaded when they are used first. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sutler_sdk._generated.gameserver.operations.delivery import AsyncDelivery, Delivery
    from sutler_sdk.transport import AsyncTransport, Transport


class GameserverTags:
    """Operations of the gameserver API by their tags."""

    _transport: Transport

    @cached_property
    def delivery(self) -> Delivery:
        """Operations of `delivery`."""
        from sutler_sdk._generated.gameserver.operations.delivery import Delivery

        return Delivery(self._transport)


class AsyncGameserverTags:
    """Operations of the gameserver API by their tags."""

    _transport: AsyncTransport

    @cached_property
    def delivery(self) -> AsyncDelivery:
        """Operations of `delivery`."""
        from sutler_sdk._generated.gameserver.operations.delivery import AsyncDelivery

        return AsyncDelivery(self._transport)
