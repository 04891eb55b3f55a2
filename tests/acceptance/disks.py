"""Databases whose disk is full from the n-th write on: SQLite's by a file system, PostgreSQL's by what its server says."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import apsw
import pytest

from sutler.kernel.data.connect import database as database_at
from sutler.kernel.data.database import Database
from sutler.kernel.data.records import metadata
from tests.kernel.data.full_disk import FullDisk

PLENTY = 10**9
NODES = "nodes"  # renewed in the background, so its writes would be counted at one time and not at another
COUNTED = [table.name for table in metadata.sorted_tables if table.name != NODES]
# A sequence is outside all transactions, so it goes on counting when one of them is undone. The second trigger runs
# when a transaction commits, as a disk may be full only then.
TRIGGERS = """
    CREATE SEQUENCE room INCREMENT -1 MINVALUE -1000000000 MAXVALUE 1000000001 START 1000000000;
    CREATE FUNCTION take_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('room') < 0 THEN
            RAISE EXCEPTION 'could not extend a file: no space left on device' USING ERRCODE = 'disk_full';
        END IF;
        RETURN NULL;
    END $$;
""" + "".join(
    f"CREATE TRIGGER room BEFORE INSERT OR UPDATE OR DELETE ON {table} EXECUTE FUNCTION take_room();"
    f"CREATE CONSTRAINT TRIGGER room_at_commit AFTER INSERT OR UPDATE OR DELETE ON {table}"
    "    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION take_room();"
    for table in COUNTED
)
NO_TRIGGERS = "DROP FUNCTION take_room CASCADE; DROP SEQUENCE room"


class Disk(ABC):
    """The disk of a database."""

    @abstractmethod
    async def leave(self, writes: int) -> None:
        """Let so many more writes succeed, and none after them."""

    async def free(self) -> None:
        """There is room again."""
        await self.leave(PLENTY)


class DiskOfSqlite(Disk):
    """A file system of our own."""

    def __init__(self, disk: FullDisk) -> None:
        self._disk = disk

    async def leave(self, writes: int) -> None:
        """Each page and each sync is one."""
        self._disk.writes_left = writes


class DiskOfPostgres(Disk):
    """A server that raises what it raises when its disk is full."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def leave(self, writes: int) -> None:
        """Each statement that writes is one, and each row as it is committed."""
        await self._database.script(f"SELECT setval('room', {writes})")


@asynccontextmanager
async def disk_of(url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Disk]:
    """The disk of the database at an address, to be entered before that is opened."""
    if url.startswith("postgresql"):
        database = database_at(url)
        await database.script(TRIGGERS)
        yield DiskOfPostgres(database)
        await database.script(NO_TRIGGERS)
        return
    disk, connection = FullDisk(), apsw.Connection
    monkeypatch.setattr(apsw, "Connection", lambda path, **options: connection(path, vfs="full", **options))
    yield DiskOfSqlite(disk)
    disk.unregister()
