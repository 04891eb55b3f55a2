"""`sutler customers export-person` and `erase-person`: what they do."""

from pathlib import Path

import msgspec

from sutler import settings
from sutler.commands import ground
from sutler.commands.refusal import Refusal
from sutler.commands.stores import chosen
from sutler.kernel.data.connect import sqlite_path
from sutler.privacy import disclosure, erasure
from sutler.privacy.erasure import Erased


async def told(id: str, name: str | None) -> str:
    """Everything about a person as JSON."""
    async with ground.at_hand() as database, database.reading(slow=True) as connection:
        store = ground.inside(connection, (await chosen(connection, name)).id, writes=False)
        found = await disclosure.everything(store, checked(id))
    return msgspec.json.format(msgspec.json.encode(found), indent=2).decode()


async def erased(id: str, name: str | None) -> Erased:
    """Forget a person, and write the database anew."""
    async with ground.at_hand() as database:
        async with database.reading() as connection:
            store = await chosen(connection, name)
        result = await erasure.erase(database, store.id, checked(id))
        await erasure.leave_nothing_behind(database)
    return result


def checked(id: str) -> str:
    """The id, if it can be one."""
    if not (id.isascii() and id.isdigit()):
        raise Refusal(f"{id!r} is no id of a customer; ids are decimal numbers.")
    return id


def swept() -> None:
    """Refusal if SQLite's log still holds what was there before, because another process reads it."""
    scheme, _, rest = settings.settings().database_url.partition(":")
    if scheme != "sqlite":
        return
    path = sqlite_path(rest)
    log = Path(f"{path}-wal")
    if log.exists() and log.stat().st_size:
        raise Refusal(
            f"The person is forgotten, but {log} still holds old pages, because another process uses it. "
            "Stop the servers and workers and run the command again."
        )
