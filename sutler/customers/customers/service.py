"""Making customers, signing them in and recognising them."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from msgspec import UNSET, structs
from sqlalchemy import delete, or_, select

from sutler.customers.customers.models import Customer, CustomerToken, MinecraftPlatform
from sutler.customers.customers.schemas import UpsertCustomerRequestDto
from sutler.customers.identities import service as identities
from sutler.customers.identities.service import BadIdentity
from sutler.customers.profiles.jobs import refresh_if_old, refresh_later
from sutler.customers.profiles.service import fill
from sutler.kernel import clock, tokens
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.queries import Connection, Statement, StoreStatement, param, reader
from sutler.kernel.data.records import Actor, Flake
from sutler.kernel.edge.auth import CHANGED, Grant, TokenKind
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.models import MINECRAFT_PLATFORMS, Store
from sutler.stores.stores.queries import is_open
from sutler.stores.stores.service import current

PERMISSIONS: Final = frozenset({"customer"})
VALID = Statement(
    select(CustomerToken.table).where(
        CustomerToken.c.token_digest == param("digest", type_=CustomerToken.c.token_digest.type),
        or_(
            CustomerToken.c.expires_at.is_(None),
            CustomerToken.c.expires_at > param("now", type_=CustomerToken.c.expires_at.type),
        ),
        is_open(CustomerToken.c.store_id),
    )
)
OF_THE_STORE: Final = CustomerToken.c.store_id == param("store_id", type_=Flake())
REVOKE_ALL: Final = StoreStatement(delete(CustomerToken.table).where(OF_THE_STORE))
REVOKE: Final = StoreStatement(
    delete(CustomerToken.table).where(OF_THE_STORE, CustomerToken.c.customer_id == param("customer_id", type_=Flake()))
)
PARSERS: Final[dict[str, Callable[[str], str]]] = {
    "steam_id": identities.steam_id,
    "minecraft_uuid": identities.minecraft_uuid,
    "xbox_xuid": identities.xbox_xuid,
    "name": identities.display_name,
    "minecraft_java_name": partial(identities.player_name, bedrock=False),
    "minecraft_bedrock_name": partial(identities.player_name, bedrock=True),
}
NOTHING: Final = (UNSET, None, "")
PLATFORMS: Final[dict[str, MinecraftPlatform]] = {"minecraft_java_name": "java", "minecraft_bedrock_name": "bedrock"}


class Given:
    """The identities that a request gives a customer, flat or as platform accounts, and what is wrong with them."""

    def __init__(self, new: UpsertCustomerRequestDto) -> None:
        self.values: dict[str, str] = {}
        self.problems: list[FieldError] = []
        for key in ("steam_id", "minecraft_uuid", "xbox_xuid", "name"):
            value = getattr(new, key)
            if value not in NOTHING:
                self._take(key, str(value), key)
        for number, account in enumerate(new.platform_accounts or ()):
            path, text = f"platform_accounts[{number}]", str(account.identifier)
            platform = self._parsed(f"{path}.platform", identities.key_of, account.platform, text)
            if platform is not None:
                self._take(platform, text, f"{path}.identifier")

    def _take(self, key: str, text: str, path: str) -> None:
        if key not in PARSERS:
            self._refuse("A customer's id is given by the store; it cannot be chosen.", path)
            return
        value = self._parsed(path, PARSERS[key], text)
        if value is not None and self.values.setdefault(key, value) != value:
            self._refuse(f"Two different values are given for {key}; a customer has one.", path)

    def _parsed(self, path: str, parse: Callable[..., str], *texts: str) -> str | None:
        try:
            return parse(*texts)
        except BadIdentity as error:
            self._refuse(str(error), path)
            return None

    def _refuse(self, text: str, path: str) -> None:
        self.problems.append(FieldError("InvalidIdentity", text, path, "identity"))


async def create(store: StoreContext, new: UpsertCustomerRequestDto) -> Customer:
    """A new customer: one statement, more when that may make a player of them, and one when profiles are to be fetched.

    InvalidInput names every identity that cannot be; NotFound for a player whom no Minecraft server can know.
    An identity that another customer has is refused with the Conflict of its index.
    """
    customer = customer_from(new)
    if may_play(customer):
        shop = await current(store)
        customer = await fill(store, as_player(customer, shop), shop)
    await store.add(customer)
    await refresh_later(store, [customer])
    return customer


def is_identified(new: UpsertCustomerRequestDto) -> bool:
    """Whether a request gives an identity of which nothing else follows, so that there is nobody to ask about."""
    return new.steam_id not in NOTHING or new.minecraft_uuid not in NOTHING


def may_play(customer: Customer) -> bool:
    """Whether a store for Minecraft would make a player of this customer, whom no other identity tells apart yet."""
    named = customer.minecraft_name or customer.name or customer.xbox_xuid
    return bool(named) and customer.steam_id is None and customer.minecraft_uuid is None


def customer_from(new: UpsertCustomerRequestDto) -> Customer:
    """The customer that a request describes, as far as it can be told without the store."""
    values, platform, player_name = parsed(new)
    if player_name is None and "minecraft_uuid" in values and "steam_id" not in values:
        player_name = player_name_from(values.get("name"), bedrock=new.minecraft_platform == "bedrock")
    return Customer(
        steam_id=values.get("steam_id"),
        minecraft_uuid=values.get("minecraft_uuid"),
        minecraft_name=player_name,
        minecraft_platform=new.minecraft_platform or platform,
        xbox_xuid=values.get("xbox_xuid"),
        name=values.get("name"),
        email=new.email or None,
        metadata=new.metadata or {},
    )


def parsed(new: UpsertCustomerRequestDto) -> tuple[dict[str, str], MinecraftPlatform | None, str | None]:
    """The identities of a request by their keys; the platform and the name of the player whom an account names."""
    given = Given(new)
    if given.problems:
        raise InvalidInput(given.problems[0].message, given.problems)
    player = next((key for key in PLATFORMS if key in given.values), "")
    return given.values, PLATFORMS.get(player), given.values.get(player)


def as_player(customer: Customer, shop: Store) -> Customer:
    """What a store for Minecraft makes of somebody with a name or an Xbox user id but no UUID.

    Servers in offline mode know a Java player by the UUID that follows from the name, Geyser proxies a Bedrock player
    by the one that follows from the XUID. Other UUIDs stay unknown, and the player's name alone finds the customer.
    """
    if shop.platform not in MINECRAFT_PLATFORMS:
        return customer
    name, xuid = customer.minecraft_name or customer.name, customer.xbox_xuid
    said = customer.minecraft_platform if customer.minecraft_platform in PLATFORMS.values() else None
    platform = said or _platform(shop, name, xuid)
    player_name = player_name_from(name, bedrock=platform == "bedrock")
    if player_name is None and xuid is None:
        if said is not None:
            raise NotFound(f"There is no Minecraft player called {name}.")
        return customer
    uuid = None
    if platform == "java" and player_name and shop.platform == "minecraft_offline":
        uuid = identities.offline_uuid(player_name)
    elif platform == "bedrock" and xuid and shop.platform == "minecraft_geyser":
        uuid = identities.bedrock_uuid(xuid)
    return structs.replace(customer, minecraft_name=player_name, minecraft_platform=platform, minecraft_uuid=uuid)


def player_name_from(name: str | None, *, bedrock: bool) -> str | None:
    """The name, if a player can have it."""
    try:
        return identities.player_name(name or "", bedrock=bedrock)
    except BadIdentity:
        return None


def _platform(shop: Store, name: str | None, xuid: str | None) -> MinecraftPlatform:
    """On a Geyser store Bedrock players are those with an Xbox account, or with the prefix before their name."""
    if shop.platform != "minecraft_geyser":
        return "java"
    prefix = shop.minecraft_bedrock_username_prefix or identities.DEFAULT_BEDROCK_PREFIX
    return "bedrock" if xuid or (name or "").startswith(prefix) else "java"


async def create_token(store: StoreContext, customer_id: FlakeId, expires_at: datetime | None = None) -> str:
    """A token that signs a customer in until it is revoked, or until a moment; only its digest is kept.

    NotFound for an unknown customer, InvalidInput for a moment that is over.
    """
    if expires_at is not None and expires_at <= clock.now():
        text = "A token cannot have expired already: give a later `expires_at`."
        raise InvalidInput(text, [FieldError("TooEarly", text, "expires_at", "future")])
    customer = await store.peek(by_id(Customer), id=customer_id)
    if customer is None:
        raise NotFound(f"There is no customer {customer_id} in this store.")
    await refresh_if_old(store, customer)
    token = tokens.customer_token()
    await store.add(CustomerToken(customer_id=customer_id, token_digest=tokens.digest(token), expires_at=expires_at))
    return token


async def revoke_tokens(store: StoreContext, customer_id: FlakeId) -> None:
    """Sign a customer out everywhere: all their tokens are dead in every process. NotFound for an unknown customer."""
    if await store.peek(by_id(Customer), id=customer_id) is None:
        raise NotFound(f"There is no customer {customer_id} in this store.")
    await store.run(REVOKE, customer_id=customer_id)
    store.notify(CHANGED)


async def revoke_all_tokens(store: StoreContext) -> None:
    """Sign every customer of the store out everywhere."""
    await store.run(REVOKE_ALL)
    store.notify(CHANGED)


async def find(connection: Connection, digest: bytes) -> Grant | None:
    """The customer with this token; None when there is none or it has expired."""
    found = await VALID.run(connection, digest=digest, now=clock.now())
    if not found:
        return None
    token = reader(CustomerToken, connection.dialect)(found[0])
    return Grant(Actor("customer", token.customer_id), token.store_id, PERMISSIONS)


CUSTOMERS: Final = TokenKind("customer", find)
