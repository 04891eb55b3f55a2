"""Finding the customer that an account describes, and making those who are not known yet."""

from typing import Final

from sqlalchemy import ColumnElement, or_

from sutler.customers.customers.models import Customer
from sutler.customers.customers.queries import LOOKUPS, OLDEST
from sutler.customers.customers.schemas import PlatformAccount, UpsertCustomerRequestDto
from sutler.customers.customers.service import as_player, customer_from, may_play
from sutler.kernel.data.context import StoreContext, by_id
from sutler.stores.stores.models import Store

UNIQUE: Final = ("steam_id", "xbox_xuid", "minecraft_uuid")


def described(shop: Store, platform: str, id: str) -> Customer:
    """The customer with this account, as a request to create them would make them.

    InvalidInput for an account that cannot be, NotFound for a player whom no server of Minecraft can know.
    """
    account = PlatformAccount(platform=platform, identifier=id)
    customer = customer_from(UpsertCustomerRequestDto(platform_accounts=[account]))
    return as_player(customer, shop) if may_play(customer) else customer


async def found_or_made(store: StoreContext, wanted: Customer) -> Customer:
    """The oldest customer who is that, or a new one. Of several who ask at once one makes it, and the others find it."""
    them = store.rows(Customer).where(_is(wanted))
    found = await store.page(them, OLDEST)
    if not found:
        await store.first(by_id(Store), id=store.store_id)  # locks the store: no index lets only one have a name
        found = await store.page(them, OLDEST) or await _made(store, wanted)
    return (found or await store.page(them, OLDEST))[0]


async def _made(store: StoreContext, wanted: Customer) -> list[Customer]:
    """Nobody, when a request to create customers, which takes no lock, was first with what only one can have."""
    column = next((name for name in UNIQUE if getattr(wanted, name)), None)
    if column is None:
        return [await store.add(wanted)]
    return [wanted] if await store.add_new(wanted, Customer.c[column]) else []


def _is(wanted: Customer) -> ColumnElement[bool]:
    """Somebody is the customer that an account describes: by what only they can have, else by their name."""
    same = [Customer.c[name] == getattr(wanted, name) for name in UNIQUE if getattr(wanted, name)]
    if same:
        return or_(*same)
    if wanted.minecraft_name:
        edition = "minecraft_bedrock_name" if wanted.minecraft_platform == "bedrock" else "minecraft_java_name"
        return LOOKUPS[edition](wanted.minecraft_name)
    return LOOKUPS["name"](wanted.name or "")
