"""The floor on PostgreSQL: an asyncpg pool; a single insert needs no transaction around it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import asyncpg
import msgspec

from bench.floor_app import COLUMNS, KEY, Customer, Inserts, NewCustomer, shown

ONE = f"SELECT {COLUMNS} FROM customers WHERE id = $1 AND store_id = $2"  # noqa: S608 - constants of ours
NEWEST = f"SELECT {COLUMNS} FROM customers WHERE store_id = $1 ORDER BY id DESC LIMIT $2"  # noqa: S608 - as above
CREATE = (
    "INSERT INTO customers (id, store_id, created_at, created_by, steam_id, minecraft_uuid, minecraft_platform, xbox_xuid, "
    "name, metadata) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
)
CONNECTIONS = 16
decode = msgspec.json.Decoder(dict[str, str]).decode


class UnresetConnection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg has no types
    """Keeps session state between uses, of which there is none: this saves a round trip."""

    def get_reset_query(self) -> str:
        """Nothing to reset."""
        return ""


class PostgresRows:
    """A pool of connections."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def open(self) -> None:
        """Connect."""
        self._pool = await asyncpg.create_pool(
            self._url, min_size=CONNECTIONS, max_size=CONNECTIONS, connection_class=UnresetConnection
        )

    async def close(self) -> None:
        """Disconnect."""
        await self._pool.close()

    async def one(self, store: int, id: int) -> Customer | None:
        """One customer."""
        async with self._pool.acquire() as connection:
            row = await connection.fetchrow(ONE, id, store)
        return shown(typed(row)) if row else None

    async def newest(self, store: int, limit: int) -> list[Customer]:
        """The newest customers."""
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(NEWEST, store, limit)
        return [shown(typed(row)) for row in rows]

    async def create(self, store: int, id: int, new: NewCustomer, now: datetime) -> None:
        """Keep a customer; durable on return."""
        metadata = msgspec.json.encode(new.metadata).decode()
        async with self._pool.acquire() as connection:
            await connection.execute(
                CREATE,
                id,
                store,
                now,
                KEY,
                new.steam_id,
                new.minecraft_uuid,
                new.minecraft_platform,
                new.xbox_xuid,
                new.name,
                metadata,
            )

    async def write(self, together: list[Inserts]) -> None:
        """Several statements in one transaction; durable on return."""
        async with self._pool.acquire() as connection, connection.transaction():
            for inserts in together:
                if len(inserts.rows) == 1:
                    await connection.execute(inserts.sql, *inserts.rows[0])
                else:
                    await connection.executemany(inserts.sql, inserts.rows)


def typed(row: Sequence[Any]) -> list[Any]:
    """A row's values in the types of the wire."""
    id, store, *rest, metadata = row
    return [str(id), str(store), *rest, decode(metadata)]
