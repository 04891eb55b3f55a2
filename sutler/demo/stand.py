"""Setting the demo store up: the store, a game server, what it sells, and a customer."""

from msgspec import Struct
from sqlalchemy import select

from sutler.commands.ground import INTERNAL, inside
from sutler.commands.refusal import Refusal
from sutler.customers.customers import service as customers
from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import UpsertCustomerRequestDto
from sutler.demo.furnishing import decorate, found, furnish
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Connection, Statement, param, reader
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId, new_id
from sutler.servers.game_servers import service as servers
from sutler.servers.game_servers.models import GameServer, existing
from sutler.servers.game_servers.schemas import CreateGameServerDto, shown
from sutler.stores.api_keys.models import ALL
from sutler.stores.api_keys.service import create_key
from sutler.stores.stores.models import Store

SLUG, STEAM_ID = "demo", "76561197960287930"
BY_SLUG = Statement(select(Store.table).where(Store.c.slug == param("slug", type_=Store.c.slug.type)))
NOT_OURS = "There is a store called demo that takes real money, so nothing was changed. Use another data folder."


class Demo(Struct, frozen=True):
    """What it takes to try everything out. The credentials are shown here only."""

    url: str
    store_id: FlakeId
    api_key: str
    customer_id: FlakeId
    customer_token: str
    gameserver_id: FlakeId
    gameserver_token: str
    product_id: FlakeId


async def stand(database: Database, url: str) -> Demo:
    """The demo store as it is or, where something is missing, as it is now; with a new key and new tokens.

    Keys and customer tokens of earlier times go on working; the game server's token is replaced. Refusal when the
    store called `demo` is in live mode.
    """
    async with database.writing() as connection:
        store = await _store(connection)
        _, api_key = await create_key(store, "Demo", [ALL])
        server, arena = await _game_server(store), await _second_server(store)
        product, customer = await furnish(store, server.id, arena.id), await _customer(store)
        made = Demo(
            url=url,
            store_id=store.store_id,
            api_key=api_key,
            customer_id=customer.id,
            customer_token=await customers.create_token(store, customer.id),
            gameserver_id=server.id,
            gameserver_token=shown(server).token or "",
            product_id=product.id,
        )
    await decorate(Shop(database, made.store_id, INTERNAL))
    return made


async def _store(connection: Connection) -> StoreContext:
    rows = await BY_SLUG.run(connection, slug=SLUG)
    if rows:
        store = reader(Store, connection.dialect)(rows[0])
        if store.live_mode:
            raise Refusal(NOT_OURS)
        return inside(connection, store.id)
    store = Store(
        owner_id=new_id(), slug=SLUG, name="Demo", platform="steam", game="rust", currency="usd",
        description="A store to try things out in. No money moves here.", live_mode=False,
    )  # fmt: skip
    context = inside(connection, store.id)
    await context.add(store)
    return context


async def _game_server(store: StoreContext) -> GameServer:
    """With a token that is new in any case."""
    known = await found(store, GameServer, existing & (GameServer.c.name == "Survival"))
    if known is not None:
        return await servers.reset_token(store, known.id)
    return await servers.create(store, CreateGameServerDto(name="Survival"))


async def _second_server(store: StoreContext) -> GameServer:
    """One that nobody plays, so that there is something to see of servers that are not connected."""
    known = await found(store, GameServer, existing & (GameServer.c.name == "Arena"))
    return known or await servers.create(store, CreateGameServerDto(name="Arena"))


async def _customer(store: StoreContext) -> Customer:
    known = await found(store, Customer, Customer.c.steam_id == STEAM_ID)
    return known or await customers.create(store, UpsertCustomerRequestDto(steam_id=STEAM_ID, name="Alice"))
