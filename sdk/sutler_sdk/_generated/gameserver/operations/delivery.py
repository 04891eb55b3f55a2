"""Operations of `delivery`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.gameserver.models.delivery import LinkGameServerResponseDto, QueuedCommandDto

if TYPE_CHECKING:
    from sutler_sdk._generated.gameserver.inputs import MarkQueuedCommandAsExecutedInput, ReportGameServerEventsEntryInput
    from sutler_sdk.transport import AsyncTransport, Transport

GET_QUEUED_COMMANDS = Operation("GET", "/v1/delivery/command-queue", list[QueuedCommandDto])
GET_QUEUED_COMMANDS_WITH_ONLINE_PLAYERS = Operation(
    "POST", "/v1/delivery/command-queue", list[QueuedCommandDto], repeatable=True
)
MARK_QUEUED_COMMAND_EXECUTED_BULK = Operation("DELETE", "/v1/delivery/command-queue", type(None), repeatable=True)
MARK_QUEUED_COMMAND_EXECUTED_BULK_VIA_POST = Operation(
    "POST", "/v1/delivery/command-queue/acknowledge", type(None), repeatable=True
)
MARK_QUEUED_COMMAND_EXECUTED = Operation("DELETE", "/v1/delivery/command-queue/{attempt_id}", type(None), repeatable=True)
REPORT_GAME_SERVER_EVENTS = Operation("POST", "/v1/delivery/events", type(None))
LINK_GAME_SERVER = Operation("POST", "/v1/delivery/gameserver/link", LinkGameServerResponseDto, repeatable=True)


class Delivery:
    """Operations of `delivery`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_queued_commands(self) -> list[QueuedCommandDto]:
        """Get queued commands: `GET /v1/delivery/command-queue`."""
        return self._transport.call(GET_QUEUED_COMMANDS)

    def get_queued_commands_with_online_players(
        self,
        *,
        customer_names: Sequence[str] | UnsetType | None = UNSET,
        minecraft_uuids: Sequence[str] | UnsetType | None = UNSET,
        steam_ids: Sequence[str] | UnsetType | None = UNSET,
    ) -> list[QueuedCommandDto]:
        """Get queued commands with online players: `POST /v1/delivery/command-queue`."""
        return self._transport.call(
            GET_QUEUED_COMMANDS_WITH_ONLINE_PLAYERS,
            body={"customer_names": customer_names, "minecraft_uuids": minecraft_uuids, "steam_ids": steam_ids},
        )

    def mark_queued_command_executed_bulk(self, items: Sequence[MarkQueuedCommandAsExecutedInput]) -> None:
        """Mark queued command executed bulk: `DELETE /v1/delivery/command-queue`."""
        return self._transport.call(MARK_QUEUED_COMMAND_EXECUTED_BULK, body=items)

    def mark_queued_command_executed_bulk_via_post(self, items: Sequence[MarkQueuedCommandAsExecutedInput]) -> None:
        """Mark queued command executed bulk via post: `POST /v1/delivery/command-queue/acknowledge`."""
        return self._transport.call(MARK_QUEUED_COMMAND_EXECUTED_BULK_VIA_POST, body=items)

    def mark_queued_command_executed(self, attempt_id: str) -> None:
        """Mark queued command executed: `DELETE /v1/delivery/command-queue/{attempt_id}`."""
        return self._transport.call(MARK_QUEUED_COMMAND_EXECUTED, path={"attempt_id": attempt_id})

    def report_game_server_events(
        self, items: Sequence[ReportGameServerEventsEntryInput], *, idempotency_key: str | None = None
    ) -> None:
        """Report game server events: `POST /v1/delivery/events`."""
        return self._transport.call(REPORT_GAME_SERVER_EVENTS, body=items, idempotency_key=idempotency_key)

    def link_game_server(self, *, hostname: str, ip: str, platform: str, version: str) -> LinkGameServerResponseDto:
        """Link game server: `POST /v1/delivery/gameserver/link`."""
        return self._transport.call(
            LINK_GAME_SERVER, body={"hostname": hostname, "ip": ip, "platform": platform, "version": version}
        )


class AsyncDelivery:
    """Operations of `delivery`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_queued_commands(self) -> list[QueuedCommandDto]:
        """Get queued commands: `GET /v1/delivery/command-queue`."""
        return await self._transport.call(GET_QUEUED_COMMANDS)

    async def get_queued_commands_with_online_players(
        self,
        *,
        customer_names: Sequence[str] | UnsetType | None = UNSET,
        minecraft_uuids: Sequence[str] | UnsetType | None = UNSET,
        steam_ids: Sequence[str] | UnsetType | None = UNSET,
    ) -> list[QueuedCommandDto]:
        """Get queued commands with online players: `POST /v1/delivery/command-queue`."""
        return await self._transport.call(
            GET_QUEUED_COMMANDS_WITH_ONLINE_PLAYERS,
            body={"customer_names": customer_names, "minecraft_uuids": minecraft_uuids, "steam_ids": steam_ids},
        )

    async def mark_queued_command_executed_bulk(self, items: Sequence[MarkQueuedCommandAsExecutedInput]) -> None:
        """Mark queued command executed bulk: `DELETE /v1/delivery/command-queue`."""
        return await self._transport.call(MARK_QUEUED_COMMAND_EXECUTED_BULK, body=items)

    async def mark_queued_command_executed_bulk_via_post(self, items: Sequence[MarkQueuedCommandAsExecutedInput]) -> None:
        """Mark queued command executed bulk via post: `POST /v1/delivery/command-queue/acknowledge`."""
        return await self._transport.call(MARK_QUEUED_COMMAND_EXECUTED_BULK_VIA_POST, body=items)

    async def mark_queued_command_executed(self, attempt_id: str) -> None:
        """Mark queued command executed: `DELETE /v1/delivery/command-queue/{attempt_id}`."""
        return await self._transport.call(MARK_QUEUED_COMMAND_EXECUTED, path={"attempt_id": attempt_id})

    async def report_game_server_events(
        self, items: Sequence[ReportGameServerEventsEntryInput], *, idempotency_key: str | None = None
    ) -> None:
        """Report game server events: `POST /v1/delivery/events`."""
        return await self._transport.call(REPORT_GAME_SERVER_EVENTS, body=items, idempotency_key=idempotency_key)

    async def link_game_server(self, *, hostname: str, ip: str, platform: str, version: str) -> LinkGameServerResponseDto:
        """Link game server: `POST /v1/delivery/gameserver/link`."""
        return await self._transport.call(
            LINK_GAME_SERVER, body={"hostname": hostname, "ip": ip, "platform": platform, "version": version}
        )
