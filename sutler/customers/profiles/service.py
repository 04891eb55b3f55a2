"""What customers get from the answers of game platforms: names, pictures, and identities that follow from others."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Final, Literal, NamedTuple
from uuid import UUID

import structlog
from msgspec import structs
from sqlalchemy import ColumnElement

from sutler.customers.customers.models import Customer
from sutler.customers.identities import service as identities
from sutler.customers.player_lookups import service as lookups
from sutler.customers.player_lookups.service import CannotTell, Platform, Player
from sutler.customers.profiles import queries
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.shop import Shop
from sutler.kernel.errors import Conflict, NotFound
from sutler.kernel.ids import FlakeId
from sutler.settings import settings
from sutler.stores.stores.models import Store
from sutler.stores.stores.service import current

ONLINE: Final = ("minecraft", "minecraft_geyser")  # the platforms on which Mojang knows every Java player
ASKED_ABOUT: Final = frozenset({"steam_id", "minecraft_uuid", "minecraft_name", "minecraft_platform", "xbox_xuid"})
log = structlog.get_logger("sutler.profiles")


class Question(NamedTuple):
    """What to ask a platform about a customer, and by what: the id of a player or their name."""

    platform: Platform
    by: Literal["id", "name"]
    value: str
    ask: Callable[[str], Awaitable[Player | None]]


def has_questions(customer: Customer) -> bool:
    """Whether a platform might know more of this customer, as far as that can be told without the store."""
    if not settings().profiles:
        return False
    nameless = customer.minecraft_uuid is None and customer.minecraft_name is not None
    return known_id(customer) is not None or nameless


def known_id(customer: Customer) -> tuple[Platform, str] | None:
    """The platform that knows a customer best, and their id there."""
    if customer.steam_id is not None and settings().steam_api_key:
        return "steam", customer.steam_id
    if customer.minecraft_uuid is not None and _plays_java_online(customer.minecraft_uuid):
        return "minecraft", customer.minecraft_uuid
    xuid = _xuid(customer)
    return ("xbox", xuid) if xuid is not None else None


def questions(customer: Customer, shop: Store) -> Iterator[Question]:
    """Everything that can be asked about a customer of this store."""
    uuid, name = customer.minecraft_uuid, customer.minecraft_name
    if customer.steam_id is not None and settings().steam_api_key:
        yield Question("steam", "id", customer.steam_id, lookups.steam_player)
    if uuid is not None and _plays_java_online(uuid):
        yield Question("minecraft", "id", uuid, lookups.java_player_with)
    elif xuid := _xuid(customer):
        yield Question("xbox", "id", xuid, lookups.bedrock_player_with)
    elif (java := unresolved_name(customer, shop)) is not None:
        yield Question("minecraft", "name", java, lookups.java_player)
    elif name is not None and uuid is None and customer.minecraft_platform == "bedrock" and shop.platform in ONLINE:
        gamertag = name.removeprefix(_prefix(shop)).replace("_", " ").strip()
        if gamertag:
            yield Question("xbox", "name", gamertag, lookups.bedrock_player)


def unresolved_name(customer: Customer, shop: Store) -> str | None:
    """The name of a Java player whose UUID only Mojang can tell."""
    if shop.platform in ONLINE and customer.minecraft_platform == "java" and customer.minecraft_uuid is None:
        return customer.minecraft_name
    return None


async def fill(store: StoreContext, customer: Customer, shop: Store) -> Customer:
    """A customer not yet kept, with what is already known of the player whom they name.

    NotFound when Mojang said a moment ago that there is no such player.
    """
    name = unresolved_name(customer, shop) if settings().profiles else None
    if name is None:
        return customer
    player = await queries.with_name(store, "minecraft", name)
    if player is not None:
        return structs.replace(customer, **changes(customer, shop, player))
    if await queries.is_nobody(store, "minecraft", name):
        raise NotFound(f"There is no Minecraft player called {name}.")
    return customer


async def refresh(shop: Shop, customer_id: FlakeId) -> bool:
    """Ask whatever can be asked about a customer and keep the answers; says whether every question was answered."""
    async with shop.reading() as store:
        customer, store_row = await store.peek(by_id(Customer), id=customer_id), await current(store)
    if customer is None or not settings().profiles:
        return True
    complete = True
    for question in questions(customer, store_row):
        try:
            player = await answer(shop, question)
        except CannotTell as why:
            log.info("a profile could not be fetched", platform=question.platform, customer_id=customer_id, why=str(why))
            complete = False
            continue
        if player is not None:
            await _keep(shop, customer, changes(customer, store_row, player), player)
    return complete


async def answer(shop: Shop, question: Question) -> Player | None:
    """Who that is, from what is kept or from the platform itself. CannotTell when it does not answer."""
    async with shop.reading() as store:
        find = queries.with_name if question.by == "name" else queries.with_id
        known = await find(store, question.platform, question.value)
    if known is not None:
        return known
    player = await question.ask(question.value)
    async with shop.writing() as store:
        if player is not None:
            await queries.remember(store, player)
        elif question.by == "name":
            await queries.remember_nobody(store, question.platform, question.value)
    return player


def changes(customer: Customer, shop: Store, player: Player) -> dict[str, Any]:
    """The columns of a customer that follow from what was said of the player."""
    if player.platform == "steam":
        return {"steam_name": player.name, "steam_avatar_url": player.avatar_url}
    if player.platform == "minecraft":
        return {"minecraft_uuid": player.id, "minecraft_name": player.name, "minecraft_avatar_url": player.avatar_url}
    name = _prefix(shop) + player.name.replace(" ", "_")
    news: dict[str, Any] = {"xbox_xuid": player.id, "minecraft_name": name}
    if shop.platform == "minecraft_geyser" and customer.minecraft_uuid is None:
        news["minecraft_uuid"] = identities.bedrock_uuid(player.id)
    return news


async def _keep(shop: Shop, customer: Customer, found: dict[str, Any], player: Player) -> None:
    """Write it to the customer if they still are who was asked about.

    An id that turns out to be another customer's is left to them: which of the two is real only the merchant can say.
    """
    news = {name: value for name, value in found.items() if getattr(customer, name) != value}
    old_name = customer.steam_name if player.platform == "steam" else customer.minecraft_name
    try:
        async with shop.writing() as store:
            if news and not await store.change_all(store.rows(Customer).where(*_unchanged(customer)), news):
                return
            if player.platform != "xbox":
                await queries.note_name(store, customer.id, player.platform, old_name)
            await queries.note_name(store, customer.id, player.platform, player.name)
    except Conflict as clash:
        log.warning("a player is another customer already", customer_id=customer.id, clash=clash.code)


def _unchanged(customer: Customer) -> list[ColumnElement[bool]]:
    asked = {name: getattr(customer, name) for name in sorted(ASKED_ABOUT)}
    same = [Customer.c[name].is_(None) if value is None else Customer.c[name] == value for name, value in asked.items()]
    return [Customer.c.id == customer.id, *same]


def _plays_java_online(uuid: str) -> bool:
    return not identities.is_offline_uuid(uuid) and not _is_bedrock(uuid)


def _is_bedrock(uuid: str) -> bool:
    """Whether a dashed UUID is one that Geyser makes from an XUID."""
    return 0 < UUID(uuid).int <= identities.LARGEST_XUID


def _xuid(customer: Customer) -> str | None:
    """The Xbox user id of a player of Minecraft."""
    uuid = customer.minecraft_uuid
    if uuid is not None and _is_bedrock(uuid):
        return str(UUID(uuid).int)
    return customer.xbox_xuid if customer.minecraft_platform == "bedrock" else None


def _prefix(shop: Store) -> str:
    """What stands before the names of Bedrock players on this store's servers."""
    if shop.platform != "minecraft_geyser":
        return ""
    return shop.minecraft_bedrock_username_prefix or identities.DEFAULT_BEDROCK_PREFIX
