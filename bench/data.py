"""The data: a store with its key and many customers, made once per engine and copied for each application."""

import asyncio
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sutler import settings
from sutler.customers.customers.models import Customer
from sutler.kernel import secrets
from sutler.kernel.data.connect import database
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.migrate import migrate
from sutler.kernel.data.nodes import NodeLease
from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId, new_id
from sutler.stores.api_keys.models import ALL
from sutler.stores.api_keys.service import create_key
from sutler.stores.stores.models import Store
from tests.postgres import Cluster

AT_ONCE = 1_000  # rows in one transaction
FIRST_STEAM_ID = 76_561_197_960_265_728
SAMPLED = 2_000  # customers that reads choose from


@dataclass(frozen=True)
class Seeded:
    """What load needs to know about the data."""

    store_id: FlakeId
    authorization: str
    customers: tuple[FlakeId, ...]  # some of them, spread evenly


def use_installation(folder: Path) -> None:
    """Settings and a secret key in a folder, for this process and the ones that it starts."""
    os.environ |= {"SUTLER_DATA": str(folder), "SUTLER_LOG_LEVEL": "error", "SUTLER_RATE_LIMITS": "0"}
    chosen = settings.read(os.environ)
    settings.install(chosen)
    secrets.install(secrets.Sealer.from_settings(None, folder))


async def seed(url: str, customers: int) -> Seeded:
    """Make the tables, a store in test mode and its customers."""
    opened = database(url)
    await opened.open()
    try:
        await migrate(opened)
        async with NodeLease(opened):
            store_id = new_id()
            key = await _store(opened, store_id)
            ids = [id for first in range(0, customers, AT_ONCE) for id in await _some(opened, store_id, first, customers)]
    finally:
        await opened.close()
    return Seeded(store_id, f"APIKey {key}", tuple(ids[:: max(1, len(ids) // SAMPLED)]))


async def _store(opened: Database, store_id: FlakeId) -> str:
    async with opened.writing() as connection:
        store = StoreContext(connection, store_id, Actor("internal"), writes=True)
        await store.add(
            Store(
                id=store_id, owner_id=new_id(), slug="bench", name="Bench", platform="minecraft", game="minecraft",
                currency="usd", description="", live_mode=False,
            )
        )  # fmt: skip
        _, token = await create_key(store, "bench", [ALL])
    return token


async def _some(opened: Database, store_id: FlakeId, first: int, total: int) -> list[FlakeId]:
    new = [player(number) for number in range(first, min(first + AT_ONCE, total))]
    async with opened.writing() as connection:
        await StoreContext(connection, store_id, Actor("internal"), writes=True).add_all(new)
    return [customer.id for customer in new]


def player(number: int) -> Customer:
    """A customer with both profiles; every one is equally long on the wire."""
    name, uuid = f"player_{number:07}", str(UUID(int=number << 80 | 4 << 76 | 2 << 62))
    return Customer(
        steam_id=str(FIRST_STEAM_ID + number), steam_name=name, steam_avatar_url=f"https://avatars.example/{number:07}.jpg",
        minecraft_uuid=uuid, minecraft_name=name, minecraft_avatar_url=f"https://heads.example/{uuid}.png",
        minecraft_platform="java", xbox_xuid=None, name=name, metadata={"rank": "member"},
    )  # fmt: skip


class SqliteFiles:
    """SQLite databases in a folder."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, name: str) -> str:
        """The address of a database."""
        return f"sqlite:{self._folder / name}.db"

    async def create(self, name: str) -> None:
        """SQLite makes the file itself."""

    async def copy(self, name: str, source: str) -> None:
        """A database like another, which nobody has open."""
        await asyncio.to_thread(shutil.copyfile, self._folder / f"{source}.db", self._folder / f"{name}.db")


class PostgresDatabases:
    """Databases of a throw-away cluster, whose names begin alike."""

    name = "PostgreSQL"

    def __init__(self, cluster: Cluster, prefix: str = "bench") -> None:
        self._cluster, self._prefix = cluster, prefix

    def url(self, name: str) -> str:
        """The address of a database."""
        return self._cluster.url(f"{self._prefix}_{name}")

    async def create(self, name: str) -> None:
        """An empty database."""
        await asyncio.to_thread(self._cluster.create_database, f"{self._prefix}_{name}")

    async def copy(self, name: str, source: str) -> None:
        """A database like another, which nobody has open."""
        create = self._cluster.create_database
        await asyncio.to_thread(create, f"{self._prefix}_{name}", template=f"{self._prefix}_{source}")


Engine = SqliteFiles | PostgresDatabases
