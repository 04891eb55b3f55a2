"""Operations of `delivery`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._deprecation import deprecated
from sutler_sdk._generated.management.models.delivery import (
    CommandAttemptDto,
    DeliveryItemDto,
    ResendCommandsForGameServerResponseDto,
    UnqueueCommandsResponseDto,
)
from sutler_sdk.paging import awalk, walk

if TYPE_CHECKING:
    from sutler_sdk._generated.management.inputs import DeliveryItemAssignmentBulkInput
    from sutler_sdk.transport import AsyncTransport, Transport

ASSIGN_DELIVERY_ITEMS_BULK_LEGACY = Operation("POST", "/v1/stores/{store_id}/command-delivery", list[DeliveryItemDto])
UNQUEUE_DELIVERY_COMMAND_ATTEMPT_BY_ATTEMPT_IDS_LEGACY = Operation(
    "POST", "/v1/stores/{store_id}/command-delivery/unqueue", UnqueueCommandsResponseDto
)
GET_DELIVERY_ITEMS = Operation(
    "GET", "/v1/stores/{store_id}/customers/{customer_id}/command-delivery", list[DeliveryItemDto]
)
ASSIGN_DELIVERY_ITEM_LEGACY = Operation(
    "POST", "/v1/stores/{store_id}/customers/{customer_id}/command-delivery", list[DeliveryItemDto]
)
REVOKE_DELIVERY_ITEM_LEGACY = Operation(
    "DELETE", "/v1/stores/{store_id}/customers/{customer_id}/command-delivery/{delivery_item_id}", type(None)
)
GET_COMMAND_ATTEMPTS_FOR_CUSTOMER = Operation(
    "GET", "/v1/stores/{store_id}/customers/{customer_id}/delivery/commands", list[CommandAttemptDto]
)
GET_CUSTOMER_DELIVERY_ITEMS = Operation(
    "GET", "/v1/stores/{store_id}/customers/{customer_id}/delivery/items", list[DeliveryItemDto]
)
ASSIGN_DELIVERY_ITEM = Operation(
    "POST", "/v1/stores/{store_id}/customers/{customer_id}/delivery/items", list[DeliveryItemDto]
)
REVOKE_DELIVERY_ITEM = Operation(
    "DELETE", "/v1/stores/{store_id}/customers/{customer_id}/delivery/items/{delivery_item_id}", type(None)
)
UNQUEUE_DELIVERY_COMMAND_ATTEMPT_BY_ATTEMPT_IDS = Operation(
    "POST", "/v1/stores/{store_id}/delivery/commands/unqueue", UnqueueCommandsResponseDto
)
GET_STORE_DELIVERY_ITEMS = Operation("GET", "/v1/stores/{store_id}/delivery/items", list[DeliveryItemDto])
ASSIGN_DELIVERY_ITEMS_BULK = Operation("POST", "/v1/stores/{store_id}/delivery/items", list[DeliveryItemDto])
RESEND_DELIVERY_COMMANDS_FOR_GAME_SERVER = Operation(
    "POST",
    "/v1/stores/{store_id}/gameservers/{game_server_id}/delivery/commands/resend",
    ResendCommandsForGameServerResponseDto,
)
GET_GAME_SERVER_DELIVERY_ITEMS = Operation(
    "GET", "/v1/stores/{store_id}/gameservers/{game_server_id}/delivery/items", list[DeliveryItemDto]
)
GET_ORDER_DELIVERY_ITEMS_LEGACY = Operation(
    "GET", "/v1/stores/{store_id}/orders/{order_id}/command-delivery", list[DeliveryItemDto]
)
GET_ORDER_DELIVERY_ITEMS = Operation("GET", "/v1/stores/{store_id}/orders/{order_id}/delivery/items", list[DeliveryItemDto])


class Delivery:
    """Operations of `delivery`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @deprecated("The contract calls this deprecated. Use assign_delivery_items_bulk.")
    def assign_delivery_items_bulk_legacy(
        self, items: Sequence[DeliveryItemAssignmentBulkInput], *, idempotency_key: str | None = None
    ) -> list[DeliveryItemDto]:
        """Assign delivery items bulk legacy: `POST /v1/stores/{store_id}/command-delivery`."""
        return self._transport.call(ASSIGN_DELIVERY_ITEMS_BULK_LEGACY, body=items, idempotency_key=idempotency_key)

    @deprecated("The contract calls this deprecated. Use unqueue_delivery_command_attempt_by_attempt_ids.")
    def unqueue_delivery_command_attempt_by_attempt_ids_legacy(
        self, *, attempt_ids: Sequence[str], idempotency_key: str | None = None
    ) -> UnqueueCommandsResponseDto:
        """Unqueue delivery command attempt by attempt ids legacy: `POST /v1/stores/{store_id}/command-delivery/unqueue`."""
        return self._transport.call(
            UNQUEUE_DELIVERY_COMMAND_ATTEMPT_BY_ATTEMPT_IDS_LEGACY,
            body={"attempt_ids": attempt_ids},
            idempotency_key=idempotency_key,
        )

    @deprecated("The contract calls this deprecated.")
    def get_delivery_items(
        self,
        customer_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[DeliveryItemDto]:
        """Get delivery items: `GET /v1/stores/{store_id}/customers/{customer_id}/command-delivery`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_DELIVERY_ITEMS,
            path={"customer_id": customer_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )

    @deprecated("The contract calls this deprecated. Use assign_delivery_item.")
    def assign_delivery_item_legacy(
        self,
        customer_id: str,
        *,
        custom_variables: Mapping[str, str] | UnsetType | None = UNSET,
        execute_on_gameserver_id: str | UnsetType | None = UNSET,
        override_expires_at: datetime | UnsetType | None = UNSET,
        product_id: str | UnsetType | None = UNSET,
        product_version_id: str | UnsetType | None = UNSET,
        quantity: int | UnsetType | None = UNSET,
        skip_commands: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> list[DeliveryItemDto]:
        """Assign delivery item legacy: `POST /v1/stores/{store_id}/customers/{customer_id}/command-delivery`."""
        return self._transport.call(
            ASSIGN_DELIVERY_ITEM_LEGACY,
            path={"customer_id": customer_id},
            body={
                "custom_variables": custom_variables,
                "execute_on_gameserver_id": execute_on_gameserver_id,
                "override_expires_at": override_expires_at,
                "product_id": product_id,
                "product_version_id": product_version_id,
                "quantity": quantity,
                "skip_commands": skip_commands,
            },
            idempotency_key=idempotency_key,
        )

    @deprecated("The contract calls this deprecated. Use revoke_delivery_item.")
    def revoke_delivery_item_legacy(
        self, customer_id: str, delivery_item_id: str, *, idempotency_key: str | None = None
    ) -> None:
        """Revoke delivery item legacy: `DELETE /v1/stores/{store_id}/customers/{customer_id}/command-delivery/{delivery_item_id}`."""
        return self._transport.call(
            REVOKE_DELIVERY_ITEM_LEGACY,
            path={"customer_id": customer_id, "delivery_item_id": delivery_item_id},
            idempotency_key=idempotency_key,
        )

    def get_command_attempts_for_customer(
        self,
        customer_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[CommandAttemptDto]:
        """Get command attempts for customer: `GET /v1/stores/{store_id}/customers/{customer_id}/delivery/commands`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_COMMAND_ATTEMPTS_FOR_CUSTOMER,
            path={"customer_id": customer_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )

    def iterate_command_attempts_for_customer(
        self,
        customer_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
    ) -> Iterator[CommandAttemptDto]:
        """Every entry of `get_command_attempts_for_customer`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport,
            GET_COMMAND_ATTEMPTS_FOR_CUSTOMER,
            path={"customer_id": customer_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )

    def get_customer_delivery_items(
        self,
        customer_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
        active_only: bool | None = None,
    ) -> list[DeliveryItemDto]:
        """Get customer delivery items: `GET /v1/stores/{store_id}/customers/{customer_id}/delivery/items`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_CUSTOMER_DELIVERY_ITEMS,
            path={"customer_id": customer_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc, "active_only": active_only},
        )

    def iterate_customer_delivery_items(
        self,
        customer_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
        active_only: bool | None = None,
    ) -> Iterator[DeliveryItemDto]:
        """Every entry of `get_customer_delivery_items`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport,
            GET_CUSTOMER_DELIVERY_ITEMS,
            path={"customer_id": customer_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc, "active_only": active_only},
        )

    def assign_delivery_item(
        self,
        customer_id: str,
        *,
        custom_variables: Mapping[str, str] | UnsetType | None = UNSET,
        execute_on_gameserver_id: str | UnsetType | None = UNSET,
        override_expires_at: datetime | UnsetType | None = UNSET,
        product_id: str | UnsetType | None = UNSET,
        product_version_id: str | UnsetType | None = UNSET,
        quantity: int | UnsetType | None = UNSET,
        skip_commands: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> list[DeliveryItemDto]:
        """Assign delivery item: `POST /v1/stores/{store_id}/customers/{customer_id}/delivery/items`."""
        return self._transport.call(
            ASSIGN_DELIVERY_ITEM,
            path={"customer_id": customer_id},
            body={
                "custom_variables": custom_variables,
                "execute_on_gameserver_id": execute_on_gameserver_id,
                "override_expires_at": override_expires_at,
                "product_id": product_id,
                "product_version_id": product_version_id,
                "quantity": quantity,
                "skip_commands": skip_commands,
            },
            idempotency_key=idempotency_key,
        )

    def revoke_delivery_item(self, customer_id: str, delivery_item_id: str, *, idempotency_key: str | None = None) -> None:
        """Revoke delivery item: `DELETE /v1/stores/{store_id}/customers/{customer_id}/delivery/items/{delivery_item_id}`."""
        return self._transport.call(
            REVOKE_DELIVERY_ITEM,
            path={"customer_id": customer_id, "delivery_item_id": delivery_item_id},
            idempotency_key=idempotency_key,
        )

    def unqueue_delivery_command_attempt_by_attempt_ids(
        self, *, attempt_ids: Sequence[str], idempotency_key: str | None = None
    ) -> UnqueueCommandsResponseDto:
        """Unqueue delivery command attempt by attempt ids: `POST /v1/stores/{store_id}/delivery/commands/unqueue`."""
        return self._transport.call(
            UNQUEUE_DELIVERY_COMMAND_ATTEMPT_BY_ATTEMPT_IDS,
            body={"attempt_ids": attempt_ids},
            idempotency_key=idempotency_key,
        )

    def get_store_delivery_items(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
        active_only: bool | None = None,
    ) -> list[DeliveryItemDto]:
        """Get store delivery items: `GET /v1/stores/{store_id}/delivery/items`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_STORE_DELIVERY_ITEMS,
            query={"limit": limit, "after": after, "before": before, "asc": asc, "active_only": active_only},
        )

    def iterate_store_delivery_items(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
        active_only: bool | None = None,
    ) -> Iterator[DeliveryItemDto]:
        """Every entry of `get_store_delivery_items`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport,
            GET_STORE_DELIVERY_ITEMS,
            query={"limit": limit, "after": after, "before": before, "asc": asc, "active_only": active_only},
        )

    def assign_delivery_items_bulk(
        self, items: Sequence[DeliveryItemAssignmentBulkInput], *, idempotency_key: str | None = None
    ) -> list[DeliveryItemDto]:
        """Assign delivery items bulk: `POST /v1/stores/{store_id}/delivery/items`."""
        return self._transport.call(ASSIGN_DELIVERY_ITEMS_BULK, body=items, idempotency_key=idempotency_key)

    def resend_delivery_commands_for_game_server(
        self,
        game_server_id: str,
        *,
        customer_id: str | UnsetType | None = UNSET,
        ends_at: datetime | UnsetType | None = UNSET,
        inventory_item_id: str | UnsetType | None = UNSET,
        order_id: str | UnsetType | None = UNSET,
        product_id: str | UnsetType | None = UNSET,
        starts_at: datetime | UnsetType | None = UNSET,
        subscription_id: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> ResendCommandsForGameServerResponseDto:
        """Resend delivery commands for game server: `POST /v1/stores/{store_id}/gameservers/{game_server_id}/delivery/commands/resend`."""
        return self._transport.call(
            RESEND_DELIVERY_COMMANDS_FOR_GAME_SERVER,
            path={"game_server_id": game_server_id},
            body={
                "customer_id": customer_id,
                "ends_at": ends_at,
                "inventory_item_id": inventory_item_id,
                "order_id": order_id,
                "product_id": product_id,
                "starts_at": starts_at,
                "subscription_id": subscription_id,
            },
            idempotency_key=idempotency_key,
        )

    def get_game_server_delivery_items(
        self,
        game_server_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
        active_only: bool | None = None,
    ) -> list[DeliveryItemDto]:
        """Get game server delivery items: `GET /v1/stores/{store_id}/gameservers/{game_server_id}/delivery/items`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_GAME_SERVER_DELIVERY_ITEMS,
            path={"game_server_id": game_server_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc, "active_only": active_only},
        )

    def iterate_game_server_delivery_items(
        self,
        game_server_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
        active_only: bool | None = None,
    ) -> Iterator[DeliveryItemDto]:
        """Every entry of `get_game_server_delivery_items`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport,
            GET_GAME_SERVER_DELIVERY_ITEMS,
            path={"game_server_id": game_server_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc, "active_only": active_only},
        )

    @deprecated("The contract calls this deprecated. Use get_order_delivery_items.")
    def get_order_delivery_items_legacy(self, order_id: str, *, active_only: bool | None = None) -> list[DeliveryItemDto]:
        """Get order delivery items legacy: `GET /v1/stores/{store_id}/orders/{order_id}/command-delivery`."""
        return self._transport.call(
            GET_ORDER_DELIVERY_ITEMS_LEGACY, path={"order_id": order_id}, query={"active_only": active_only}
        )

    def get_order_delivery_items(self, order_id: str, *, active_only: bool | None = None) -> list[DeliveryItemDto]:
        """Get order delivery items: `GET /v1/stores/{store_id}/orders/{order_id}/delivery/items`."""
        return self._transport.call(
            GET_ORDER_DELIVERY_ITEMS, path={"order_id": order_id}, query={"active_only": active_only}
        )


class AsyncDelivery:
    """Operations of `delivery`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    @deprecated("The contract calls this deprecated. Use assign_delivery_items_bulk.")
    async def assign_delivery_items_bulk_legacy(
        self, items: Sequence[DeliveryItemAssignmentBulkInput], *, idempotency_key: str | None = None
    ) -> list[DeliveryItemDto]:
        """Assign delivery items bulk legacy: `POST /v1/stores/{store_id}/command-delivery`."""
        return await self._transport.call(ASSIGN_DELIVERY_ITEMS_BULK_LEGACY, body=items, idempotency_key=idempotency_key)

    @deprecated("The contract calls this deprecated. Use unqueue_delivery_command_attempt_by_attempt_ids.")
    async def unqueue_delivery_command_attempt_by_attempt_ids_legacy(
        self, *, attempt_ids: Sequence[str], idempotency_key: str | None = None
    ) -> UnqueueCommandsResponseDto:
        """Unqueue delivery command attempt by attempt ids legacy: `POST /v1/stores/{store_id}/command-delivery/unqueue`."""
        return await self._transport.call(
            UNQUEUE_DELIVERY_COMMAND_ATTEMPT_BY_ATTEMPT_IDS_LEGACY,
            body={"attempt_ids": attempt_ids},
            idempotency_key=idempotency_key,
        )

    @deprecated("The contract calls this deprecated.")
    async def get_delivery_items(
        self,
        customer_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[DeliveryItemDto]:
        """Get delivery items: `GET /v1/stores/{store_id}/customers/{customer_id}/command-delivery`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_DELIVERY_ITEMS,
            path={"customer_id": customer_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )

    @deprecated("The contract calls this deprecated. Use assign_delivery_item.")
    async def assign_delivery_item_legacy(
        self,
        customer_id: str,
        *,
        custom_variables: Mapping[str, str] | UnsetType | None = UNSET,
        execute_on_gameserver_id: str | UnsetType | None = UNSET,
        override_expires_at: datetime | UnsetType | None = UNSET,
        product_id: str | UnsetType | None = UNSET,
        product_version_id: str | UnsetType | None = UNSET,
        quantity: int | UnsetType | None = UNSET,
        skip_commands: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> list[DeliveryItemDto]:
        """Assign delivery item legacy: `POST /v1/stores/{store_id}/customers/{customer_id}/command-delivery`."""
        return await self._transport.call(
            ASSIGN_DELIVERY_ITEM_LEGACY,
            path={"customer_id": customer_id},
            body={
                "custom_variables": custom_variables,
                "execute_on_gameserver_id": execute_on_gameserver_id,
                "override_expires_at": override_expires_at,
                "product_id": product_id,
                "product_version_id": product_version_id,
                "quantity": quantity,
                "skip_commands": skip_commands,
            },
            idempotency_key=idempotency_key,
        )

    @deprecated("The contract calls this deprecated. Use revoke_delivery_item.")
    async def revoke_delivery_item_legacy(
        self, customer_id: str, delivery_item_id: str, *, idempotency_key: str | None = None
    ) -> None:
        """Revoke delivery item legacy: `DELETE /v1/stores/{store_id}/customers/{customer_id}/command-delivery/{delivery_item_id}`."""
        return await self._transport.call(
            REVOKE_DELIVERY_ITEM_LEGACY,
            path={"customer_id": customer_id, "delivery_item_id": delivery_item_id},
            idempotency_key=idempotency_key,
        )

    async def get_command_attempts_for_customer(
        self,
        customer_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[CommandAttemptDto]:
        """Get command attempts for customer: `GET /v1/stores/{store_id}/customers/{customer_id}/delivery/commands`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_COMMAND_ATTEMPTS_FOR_CUSTOMER,
            path={"customer_id": customer_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )

    def iterate_command_attempts_for_customer(
        self,
        customer_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
    ) -> AsyncIterator[CommandAttemptDto]:
        """Every entry of `get_command_attempts_for_customer`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport,
            GET_COMMAND_ATTEMPTS_FOR_CUSTOMER,
            path={"customer_id": customer_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )

    async def get_customer_delivery_items(
        self,
        customer_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
        active_only: bool | None = None,
    ) -> list[DeliveryItemDto]:
        """Get customer delivery items: `GET /v1/stores/{store_id}/customers/{customer_id}/delivery/items`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_CUSTOMER_DELIVERY_ITEMS,
            path={"customer_id": customer_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc, "active_only": active_only},
        )

    def iterate_customer_delivery_items(
        self,
        customer_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
        active_only: bool | None = None,
    ) -> AsyncIterator[DeliveryItemDto]:
        """Every entry of `get_customer_delivery_items`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport,
            GET_CUSTOMER_DELIVERY_ITEMS,
            path={"customer_id": customer_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc, "active_only": active_only},
        )

    async def assign_delivery_item(
        self,
        customer_id: str,
        *,
        custom_variables: Mapping[str, str] | UnsetType | None = UNSET,
        execute_on_gameserver_id: str | UnsetType | None = UNSET,
        override_expires_at: datetime | UnsetType | None = UNSET,
        product_id: str | UnsetType | None = UNSET,
        product_version_id: str | UnsetType | None = UNSET,
        quantity: int | UnsetType | None = UNSET,
        skip_commands: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> list[DeliveryItemDto]:
        """Assign delivery item: `POST /v1/stores/{store_id}/customers/{customer_id}/delivery/items`."""
        return await self._transport.call(
            ASSIGN_DELIVERY_ITEM,
            path={"customer_id": customer_id},
            body={
                "custom_variables": custom_variables,
                "execute_on_gameserver_id": execute_on_gameserver_id,
                "override_expires_at": override_expires_at,
                "product_id": product_id,
                "product_version_id": product_version_id,
                "quantity": quantity,
                "skip_commands": skip_commands,
            },
            idempotency_key=idempotency_key,
        )

    async def revoke_delivery_item(
        self, customer_id: str, delivery_item_id: str, *, idempotency_key: str | None = None
    ) -> None:
        """Revoke delivery item: `DELETE /v1/stores/{store_id}/customers/{customer_id}/delivery/items/{delivery_item_id}`."""
        return await self._transport.call(
            REVOKE_DELIVERY_ITEM,
            path={"customer_id": customer_id, "delivery_item_id": delivery_item_id},
            idempotency_key=idempotency_key,
        )

    async def unqueue_delivery_command_attempt_by_attempt_ids(
        self, *, attempt_ids: Sequence[str], idempotency_key: str | None = None
    ) -> UnqueueCommandsResponseDto:
        """Unqueue delivery command attempt by attempt ids: `POST /v1/stores/{store_id}/delivery/commands/unqueue`."""
        return await self._transport.call(
            UNQUEUE_DELIVERY_COMMAND_ATTEMPT_BY_ATTEMPT_IDS,
            body={"attempt_ids": attempt_ids},
            idempotency_key=idempotency_key,
        )

    async def get_store_delivery_items(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
        active_only: bool | None = None,
    ) -> list[DeliveryItemDto]:
        """Get store delivery items: `GET /v1/stores/{store_id}/delivery/items`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_STORE_DELIVERY_ITEMS,
            query={"limit": limit, "after": after, "before": before, "asc": asc, "active_only": active_only},
        )

    def iterate_store_delivery_items(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
        active_only: bool | None = None,
    ) -> AsyncIterator[DeliveryItemDto]:
        """Every entry of `get_store_delivery_items`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport,
            GET_STORE_DELIVERY_ITEMS,
            query={"limit": limit, "after": after, "before": before, "asc": asc, "active_only": active_only},
        )

    async def assign_delivery_items_bulk(
        self, items: Sequence[DeliveryItemAssignmentBulkInput], *, idempotency_key: str | None = None
    ) -> list[DeliveryItemDto]:
        """Assign delivery items bulk: `POST /v1/stores/{store_id}/delivery/items`."""
        return await self._transport.call(ASSIGN_DELIVERY_ITEMS_BULK, body=items, idempotency_key=idempotency_key)

    async def resend_delivery_commands_for_game_server(
        self,
        game_server_id: str,
        *,
        customer_id: str | UnsetType | None = UNSET,
        ends_at: datetime | UnsetType | None = UNSET,
        inventory_item_id: str | UnsetType | None = UNSET,
        order_id: str | UnsetType | None = UNSET,
        product_id: str | UnsetType | None = UNSET,
        starts_at: datetime | UnsetType | None = UNSET,
        subscription_id: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> ResendCommandsForGameServerResponseDto:
        """Resend delivery commands for game server: `POST /v1/stores/{store_id}/gameservers/{game_server_id}/delivery/commands/resend`."""
        return await self._transport.call(
            RESEND_DELIVERY_COMMANDS_FOR_GAME_SERVER,
            path={"game_server_id": game_server_id},
            body={
                "customer_id": customer_id,
                "ends_at": ends_at,
                "inventory_item_id": inventory_item_id,
                "order_id": order_id,
                "product_id": product_id,
                "starts_at": starts_at,
                "subscription_id": subscription_id,
            },
            idempotency_key=idempotency_key,
        )

    async def get_game_server_delivery_items(
        self,
        game_server_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
        active_only: bool | None = None,
    ) -> list[DeliveryItemDto]:
        """Get game server delivery items: `GET /v1/stores/{store_id}/gameservers/{game_server_id}/delivery/items`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_GAME_SERVER_DELIVERY_ITEMS,
            path={"game_server_id": game_server_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc, "active_only": active_only},
        )

    def iterate_game_server_delivery_items(
        self,
        game_server_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
        active_only: bool | None = None,
    ) -> AsyncIterator[DeliveryItemDto]:
        """Every entry of `get_game_server_delivery_items`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport,
            GET_GAME_SERVER_DELIVERY_ITEMS,
            path={"game_server_id": game_server_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc, "active_only": active_only},
        )

    @deprecated("The contract calls this deprecated. Use get_order_delivery_items.")
    async def get_order_delivery_items_legacy(
        self, order_id: str, *, active_only: bool | None = None
    ) -> list[DeliveryItemDto]:
        """Get order delivery items legacy: `GET /v1/stores/{store_id}/orders/{order_id}/command-delivery`."""
        return await self._transport.call(
            GET_ORDER_DELIVERY_ITEMS_LEGACY, path={"order_id": order_id}, query={"active_only": active_only}
        )

    async def get_order_delivery_items(self, order_id: str, *, active_only: bool | None = None) -> list[DeliveryItemDto]:
        """Get order delivery items: `GET /v1/stores/{store_id}/orders/{order_id}/delivery/items`."""
        return await self._transport.call(
            GET_ORDER_DELIVERY_ITEMS, path={"order_id": order_id}, query={"active_only": active_only}
        )
