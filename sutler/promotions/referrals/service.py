"""Remembering through whose link a customer came, and telling who earns from what they buy."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import StoreStatement, param, reader, rows
from sutler.kernel.data.records import Flake
from sutler.kernel.ids import FlakeId
from sutler.promotions.affiliate_links.models import LIVING, AffiliateLink
from sutler.promotions.affiliate_links.queries import find_affiliate
from sutler.promotions.referrals.models import Referral

OF_CUSTOMER: Final = rows(Referral).where(Referral.c.customer_id == param("customer_id"))
FOLLOWED: Final = StoreStatement(
    select(Referral.table, AffiliateLink.table)
    .join(
        AffiliateLink.table,
        (AffiliateLink.c.id == Referral.c.affiliate_link_id) & (AffiliateLink.c.store_id == Referral.c.store_id),
    )
    .where(
        Referral.c.store_id == param("store_id"),
        Referral.c.customer_id == param("customer_id", type_=Flake()),
        AffiliateLink.c.enabled.is_(True),
        LIVING,
    )
)


async def referred_by(store: StoreContext, customer_id: FlakeId, at: datetime) -> AffiliateLink | None:
    """The link that earns from what this customer buys at this moment, if its tracking is not over; one statement."""
    dialect, width = store.connection.dialect, len(Referral.table.c)
    for row in await store.run(FOLLOWED, customer_id=customer_id):
        referral, link = reader(Referral, dialect)(row[:width]), reader(AffiliateLink, dialect)(row[width:])
        if at <= referral.followed_at + timedelta(days=link.tracking_length_days):
            return link
    return None


async def follow(store: StoreContext, customer_id: FlakeId, code: str, at: datetime | None = None) -> AffiliateLink | None:
    """A customer comes with the code of an affiliate: the link that earns from now on, which may be an earlier one.

    A link for the `last_referer` takes the place of whichever was there; one for the `first_referer` only that of one
    whose tracking is over. An unknown code changes nothing.
    """
    moment = at or clock.now()
    link, current = await find_affiliate(store, code), await referred_by(store, customer_id, moment)
    if link is None or (current is not None and link.referer_type == "first_referer"):
        return current
    new = Referral(customer_id=customer_id, affiliate_link_id=link.id, followed_at=moment)
    if not await store.add_new(new, Referral.c.customer_id):
        changes = {"affiliate_link_id": link.id, "followed_at": moment}
        await store.change_all(OF_CUSTOMER, changes, customer_id=customer_id)
    return link
