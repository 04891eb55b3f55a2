"""How coupons are found, and why one cannot be used."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import and_, func, not_, or_, select

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import Rows, StoreStatement, among, one_of_ids, param, reader
from sutler.kernel.data.records import Texts
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId
from sutler.promotions.codes.service import key
from sutler.promotions.coupons.models import LIVING, Coupon, CouponVersion
from sutler.promotions.coupons.schemas import CouponFilter

CODE_KEY: Final = func.lower(Coupon.c.code)
BY_CODE: Final = StoreStatement(
    select(Coupon.table).where(
        Coupon.c.store_id == param("store_id"), among(CODE_KEY, param("codes", type_=Texts())), LIVING
    )
)
NOW: Final = param("now", type_=Coupon.c.usable_at.type)
ACTIVE: Final = and_(
    Coupon.c.enabled.is_(True),
    or_(Coupon.c.usable_at.is_(None), Coupon.c.usable_at <= NOW),
    or_(Coupon.c.expires_at.is_(None), Coupon.c.expires_at > NOW),
)


def living(store: StoreContext) -> Rows[Coupon]:
    """The coupons of the store that are not deleted."""
    return store.rows(Coupon).where(LIVING)


async def one(store: StoreContext, id: FlakeId) -> Coupon:
    """The coupon, locked where this context may write; NotFound when there is none or it is deleted."""
    found = await store.first(living(store).where(Coupon.c.id == param("id")), id=id)
    if found is None:
        raise NotFound(f"There is no coupon {id} in this store.")
    return found


async def page(store: StoreContext, page: Page, wanted: CouponFilter) -> list[Coupon]:
    """One page of the coupons that match, newest first unless the page says otherwise."""
    found = living(store)
    if wanted.status != "all":
        found = found.where(ACTIVE if wanted.status == "active" else not_(ACTIVE))
    if wanted.type != "all":
        found = found.where(Coupon.c.generated.is_(wanted.type == "generated"))
    if wanted.usable_by_customer_id is not None:
        found = found.where(Coupon.c.usable_by_customer_id == wanted.usable_by_customer_id)
    return await store.page(found, page, now=clock.now())


async def find_codes(store: StoreContext, codes: Sequence[str]) -> dict[str, Coupon | None]:
    """The coupon behind each of these codes as they were typed in, or None; one statement, nothing is locked."""
    if not codes:
        return {}
    read = reader(Coupon, store.connection.dialect)
    rows = await store.run(BY_CODE, codes=sorted({key(code) for code in codes}))
    found = {key(coupon.code): coupon for coupon in map(read, rows)}
    return {code: found.get(key(code)) for code in codes}


async def versions(store: StoreContext, ids: Iterable[FlakeId]) -> dict[FlakeId, CouponVersion]:
    """Those of these versions that exist in the store, by version id, also of deleted coupons; nothing is locked."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    return {row.id: row for row in await store.all(store.rows(CouponVersion).where(one_of_ids(CouponVersion.c.id, wanted)))}


def why_not(coupon: Coupon | None, customer_id: FlakeId | None, at: datetime) -> str | None:
    """Why a customer cannot use a code at this moment, in words for them; None when they can.

    Whether it was used up, `redemptions` knows; whether it is for what they buy, prices know.
    """
    if coupon is None or coupon.deleted_at is not None:
        return "There is no such code in this store. Look whether it is typed correctly."
    if not coupon.enabled:
        return f"The code {coupon.code} cannot be used at present."
    if coupon.usable_at is not None and at < coupon.usable_at:
        return f"The code {coupon.code} cannot be used yet."
    if coupon.expires_at is not None and coupon.expires_at <= at:
        return f"The code {coupon.code} has expired."
    if coupon.usable_by_customer_id not in (None, customer_id):
        return f"The code {coupon.code} is for another customer."
    return None
