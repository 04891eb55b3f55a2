"""A tiny application over the customers' table: for tests of the edge, the context, events and jobs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Any

import httpx2
import msgspec
from msgspec import Meta

from sutler.customers.customers.models import Customer
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import Connection
from sutler.kernel.data.records import Actor
from sutler.kernel.data.shop import Shop
from sutler.kernel.data.store_clocks import StoreClocks
from sutler.kernel.edge.access import customer_reads, game_server_reads, reads, steps, visitor_reads, writes
from sutler.kernel.edge.asgi import Application
from sutler.kernel.edge.auth import Authenticator, Grant, TokenKind
from sutler.kernel.edge.http import Routes
from sutler.kernel.edge.limits import Limits
from sutler.kernel.edge.requests import Request
from sutler.kernel.ids import FlakeId
from sutler.kernel.tokens import digest
from sutler.kernel.wire import Headers, Query, Wire

STORE, OTHER = "1001", "1002"
KEY, READ_ONLY, OTHER_KEY = (f"pnapi_v1_{letter * 44}" for letter in "ABC")
CUSTOMER, SERVER = "D" * 71, "E" * 44
GRANTS = {
    digest(KEY): Grant(Actor("api_key", "1"), STORE, frozenset({"customer_read", "customer_create"})),
    digest(READ_ONLY): Grant(Actor("api_key", "2"), STORE, frozenset({"customer_read"})),
    digest(OTHER_KEY): Grant(Actor("api_key", "3"), OTHER, frozenset({"customer_read", "customer_create"})),
    digest(CUSTOMER): Grant(Actor("customer", "4"), STORE, frozenset({"customer"})),
    digest(SERVER): Grant(Actor("game_server", "5"), STORE, frozenset({"gameserver"})),
}
KINDS = {"api_key": "apikey", "customer": "customer", "game_server": "gameserver"}


def customer(name: str | None = None, **changes: Any) -> Customer:
    """A row of a customer."""
    fields: dict[str, Any] = {
        "steam_id": None, "minecraft_uuid": None, "minecraft_platform": None, "xbox_xuid": None, "metadata": {},
    }  # fmt: skip
    return Customer(name=name, **(fields | changes))


class Shown(msgspec.Struct):
    """A customer as the tiny application shows it."""

    id: FlakeId
    name: str | None
    created_at: datetime


class New(Wire):
    """The body of a create."""

    name: Annotated[str, Meta(min_length=1, max_length=50)] | None = None
    steam_id: Annotated[str, Meta(pattern="^[0-9]+$")] | None = None
    when: datetime | None = None


class GiftTo(msgspec.Struct):
    """A nested query object."""

    platform: str
    id: str


class Odd(Query):
    """Every form of query parameter."""

    ids: list[str] | None = None
    custom_variables: dict[str, str] | None = None
    gift_to: GiftTo | None = None
    increment: bool = False
    quantity: int = 1


class Location(Headers):
    """A header parameter."""

    country: Annotated[str, Meta(pattern="^[A-Z]{2}$")] | None = msgspec.field(
        name="x-paynow-customer-countrycode", default=None
    )


routes = Routes("/v1/stores/{storeId}/tiny", tag="tiny")
storefront = Routes("/v1/store/tiny", tag="tiny", api="storefront-api")
game = Routes("/v1/delivery/tiny", tag="tiny", api="gameserver-api")
Reader = Annotated[StoreContext, reads("customer_read")]
Writer = Annotated[StoreContext, writes("customer_create")]


def shown(row: Customer) -> Shown:
    """One row on the wire."""
    return Shown(row.id, row.name, row.created_at)


@routes.get("", "Tiny_List")
async def list_tiny(store: Reader, page: Page) -> list[Shown]:
    """List."""
    return [shown(row) for row in await store.page(store.rows(Customer), page)]


@routes.get("/odd", "Tiny_Odd")
async def odd(store: Reader, odd: Odd, type_: str = "all") -> dict[str, Any]:
    """Say what was understood."""
    return {"odd": msgspec.to_builtins(odd), "type": type_}


@routes.get("/broken", "Tiny_Broken")
async def broken(store: Reader) -> None:
    """Fail in a way that nobody thought of."""
    message = "the cellar is on fire"
    raise RuntimeError(message)


@routes.get("/{tinyId}", "Tiny_Get")
async def get_tiny(store: Reader, tiny_id: FlakeId) -> Shown:
    """Get."""
    return shown(await store.get(Customer, tiny_id))


@routes.post("", "Tiny_Create")
async def create_tiny(store: Writer, new: New) -> Shown:
    """Create."""
    return shown(await store.add(customer(new.name, steam_id=new.steam_id)))


@routes.post("/slowly", "Tiny_CreateSlowly")
async def create_slowly(store: Writer, new: New) -> Shown:
    """Create, and take a while."""
    created = await store.add(customer(new.name))
    await asyncio.sleep(0.05)
    return shown(created)


@routes.post("/many", "Tiny_CreateMany")
async def create_many(store: Writer, new: list[New]) -> int:
    """Create many."""
    await store.add_all([customer(one.name) for one in new])
    return len(new)


@routes.delete("/{tinyId}", "Tiny_Delete")
async def delete_tiny(store: Writer, tiny_id: FlakeId) -> None:
    """Delete."""
    await store.remove(await store.get(Customer, tiny_id))


@routes.post("/when", "Tiny_When")
async def when(store: Reader, new: New) -> dict[str, datetime | None]:
    """Give a time back."""
    return {"when": new.when}


@routes.post("/steps", "Tiny_Steps")
async def in_steps(shop: Annotated[Shop, steps("customer_create")]) -> int:
    """Two transactions."""
    async with shop.writing() as store:
        await store.add(customer("first"))
    async with shop.reading() as store:
        return await store.count(store.rows(Customer))


@storefront.get("", "TinyStorefront_Get")
async def visit(store: Annotated[StoreContext, visitor_reads()], location: Location, request: Request) -> dict[str, Any]:
    """Say who came from where."""
    return {"store": store.store_id, "actor": store.actor.type, "country": location.country, "ip": request.client_ip}


@storefront.get("/me", "TinyStorefront_Me")
async def me(store: Annotated[StoreContext, customer_reads()]) -> dict[str, Any]:
    """Say who it is."""
    return {"id": store.actor.id}


@game.get("", "TinyGame_Get")
async def play(store: Annotated[StoreContext, game_server_reads()]) -> dict[str, Any]:
    """Say which server it is."""
    return {"id": store.actor.id}


def find(kind: str) -> Any:
    """Looks tokens of a kind up in the table above."""

    async def look_up(connection: Connection, token_digest: bytes) -> Grant | None:
        await connection.fetch("SELECT 1", ())
        grant = GRANTS.get(token_digest)
        return grant if grant and KINDS[grant.actor.type] == kind else None

    return look_up


def tiny_app(database: Database, clocks: StoreClocks | None = None, limits: Limits | None = None) -> Application:
    """The tiny application on an open database."""
    authenticator = Authenticator(database, [TokenKind(kind, find(kind)) for kind in KINDS.values()])
    known = [route for some in (routes, storefront, game) for route in some.all]
    clocks, limits = clocks or StoreClocks(database), limits or Limits(enabled=False)
    served = [route.serve_from(database, authenticator, clocks, limits) for route in known]

    @asynccontextmanager
    async def running() -> AsyncIterator[None]:
        yield

    return Application(served, running)


def tiny_client(app: Application, authorization: str = f"APIKey {KEY}", **headers: str) -> httpx2.AsyncClient:
    """A client of the tiny application."""
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=app, raise_app_exceptions=False),
        base_url="http://test",
        headers={"Authorization": authorization, "Content-Type": "application/json"} | headers,
    )
