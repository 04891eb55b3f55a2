"""How affiliate links are found."""

from typing import Final

from sqlalchemy import func

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Rows, param, rows
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId
from sutler.promotions.affiliate_links.models import LIVING, AffiliateLink
from sutler.promotions.codes.service import key

BY_CODE: Final = rows(AffiliateLink).where(
    func.lower(AffiliateLink.c.code) == param("code"), AffiliateLink.c.enabled.is_(True), LIVING
)


def living(store: StoreContext) -> Rows[AffiliateLink]:
    """The links of the store that are not deleted."""
    return store.rows(AffiliateLink).where(LIVING)


async def one(store: StoreContext, id: FlakeId) -> AffiliateLink:
    """The link, locked where this context may write; NotFound when there is none or it is deleted."""
    found = await store.first(living(store).where(AffiliateLink.c.id == param("id")), id=id)
    if found is None:
        raise NotFound(f"There is no affiliate link {id} in this store.")
    return found


async def list_all(store: StoreContext) -> list[AffiliateLink]:
    """Every link that is not deleted, newest first."""
    return (await store.all(living(store)))[::-1]


async def find_affiliate(store: StoreContext, code: str) -> AffiliateLink | None:
    """The enabled link with this code, in any case; None for a code that is not one, which buyers are never told."""
    return await store.peek(BY_CODE, code=key(code))
