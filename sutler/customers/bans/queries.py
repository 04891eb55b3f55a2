"""How bans are found: by lists, and by one statement for everything that is known of a visitor."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, func, or_, select

from sutler.customers.ban_identities.service import FORMS, bannable
from sutler.customers.bans.models import Ban, BanIdentity
from sutler.customers.bans.schemas import BanDto, BanFilter, shown
from sutler.customers.identities.service import BadIdentity
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import Rows, StoreStatement, among, one_of, one_of_ids, param, reader
from sutler.kernel.data.records import Texts
from sutler.kernel.ids import FlakeId

IN_FORCE: Final = StoreStatement(
    select(Ban.table)
    .join(BanIdentity.table, BanIdentity.c.ban_id == Ban.c.id)
    .where(
        BanIdentity.c.store_id == param("store_id"),
        among(BanIdentity.c.key, param("keys", type_=Texts())),
        Ban.c.store_id == param("store_id"),
        Ban.c.enabled.is_(True),
        or_(Ban.c.expires_at.is_(None), Ban.c.expires_at > param("now", type_=Ban.c.expires_at.type)),
    )
)


async def in_force(store: StoreContext, keys: Sequence[str]) -> Ban | None:
    """The newest ban that is enabled, not over, and for one of these keys: one statement, which an index serves."""
    read = reader(Ban, store.connection.dialect)
    found = [read(row) for row in await store.run(IN_FORCE, keys=sorted(set(keys)), now=clock.now())]
    return max(found, key=lambda ban: int(ban.id), default=None)


async def page(store: StoreContext, page: Page, wanted: BanFilter) -> list[BanDto]:
    """One page of the bans that match, newest first unless the page says otherwise."""
    found = await store.page(matching(store, wanted), page)
    identities = await identities_of(store, [ban.id for ban in found])
    return [shown(ban, identities[ban.id]) for ban in found]


async def identities_of(store: StoreContext, ids: Sequence[FlakeId]) -> dict[FlakeId, list[BanIdentity]]:
    """Whom each of these bans is for, in the order given."""
    found: dict[FlakeId, list[BanIdentity]] = defaultdict(list)
    if ids:
        for one in await store.all(store.rows(BanIdentity).where(one_of_ids(BanIdentity.c.ban_id, ids))):
            found[one.ban_id].append(one)
    return found


def matching(store: StoreContext, wanted: BanFilter) -> Rows[Ban]:
    """The bans that a filter lets through."""
    found = store.rows(Ban)
    if wanted.reason:
        found = found.where(func.lower(Ban.c.reason).contains(wanted.reason.lower(), autoescape=True))
    conditions = list(_of_identity(wanted))
    if conditions:
        mine = select(BanIdentity.c.ban_id).where(BanIdentity.c.store_id == param("store_id"), *conditions)
        found = found.where(Ban.c.id.in_(mine))
    return found


def _of_identity(wanted: BanFilter) -> list[ColumnElement[bool]]:
    if wanted.ban_type_value:
        types = (wanted.ban_type,) if wanted.ban_type else tuple(FORMS)
        return [one_of(BanIdentity.c.key, _keys(types, wanted.ban_type_value))]
    return [BanIdentity.c.ban_type == wanted.ban_type] if wanted.ban_type else []


def _keys(types: Sequence[str], text: str) -> list[str]:
    """The key of a text under every type that it can be of; none for a text that fits none, which finds nothing."""
    found = []
    for ban_type in types:
        try:
            found.append(bannable(ban_type, text).key)
        except BadIdentity:
            continue
    return found
