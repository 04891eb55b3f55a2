"""The floor on SQLite: apsw on the event loop, inserts that arrive together share one durable commit in a thread."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import apsw
import msgspec

from bench.floor_app import COLUMNS, KEY, Customer, Inserts, NewCustomer, shown

PRAGMAS = (
    "PRAGMA busy_timeout=5000", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-65536", "PRAGMA mmap_size=1073741824",
)  # fmt: skip
ONE = f"SELECT {COLUMNS} FROM customers WHERE id = ? AND store_id = ?"  # noqa: S608 - constants of ours
NEWEST = f"SELECT {COLUMNS} FROM customers WHERE store_id = ? ORDER BY id DESC LIMIT CAST(? AS INTEGER)"  # noqa: S608 - as above
CREATE = (
    "INSERT INTO customers (id, store_id, created_at, created_by, steam_id, minecraft_uuid, minecraft_platform, xbox_xuid, "
    "name, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
MOST_TOGETHER = 128
decode = msgspec.json.Decoder(dict[str, str]).decode
Work = tuple[list[Inserts], "asyncio.Future[None]"]


class SqliteRows:
    """One connection that reads, one that writes, and a task that commits."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._queue: asyncio.Queue[Work]
        self._task: asyncio.Task[None]

    async def open(self) -> None:
        """Connect."""
        self._reader, self._writer = self._connect(), self._connect()
        self._queue = asyncio.Queue()
        self._task = asyncio.create_task(self._write())

    async def close(self) -> None:
        """Disconnect."""
        self._task.cancel()
        self._reader.close()
        self._writer.close()

    def _connect(self) -> apsw.Connection:
        raw = apsw.Connection(self._path, statementcachesize=512)
        for pragma in PRAGMAS:
            raw.execute(pragma).fetchall()
        return raw

    async def one(self, store: int, id: int) -> Customer | None:
        """One customer."""
        rows = self._reader.execute(ONE, (id, store)).fetchall()
        return shown(typed(rows[0])) if rows else None

    async def newest(self, store: int, limit: int) -> list[Customer]:
        """The newest customers."""
        return [shown(typed(row)) for row in self._reader.execute(NEWEST, (store, limit)).fetchall()]

    async def create(self, store: int, id: int, new: NewCustomer, now: datetime) -> None:
        """Keep a customer; durable on return."""
        metadata = msgspec.json.encode(new.metadata).decode()
        row = [
            id, store, now.isoformat(timespec="microseconds"), KEY, new.steam_id, new.minecraft_uuid, new.minecraft_platform,
            new.xbox_xuid, new.name, metadata,
        ]  # fmt: skip
        await self._keep([Inserts(CREATE, [row])])

    async def write(self, together: list[Inserts]) -> None:
        """Several statements in one transaction; durable on return."""
        await self._keep(together)

    async def _keep(self, inserts: list[Inserts]) -> None:
        done = asyncio.get_running_loop().create_future()
        self._queue.put_nowait((inserts, done))
        await done

    async def _write(self) -> None:
        """Take all that wait, run them, commit once, tell them."""
        loop = asyncio.get_running_loop()
        while True:
            together = [await self._queue.get()]
            while not self._queue.empty() and len(together) < MOST_TOGETHER:
                together.append(self._queue.get_nowait())
            self._writer.execute("BEGIN IMMEDIATE")
            kept = [done for inserts, done in together if self._insert(inserts, done)]
            await loop.run_in_executor(None, self._writer.execute, "COMMIT")
            for done in kept:
                done.set_result(None)

    def _insert(self, all_inserts: list[Inserts], done: "asyncio.Future[None]") -> bool:
        """Run one request's statements; a single one undoes itself when it is refused, several need a savepoint."""
        several = len(all_inserts) > 1
        try:
            if several:
                self._writer.execute("SAVEPOINT request")
            for inserts in all_inserts:
                self._writer.executemany(inserts.sql, inserts.rows).fetchall()
            if several:
                self._writer.execute("RELEASE request")
        except apsw.ConstraintError as error:
            if several:
                self._writer.execute("ROLLBACK TO request")
                self._writer.execute("RELEASE request")
            done.set_exception(error)
            return False
        return True


def typed(row: Sequence[Any]) -> list[Any]:
    """A row's values in the types of the wire."""
    id, store, *middle, created_at, updated_at, metadata = row
    updated = datetime.fromisoformat(updated_at) if updated_at else None
    return [str(id), str(store), *middle, datetime.fromisoformat(created_at), updated, decode(metadata)]
