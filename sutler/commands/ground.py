"""What every command stands on: the settings, the secret key and the database, with failures told in one line."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Any, TypeVar

import sutler.worker  # noqa: F401 - an event that is written by a process that knows no handlers would never be acted on
from sutler import settings
from sutler.commands import schema
from sutler.commands.refusal import Refusal
from sutler.kernel import logs, secrets
from sutler.kernel.data.connect import database as database_at
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Connection
from sutler.kernel.data.records import Actor
from sutler.kernel.data.running import opened
from sutler.kernel.errors import ShopError
from sutler.kernel.ids import FlakeId

T = TypeVar("T")
INTERNAL = Actor("internal")
CREDENTIALS = re.compile(r"(?<=//)[^/@]*@")
BEHIND = "The tables of this database are not those of this version of Sutler. Run `sutler migrate` first."


def use(**given: object) -> settings.Settings:
    """Settle the settings (those given as None come from the environment), the log and the secret key; Refusal if bad."""
    chosen_here = {name: str(value) for name, value in given.items() if value is not None}
    try:
        chosen = settings.read(os.environ, **chosen_here)
    except settings.BadSetting as error:
        raise Refusal(str(error)) from error
    try:
        secrets.install(secrets.Sealer.from_settings(chosen.secret_key, chosen.data))
    except secrets.BadSecretKey as error:
        raise Refusal(str(error)) from error
    except OSError as error:
        raise Refusal(f"The data folder {chosen.data} cannot be used: {error.strerror or error}.") from error
    settings.install(chosen)
    logs.configure(chosen.log_level, chosen.log_format)
    return chosen


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end; what a client of the API would be told as an error is refused with the same words."""
    try:
        return asyncio.run(work)
    except ShopError as error:
        raise Refusal(str(error)) from error


def database() -> Database:
    """The database of the settings, not yet open; Refusal for an address that is none."""
    try:
        return database_at(settings.settings().database_url)
    except ValueError as error:
        raise Refusal(f"SUTLER_DATABASE_URL: {error}") from error


@contextmanager
def opening() -> Iterator[None]:
    """Whatever goes wrong while the database is opened is told in a line that names it, without its password."""
    try:
        yield
    except Refusal:
        raise
    except Exception as error:
        address = CREDENTIALS.sub("", settings.settings().database_url)
        why = " ".join(str(error).split()) or type(error).__name__
        raise Refusal(f"The database {address} cannot be used: {why}") from error


async def upgraded(found: Database) -> list[str]:
    """Bring the tables up to date and return the revisions that were applied."""
    with opening():
        return await schema.upgrade(found)


@asynccontextmanager
async def at_hand(*, upgrades: bool = False) -> AsyncIterator[Database]:
    """The database, open, its tables up to date, with a node number of its own; Refusal if that cannot be."""
    found = database()
    async with AsyncExitStack() as stack:
        if upgrades:
            await upgraded(found)
        with opening():
            if not upgrades and not await schema.is_current(found):
                raise Refusal(BEHIND)
            await stack.enter_async_context(opened(found))
        yield found


def inside(connection: Connection, store_id: FlakeId, *, writes: bool = True) -> StoreContext:
    """A store, for the owner of the installation, who may do everything."""
    return StoreContext(connection, store_id, INTERNAL, writes=writes)
