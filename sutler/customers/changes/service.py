"""Changing a customer: what is left out of a request stays, null takes away, metadata replaces."""

from typing import Any, Final

from msgspec import UNSET, structs

from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import UpsertCustomerRequestDto
from sutler.customers.customers.service import as_player, may_play, parsed, player_name_from
from sutler.customers.profiles.jobs import refresh_later
from sutler.customers.profiles.service import ASKED_ABOUT
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import given
from sutler.stores.stores.service import current

IDENTITIES: Final = ("steam_id", "minecraft_uuid", "xbox_xuid", "name")
PLAYER: Final = ("minecraft_name", "minecraft_platform", "minecraft_uuid")


async def update(store: StoreContext, customer_id: FlakeId, said: UpsertCustomerRequestDto) -> Customer:
    """The customer as they are now. A request that changes nothing writes nothing.

    InvalidInput names every identity that cannot be, and the Conflict of an index the one that somebody else has.
    """
    customer = await store.get(Customer, customer_id)
    changes = changes_from(customer, said)
    changed = structs.replace(customer, **changes)
    if said.minecraft_uuid is UNSET and any(changes.get(key) for key in ("name", "xbox_xuid", "minecraft_name")):
        changes |= await _as_player(store, customer, changed, said)
    news = {key: value for key, value in changes.items() if getattr(customer, key) != value}
    if not news:
        return customer
    changed = await store.change(customer, news)
    if news.keys() & ASKED_ABOUT:
        await refresh_later(store, [changed])
    return changed


def changes_from(customer: Customer, said: UpsertCustomerRequestDto) -> dict[str, Any]:
    """The new values of a customer's columns, as far as they can be told without the store.

    What was fetched about an identity goes with it: the profile of another account is not theirs.
    """
    values, platform, player_name = parsed(said)
    named = given(said)
    changes: dict[str, Any] = {key: values.get(key) for key in IDENTITIES if key in values or key in named}
    changes |= {key: named[key] for key in ("email", "minecraft_platform") if key in named}
    if "metadata" in named:
        changes["metadata"] = named["metadata"] or {}
    if changes.get("steam_id", customer.steam_id) != customer.steam_id:
        changes |= {"steam_name": None, "steam_avatar_url": None}
    if changes.get("minecraft_uuid", customer.minecraft_uuid) != customer.minecraft_uuid:
        bedrock = changes.get("minecraft_platform", customer.minecraft_platform) == "bedrock"
        known = player_name_from(values.get("name"), bedrock=bedrock) if changes["minecraft_uuid"] else None
        changes |= {"minecraft_name": known, "minecraft_avatar_url": None}
    if player_name is not None:
        changes |= {"minecraft_name": player_name, "minecraft_platform": said.minecraft_platform or platform}
    return changes


async def _as_player(
    store: StoreContext, before: Customer, after: Customer, said: UpsertCustomerRequestDto
) -> dict[str, Any]:
    """What a store for Minecraft makes of a name or an Xbox user id that was given to somebody without a UUID.

    A player who was known by the customer's old name goes by the new one.
    """
    if not may_play(after):
        return {}
    followed = after.minecraft_name == before.minecraft_name and before.minecraft_name in (before.name, None)
    name = None if followed else after.minecraft_name
    blank = structs.replace(after, minecraft_name=name, minecraft_platform=said.minecraft_platform or None)
    player = as_player(blank, await current(store))
    return {key: getattr(player, key) for key in PLAYER} if player is not blank else {}
