"""The table of referrals: through whose link a customer came."""

from datetime import datetime

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId


class Referral(StoreRecord, table="referrals"):
    """The link that earns from what a customer buys; each customer has one at most."""

    customer_id: FlakeId
    affiliate_link_id: FlakeId
    followed_at: datetime


class ReferredTwice(Conflict):
    """This customer followed another affiliate link at the same moment."""


unique(ReferredTwice, Referral.c.store_id, Referral.c.customer_id, name="referrals_customer")
index("referrals_affiliate_link", Referral.c.store_id, Referral.c.affiliate_link_id)
