"""Credentials: who is calling, for which store, with which permissions."""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Connection
from sutler.kernel.data.records import Actor
from sutler.kernel.errors import Unauthorized
from sutler.kernel.ids import FlakeId
from sutler.kernel.tokens import digest, shape

CACHED_SECONDS = 3.0  # how long a revoked token may live on in another process that missed the signal
CACHED_TOKENS = 10_000
CHANGED = "credentials"  # the signal that some credentials changed: forget what is known


class Grant(msgspec.Struct, frozen=True):
    """What the bearer of some credentials may do."""

    actor: Actor
    store_id: FlakeId
    permissions: frozenset[str]
    rights: Mapping[FlakeId, frozenset[str]] = {}
    """A user's permissions by store: users can work in several, so the path of a request says in which."""


ANONYMOUS = Grant(Actor("anonymous"), "", frozenset())


@dataclass(frozen=True)
class TokenKind:
    """One kind of token: the scheme of its `Authorization` header and how its digest is looked up."""

    scheme: str  # in lower case
    find: Callable[[Connection, bytes], Awaitable[Grant | None]]


class Authenticator:
    """Turns `Authorization` headers into grants, and remembers them for a few seconds."""

    def __init__(self, database: Database, kinds: Sequence[TokenKind]) -> None:
        self._database = database
        self._kinds = {kind.scheme: kind for kind in kinds}
        self._known: dict[bytes, tuple[Grant, float]] = {}

    def forget(self) -> None:
        """Look everything up again: some credentials changed."""
        self._known.clear()

    def known(self, authorization: bytes) -> Grant | None:
        """The grant of a caller who was here a moment ago, or of one without credentials; no look-up, no waiting."""
        if not authorization:
            return ANONYMOUS
        known = self._known.get(authorization)
        return known[0] if known is not None and known[1] > time.monotonic() else None

    async def grant(self, authorization: bytes) -> Grant:
        """`SCHEME TOKEN` with the scheme in any case, `Bearer TOKEN`, or the token alone; blank is anonymous."""
        if authorization.isspace():
            return ANONYMOUS
        grant = await self._look_up(authorization.decode("latin-1"))
        if len(self._known) >= CACHED_TOKENS:
            self._known.clear()
        self._known[authorization] = grant, time.monotonic() + CACHED_SECONDS
        return grant

    async def _look_up(self, authorization: str) -> Grant:
        scheme, _, token = authorization.strip().partition(" ")
        kind = self._kinds.get(scheme.lower())
        if kind is not None and not token.strip():
            return ANONYMOUS
        if kind is None and scheme.lower() != "bearer":
            token = authorization  # the Java SDK sends the token alone
        token = token.strip()
        kinds = [kind] if kind else [self._kinds[name] for name in shape(token) if name in self._kinds]
        async with self._database.reading() as connection:
            for candidate in kinds:
                grant = await candidate.find(connection, digest(token))
                if grant is not None:
                    return grant
        raise Unauthorized
