"""A store with one of everything on a disk that can be full, and what becomes of its database."""

from dataclasses import dataclass
from typing import Any

import httpx2

from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Connection
from sutler.kernel.edge.asgi import Application
from sutler.kernel.edge.http import Route
from tests.acceptance.disks import COUNTED, Disk
from tests.contract.client import ContractClient
from tests.make.world import World

CALLERS = {"management-api": "management", "storefront-api": "customer", "gameserver-api": "gameserver"}
OURS = ("/v1",)  # operations that the contract does not know are ours; its own are held against it all the same
# Answers and audit entries are as old as their ids; commands are to be offered once more.
A_WHILE_AGO = """
    UPDATE idempotent_answers SET id = id - 900000000000000;
    UPDATE audit_entries SET id = id - 900000000000000;
    UPDATE command_attempts SET offered_until = NULL;
"""


@dataclass
class Scene:
    """A store, the application and its disk."""

    world: World
    app: Application
    database: Database
    disk: Disk

    def client(self, caller: str) -> ContractClient:
        """A client with the credentials of a kind of caller."""
        headers = {"Authorization": self.world.credentials[caller]}
        transport = httpx2.ASGITransport(app=self.app, raise_app_exceptions=False)
        return ContractClient(transport=transport, base_url="http://test", headers=headers, allow=OURS)

    async def send(self, route: Route) -> httpx2.Response:
        """One request of those that change something, always under the same key."""
        path, headers = self.world.path(route.path), {"Idempotency-Key": "the same"}
        async with self.client(CALLERS[route.api]) as client:
            return await client.request(route.method, path, json=self.world.body(route.operation), headers=headers)

    async def look(self) -> Any:
        """What somebody who only reads is shown."""
        async with self.client("management") as reader:
            answer = await reader.get(self.world.path("/v1/stores/{storeId}/customers"))
        return answer.status_code, answer.json()

    async def content(self) -> dict[str, list[str]]:
        """Every row of every table of a database that is in order."""
        async with self.database.reading() as connection:
            assert await is_sound(connection)
            return {table: sorted(map(repr, await rows(connection, f"SELECT * FROM {table}"))) for table in COUNTED}


async def is_sound(connection: Connection) -> bool:
    """Whether SQLite finds its file in order; PostgreSQL looks after its own."""
    return connection.dialect.name != "sqlite" or await rows(connection, "PRAGMA integrity_check") == [("ok",)]


async def rows(connection: Connection, sql: str) -> list[tuple[Any, ...]]:
    """What a query answers."""
    return [tuple(row) for row in await connection.fetch(sql, ())]
