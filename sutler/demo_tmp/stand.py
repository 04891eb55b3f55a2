"""The demo store: test mode, a game server, two products and a customer; made once, with fresh credentials each time."""

from typing import Any, TypeVar

from msgspec import Struct
from sqlalchemy import select

from sutler.catalog.products import service as products
from sutler.catalog.products.models import Product
from sutler.catalog.products.schemas import ProductCommandDto, UpsertProductRequestDto
from sutler.commands.ground import inside
from sutler.commands.refusal import Refusal
from sutler.customers.customers import service as customers
from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import UpsertCustomerRequestDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Connection, Statement, param, reader
from sutler.kernel.data.records import StoreRecord
from sutler.kernel.ids import FlakeId, new_id
from sutler.servers.game_servers import service as servers
from sutler.servers.game_servers.models import GameServer
from sutler.servers.game_servers.schemas import CreateGameServerDto, shown
from sutler.stores.api_keys.models import ALL
from sutler.stores.api_keys.service import create_key
from sutler.stores.stores.models import Store

R = TypeVar("R", bound=StoreRecord)
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
        server = await _game_server(store)
        product, customer = await _products(store, server.id), await _customer(store)
        return Demo(
            url=url,
            store_id=store.store_id,
            api_key=api_key,
            customer_id=customer.id,
            customer_token=await customers.create_token(store, customer.id),
            gameserver_id=server.id,
            gameserver_token=shown(server).token or "",
            product_id=product.id,
        )


async def _store(connection: Connection) -> StoreContext:
    found = await BY_SLUG.run(connection, slug=SLUG)
    if found:
        store = reader(Store, connection.dialect)(found[0])
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


async def _found(store: StoreContext, kind: type[R], condition: Any) -> R | None:
    """The oldest record that matches: names are not unique everywhere."""
    known = await store.all(store.rows(kind).where(condition))
    return known[0] if known else None


async def _game_server(store: StoreContext) -> GameServer:
    """With a token that is new in any case."""
    found = await _found(store, GameServer, GameServer.c.name == "Survival")
    if found is not None:
        return await servers.reset_token(store, found.id)
    return await servers.create(store, CreateGameServerDto(name="Survival"))


async def _products(store: StoreContext, server_id: FlakeId) -> Product:
    """A rank that costs something, which is returned, and a kit that costs nothing."""
    rank = await _product(store, server_id, "VIP", 999, "oxide.usergroup add {customer.steam.id} vip")
    await _product(store, server_id, "Starter kit", 0, "inventory.giveto {customer.steam.id} wood 1000")
    return rank


async def _product(store: StoreContext, server_id: FlakeId, name: str, price: int, command: str) -> Product:
    slug = name.lower().replace(" ", "-")
    found = await _found(store, Product, Product.c.slug == slug)
    if found is not None:
        return found
    text = f"{name} for the demo server, delivered by a command as soon as it is bought."
    runs = ProductCommandDto(stage="on_purchase", content=command)
    new = UpsertProductRequestDto(
        slug=slug, name=name, description=text, price=price, gameservers=[server_id], commands=[runs]
    )  # fmt: skip
    return await products.create(store, new)


async def _customer(store: StoreContext) -> Customer:
    found = await _found(store, Customer, Customer.c.steam_id == STEAM_ID)
    return found or await customers.create(store, UpsertCustomerRequestDto(steam_id=STEAM_ID, name="Alice"))
