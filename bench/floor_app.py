"""The floor: three operations written by hand, as if nothing else would ever come: plain ASGI and msgspec."""

import time
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from typing import Annotated, Any, Protocol
from urllib.parse import parse_qs

import msgspec
from msgspec import UNSET, Meta, UnsetType

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

KEY = '{"type":"api_key","id":"1"}'  # who created a row, as JSON
NOT_FOUND = b'{"status":404,"code":"NotFound"}'
FORBIDDEN = b'{"status":403,"code":"Forbidden"}'


class Profile(msgspec.Struct):
    """A player on a platform."""

    id: str
    platform: str
    name: str
    avatar_url: str | None


class Game(msgspec.Struct):
    """A player of one game."""

    id: str
    name: str
    avatar_url: str


class Customer(msgspec.Struct):
    """A customer on the wire; what is unset is left out."""

    id: str
    store_id: str
    minecraft_uuid: str | None
    xbox_xuid: str | None
    name: str | None
    created_at: datetime
    updated_at: datetime | None
    metadata: dict[str, str]
    profile: Profile | UnsetType = UNSET
    steam_id: str | UnsetType = UNSET
    steam: Game | UnsetType = UNSET
    minecraft: Game | UnsetType = UNSET
    minecraft_platform: str | UnsetType = UNSET


class NewCustomer(msgspec.Struct):
    """The body of a create."""

    steam_id: Annotated[str, Meta(pattern=r"^[0-9]{1,20}$")] | None = None
    minecraft_uuid: str | None = None
    minecraft_platform: str | None = None
    xbox_xuid: str | None = None
    name: Annotated[str, Meta(min_length=1, max_length=50)] | None = None
    metadata: Annotated[dict[str, str], Meta(max_length=50)] = {}


class Rows(Protocol):
    """The database of the floor."""

    async def open(self) -> None:
        """Connect."""

    async def close(self) -> None:
        """Disconnect."""

    async def one(self, store: int, id: int) -> Customer | None:
        """A customer of a store."""

    async def newest(self, store: int, limit: int) -> list[Customer]:
        """The newest customers of a store."""

    async def create(self, store: int, id: int, new: NewCustomer, now: datetime) -> None:
        """Keep a customer; durable on return."""

    async def write(self, together: list["Inserts"]) -> None:
        """Several statements in one transaction; durable on return."""


class Inserts(msgspec.Struct):
    """One statement and the rows of arguments that it runs with."""

    sql: str
    rows: list[list[Any]]


class More(Protocol):
    """Whatever else the floor serves."""

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""


class Floor:
    """The application."""

    def __init__(self, rows: Rows, keys: dict[bytes, str], more: "More | None" = None) -> None:
        self._rows, self._keys, self._more = rows, keys, more
        self._encode = msgspec.json.Encoder().encode
        self._decode = msgspec.json.Decoder(NewCustomer).decode
        self._last = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        store = self._keys.get(dict(scope["headers"]).get(b"authorization", b""))
        path = scope["path"].split("/")  # "", v1, stores, STORE, customers[, ID]
        if store is None or path[3] != store:
            await respond(send, 403, FORBIDDEN)
        elif path[4] != "customers" and self._more is not None:
            await self._more.serve(scope, receive, send)
        elif len(path) == 6:
            found = await self._rows.one(int(store), int(path[5]))
            await (respond(send, 404, NOT_FOUND) if found is None else respond(send, 200, self._encode(found)))
        elif scope["method"] == "GET":
            limit = parse_qs(scope["query_string"]).get(b"limit", [b"100"])[0]
            await respond(send, 200, self._encode(await self._rows.newest(int(store), int(limit))))
        else:
            await respond(send, 200, self._encode(await self._create(store, await body(receive))))

    async def _create(self, store: str, sent: bytes) -> Customer:
        new, now, id = self._decode(sent), datetime.now(UTC), self._id()
        await self._rows.create(int(store), id, new, now)
        return shown(
            [str(id), store, new.steam_id, None, None, new.minecraft_uuid, None, None, new.minecraft_platform, new.xbox_xuid,
             new.name, now, None, new.metadata]
        )  # fmt: skip

    def _id(self) -> int:
        self._last = max(self._last + 1, (time.time_ns() // 1_000_000 - 1_645_568_542_000) << 22)
        return self._last

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self._rows.open()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._rows.close()
        await send({"type": "lifespan.shutdown.complete"})


COLUMNS = (
    "id, store_id, steam_id, steam_name, steam_avatar_url, minecraft_uuid, minecraft_name, minecraft_avatar_url, "
    "minecraft_platform, xbox_xuid, name, created_at, updated_at, metadata"
)


def shown(row: Any) -> Customer:
    """The customer in a row of COLUMNS whose values have their types already."""
    (id, store, steam_id, steam_name, steam_avatar, uuid, minecraft_name, minecraft_avatar, platform, xuid, name,
     created_at, updated_at, metadata) = row  # fmt: skip
    customer = Customer(id, store, uuid, xuid, name, created_at, updated_at, metadata)
    if platform is not None:
        customer.minecraft_platform = platform
    if uuid is not None:
        customer.minecraft = Game(uuid, minecraft_name or "", minecraft_avatar or "")
        customer.profile = Profile(uuid, "minecraft", minecraft_name or name or "", minecraft_avatar)
    if steam_id is not None:
        customer.steam_id = steam_id
        customer.steam = Game(steam_id, steam_name or "", steam_avatar or "")
        customer.profile = Profile(steam_id, "steam", steam_name or name or "", steam_avatar)
    return customer


async def body(receive: Receive) -> bytes:
    """The whole body."""
    message = await receive()
    parts = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        parts += message.get("body", b"")
    return bytes(parts)


async def respond(send: Send, status: int, answer: bytes) -> None:
    """Send JSON."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(answer))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": answer})
