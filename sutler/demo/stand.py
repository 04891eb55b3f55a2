"""Setting the demo store up: the store, its game servers, what it sells, its customers, and a month of orders."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import select

from sutler.answers import connect
from sutler.catalog.products.models import Product
from sutler.checkout.checkouts import service as checkouts
from sutler.checkout.checkouts.schemas import (
    CreateCheckoutSessionLineManagementDto,
    CreateCheckoutSessionManagementDto,
    CreateCheckoutSessionResponseDto,
)
from sutler.commands.ground import inside
from sutler.commands.refusal import Refusal
from sutler.customers.customers import service as customers
from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import UpsertCustomerRequestDto
from sutler.demo.furnishing import decorate, found, furnish
from sutler.demo.month import LENGTH
from sutler.demo.oneness import OneTransaction
from sutler.demo.trading import Month, Tell
from sutler.demo.window import dress
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Connection, Statement, param, reader
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.errors import InvalidInput
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.work.store_time import release_clock
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
    """What it takes to try everything out. The credentials are shown here only.

    The checkout is a new one, open for a day; it is empty when the product that it would be for is not sold any more.
    """

    url: str
    store_id: FlakeId
    api_key: str
    customer_id: FlakeId
    customer_token: str
    gameserver_id: FlakeId
    gameserver_token: str
    product_id: FlakeId
    checkout_url: str
    checkout_token: str


class Furniture(Struct, frozen=True):
    """What is in the store, whoever made it and when."""

    server: GameServer
    customer: Customer
    product: Product


async def stand(database: Database, url: str, *, history: bool = True, tell: Tell = lambda _done, _all: None) -> Demo:
    """The demo store as it is or, where something is missing, as it is now; with a new key and new tokens.

    A new store has traded for a month, unless there is to be no `history`; `tell` hears how far that is. All of it is one
    transaction. Keys and customer tokens of earlier times go on working; the game server's token is replaced. Refusal
    when the store called `demo` is in live mode.
    """
    connect()
    async with database.writing() as connection:
        store = await _known(connection)
        if store is None:
            opened = clock.real_now() - LENGTH
            with clock.standing_at(opened):
                store = await _made(connection)
                await set_clock(store, opened)
                there = await _furnished(database, store)
            if history:
                await _trade(database, store, there, opened, tell)
            await release_clock(store)
        else:
            there = await _furnished(database, store)
        return await _opened(store, there, url)


async def _opened(store: StoreContext, there: Furniture, url: str) -> Demo:
    """Fresh credentials for everybody."""
    _, api_key = await create_key(store, "Demo", [ALL])
    server = await servers.reset_token(store, there.server.id)
    checkout = await _checkout(store, there)
    return Demo(
        url=url,
        store_id=store.store_id,
        api_key=api_key,
        customer_id=there.customer.id,
        customer_token=await customers.create_token(store, there.customer.id),
        gameserver_id=server.id,
        gameserver_token=shown(server).token or "",
        product_id=there.product.id,
        checkout_url=checkout.url if checkout else "",
        checkout_token=checkout.token if checkout else "",
    )


async def _checkout(store: StoreContext, there: Furniture) -> CreateCheckoutSessionResponseDto | None:
    """What Alice is about to buy; None when the product is not to be had any more, because somebody has changed it."""
    wanted = CreateCheckoutSessionLineManagementDto(product_id=there.product.id, quantity=1)
    try:
        return await checkouts.create(
            store, CreateCheckoutSessionManagementDto(customer_id=there.customer.id, lines=[wanted])
        )
    except InvalidInput:
        return None


async def _known(connection: Connection) -> StoreContext | None:
    rows = await BY_SLUG.run(connection, slug=SLUG)
    if not rows:
        return None
    store = reader(Store, connection.dialect)(rows[0])
    if store.live_mode:
        raise Refusal(NOT_OURS)
    return inside(connection, store.id)


async def _made(connection: Connection) -> StoreContext:
    store = Store(
        owner_id=new_id(), slug=SLUG, name="Demo", platform="steam", game="rust", currency="usd",
        description="A store to try things out in. No money moves here.", live_mode=False,
    )  # fmt: skip
    context = inside(connection, store.id)
    await context.add(store)
    return context


async def _furnished(database: Database, store: StoreContext) -> Furniture:
    server, arena = await _server(store, "Survival"), await _server(store, "Arena")
    product, customer = await furnish(store, server.id, arena.id), await _customer(store)
    await dress(store)
    await decorate(OneTransaction(database, store))
    return Furniture(server, customer, product)


async def _trade(database: Database, store: StoreContext, there: Furniture, opened: datetime, tell: Tell) -> None:
    wares = await store.all(store.rows(Product))
    await Month(OneTransaction(database, store), opened, there.server.id, wares).pass_by(tell)


async def _server(store: StoreContext, name: str) -> GameServer:
    """Alice plays on Survival. Nobody plays on Arena, so that there is something to see of servers without players."""
    known = await found(store, GameServer, existing & (GameServer.c.name == name))
    return known or await servers.create(store, CreateGameServerDto(name=name))


async def _customer(store: StoreContext) -> Customer:
    known = await found(store, Customer, Customer.c.steam_id == STEAM_ID)
    return known or await customers.create(store, UpsertCustomerRequestDto(steam_id=STEAM_ID, name="Alice"))
