"""Making and changing bans, and telling whether somebody is banned."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import UNSET

from sutler.customers.ban_identities.service import bannable, keys
from sutler.customers.bans.models import Ban, BanIdentity, Banned
from sutler.customers.bans.queries import identities_of, in_force
from sutler.customers.bans.schemas import BanDto, BanIdentityDto, UpsertBanRequestDto, shown
from sutler.customers.customers.models import Customer
from sutler.customers.identities.service import BadIdentity
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import given

NAMES: Final = ("name", "steam_name", "minecraft_name")
"""What a customer goes by; a ban of a name is for any of them."""
NO_GIFTS: Final = "Whoever this gift is for may not receive any in this store."


async def create(store: StoreContext, new: UpsertBanRequestDto) -> BanDto:
    """A new ban. InvalidInput names every identity that cannot be, and refuses a ban for nobody or one that is over."""
    values = given(new)
    identities = _identities(values.get("identities") or [])
    expires_at = values.get("expires_at")
    if expires_at is not None and expires_at <= clock.now():
        raise _refused("`expires_at` is over; a new ban must end in the future.", "expires_at")
    enabled = values.get("enabled")
    ban = Ban(reason=values.get("reason") or "", enabled=enabled is None or enabled, expires_at=expires_at)
    await store.add(ban)
    return shown(ban, await _keep(store, ban.id, identities))


async def update(store: StoreContext, id: FlakeId, changes: UpsertBanRequestDto) -> BanDto:
    """Change what is given. Null clears the reason and the end; identities, which cannot be cleared, are kept by null."""
    ban = await store.get(Ban, id)
    values = given(changes)
    identities = values.pop("identities", None)
    if "reason" in values:
        values["reason"] = values["reason"] or ""
    if values.get("enabled", UNSET) is None:
        del values["enabled"]
    kept = (await identities_of(store, [id]))[id]
    if identities is not None:
        wanted = _identities(identities)
        for one in kept:
            await store.remove(one)
        kept = await _keep(store, id, wanted)
    return shown(await store.change(ban, values), kept)


async def show(store: StoreContext, id: FlakeId) -> BanDto:
    """One ban; NotFound if there is no such ban."""
    ban = await store.get(Ban, id)
    return shown(ban, (await identities_of(store, [id]))[id])


async def delete(store: StoreContext, id: FlakeId) -> None:
    """Lift a ban for good; NotFound if there is no such ban."""
    ban = await store.get(Ban, id)
    for one in (await identities_of(store, [id]))[id]:
        await store.remove(one)
    await store.remove(ban)


async def check(store: StoreContext, identities: Sequence[BanIdentityDto]) -> Ban | None:
    """The ban in force for any of these identities; InvalidInput names every one that cannot be."""
    _identities(identities, needed=False)
    wanted = [key for one in identities for key in keys(one.ban_type, one.ban_type_value)]
    return await in_force(store, wanted) if wanted else None


async def banned(store: StoreContext, customer: Customer, *, ip: str = "", emails: Sequence[str | None] = ()) -> Ban | None:
    """The ban in force for a customer who comes from this address and gives these e-mail addresses; one statement."""
    return await in_force(store, _keys_of(customer, ip, emails))


async def refuse_banned(store: StoreContext, customer: Customer, *, ip: str = "", emails: Sequence[str | None] = ()) -> None:
    """Banned if the customer is; the reason is for those who manage the store and is not told."""
    if await banned(store, customer, ip=ip, emails=emails) is not None:
        raise Banned


async def refuse_banned_receivers(store: StoreContext, customer_ids: Iterable[FlakeId | None]) -> None:
    """Banned if any of those who would get a gift is; nothing is asked where nobody does, else two statements."""
    ids = sorted({id for id in customer_ids if id})
    if not ids:
        return
    receivers = await store.all(store.rows(Customer).where(one_of_ids(Customer.c.id, ids)))
    if await in_force(store, [key for one in receivers for key in _keys_of(one)]) is not None:
        raise Banned(NO_GIFTS)


def _keys_of(customer: Customer, ip: str = "", emails: Sequence[str | None] = ()) -> list[str]:
    """Everything of a customer that could be banned, as it is looked up."""
    known = [("customer", customer.id), ("steam", customer.steam_id), ("ip", ip)]
    known += [("customer_name", getattr(customer, name)) for name in NAMES]
    known += [("email", email) for email in (customer.email, *emails)]
    wanted: list[str] = []
    for ban_type, text in known:
        try:
            wanted += keys(ban_type, text) if text else []
        except BadIdentity:  # what nobody could have banned
            continue
    return wanted


async def _keep(store: StoreContext, ban_id: FlakeId, identities: Sequence[BanIdentity]) -> list[BanIdentity]:
    for one in identities:
        one.ban_id = ban_id
    await store.add_all(identities)
    return list(identities)


def _identities(asked: Sequence[BanIdentityDto], *, needed: bool = True) -> list[BanIdentity]:
    """In their one form, each once; InvalidInput names every one that cannot be."""
    if needed and not asked:
        raise _refused("Say whom the ban is for: give at least one identity.", "identities")
    found: dict[str, BanIdentity] = {}
    problems = []
    for number, one in enumerate(asked):
        try:
            value, key = bannable(one.ban_type, one.ban_type_value)
            found.setdefault(key, BanIdentity(ban_id="", ban_type=one.ban_type, value=value, key=key))
        except BadIdentity as error:
            problems.append(FieldError("InvalidIdentity", str(error), f"identities[{number}].ban_type_value", "identity"))
    if problems:
        raise InvalidInput(problems[0].message, problems)
    return list(found.values())


def _refused(message: str, path: str) -> InvalidInput:
    return InvalidInput(message, [FieldError("Invalid", message, path, "value")])
