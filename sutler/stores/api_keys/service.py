"""Making, revoking and recognising API keys."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select

from sutler.kernel import clock, tokens
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Connection, Statement, param, reader
from sutler.kernel.data.records import Actor
from sutler.kernel.edge.auth import CHANGED, Grant, TokenKind
from sutler.kernel.errors import InvalidInput, NotFound
from sutler.kernel.ids import FlakeId
from sutler.stores.api_keys.models import ALL, ApiKey

LONGEST_NAME: Final = 50
SHOWN_CHARACTERS: Final = len("pnapi_v1_") + 4  # of a token, enough to tell a dozen keys apart and no help in guessing
VALID = Statement(
    select(ApiKey.table).where(
        ApiKey.c.token_digest == param("digest", type_=ApiKey.c.token_digest.type),
        ApiKey.c.revoked_at.is_(None),
        or_(ApiKey.c.expires_at.is_(None), ApiKey.c.expires_at > param("now", type_=ApiKey.c.expires_at.type)),
    )
)


class Everything(frozenset[str]):
    """All permissions, those of later versions included."""

    def __contains__(self, permission: object) -> bool:
        return True


EVERYTHING: Final = Everything()


async def create_key(
    store: StoreContext, name: str, permissions: Sequence[str], expires_at: datetime | None = None
) -> tuple[ApiKey, str]:
    """A new key and its token, which is never shown again. `["*"]` permits everything.

    InvalidInput for a name that is blank or longer than 50 characters, and for a key that permits nothing.
    """
    name = name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise InvalidInput(f"Give the API key a name of 1 to {LONGEST_NAME} characters.")
    if not permissions or not all(is_permission(permission) for permission in permissions):
        raise InvalidInput("Name the key's permissions, such as customer_read, or * for all of them.")
    token = tokens.api_key()
    key = ApiKey(
        name=name,
        hint=token[:SHOWN_CHARACTERS],
        token_digest=tokens.digest(token),
        permissions=sorted(set(permissions)),
        expires_at=expires_at,
    )
    return await store.add(key), token


def is_permission(text: str) -> bool:
    """Whether a text has the form of a permission: `*`, or words in lower case joined by underscores."""
    return text == ALL or (text.isascii() and text.islower() and text.replace("_", "").isalpha())


async def list_keys(store: StoreContext) -> list[ApiKey]:
    """The store's keys, oldest first, with those that were revoked."""
    return await store.all(store.rows(ApiKey))


async def revoke_key(store: StoreContext, id: FlakeId) -> ApiKey:
    """Make a key worthless, in every process within moments; NotFound if there is no such key or it is revoked already."""
    valid = store.rows(ApiKey).where(ApiKey.c.id == id, ApiKey.c.revoked_at.is_(None))
    revoked = await store.change_all(valid, {"revoked_at": clock.now()})
    if not revoked:
        raise NotFound(f"There is no API key {id} in this store that could be revoked.")
    store.notify(CHANGED)
    return revoked[0]


async def find(connection: Connection, digest: bytes) -> Grant | None:
    """What the key with this digest permits; None for one that is unknown, revoked or expired."""
    found = await VALID.run(connection, digest=digest, now=clock.now())
    if not found:
        return None
    key = reader(ApiKey, connection.dialect)(found[0])
    permissions = EVERYTHING if ALL in key.permissions else frozenset(key.permissions)
    return Grant(Actor("api_key", key.id), key.store_id, permissions)


API_KEYS: Final = TokenKind("apikey", find)
