"""Reading, making, changing and closing stores."""

import re
from typing import Any, Final
from urllib.parse import urlsplit

from sutler.kernel import clock
from sutler.kernel.currencies import CURRENCIES
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.store_clocks import StoreClock
from sutler.kernel.edge.auth import CHANGED
from sutler.kernel.errors import Conflict, FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import given
from sutler.stores.stores.models import PLATFORMS, Store
from sutler.stores.stores.schemas import CreateStoreDto, UpdateStoreDto

OPTIONAL: Final = (
    "website_url", "contact_email", "support_email", "support_url", "integration_type", "minecraft_bedrock_username_prefix",
)  # fmt: skip
FIXED: Final = {
    "currency": "What was sold stays in the currency of the store", "owner_id": "Stores are not handed over here",
    "logo_url": "Logos cannot be set here", "logo_square_url": "Logos cannot be set here",
}  # fmt: skip
"""What `update` only takes as it is, and why."""
EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")


class StoreHasTestClock(Conflict):
    """This store lives in the time of a test clock, so it cannot take real money."""


async def current(store: StoreContext) -> Store:
    """The context's own store, without a lock; NotFound when a visitor named one that does not exist or is deleted."""
    found: Store | None = await store.peek(by_id(Store), id=store.store_id)
    if found is None or found.deleted_at is not None:
        raise NotFound(f"There is no store {store.store_id}.")
    return found


async def create(store: StoreContext, new: CreateStoreDto, owner_id: FlakeId) -> Store:
    """A new store in test mode, kept in its own context, for a user who owns it; StoreSlugTaken for a slug in use."""
    values = checked(given(new))
    return await store.add(Store(id=store.store_id, owner_id=owner_id, live_mode=False, **values))


async def update(store: StoreContext, changes: UpdateStoreDto) -> Store:
    """Change what is given. InvalidInput names every member that does not pass, StoreSlugTaken a slug in use."""
    found = await current(store)
    values = checked(_changeable(found, given(changes)))
    if values.get("live_mode") and not found.live_mode:
        await store.get(Store, store.store_id)  # its lock keeps the store's time from being stopped meanwhile
        if await store.exists(store.rows(StoreClock)):
            raise StoreHasTestClock
    return await store.change(found, values)


def _changeable(store: Store, asked: dict[str, Any]) -> dict[str, Any]:
    """What is asked for without what never changes; InvalidInput names every such member that is to change."""
    wanted = asked | ({"currency": asked["currency"].lower()} if "currency" in asked else {})
    problems = [
        FieldError("Fixed", f"{why}: leave out `{name}`, which is {getattr(store, name) or 'null'}.", name, "fixed")
        for name, why in FIXED.items() if name in wanted and wanted[name] != getattr(store, name)
    ]  # fmt: skip
    if problems:
        raise InvalidInput(problems[0].message, problems)
    return {name: value for name, value in asked.items() if name not in FIXED}


async def delete(store: StoreContext) -> None:
    """Close the store: every credential of it is worthless within moments, and its slug is free. Its books stay."""
    found = await current(store)
    await store.change(found, {"deleted_at": clock.real_now()})
    store.notify(CHANGED)


async def reopen(store: StoreContext) -> Store:
    """Undo `delete`, credentials included; StoreSlugTaken when another store has its slug by now."""
    found = await store.get(Store, store.store_id)
    store.notify(CHANGED)
    return await store.change(found, {"deleted_at": None})


def checked(values: dict[str, Any]) -> dict[str, Any]:
    """The values in the form in which they are kept; InvalidInput names every one that cannot be."""
    kept = dict(values)
    for name in ("slug", "currency"):
        if name in kept:
            kept[name] = kept[name].lower()
    for name in ("name", "game", *OPTIONAL):
        if kept.get(name) is not None:
            kept[name] = kept[name].strip() or (None if name in OPTIONAL else "")
    problems = [FieldError("Invalid", why, name, "value") for name, value in kept.items() if (why := _problem(name, value))]
    if problems:
        raise InvalidInput(problems[0].message, problems)
    return kept


def _problem(name: str, value: Any) -> str | None:
    """What is wrong with a member, if anything."""
    if name in ("name", "game") and not value:
        return f"`{name}` must not be blank."
    if name == "currency" and value not in CURRENCIES:
        return "`currency` must be one that people pay with, as an ISO 4217 code such as usd or eur."
    if name == "platform" and value not in PLATFORMS:
        return f"`platform` must be one of {', '.join(PLATFORMS)}."
    if name.endswith("_url") and value is not None and not _is_web_address(value):
        return f"`{name}` must be an absolute http or https address."
    if name.endswith("_email") and value is not None and not EMAIL.fullmatch(value):
        return f"`{name}` must be an e-mail address."
    return None


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return url.isprintable() and " " not in url and parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
