"""The step before a customer is made: on a store whose players Mojang knows, it is asked who has the name."""

from typing import Any, Final

from sutler.customers.customers.schemas import UpsertCustomerRequestDto
from sutler.customers.customers.service import as_player, customer_from, is_identified, may_play
from sutler.customers.player_lookups import service as lookups
from sutler.customers.player_lookups.service import CannotTell
from sutler.customers.profiles import queries
from sutler.customers.profiles.service import unresolved_name
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.errors import ShopError
from sutler.settings import settings
from sutler.stores.stores.service import current

PATIENCE: Final = 2.0  # seconds, for somebody is waiting for the answer


async def resolve(shop: Shop, arguments: dict[str, Any]) -> None:
    """Learn who has the name in a request to make a customer; the transaction that follows reads it from what is kept.

    It refuses nothing: what is wrong with the request is said by that transaction, and without an answer the customer
    is made with what is known.
    """
    new: UpsertCustomerRequestDto = arguments["new"]
    if not settings().profiles or is_identified(new):
        return
    async with shop.reading() as store:
        name = await _unknown_name(store, new)
    if name is None:
        return
    try:
        player = await lookups.java_player(name, PATIENCE)
    except CannotTell:
        return
    async with shop.writing() as store:
        if player is None:
            await queries.remember_nobody(store, "minecraft", name)
        else:
            await queries.remember(store, player)


async def _unknown_name(store: StoreContext, new: UpsertCustomerRequestDto) -> str | None:
    """The name of the player whom this request means, if it has to be asked about."""
    try:
        customer = customer_from(new)
        if not may_play(customer):
            return None
        shop = await current(store)
        name = unresolved_name(as_player(customer, shop), shop)
    except ShopError:
        return None
    if name is None or await queries.is_nobody(store, "minecraft", name):
        return None
    return name if await queries.with_name(store, "minecraft", name) is None else None
