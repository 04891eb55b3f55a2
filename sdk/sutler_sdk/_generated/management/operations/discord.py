"""Operations of `discord`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.discord import (
    DiscordActionDto,
    DiscordProfileDto,
    DiscordServerChannelDto,
    DiscordServerLinkDto,
    DiscordServerRoleDto,
    QueuedDiscordActionDto,
)

if TYPE_CHECKING:
    from sutler_sdk._generated.management.inputs import SetDiscordActionInput
    from sutler_sdk.transport import AsyncTransport, Transport

GET_DISCORD_SERVER_LINKS = Operation("GET", "/v1/stores/{store_id}/discord/links", list[DiscordServerLinkDto])
CREATE_DISCORD_SERVER_LINK = Operation("POST", "/v1/stores/{store_id}/discord/links", DiscordServerLinkDto)
DELETE_DISCORD_SERVER_LINKS = Operation("DELETE", "/v1/stores/{store_id}/discord/links/{token}", list[DiscordServerLinkDto])
GET_DISCORD_SERVER_TEXT_CHANNELS = Operation(
    "GET", "/v1/stores/{store_id}/discord/{discord_server_id}/discord/text_channels", list[DiscordServerChannelDto]
)
GET_DISCORD_SERVER_ROLES = Operation(
    "GET", "/v1/stores/{store_id}/discord/{discord_server_id}/roles", list[DiscordServerRoleDto]
)
GET_USER_TO_DELIVERY_ITEM_LINKS = Operation(
    "GET", "/v1/stores/{store_id}/inventory/{inventory_item_id}/discord/link", DiscordProfileDto
)
SET_USER_TO_DELIVERY_ITEM_LINK = Operation(
    "PUT", "/v1/stores/{store_id}/inventory/{inventory_item_id}/discord/link", type(None)
)
DELETE_USER_TO_DELIVERY_ITEM_LINK = Operation(
    "DELETE", "/v1/stores/{store_id}/inventory/{inventory_item_id}/discord/link", type(None)
)
GET_QUEUED_DISCORD_ACTION_FOR_DELIVERY_ITEM = Operation(
    "GET", "/v1/stores/{store_id}/inventory/{inventory_item_id}/discord/queued", list[QueuedDiscordActionDto]
)
GET_LINKED_DISCORD_ACCOUNTS = Operation(
    "GET", "/v1/stores/{store_id}/orders/{order_id}/discord", dict[str, DiscordProfileDto]
)
GET_DISCORD_ACTION_EXECUTION_HISTORY = Operation(
    "GET", "/v1/stores/{store_id}/orders/{order_id}/discord/queued", list[QueuedDiscordActionDto]
)
GET_ACTIONS = Operation(
    "GET", "/v1/stores/{store_id}/product_versions/{product_version_id}/discord_actions", list[DiscordActionDto]
)
CREATE_ACTION = Operation(
    "PUT", "/v1/stores/{store_id}/product_versions/{product_version_id}/discord_actions", DiscordActionDto
)


class Discord:
    """Operations of `discord`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_discord_server_links(self) -> list[DiscordServerLinkDto]:
        """Get discord server links: `GET /v1/stores/{store_id}/discord/links`."""
        return self._transport.call(GET_DISCORD_SERVER_LINKS)

    def create_discord_server_link(self, *, idempotency_key: str | None = None) -> DiscordServerLinkDto:
        """Create discord server link: `POST /v1/stores/{store_id}/discord/links`."""
        return self._transport.call(CREATE_DISCORD_SERVER_LINK, idempotency_key=idempotency_key)

    def delete_discord_server_links(self, token: str, *, idempotency_key: str | None = None) -> list[DiscordServerLinkDto]:
        """Delete discord server links: `DELETE /v1/stores/{store_id}/discord/links/{token}`."""
        return self._transport.call(DELETE_DISCORD_SERVER_LINKS, path={"token": token}, idempotency_key=idempotency_key)

    def get_discord_server_text_channels(self, discord_server_id: str) -> list[DiscordServerChannelDto]:
        """Get discord server text channels: `GET /v1/stores/{store_id}/discord/{discord_server_id}/discord/text_channels`."""
        return self._transport.call(GET_DISCORD_SERVER_TEXT_CHANNELS, path={"discord_server_id": discord_server_id})

    def get_discord_server_roles(self, discord_server_id: str) -> list[DiscordServerRoleDto]:
        """Get discord server roles: `GET /v1/stores/{store_id}/discord/{discord_server_id}/roles`."""
        return self._transport.call(GET_DISCORD_SERVER_ROLES, path={"discord_server_id": discord_server_id})

    def get_user_to_delivery_item_links(self, inventory_item_id: str) -> DiscordProfileDto:
        """Get user to delivery item links: `GET /v1/stores/{store_id}/inventory/{inventory_item_id}/discord/link`."""
        return self._transport.call(GET_USER_TO_DELIVERY_ITEM_LINKS, path={"inventory_item_id": inventory_item_id})

    def set_user_to_delivery_item_link(
        self, inventory_item_id: str, *, discord_user_id: int | None = None, idempotency_key: str | None = None
    ) -> None:
        """Set user to delivery item link: `PUT /v1/stores/{store_id}/inventory/{inventory_item_id}/discord/link`."""
        return self._transport.call(
            SET_USER_TO_DELIVERY_ITEM_LINK,
            path={"inventory_item_id": inventory_item_id},
            query={"discord_user_id": discord_user_id},
            idempotency_key=idempotency_key,
        )

    def delete_user_to_delivery_item_link(self, inventory_item_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete user to delivery item link: `DELETE /v1/stores/{store_id}/inventory/{inventory_item_id}/discord/link`."""
        return self._transport.call(
            DELETE_USER_TO_DELIVERY_ITEM_LINK, path={"inventory_item_id": inventory_item_id}, idempotency_key=idempotency_key
        )

    def get_queued_discord_action_for_delivery_item(self, inventory_item_id: str) -> list[QueuedDiscordActionDto]:
        """Get queued discord action for delivery item: `GET /v1/stores/{store_id}/inventory/{inventory_item_id}/discord/queued`."""
        return self._transport.call(
            GET_QUEUED_DISCORD_ACTION_FOR_DELIVERY_ITEM, path={"inventory_item_id": inventory_item_id}
        )

    def get_linked_discord_accounts(self, order_id: str) -> dict[str, DiscordProfileDto]:
        """Get linked discord accounts: `GET /v1/stores/{store_id}/orders/{order_id}/discord`."""
        return self._transport.call(GET_LINKED_DISCORD_ACCOUNTS, path={"order_id": order_id})

    def get_discord_action_execution_history(self, order_id: str) -> list[QueuedDiscordActionDto]:
        """Get discord action execution history: `GET /v1/stores/{store_id}/orders/{order_id}/discord/queued`."""
        return self._transport.call(GET_DISCORD_ACTION_EXECUTION_HISTORY, path={"order_id": order_id})

    def get_actions(self, product_version_id: str) -> list[DiscordActionDto]:
        """Get actions: `GET /v1/stores/{store_id}/product_versions/{product_version_id}/discord_actions`."""
        return self._transport.call(GET_ACTIONS, path={"product_version_id": product_version_id})

    def create_action(
        self, product_version_id: str, items: Sequence[SetDiscordActionInput], *, idempotency_key: str | None = None
    ) -> DiscordActionDto:
        """Create action: `PUT /v1/stores/{store_id}/product_versions/{product_version_id}/discord_actions`."""
        return self._transport.call(
            CREATE_ACTION, path={"product_version_id": product_version_id}, body=items, idempotency_key=idempotency_key
        )


class AsyncDiscord:
    """Operations of `discord`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_discord_server_links(self) -> list[DiscordServerLinkDto]:
        """Get discord server links: `GET /v1/stores/{store_id}/discord/links`."""
        return await self._transport.call(GET_DISCORD_SERVER_LINKS)

    async def create_discord_server_link(self, *, idempotency_key: str | None = None) -> DiscordServerLinkDto:
        """Create discord server link: `POST /v1/stores/{store_id}/discord/links`."""
        return await self._transport.call(CREATE_DISCORD_SERVER_LINK, idempotency_key=idempotency_key)

    async def delete_discord_server_links(
        self, token: str, *, idempotency_key: str | None = None
    ) -> list[DiscordServerLinkDto]:
        """Delete discord server links: `DELETE /v1/stores/{store_id}/discord/links/{token}`."""
        return await self._transport.call(
            DELETE_DISCORD_SERVER_LINKS, path={"token": token}, idempotency_key=idempotency_key
        )

    async def get_discord_server_text_channels(self, discord_server_id: str) -> list[DiscordServerChannelDto]:
        """Get discord server text channels: `GET /v1/stores/{store_id}/discord/{discord_server_id}/discord/text_channels`."""
        return await self._transport.call(GET_DISCORD_SERVER_TEXT_CHANNELS, path={"discord_server_id": discord_server_id})

    async def get_discord_server_roles(self, discord_server_id: str) -> list[DiscordServerRoleDto]:
        """Get discord server roles: `GET /v1/stores/{store_id}/discord/{discord_server_id}/roles`."""
        return await self._transport.call(GET_DISCORD_SERVER_ROLES, path={"discord_server_id": discord_server_id})

    async def get_user_to_delivery_item_links(self, inventory_item_id: str) -> DiscordProfileDto:
        """Get user to delivery item links: `GET /v1/stores/{store_id}/inventory/{inventory_item_id}/discord/link`."""
        return await self._transport.call(GET_USER_TO_DELIVERY_ITEM_LINKS, path={"inventory_item_id": inventory_item_id})

    async def set_user_to_delivery_item_link(
        self, inventory_item_id: str, *, discord_user_id: int | None = None, idempotency_key: str | None = None
    ) -> None:
        """Set user to delivery item link: `PUT /v1/stores/{store_id}/inventory/{inventory_item_id}/discord/link`."""
        return await self._transport.call(
            SET_USER_TO_DELIVERY_ITEM_LINK,
            path={"inventory_item_id": inventory_item_id},
            query={"discord_user_id": discord_user_id},
            idempotency_key=idempotency_key,
        )

    async def delete_user_to_delivery_item_link(self, inventory_item_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete user to delivery item link: `DELETE /v1/stores/{store_id}/inventory/{inventory_item_id}/discord/link`."""
        return await self._transport.call(
            DELETE_USER_TO_DELIVERY_ITEM_LINK, path={"inventory_item_id": inventory_item_id}, idempotency_key=idempotency_key
        )

    async def get_queued_discord_action_for_delivery_item(self, inventory_item_id: str) -> list[QueuedDiscordActionDto]:
        """Get queued discord action for delivery item: `GET /v1/stores/{store_id}/inventory/{inventory_item_id}/discord/queued`."""
        return await self._transport.call(
            GET_QUEUED_DISCORD_ACTION_FOR_DELIVERY_ITEM, path={"inventory_item_id": inventory_item_id}
        )

    async def get_linked_discord_accounts(self, order_id: str) -> dict[str, DiscordProfileDto]:
        """Get linked discord accounts: `GET /v1/stores/{store_id}/orders/{order_id}/discord`."""
        return await self._transport.call(GET_LINKED_DISCORD_ACCOUNTS, path={"order_id": order_id})

    async def get_discord_action_execution_history(self, order_id: str) -> list[QueuedDiscordActionDto]:
        """Get discord action execution history: `GET /v1/stores/{store_id}/orders/{order_id}/discord/queued`."""
        return await self._transport.call(GET_DISCORD_ACTION_EXECUTION_HISTORY, path={"order_id": order_id})

    async def get_actions(self, product_version_id: str) -> list[DiscordActionDto]:
        """Get actions: `GET /v1/stores/{store_id}/product_versions/{product_version_id}/discord_actions`."""
        return await self._transport.call(GET_ACTIONS, path={"product_version_id": product_version_id})

    async def create_action(
        self, product_version_id: str, items: Sequence[SetDiscordActionInput], *, idempotency_key: str | None = None
    ) -> DiscordActionDto:
        """Create action: `PUT /v1/stores/{store_id}/product_versions/{product_version_id}/discord_actions`."""
        return await self._transport.call(
            CREATE_ACTION, path={"product_version_id": product_version_id}, body=items, idempotency_key=idempotency_key
        )
