"""Operations of `global-commands`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.global_commands import GlobalCommandDto

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import ProductCommandExecutionRuleDto, ProductCommandStage
    from sutler_sdk.transport import AsyncTransport, Transport

GET_GLOBAL_COMMANDS = Operation("GET", "/v1/stores/{store_id}/global-commands", list[GlobalCommandDto])
CREATE_GLOBAL_COMMAND = Operation("POST", "/v1/stores/{store_id}/global-commands", GlobalCommandDto)
UPDATE_GLOBAL_COMMAND = Operation("PATCH", "/v1/stores/{store_id}/global-commands/{global_command_id}", GlobalCommandDto)
DELETE_GLOBAL_COMMAND = Operation("DELETE", "/v1/stores/{store_id}/global-commands/{global_command_id}", type(None))


class GlobalCommands:
    """Operations of `global-commands`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_global_commands(self) -> list[GlobalCommandDto]:
        """Get global commands: `GET /v1/stores/{store_id}/global-commands`."""
        return self._transport.call(GET_GLOBAL_COMMANDS)

    def create_global_command(
        self,
        *,
        content: str,
        execution_rule: ProductCommandExecutionRuleDto,
        online_only: bool,
        stage: ProductCommandStage,
        override_execute_on_gameserver_ids: Sequence[str] | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> GlobalCommandDto:
        """Create global command: `POST /v1/stores/{store_id}/global-commands`."""
        return self._transport.call(
            CREATE_GLOBAL_COMMAND,
            body={
                "content": content,
                "execution_rule": execution_rule,
                "online_only": online_only,
                "override_execute_on_gameserver_ids": override_execute_on_gameserver_ids,
                "stage": stage,
            },
            idempotency_key=idempotency_key,
        )

    def update_global_command(
        self,
        global_command_id: str,
        *,
        content: str,
        execution_rule: ProductCommandExecutionRuleDto,
        online_only: bool,
        stage: ProductCommandStage,
        override_execute_on_gameserver_ids: Sequence[str] | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> GlobalCommandDto:
        """Update global command: `PATCH /v1/stores/{store_id}/global-commands/{global_command_id}`."""
        return self._transport.call(
            UPDATE_GLOBAL_COMMAND,
            path={"global_command_id": global_command_id},
            body={
                "content": content,
                "execution_rule": execution_rule,
                "online_only": online_only,
                "override_execute_on_gameserver_ids": override_execute_on_gameserver_ids,
                "stage": stage,
            },
            idempotency_key=idempotency_key,
        )

    def delete_global_command(self, global_command_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete global command: `DELETE /v1/stores/{store_id}/global-commands/{global_command_id}`."""
        return self._transport.call(
            DELETE_GLOBAL_COMMAND, path={"global_command_id": global_command_id}, idempotency_key=idempotency_key
        )


class AsyncGlobalCommands:
    """Operations of `global-commands`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_global_commands(self) -> list[GlobalCommandDto]:
        """Get global commands: `GET /v1/stores/{store_id}/global-commands`."""
        return await self._transport.call(GET_GLOBAL_COMMANDS)

    async def create_global_command(
        self,
        *,
        content: str,
        execution_rule: ProductCommandExecutionRuleDto,
        online_only: bool,
        stage: ProductCommandStage,
        override_execute_on_gameserver_ids: Sequence[str] | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> GlobalCommandDto:
        """Create global command: `POST /v1/stores/{store_id}/global-commands`."""
        return await self._transport.call(
            CREATE_GLOBAL_COMMAND,
            body={
                "content": content,
                "execution_rule": execution_rule,
                "online_only": online_only,
                "override_execute_on_gameserver_ids": override_execute_on_gameserver_ids,
                "stage": stage,
            },
            idempotency_key=idempotency_key,
        )

    async def update_global_command(
        self,
        global_command_id: str,
        *,
        content: str,
        execution_rule: ProductCommandExecutionRuleDto,
        online_only: bool,
        stage: ProductCommandStage,
        override_execute_on_gameserver_ids: Sequence[str] | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> GlobalCommandDto:
        """Update global command: `PATCH /v1/stores/{store_id}/global-commands/{global_command_id}`."""
        return await self._transport.call(
            UPDATE_GLOBAL_COMMAND,
            path={"global_command_id": global_command_id},
            body={
                "content": content,
                "execution_rule": execution_rule,
                "online_only": online_only,
                "override_execute_on_gameserver_ids": override_execute_on_gameserver_ids,
                "stage": stage,
            },
            idempotency_key=idempotency_key,
        )

    async def delete_global_command(self, global_command_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete global command: `DELETE /v1/stores/{store_id}/global-commands/{global_command_id}`."""
        return await self._transport.call(
            DELETE_GLOBAL_COMMAND, path={"global_command_id": global_command_id}, idempotency_key=idempotency_key
        )
