"""`sutler store`: making and showing stores, and finding the one that another command is about."""

import re

from msgspec import Struct
from sqlalchemy import select

from sutler.catalog.product_rules.service import LONGEST_SLUG, SHORTEST_SLUG, cleaned
from sutler.commands import showing
from sutler.commands.ground import at_hand, inside
from sutler.commands.recording import record
from sutler.commands.refusal import Refusal
from sutler.kernel.data.queries import Connection, Statement, reader
from sutler.kernel.ids import FlakeId, new_id
from sutler.stores.stores.models import MINECRAFT_PLATFORMS, Store

ALL = Statement(select(Store.table).order_by(Store.c.id))
CURRENCY = re.compile(r"[a-z]{3}")
LONGEST_NAME = 50
PLATFORMS = ("steam", *MINECRAFT_PLATFORMS, "hytale", "other")
NONE_YET = "There is no store yet. Make one with `sutler store create NAME`, or try `sutler serve --demo`."


async def all_stores(connection: Connection) -> list[Store]:
    """Every store of the installation, oldest first."""
    read = reader(Store, connection.dialect)
    return [read(row) for row in await ALL.run(connection)]


async def chosen(connection: Connection, name: str | None) -> Store:
    """The store with this id or slug, or the only one there is; Refusal when that is not one."""
    known = await all_stores(connection)
    found = [store for store in known if name is None or name in (store.id, store.slug)]
    if len(found) == 1:
        return found[0]
    if not known:
        raise Refusal(NONE_YET)
    slugs = ", ".join(store.slug for store in known)
    if name is None:
        raise Refusal(f"There are {len(known)} stores, so name one with --store: {slugs}.")
    raise Refusal(f"There is no store {name!r}. There are: {slugs}.")


class NewStore(Struct, frozen=True, kw_only=True):
    """A store as its owner describes it; a slug is made from the name if none is given."""

    name: str
    slug: str | None
    platform: str
    game: str
    currency: str
    live: bool


def store_from(new: NewStore) -> Store:
    """A store that is not kept yet; Refusal for what cannot be."""
    name, currency = new.name.strip(), new.currency.lower()
    slug = cleaned(new.slug if new.slug is not None else name)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refusal(f"A store's name has 1 to {LONGEST_NAME} characters.")
    if not SHORTEST_SLUG <= len(slug) <= LONGEST_SLUG:
        rule = f"{SHORTEST_SLUG} to {LONGEST_SLUG} letters a to z, digits, dashes and underscores"
        raise Refusal(f"A store's slug has {rule}. Choose one with --slug.")
    if new.platform not in PLATFORMS:
        raise Refusal(f"There is no platform {new.platform!r}. There are: {', '.join(PLATFORMS)}.")
    if not CURRENCY.fullmatch(currency):
        raise Refusal(f"{currency!r} is no currency. Use a code such as usd or eur.")
    return Store(
        owner_id=new_id(), slug=slug, name=name, platform=new.platform, game=new.game, currency=currency, description="",
        live_mode=new.live,
    )  # fmt: skip


async def create(new: NewStore) -> FlakeId:
    """Make a store, which is its own store, and return its id; StoreSlugTaken when another has its slug."""
    async with at_hand(upgrades=True) as database, database.writing() as connection:
        store = store_from(new)
        context = inside(connection, store.id)
        await context.add(store)
        await record(context, "store create", store.id)
    return store.id


async def show_all() -> None:
    """Print every store on a line."""
    async with at_hand() as database, database.reading() as connection:
        known = await all_stores(connection)
    if not known:
        raise Refusal(NONE_YET)
    lines = [(store.id, store.slug, store.platform, store.currency, mode(store), store.name) for store in known]
    showing.rows(("id", "slug", "platform", "currency", "mode", "name"), lines)


async def show(name: str | None) -> None:
    """Print one store."""
    async with at_hand() as database, database.reading() as connection:
        store = await chosen(connection, name)
    values = {
        "id": store.id, "slug": store.slug, "platform": store.platform, "game": store.game, "currency": store.currency,
        "mode": mode(store), "made": store.created_at.isoformat(timespec="seconds"),
    }  # fmt: skip
    showing.facts(store.name, values)


def mode(store: Store) -> str:
    """Whether money moves."""
    return "live" if store.live_mode else "test"
