"""Operations of `game-servers`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.game_servers import (
    GameServerConsoleDto,
    GameServerConsoleMessageDto,
    GameServerDto,
)

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import GameServerConsoleTypeDto
    from sutler_sdk.transport import AsyncTransport, Transport

GET_GAME_SERVERS = Operation("GET", "/v1/stores/{store_id}/gameservers", list[GameServerDto])
CREATE_GAME_SERVER = Operation("POST", "/v1/stores/{store_id}/gameservers", GameServerDto)
GET_GAME_SERVER = Operation("GET", "/v1/stores/{store_id}/gameservers/{game_server_id}", list[GameServerDto])
UPDATE_GAME_SERVER = Operation("PATCH", "/v1/stores/{store_id}/gameservers/{game_server_id}", GameServerDto)
DELETE_GAME_SERVER = Operation("DELETE", "/v1/stores/{store_id}/gameservers/{game_server_id}", type(None))
GET_GAME_SERVER_CONSOLE = Operation(
    "GET", "/v1/stores/{store_id}/gameservers/{game_server_id}/console", GameServerConsoleDto
)
CREATE_GAME_SERVER_CONSOLE = Operation(
    "POST", "/v1/stores/{store_id}/gameservers/{game_server_id}/console", GameServerConsoleDto
)
UPDATE_GAME_SERVER_CONSOLE = Operation(
    "PATCH", "/v1/stores/{store_id}/gameservers/{game_server_id}/console", GameServerConsoleDto
)
DELETE_GAME_SERVER_CONSOLE = Operation("DELETE", "/v1/stores/{store_id}/gameservers/{game_server_id}/console", type(None))
GET_GAME_SERVER_CONSOLE_MESSAGES = Operation(
    "GET", "/v1/stores/{store_id}/gameservers/{game_server_id}/console/messages", list[GameServerConsoleMessageDto]
)
RESET_GAME_SERVER_TOKEN = Operation("POST", "/v1/stores/{store_id}/gameservers/{game_server_id}/reset-token", GameServerDto)


class GameServers:
    """Operations of `game-servers`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_game_servers(self) -> list[GameServerDto]:
        """Get game servers: `GET /v1/stores/{store_id}/gameservers`."""
        return self._transport.call(GET_GAME_SERVERS)

    def create_game_server(self, *, enabled: bool, name: str, idempotency_key: str | None = None) -> GameServerDto:
        """Create game server: `POST /v1/stores/{store_id}/gameservers`."""
        return self._transport.call(
            CREATE_GAME_SERVER, body={"enabled": enabled, "name": name}, idempotency_key=idempotency_key
        )

    def get_game_server(self, game_server_id: str) -> list[GameServerDto]:
        """Get game server: `GET /v1/stores/{store_id}/gameservers/{game_server_id}`."""
        return self._transport.call(GET_GAME_SERVER, path={"game_server_id": game_server_id})

    def update_game_server(
        self,
        game_server_id: str,
        *,
        enabled: bool | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> GameServerDto:
        """Update game server: `PATCH /v1/stores/{store_id}/gameservers/{game_server_id}`."""
        return self._transport.call(
            UPDATE_GAME_SERVER,
            path={"game_server_id": game_server_id},
            body={"enabled": enabled, "name": name},
            idempotency_key=idempotency_key,
        )

    def delete_game_server(self, game_server_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete game server: `DELETE /v1/stores/{store_id}/gameservers/{game_server_id}`."""
        return self._transport.call(
            DELETE_GAME_SERVER, path={"game_server_id": game_server_id}, idempotency_key=idempotency_key
        )

    def get_game_server_console(self, game_server_id: str) -> GameServerConsoleDto:
        """Get game server console: `GET /v1/stores/{store_id}/gameservers/{game_server_id}/console`."""
        return self._transport.call(GET_GAME_SERVER_CONSOLE, path={"game_server_id": game_server_id})

    def create_game_server_console(
        self,
        game_server_id: str,
        *,
        enabled: bool,
        host: str,
        port: int,
        secure: bool,
        type: GameServerConsoleTypeDto,
        password: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> GameServerConsoleDto:
        """Create game server console: `POST /v1/stores/{store_id}/gameservers/{game_server_id}/console`."""
        return self._transport.call(
            CREATE_GAME_SERVER_CONSOLE,
            path={"game_server_id": game_server_id},
            body={"enabled": enabled, "host": host, "password": password, "port": port, "secure": secure, "type": type},
            idempotency_key=idempotency_key,
        )

    def update_game_server_console(
        self,
        game_server_id: str,
        *,
        enabled: bool | UnsetType | None = UNSET,
        host: str | UnsetType | None = UNSET,
        password: str | UnsetType | None = UNSET,
        port: int | UnsetType | None = UNSET,
        secure: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> GameServerConsoleDto:
        """Update game server console: `PATCH /v1/stores/{store_id}/gameservers/{game_server_id}/console`."""
        return self._transport.call(
            UPDATE_GAME_SERVER_CONSOLE,
            path={"game_server_id": game_server_id},
            body={"enabled": enabled, "host": host, "password": password, "port": port, "secure": secure},
            idempotency_key=idempotency_key,
        )

    def delete_game_server_console(self, game_server_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete game server console: `DELETE /v1/stores/{store_id}/gameservers/{game_server_id}/console`."""
        return self._transport.call(
            DELETE_GAME_SERVER_CONSOLE, path={"game_server_id": game_server_id}, idempotency_key=idempotency_key
        )

    def get_game_server_console_messages(self, game_server_id: str) -> list[GameServerConsoleMessageDto]:
        """Get game server console messages: `GET /v1/stores/{store_id}/gameservers/{game_server_id}/console/messages`."""
        return self._transport.call(GET_GAME_SERVER_CONSOLE_MESSAGES, path={"game_server_id": game_server_id})

    def reset_game_server_token(self, game_server_id: str, *, idempotency_key: str | None = None) -> GameServerDto:
        """Reset game server token: `POST /v1/stores/{store_id}/gameservers/{game_server_id}/reset-token`."""
        return self._transport.call(
            RESET_GAME_SERVER_TOKEN, path={"game_server_id": game_server_id}, idempotency_key=idempotency_key
        )


class AsyncGameServers:
    """Operations of `game-servers`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_game_servers(self) -> list[GameServerDto]:
        """Get game servers: `GET /v1/stores/{store_id}/gameservers`."""
        return await self._transport.call(GET_GAME_SERVERS)

    async def create_game_server(self, *, enabled: bool, name: str, idempotency_key: str | None = None) -> GameServerDto:
        """Create game server: `POST /v1/stores/{store_id}/gameservers`."""
        return await self._transport.call(
            CREATE_GAME_SERVER, body={"enabled": enabled, "name": name}, idempotency_key=idempotency_key
        )

    async def get_game_server(self, game_server_id: str) -> list[GameServerDto]:
        """Get game server: `GET /v1/stores/{store_id}/gameservers/{game_server_id}`."""
        return await self._transport.call(GET_GAME_SERVER, path={"game_server_id": game_server_id})

    async def update_game_server(
        self,
        game_server_id: str,
        *,
        enabled: bool | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> GameServerDto:
        """Update game server: `PATCH /v1/stores/{store_id}/gameservers/{game_server_id}`."""
        return await self._transport.call(
            UPDATE_GAME_SERVER,
            path={"game_server_id": game_server_id},
            body={"enabled": enabled, "name": name},
            idempotency_key=idempotency_key,
        )

    async def delete_game_server(self, game_server_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete game server: `DELETE /v1/stores/{store_id}/gameservers/{game_server_id}`."""
        return await self._transport.call(
            DELETE_GAME_SERVER, path={"game_server_id": game_server_id}, idempotency_key=idempotency_key
        )

    async def get_game_server_console(self, game_server_id: str) -> GameServerConsoleDto:
        """Get game server console: `GET /v1/stores/{store_id}/gameservers/{game_server_id}/console`."""
        return await self._transport.call(GET_GAME_SERVER_CONSOLE, path={"game_server_id": game_server_id})

    async def create_game_server_console(
        self,
        game_server_id: str,
        *,
        enabled: bool,
        host: str,
        port: int,
        secure: bool,
        type: GameServerConsoleTypeDto,
        password: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> GameServerConsoleDto:
        """Create game server console: `POST /v1/stores/{store_id}/gameservers/{game_server_id}/console`."""
        return await self._transport.call(
            CREATE_GAME_SERVER_CONSOLE,
            path={"game_server_id": game_server_id},
            body={"enabled": enabled, "host": host, "password": password, "port": port, "secure": secure, "type": type},
            idempotency_key=idempotency_key,
        )

    async def update_game_server_console(
        self,
        game_server_id: str,
        *,
        enabled: bool | UnsetType | None = UNSET,
        host: str | UnsetType | None = UNSET,
        password: str | UnsetType | None = UNSET,
        port: int | UnsetType | None = UNSET,
        secure: bool | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> GameServerConsoleDto:
        """Update game server console: `PATCH /v1/stores/{store_id}/gameservers/{game_server_id}/console`."""
        return await self._transport.call(
            UPDATE_GAME_SERVER_CONSOLE,
            path={"game_server_id": game_server_id},
            body={"enabled": enabled, "host": host, "password": password, "port": port, "secure": secure},
            idempotency_key=idempotency_key,
        )

    async def delete_game_server_console(self, game_server_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete game server console: `DELETE /v1/stores/{store_id}/gameservers/{game_server_id}/console`."""
        return await self._transport.call(
            DELETE_GAME_SERVER_CONSOLE, path={"game_server_id": game_server_id}, idempotency_key=idempotency_key
        )

    async def get_game_server_console_messages(self, game_server_id: str) -> list[GameServerConsoleMessageDto]:
        """Get game server console messages: `GET /v1/stores/{store_id}/gameservers/{game_server_id}/console/messages`."""
        return await self._transport.call(GET_GAME_SERVER_CONSOLE_MESSAGES, path={"game_server_id": game_server_id})

    async def reset_game_server_token(self, game_server_id: str, *, idempotency_key: str | None = None) -> GameServerDto:
        """Reset game server token: `POST /v1/stores/{store_id}/gameservers/{game_server_id}/reset-token`."""
        return await self._transport.call(
            RESET_GAME_SERVER_TOKEN, path={"game_server_id": game_server_id}, idempotency_key=idempotency_key
        )
