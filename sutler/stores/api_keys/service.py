"""Making, revoking and recognising API keys."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from sutler.kernel import clock, tokens
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Connection, reader
from sutler.kernel.data.records import Actor
from sutler.kernel.edge.auth import CHANGED, Grant, TokenKind
from sutler.kernel.errors import InvalidInput, NotFound
from sutler.kernel.ids import FlakeId
from sutler.stores.api_keys.models import ALL, ApiKey
from sutler.stores.api_keys.queries import USED, VALID

LONGEST_NAME: Final = 50
SHOWN_CHARACTERS: Final = len("pnapi_v1_") + 4  # of a token, enough to tell a dozen keys apart and no help in guessing
LONGEST_OVERLAP: Final = timedelta(days=90)


class Everything(frozenset[str]):
    """All permissions, those of later versions included."""

    def __contains__(self, permission: object) -> bool:
        return True

    def issuperset(self, permissions: Iterable[object], /) -> bool:
        """Whether these are all among them."""
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


async def rotate_key(store: StoreContext, id: FlakeId, old_until: datetime | None = None) -> tuple[ApiKey, str]:
    """Give a key another token; the one it had works until `old_until`, or no longer at all.

    One that it had before that is dead at once. InvalidInput for an overlap of more than ninety days, NotFound if there
    is no such key or it is revoked.
    """
    now = clock.real_now()
    if old_until is not None and old_until > now + LONGEST_OVERLAP:
        raise InvalidInput(f"The old token can work for {LONGEST_OVERLAP.days} days more at most.")
    key = await store.get(ApiKey, id)
    if key.revoked_at is not None:
        raise NotFound(f"There is no API key {id} in this store that could be rotated.")
    overlaps = old_until is not None and old_until > now
    token = tokens.api_key()
    changes = {
        "hint": token[:SHOWN_CHARACTERS],
        "token_digest": tokens.digest(token),
        "previous_digest": key.token_digest if overlaps else None,
        "previous_until": old_until if overlaps else None,
    }
    store.notify(CHANGED)
    return await store.change(key, changes), token


class Uses:
    """When each key was last used, as far as this process knows and has not written down yet."""

    def __init__(self) -> None:
        self._moments: dict[FlakeId, datetime] = {}

    def remember(self, id: FlakeId) -> None:
        """The key was used just now. This costs a request nothing; a sweep writes it down."""
        self._moments[id] = clock.real_now()

    async def write_down(self, database: Database) -> None:
        """One short transaction for all keys that were used since the last time; after a failure the next one does it."""
        moments, self._moments = self._moments, {}
        if not moments:
            return
        try:
            async with database.writing() as connection:
                for id in sorted(moments):  # in one order everywhere, so that two processes never wait for each other
                    await USED.run(connection, key_id=id, moment=moments[id])
        except BaseException:
            self._moments = moments | self._moments
            raise


USES: Final = Uses()


async def write_down_uses(database: Database) -> None:
    """The sweep of `Uses`, for this process."""
    await USES.write_down(database)


async def find(connection: Connection, digest: bytes) -> Grant | None:
    """What the key with this digest permits; None for one that is unknown, revoked or expired."""
    found = await VALID.run(connection, digest=digest, now=clock.now())
    if not found:
        return None
    key = reader(ApiKey, connection.dialect)(found[0])
    USES.remember(key.id)
    permissions = EVERYTHING if ALL in key.permissions else frozenset(key.permissions)
    return Grant(Actor("api_key", key.id), key.store_id, permissions)


API_KEYS: Final = TokenKind("apikey", find)
