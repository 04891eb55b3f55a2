"""`sutler key`: making, listing and revoking API keys."""

from collections.abc import Sequence

from sutler.commands import showing
from sutler.commands.ground import at_hand, inside
from sutler.commands.recording import record
from sutler.commands.stores import chosen
from sutler.kernel.ids import FlakeId
from sutler.stores.api_keys.models import ApiKey
from sutler.stores.api_keys.service import create_key, list_keys, revoke_key
from sutler.stores.stores.models import Store


async def create(store: str | None, name: str, permissions: Sequence[str]) -> tuple[Store, ApiKey, str]:
    """Make a key; its store and its token with it. The token is kept nowhere."""
    async with at_hand() as database, database.writing() as connection:
        owner = await chosen(connection, store)
        context = inside(connection, owner.id)
        key, token = await create_key(context, name, permissions)
        await record(context, "key create", key.id)
    return owner, key, token


async def show_all(store: str | None) -> None:
    """Print the store's keys, those that were revoked included."""
    async with at_hand() as database, database.reading() as connection:
        owner = await chosen(connection, store)
        keys = await list_keys(inside(connection, owner.id, writes=False))
    lines = [(key.id, f"{key.hint}…", state(key), " ".join(key.permissions), key.name) for key in keys]
    showing.rows(("id", "token", "state", "permissions", "name"), lines)


def state(key: ApiKey) -> str:
    """What became of a key, or until when it works."""
    if key.revoked_at is not None:
        return f"revoked {key.revoked_at:%Y-%m-%d}"
    return f"until {key.expires_at:%Y-%m-%d}" if key.expires_at else "valid"


async def revoke(store: str | None, id: FlakeId) -> None:
    """Make a key worthless; NotFound if there is no such key that works."""
    async with at_hand() as database, database.writing() as connection:
        owner = await chosen(connection, store)
        context = inside(connection, owner.id)
        await revoke_key(context, id)
        await record(context, "key revoke", id)
